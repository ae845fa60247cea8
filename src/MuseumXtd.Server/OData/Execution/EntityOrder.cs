using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>The entities of a class by IRI, made once a snapshot: the order of all answers for which nobody wants another.</summary>
internal sealed class EntityOrder
{
    private readonly ImmutableArray<Term?>[] _rows;

    public EntityOrder(GraphView view, uint[] ids)
    {
        view.SortByText(ids);
        Ids = ids;
        _rows = [.. ids.Select(i => ImmutableArray.Create<Term?>(EntityKeys.TermOf(view.TextOf(i))))];
    }

    public uint[] Ids { get; }

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
