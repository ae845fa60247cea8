using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Requests;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>Where a page begins and how long it is.</summary>
/// <param name="After">The IRI after which it begins; null where only <paramref name="Offset"/> counts.</param>
/// <param name="Offset">How many entities come before it.</param>
/// <param name="Size">How many it has at most.</param>
internal readonly record struct PagePlace(string? After, long Offset, int Size);

/// <summary>
/// Finds a page of keys. The entities of a class have an order that is made once a snapshot, by IRI or as clients ask for it again; a filter only
/// says which of them are told.
/// </summary>
internal sealed class CollectionReader(RequestScope request)
{
    private static readonly Variable Subject = Resolution.Subject;

    /// <summary>The entities of a page, and whether more follow.</summary>
    public (uint[] Ids, bool HasMore) Page(CollectionRequest collection, PagePlace place) => collection switch
    {
        { Order.IsEmpty: true, Target.IsWholeSet: true } => InOrder(collection, Order(collection.Target.Class), place),
        { Sorting: { } sorting } when Order(collection, sorting) is { } order => InOrder(collection, order, place),
        _ => Sorted(collection, place),
    };

    /// <summary>How many entities or rows there are.</summary>
    public long Count(CollectionRequest collection) => collection.IsUnfiltered
        ? Order(collection.Target.Class).Ids.Length
        : request.Count(collection.All);

