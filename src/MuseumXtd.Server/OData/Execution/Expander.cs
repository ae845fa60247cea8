using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>
/// Finds what entities expand to, a level at a time. Plain expansions are look-ups in the index; those with options are one query for all
/// entities of the level.
/// </summary>
internal sealed class Expander(RequestScope request, ODataLimits limits, IReadOnlyDictionary<string, SingleValueNode> aliases)
{
    private readonly GraphView _view = request.View;
    private long _entities;

    /// <summary>Fills in all levels below some entities.</summary>
    /// <exception cref="ODataRequestException">The answer has more entities than one may have.</exception>
    public void Expand(EntityRows rows)
    {
        for (var i = 0; i < rows.Shape.Expansions.Length; i++)
        {
            request.Check();
            rows.Expansions[i] = Follow(rows, rows.Shape.Expansions[i]);
        }

        for (var i = 0; i < rows.Shape.Selections.Length; i++)
        {
            rows.Selections[i] = new CollectionSelector(request, aliases).Select(rows, rows.Shape.Selections[i]);
        }
    }

    private LinkedRows Follow(EntityRows rows, Expansion expansion)
    {
        var parts = new Targets(rows.Count);
        if (expansion.NeedsQuery)
        {
            Query(rows, expansion, parts);
        }
        else
        {
            LookUp(rows, expansion, parts);
        }

        if (expansion.Shape is null)
        {
            return new LinkedRows { Starts = parts.Starts, Targets = [], Counts = parts.Counts, HasMore = parts.HasMore, Level = null };
        }

        // An entity that several lead to is one row of the level below, told as often as they are.
        var places = new Dictionary<uint, int>();
        var ids = new List<uint>();
        var weights = new List<long>();
        var targets = new int[parts.Ids.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            var weight = rows.Weights?[row] ?? 1;
            for (var i = parts.Starts[row]; i < parts.Starts[row + 1]; i++)
            {
                if (!places.TryGetValue(parts.Ids[i], out var place))
                {
                    places.Add(parts.Ids[i], place = ids.Count);
                    ids.Add(parts.Ids[i]);
                    weights.Add(0);
                }

                targets[i] = place;
                weights[place] += weight;
                _entities += weight;
            }
        }

        if (_entities > limits.MaxEntities)
        {
            throw ODataRequestException.TooMuch($"The answer would have more than {limits.MaxEntities} entities. Ask for less with $top, or for smaller pages with Prefer: maxpagesize.", "$expand");
        }

        var level = new EntityRows(expansion.Shape, [.. ids]) { Weights = [.. weights] };
        if (!expansion.Shape.Computed.IsEmpty && ids.Count > 0)
        {
            level.Computed = request.Compute(level.Ids, expansion.Target, [.. expansion.Compute!.ComputedItems], expansion.Shape.Computed, aliases);
        }

        Expand(level);
        return new LinkedRows { Starts = parts.Starts, Targets = targets, Counts = parts.Counts, HasMore = parts.HasMore, Level = level };
    }

    private void LookUp(EntityRows rows, Expansion expansion, Targets parts)
    {
        var link = expansion.Link;
        var predicate = _view.IdOf(link.Predicate);
        var found = new List<uint>();
        for (var row = 0; row < rows.Count; row++)
        {
            found.Clear();
            request.Check();
            if (expansion.Source == rows.Shape.Class || _view.IsInstance(rows.Ids[row], expansion.Source))
            {
                _view.Targets(rows.Ids[row], link, predicate, found);
                if (expansion.Target != link.Target)
                {
                    found.RemoveAll(t => !_view.IsInstance(t, expansion.Target));
                }
            }

            parts.Add(row, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(found), expansion, limits);
        }
    }

    private void Query(EntityRows rows, Expansion expansion, Targets parts)
    {
        var names = new VariableNames();
        var (source, target) = (new Variable("s"), new Variable("t"));
        var sources = rows.Ids.Where(i => expansion.Source == rows.Shape.Class || _view.IsInstance(i, expansion.Source)).Distinct();
        var links = expansion.Link.IsSingle
            ? Patterns.SingleLink(_view, expansion.Link, source, target)
            : Patterns.Link(expansion.Link, source, target);
        var scope = new Scope(new Join(RequestScope.Given(source, sources), links), names);
        if (expansion.Target != expansion.Link.Target)
        {
            scope.Join(Patterns.Instances(expansion.Target, target));
        }

        var expressions = new ExpressionTranslation(request.Properties, new ResourceReference(target, expansion.Target, scope, "$it", null), aliases);
        foreach (var computed in expansion.Compute?.ComputedItems ?? [])
        {
            expressions.Computed[computed.Alias] = expressions.Translate(computed.Expression);
        }

        if (expansion.Filter is { } filter)
        {
            expressions.Filter(scope, filter.Expression);
        }

        if (expansion.Search is { } search)
        {
            new SearchTranslation(expansion.Target, target).Apply(scope, search.Expression);
        }

        var conditions = ImmutableArray.CreateBuilder<OrderCondition>();
        for (var order = expansion.OrderBy; order is not null; order = order.ThenBy)
        {
            conditions.Add(new OrderCondition(expressions.Translate(order.Expression), order.Direction == OrderByDirection.Descending));
        }

        conditions.Add(new OrderCondition(new VariableExpression(target), false));
        var byParent = new Dictionary<uint, List<uint>>();
        using (var results = request.Select(new Project(new OrderBy(scope.Pattern, conditions.ToImmutable()), [source, target]), [source, target]))
        {
            while (results.NextBatch())
            {
                var parents = results.Column(0);
                var children = results.Column(1);
                for (var i = 0; i < results.RowCount; i++)
                {
                    if (new TermId(children[i]).Tag is TermTag.Iri or TermTag.BlankNode)
                    {
                        (System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(byParent, parents[i], out _) ??= []).Add(children[i]);
                    }
                }
            }
        }

        for (var row = 0; row < rows.Count; row++)
        {
            var found = byParent.TryGetValue(rows.Ids[row], out var children) ? System.Runtime.InteropServices.CollectionsMarshal.AsSpan(children) : [];
            parts.Add(row, found, expansion, limits);
        }
    }

    /// <summary>The targets of all entities of a level, page by page.</summary>
    private sealed class Targets(int rows)
    {
        public int[] Starts { get; } = new int[rows + 1];

        public long[] Counts { get; } = new long[rows];

        public bool[] HasMore { get; } = new bool[rows];

        public List<uint> Ids { get; } = [];

        public void Add(int row, ReadOnlySpan<uint> found, Expansion expansion, ODataLimits limits)
        {
            Counts[row] = found.Length;
            if (expansion.Shape is not null)
            {
                var rest = found[(int)Math.Min(expansion.Skip, found.Length)..];
                var wanted = (int)Math.Min(expansion.Top ?? long.MaxValue, rest.Length);
                var told = Math.Min(wanted, expansion.Link.IsSingle ? 1 : limits.NestedPageSize);
                HasMore[row] = told < wanted && !expansion.Link.IsSingle;
                Ids.AddRange(rest[..told]);
            }

            Starts[row + 1] = Ids.Count;
        }
    }
}
