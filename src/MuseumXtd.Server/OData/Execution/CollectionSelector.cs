using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>A collection with options of its own (Protocol, sections 11.2.5.1 and 11.2.6).</summary>
/// <param name="Source">The type that has it.</param>
/// <param name="Value">The collection.</param>
/// <param name="Filter">Which of its members are told.</param>
/// <param name="OrderBy">In what order; by text without it.</param>
/// <param name="Skip">How many are left out before.</param>
/// <param name="Top">How many are told at most.</param>
/// <param name="Counts">Whether their number is told.</param>
internal sealed record CollectionSelection(EntityClass Source, ValueBinding Value, FilterClause? Filter, OrderByClause? OrderBy, long Skip, long? Top, bool Counts);

/// <summary>The values of a selected collection, entity by entity.</summary>
/// <param name="Starts">Where the values of each entity begin; one more than entities.</param>
/// <param name="Ids">The values.</param>
/// <param name="Counts">How many each entity has without paging.</param>
internal sealed record SelectedValues(int[] Starts, List<uint> Ids, long[] Counts);

/// <summary>Finds the values of collections that are selected with options: one query for all entities of a level.</summary>
internal sealed class CollectionSelector(RequestScope request, IReadOnlyDictionary<string, SingleValueNode> aliases)
{
    public SelectedValues Select(EntityRows rows, CollectionSelection selection)
    {
        var byEntity = Values(rows, selection);
        var (starts, ids, counts) = (new int[rows.Count + 1], new List<uint>(), new long[rows.Count]);
        for (var row = 0; row < rows.Count; row++)
        {
            if (byEntity.TryGetValue(rows.Ids[row], out var values))
            {
                counts[row] = values.Count;
                ids.AddRange(values.Skip((int)Math.Min(selection.Skip, values.Count)).Take((int)Math.Min(selection.Top ?? values.Count, values.Count)));
            }

            starts[row + 1] = ids.Count;
        }

        return new SelectedValues(starts, ids, counts);
    }

    private Dictionary<uint, List<uint>> Values(EntityRows rows, CollectionSelection selection)
    {
        var (source, member) = (new Variable("s"), new Variable("m"));
        var scope = new Scope(new Join(RequestScope.Given(source, rows.Ids.Distinct()), Patterns.Triple(source, selection.Value.Predicate!, member)), new VariableNames());
        var expressions = new ExpressionTranslation(request.Properties, new ResourceReference(source, selection.Source, scope, "$entity", null), aliases);
        foreach (var range in (ReadOnlySpan<string>)["$it", "$this"])
        {
            expressions.Bind(range, member, selection.Value);
        }

        if (selection.Filter is { } filter)
        {
            expressions.Filter(scope, filter.Expression);
        }

        var conditions = ImmutableArray.CreateBuilder<OrderCondition>();
        for (var order = selection.OrderBy; order is not null; order = order.ThenBy)
        {
            conditions.Add(new OrderCondition(expressions.Translate(order.Expression), order.Direction == OrderByDirection.Descending));
        }

        GraphPattern pattern = conditions.Count == 0 ? scope.Pattern : new OrderBy(scope.Pattern, conditions.ToImmutable());
        var byEntity = new Dictionary<uint, List<uint>>();
        using var results = request.Select(new Project(pattern, [source, member]), [source, member]);
        while (results.NextBatch())
        {
            var entities = results.Column(0);
            var members = results.Column(1);
            for (var i = 0; i < results.RowCount; i++)
            {
                (System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(byEntity, entities[i], out _) ??= []).Add(members[i]);
            }
        }

        if (conditions.Count == 0)
        {
            foreach (var values in byEntity.Values)
            {
                request.View.SortByText(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
            }
        }

        return byEntity;
    }
}
