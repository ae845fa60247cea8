using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Execution;

/// <summary>
/// The data graph and the shapes graph in one store, for the few queries that ask for <c>$shapesGraph</c> (SHACL, section 5.3.1): they need a
/// dataset that holds both.
/// </summary>
internal static class JoinedStore
{
    /// <summary>The name of the shapes graph there.</summary>
    public static Iri ShapesGraph { get; } = new("urn:museumxtd:shapes");

    public static QuadStore Of(ShapeSet shapes, Snapshot snapshot, TripleIndex data, CancellationToken cancellation)
    {
        var store = new QuadStore();
        using var transaction = store.Begin(cancellation);
        var name = ShapesGraph.Encode();
        foreach (var quad in shapes.Graph)
        {
            transaction.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), name);
        }

        using var s = new ByteBuffer();
        using var p = new ByteBuffer();
        using var o = new ByteBuffer();
        foreach (var subject in data.Keys(TripleOrder.Spo))
        {
            cancellation.ThrowIfCancellationRequested();
            var range = data.Range(TripleOrder.Spo, new TermId(subject));
            for (var i = 0; i < range.Count; i++)
            {
                transaction.Quad(
                    snapshot.Dictionary.Encoded(new TermId(subject), s),
                    snapshot.Dictionary.Encoded(new TermId(range.Second[i]), p),
                    snapshot.Dictionary.Encoded(new TermId(range.Third[i]), o),
                    default);
            }
        }

        transaction.Commit(cancellation);
        return store;
    }
}