    /// <summary>The rows of a page, and whether more follow.</summary>
    public (List<Term?[]> Rows, bool HasMore) Rows(CollectionRequest collection, PagePlace place)
    {
        var columns = collection.Columns!.Value;
        ImmutableArray<Variable> variables = [.. columns.Select(c => c.Variable)];
        var ties = columns.Select(c => new OrderCondition(new VariableExpression(c.Variable), false));
        var pattern = new Slice(new Project(new OrderBy(collection.Ordered, [.. collection.Order, .. ties]), variables), place.Offset, place.Size + 1L);
        var rows = new List<Term?[]>();
        using var results = request.Select(pattern, variables);
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                var values = new Term?[variables.Length];
                for (var i = 0; i < values.Length; i++)
                {
                    var id = new TermId(results.Column(i)[row]);
                    values[i] = id.IsBound ? results.Terms.Decode(id) : null;
                }

                rows.Add(values);
            }
        }

        var hasMore = rows.Count > place.Size;
        return (hasMore ? rows[..place.Size] : rows, hasMore);
    }

    private (uint[] Ids, bool HasMore) Sorted(CollectionRequest collection, PagePlace place)
    {
        ImmutableArray<OrderCondition> order = [.. collection.Order, new OrderCondition(new VariableExpression(Subject), false)];
        var ids = request.Ids(new Slice(new Project(new OrderBy(collection.Ordered, order), [Subject]), place.Offset, place.Size + 1L), Subject);
        return ids.Length > place.Size ? (ids[..place.Size], true) : (ids, false);
    }

    private (uint[] Ids, bool HasMore) InOrder(CollectionRequest collection, EntityOrder order, PagePlace place)
    {
        var start = place.After is null ? 0 : order.FirstAfter(request.View, place.After);
        var skip = place.After is null ? place.Offset : 0;
        if (collection.IsUnfiltered)
        {
            var first = (int)Math.Min(order.Ids.Length, start + skip);
            var length = Math.Min(place.Size, order.Ids.Length - first);
            return (order.Ids.AsSpan(first, length).ToArray(), first + length < order.Ids.Length);
        }

        // One more than the page has tells whether there is another.
        var wanted = skip + place.Size + 1;
        var found = new List<uint>();
        var (begin, reached) = (start, start);
        for (var part = FirstPart(collection, order, wanted, begin, place.Size); start < order.Ids.Length && found.Count < wanted; part = NextPart(part, found.Count, wanted))
        {
            var end = (int)Math.Min(order.Ids.Length, (long)start + part);
            using var matched = Matched(collection, order, start, end);
            for (; start < end && found.Count < wanted; start++)
            {
                if (matched.Contains(order.Ids[start]))
                {
                    found.Add(order.Ids[start]);
                    reached = start + 1;
                }
            }
        }

        collection.Reached(wanted, begin, found.Count < wanted ? order.Ids.Length : reached);
        var page = found.Skip((int)Math.Min(skip, int.MaxValue)).Take(place.Size).ToArray();
        return (page, found.Count >= wanted);
    }

    /// <summary>
    /// How many entities are looked at first: where every fourth is told, four times as many as a page has are enough. Where the page was asked for
    /// before, as many as it took; or all, where looking up what <c>any</c> asks for, for each, costs more than finding all that have it.
    /// </summary>
    private static long FirstPart(CollectionRequest collection, EntityOrder order, long wanted, int begin, int size)
    {
        const int LookUpCost = 20;
        var reached = collection.Reached(wanted, begin);
        return collection.JoinsAny && reached > 0 && reached * LookUpCost > wanted * order.Ids.Length / reached
            ? order.Ids.Length
            : Math.Max(Math.Max(4L * size, 64), reached);
    }

    /// <summary>How many are looked at next: as many as it takes, if the others are like those before, but not too many more than before.</summary>
    private static long NextPart(long before, int found, long wanted) =>
        found == 0 ? int.MaxValue : Math.Clamp(2 * before * (wanted - found) / found, before, 8 * before);

    /// <summary>Which entities of a part of the order are told. A part is inline data in place of the class, so that only it is worked on.</summary>
    private IdSet Matched(CollectionRequest collection, EntityOrder order, int start, int end)
    {
        // Most of the class as inline data would be slower than the class itself.
        var pattern = end - start > order.Ids.Length / 4
            ? collection.Anywhere
            : Replaced(collection.Matched, collection.Target.Pattern, new GivenIds(Subject, order.Ids.AsMemory(start, end - start))) ?? collection.Anywhere;
        var matched = new IdSet(order.Ids.AsSpan(start, end - start));
        using var results = request.Select(new Reduced(new Project(pattern, [Subject])), [Subject]);
        while (results.NextBatch())
        {
            matched.Add(results.Column(0)[..results.RowCount]);
        }

        return matched;
    }

    /// <summary>The pattern with its beginning replaced; null where it does not begin so.</summary>
    private static GraphPattern? Replaced(GraphPattern pattern, GraphPattern from, GraphPattern to) => pattern switch
    {
        _ when ReferenceEquals(pattern, from) => to,
        Join join => Replaced(join.Left, from, to) is { } left ? join with { Left = left } : null,
        LeftJoin join => Replaced(join.Left, from, to) is { } left ? join with { Left = left } : null,
        Minus minus => Replaced(minus.Left, from, to) is { } left ? minus with { Left = left } : null,
        Filter filter => Replaced(filter.Pattern, from, to) is { } inner ? filter with { Pattern = inner } : null,
        Extend extend => Replaced(extend.Pattern, from, to) is { } inner ? extend with { Pattern = inner } : null,
        _ => null,
    };

    /// <summary>All entities of a class by IRI.</summary>
    private EntityOrder Order(EntityClass @class) =>
        request.View.Orders.ByIri(@class, () => EntityOrder.ByIri(request.View, request.Ids(Translation.Patterns.Instances(@class, Subject), Subject)));

    /// <summary>All entities of a class in the order that is asked for, where it is kept or worth keeping.</summary>
    private EntityOrder? Order(CollectionRequest collection, EntitySorting sorting) =>
        request.View.Orders.Asked(collection.Target.Class, sorting.Key, collection.IsUnfiltered, () =>
        {
            ImmutableArray<OrderCondition> order = [.. sorting.Conditions, new OrderCondition(new VariableExpression(Subject), false)];
            return new EntityOrder(request.Ids(new Project(new OrderBy(sorting.Pattern, order), [Subject]), Subject));
        });
}
