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
/// Finds a page of keys. Entities that nobody wants ordered come by IRI; that order is made once a snapshot and class, and a filter only says
/// which of them are told.
/// </summary>
internal sealed class CollectionReader(RequestScope request)
{
    private static readonly Variable Subject = Resolution.Subject;

    /// <summary>The entities of a page, and whether more follow.</summary>
    public (uint[] Ids, bool HasMore) Page(CollectionRequest collection, PagePlace place) => collection switch
    {
        { Order.IsEmpty: true, Target.IsWholeSet: true } => InOrder(collection, place),
        _ => Sorted(collection, place),
    };

    /// <summary>How many entities or rows there are.</summary>
    public long Count(CollectionRequest collection) => collection.IsUnfiltered
        ? Order(collection.Target.Class).Length
        : request.Count(collection.Matched);

    /// <summary>The rows of a page, and whether more follow.</summary>
    public (List<Term?[]> Rows, bool HasMore) Rows(CollectionRequest collection, PagePlace place)
    {
        var columns = collection.Columns!.Value;
        ImmutableArray<Variable> variables = [.. columns.Select(c => c.Variable)];
        var ties = columns.Select(c => new OrderCondition(new VariableExpression(c.Variable), false));
        var pattern = new Slice(new Project(new OrderBy(collection.Matched, [.. collection.Order, .. ties]), variables), place.Offset, place.Size + 1L);
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
        var ids = request.Ids(new Slice(new Project(new OrderBy(collection.Matched, order), [Subject]), place.Offset, place.Size + 1L), Subject);
        return ids.Length > place.Size ? (ids[..place.Size], true) : (ids, false);
    }

    private (uint[] Ids, bool HasMore) InOrder(CollectionRequest collection, PagePlace place)
    {
        var order = Order(collection.Target.Class);
        var start = place.After is null ? 0 : FirstAfter(order, place.After);
        var skip = place.After is null ? place.Offset : 0;
        if (collection.IsUnfiltered)
        {
            var first = (int)Math.Min(order.Length, start + skip);
            var length = Math.Min(place.Size, order.Length - first);
            return (order.AsSpan(first, length).ToArray(), first + length < order.Length);
        }

        var page = new List<uint>(Math.Min(place.Size, 1024));
        var matched = Matched(collection);
        for (var i = start; i < order.Length; i++)
        {
            if (!matched.Contains(order[i]))
            {
                continue;
            }

            if (skip > 0)
            {
                skip--;
            }
            else if (page.Count == place.Size)
            {
                return ([.. page], true);
            }
            else
            {
                page.Add(order[i]);
            }
        }

        return ([.. page], false);
    }

    private IdSet Matched(CollectionRequest collection)
    {
        var set = new IdSet(request.View.Dictionary.Count);
        using var results = request.Select(new Project(collection.Matched, [Subject]), [Subject]);
        while (results.NextBatch())
        {
            set.AddRange(results.Column(0)[..results.RowCount]);
        }

        return set;
    }

    /// <summary>All entities of a class by IRI.</summary>
    private uint[] Order(EntityClass @class) => request.View.Orders.GetOrAdd(@class, _ =>
    {
        var ids = request.Ids(Translation.Patterns.Instances(@class, Subject), Subject);
        request.View.SortByText(ids);
        return ids;
    });

    /// <summary>Where the entities whose IRIs come after another begin, whether that one is still there or not.</summary>
    private int FirstAfter(uint[] order, string iri)
    {
        using var scratch = new Rdf.Buffers.ByteBuffer();
        var wanted = EntityKeys.TermOf(iri).Encode();
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (request.View.Dictionary.Encoded(new TermId(order[middle]), scratch).SequenceCompareTo(wanted) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
