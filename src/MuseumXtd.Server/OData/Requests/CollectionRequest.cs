using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>An order of all entities of a class.</summary>
/// <param name="Key">A name of it.</param>
/// <param name="Pattern">What binds the entities and what they are ordered by.</param>
/// <param name="Conditions">What they are ordered by.</param>
internal sealed record EntitySorting(string Key, GraphPattern Pattern, ImmutableArray<OrderCondition> Conditions);

/// <summary>A request for entities or rows, translated: which there are, in what order, and what is told of each.</summary>
internal sealed class CollectionRequest
{
    private volatile ReachedPage? _reached;

    private CollectionRequest(EntitiesTarget target, GraphPattern matched, IReadOnlyDictionary<string, SingleValueNode> aliases)
    {
        Target = target;
        Matched = matched;
        Aliases = aliases;
    }

    public EntitiesTarget Target { get; }

    /// <summary>What binds <see cref="Resolution.Subject"/> to the entities, or the columns to the rows.</summary>
    public GraphPattern Matched { get; }

    public IReadOnlyDictionary<string, SingleValueNode> Aliases { get; }

    /// <summary>Whether no option says which entities there are.</summary>
    public bool IsUnfiltered { get; private init; }

    /// <summary>The same, for looking at all entities at once.</summary>
    public required GraphPattern All { get; init; }

    /// <summary>The same where it does not matter if what is found is of the class: without the class, if the options alone bind the entities.</summary>
    public required GraphPattern Anywhere { get; init; }

    /// <summary>Whether <see cref="All"/> finds what <c>any</c> asks for from its own end.</summary>
    public bool JoinsAny { get; private init; }

    /// <summary>What binds them with what they are ordered by.</summary>
    public required GraphPattern Ordered { get; init; }

    /// <summary>The order as one of all entities, where it can be that.</summary>
    public EntitySorting? Sorting { get; private init; }

    /// <summary>The order that was asked for.</summary>
    public ImmutableArray<OrderCondition> Order { get; private init; }

    /// <summary>What is told of each entity.</summary>
    public EntityShape? Shape { get; private init; }

    /// <summary>What <c>$compute</c> says.</summary>
    public ImmutableArray<ComputeExpression> Computed { get; private init; }

    /// <summary>The columns, where <c>$apply</c> makes rows of entities.</summary>
    public ImmutableArray<ApplyColumn>? Columns { get; private init; }

    public long? Top { get; private init; }

    public long Skip { get; private init; }

    public bool Counts { get; private init; }

    /// <summary>How many entities were looked at when the same page was asked for; 0 where that is not known.</summary>
    public long Reached(long wanted, int begin) => _reached is { } known && known.Wanted == wanted && known.Begin == begin ? known.End - begin : 0;

    /// <summary>Remembers up to where entities were looked at for a page.</summary>
    public void Reached(long wanted, int begin, int end) => _reached = new ReachedPage(wanted, begin, end);

