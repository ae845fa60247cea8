using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>The entities of a class in an order, made once a snapshot: by IRI, or as <c>$orderby</c> says.</summary>
internal sealed class EntityOrder(uint[] ids)
{
    public uint[] Ids { get; } = ids;

    /// <summary>The order of all answers for which nobody wants another.</summary>
    public static EntityOrder ByIri(GraphView view, uint[] ids)
    {
        view.SortByText(ids);
        return new EntityOrder(ids);
    }

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
