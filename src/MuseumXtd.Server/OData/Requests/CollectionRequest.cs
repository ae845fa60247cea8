using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>A request for entities or rows, translated: which there are, in what order, and what is told of each.</summary>
internal sealed class CollectionRequest
{
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

        var scope = new Scope(target.Pattern, new VariableNames());
        var it = new ResourceReference(Resolution.Subject, target.Class, scope, "$it", null);
        var applied = new ApplyTranslation(properties, it, parser.Aliases);
        foreach (var kept in target.Filters)
        {
            At("$filter", () => applied.Expressions.Filter(scope, kept));
        }

        if (search is not null)
        {
            At("$search", () => new SearchTranslation(target.Class, Resolution.Subject).Apply(scope, search.Expression));
        }

        if (apply is not null)
        {
            At("$apply", () => applied.Add(apply));
        }

        At("$compute", () =>
        {
            foreach (var item in compute?.ComputedItems ?? [])
            {
                if (applied.Columns is not null)
                {
                    applied.Compute(item);
                }
                else
                {
                    applied.Expressions.Computed[item.Alias] = applied.Expressions.Translate(item.Expression);
                }
            }
        });
        if (filter is not null)
        {
            At("$filter", () => applied.Expressions.Filter(applied.Scope, filter.Expression));
        }

        // What is counted needs no order.
        var matched = applied.Scope.Pattern;
        var conditions = ImmutableArray.CreateBuilder<OrderCondition>();
        At("$orderby", () =>
        {
            for (; order is not null; order = order.ThenBy)
            {
                conditions.Add(new OrderCondition(applied.Expressions.Translate(order.Expression), order.Direction == OrderByDirection.Descending));
            }
        });
        var computed = (apply?.Transformations.OfType<Microsoft.OData.UriParser.Aggregation.ComputeTransformationNode>().SelectMany(c => c.Expressions) ?? [])
            .Concat(compute?.ComputedItems ?? []).ToImmutableArray();
        if (applied.Columns is not null && clause is not null && clause.SelectedItems.Any(i => i is not PathSelectItem))
        {
            throw ODataRequestException.NotImplemented("$expand of rows", "$expand");
        }

        return new CollectionRequest(target, order is null && conditions.Count == 0 ? matched : applied.Scope.Pattern, parser.Aliases)
        {
            IsUnfiltered = target.IsWholeSet && target.Filters.IsEmpty && filter is null && search is null && apply is null,
            Order = conditions.ToImmutable(),
            Shape = applied.Columns is null ? new ShapeReader(properties.View.Model, limits).Read(clause, target.Class, new ComputeClause(computed), options["expand"]) : null,
            Columns = applied.Columns is { } columns ? Selected(columns, clause) : null,
            Computed = computed,
            Top = parser.Top(),
            Skip = parser.Skip() ?? 0,
            Counts = parser.Count() == true,
        };
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
}
