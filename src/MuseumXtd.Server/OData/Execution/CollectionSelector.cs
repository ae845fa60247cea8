using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>A selected collection with options of its own (Protocol, section 11.2.5.1).</summary>
/// <param name="Source">The type that has it.</param>
/// <param name="Value">The collection.</param>
/// <param name="Item">The options.</param>
internal sealed record CollectionSelection(EntityClass Source, ValueBinding Value, PathSelectItem Item);

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
        var item = selection.Item;
        var (starts, ids, counts) = (new int[rows.Count + 1], new List<uint>(), new long[rows.Count]);
        for (var row = 0; row < rows.Count; row++)
        {
            if (byEntity.TryGetValue(rows.Ids[row], out var values))
            {
                counts[row] = values.Count;
                ids.AddRange(values.Skip((int)Math.Min(item.SkipOption ?? 0, values.Count)).Take((int)Math.Min(item.TopOption ?? values.Count, values.Count)));
            }

            starts[row + 1] = ids.Count;
        }

        return new SelectedValues(starts, ids, counts);
    }

    private Dictionary<uint, List<uint>> Values(EntityRows rows, CollectionSelection selection)
    {
        var (source, member) = (new Variable("s"), new Variable("m"));
        var scope = new Scope(new Join(request.Given(source, rows.Ids.Distinct()), Patterns.Triple(source, selection.Value.Predicate!, member)), new VariableNames());
        var expressions = new ExpressionTranslation(request.Properties, new ResourceReference(source, selection.Source, scope, "$entity", null), aliases);
        foreach (var range in (ReadOnlySpan<string>)["$it", "$this"])
        {
            expressions.Bind(range, member, selection.Value);
        }

        if (selection.Item.FilterOption is { } filter)
        {
            expressions.Filter(scope, filter.Expression);
        }

        var conditions = ImmutableArray.CreateBuilder<OrderCondition>();
        for (var order = selection.Item.OrderByOption; order is not null; order = order.ThenBy)
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