    /// <summary>Reads and translates the options.</summary>
    public static CollectionRequest Of(EntitiesTarget target, RequestParser parser, SystemOptions options, PropertyTranslation properties, ODataLimits limits)
    {
        var complexity = new Complexity(limits);
        foreach (var kept in target.Filters)
        {
            complexity.Count(kept, "$filter");
        }

        var apply = parser.Apply();
        complexity.Count(apply);
        var steps = parser.Steps();
        foreach (var (sort, _) in steps)
        {
            complexity.Count(sort);
        }

        var isApplied = apply is not null || steps.Count > 0;
        var compute = parser.Compute();
        complexity.Count(compute);
        var filter = parser.Filter();
        complexity.Count(filter?.Expression, "$filter");
        var order = parser.OrderBy();
        complexity.Count(order);
        var search = parser.Search();
        complexity.Count(search?.Expression, "$search");
        var clause = parser.SelectAndExpand();
        complexity.Count(clause);

        // A part of the entities is looked at one by one, all of them at once.
        var stepOrder = ImmutableArray<OrderCondition>.Empty;
        var applied = Translated(isApplied);
        var whole = !isApplied && (filter is not null || !target.Filters.IsEmpty) ? Translated(joinsLambdas: true) : applied;

        // What is counted needs no order.
        var (matched, all) = (applied.Scope.Pattern, whole.Scope.Pattern);
        var conditions = order is null ? stepOrder : Conditions(order, whole.Expressions);
        var computed = (apply?.Transformations.OfType<Microsoft.OData.UriParser.Aggregation.ComputeTransformationNode>().SelectMany(c => c.Expressions) ?? [])
            .Concat(compute?.ComputedItems ?? []).ToImmutableArray();
        if (applied.Columns is not null && clause is not null && clause.SelectedItems.Any(i => i is not PathSelectItem))
        {
            throw ODataRequestException.NotImplemented("$expand of rows", "$expand");
        }

        return new CollectionRequest(target, matched, parser.Aliases)
        {
            All = all,
            Anywhere = Patterns.Bare(target.IsWholeSet ? Patterns.Without(all, target.Pattern, Resolution.Subject) ?? all : all, Resolution.Subject),
            Ordered = whole.Scope.Pattern,
            JoinsAny = whole.Expressions.HasJoined,
            Sorting = !isApplied && target.IsWholeSet && order is not null ? SortingOf(target, order, compute, properties, parser, options) : null,
            IsUnfiltered = target.IsWholeSet && target.Filters.IsEmpty && filter is null && search is null && !isApplied,
            Order = conditions,
            Shape = applied.Columns is null ? new ShapeReader(properties.View.Model, limits).Read(clause, target.Class, new ComputeClause(computed), options["expand"]) : null,
            Columns = applied.Columns is { } columns ? Selected(columns, clause) : null,
            Computed = computed,
            Top = parser.Top(),
            Skip = parser.Skip() ?? 0,
            Counts = parser.Count() == true,
        };

        ApplyTranslation Translated(bool joinsLambdas)
        {
            var scope = new Scope(target.Pattern, new VariableNames());
            var it = new ResourceReference(Resolution.Subject, target.Class, scope, "$it", null) { IsInstance = target.IsWholeSet };
            var translation = new ApplyTranslation(properties, it, parser.Aliases, joinsLambdas);
            foreach (var kept in target.Filters)
            {
                At("$filter", () => translation.Expressions.Filter(scope, kept));
            }

            if (search is not null)
            {
                At("$search", () => new SearchTranslation(target.Class, Resolution.Subject).Apply(scope, search.Expression));
            }

            if (apply is not null)
            {
                At("$apply", () => translation.Add(apply));
            }

            foreach (var (sort, step) in steps)
            {
                stepOrder = sort is null ? stepOrder : Conditions(sort, translation.Expressions, "$apply");
                translation.Cut(stepOrder, step.Skip, step.Top);
            }

            At("$compute", () =>
            {
                foreach (var item in compute?.ComputedItems ?? [])
                {
                    if (translation.Columns is not null)
                    {
                        translation.Compute(item);
                    }
                    else
                    {
                        translation.Expressions.Computed[item.Alias] = translation.Expressions.Translate(item.Expression);
                    }
                }
            });
            if (filter is not null)
            {
                At("$filter", () => translation.Expressions.Filter(translation.Scope, filter.Expression));
            }

            return translation;
        }
    }

    private static ImmutableArray<OrderCondition> Conditions(OrderByClause? order, ExpressionTranslation expressions, string option = "$orderby")
    {
        var conditions = ImmutableArray.CreateBuilder<OrderCondition>();
        At(option, () =>
        {
            for (; order is not null; order = order.ThenBy)
            {
                conditions.Add(new OrderCondition(expressions.Translate(order.Expression), order.Direction == OrderByDirection.Descending));
            }
        });
        return conditions.ToImmutable();
    }

    /// <summary>The order of all entities of the class, whichever a filter keeps.</summary>
    private static EntitySorting SortingOf(
        EntitiesTarget target, OrderByClause order, ComputeClause? compute, PropertyTranslation properties, RequestParser parser, SystemOptions options)
    {
        var scope = new Scope(target.Pattern, new VariableNames());
        var expressions = new ExpressionTranslation(properties, new ResourceReference(Resolution.Subject, target.Class, scope, "$it", null) { IsInstance = target.IsWholeSet }, parser.Aliases);
        foreach (var item in compute?.ComputedItems ?? [])
        {
            expressions.Computed[item.Alias] = expressions.Translate(item.Expression);
        }

        var conditions = Conditions(order, expressions);
        var aliases = options.Custom.Where(o => o.Key.StartsWith('@')).OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={o.Value}");
        return new EntitySorting(string.Join('\n', [properties.Languages.Text, options["orderby"], options["compute"], .. aliases]), scope.Pattern, conditions);
    }

    private static ImmutableArray<ApplyColumn> Selected(ImmutableArray<ApplyColumn> columns, SelectExpandClause? clause)
    {
        if (clause is null || clause.AllSelected)
        {
            return columns;
        }

        var names = clause.SelectedItems.OfType<PathSelectItem>().Select(i => i.SelectedPath.FirstSegment.Identifier).ToHashSet(StringComparer.Ordinal);
        return [.. columns.Where(c => names.Contains(c.Path[0]))];
    }

    private static void At(string option, Action translate)
    {
        try
        {
            translate();
        }
        catch (ODataRequestException e)
        {
            throw e.At(option);
        }
    }

    private sealed record ReachedPage(long Wanted, int Begin, int End);
}
