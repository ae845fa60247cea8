using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>The entities of a class in an order, made once a snapshot: by IRI, or as <c>$orderby</c> says.</summary>
internal sealed class EntityOrder
{
    private readonly ImmutableArray<Term?>[] _rows;

    private EntityOrder(uint[] ids, ImmutableArray<Term?>[] rows)
    {
        Ids = ids;
        _rows = rows;
    }

    public uint[] Ids { get; }

    /// <summary>The order of all answers for which nobody wants another.</summary>
    public static EntityOrder ByIri(GraphView view, uint[] ids)
    {
        view.SortByText(ids);
        return new EntityOrder(ids, [.. ids.Select(i => ImmutableArray.Create<Term?>(EntityKeys.TermOf(view.TextOf(i))))]);
    }

    /// <summary>The same entities in another order.</summary>
    public EntityOrder Reordered(uint[] ids)
    {
        var places = new Dictionary<uint, int>(Ids.Length);
        for (var i = 0; i < Ids.Length; i++)
        {
            places.Add(Ids[i], i);
        }

        return new EntityOrder(ids, [.. ids.Select(id => _rows[places[id]])]);
    }

    /// <summary>A part of the entities as inline data.</summary>
    public Values Given(Variable variable, int start, int count) => new([variable], ImmutableArray.Create(_rows, start, count));

    /// <summary>Where the entities whose IRIs come after another begin, whether that one is still there or not.</summary>
    public int FirstAfter(GraphView view, string iri)
    {
        using var scratch = new ByteBuffer();
        var wanted = EntityKeys.TermOf(iri).Encode();
        var (low, high) = (0, Ids.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (view.Dictionary.Encoded(new TermId(Ids[middle]), scratch).SequenceCompareTo(wanted) <= 0)
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
