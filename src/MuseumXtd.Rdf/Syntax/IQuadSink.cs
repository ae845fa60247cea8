namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// Takes a stream of quads. Readers write to sinks; the store's loader and every writer are sinks.
/// Terms arrive as <see cref="EncodedTerm"/> bytes that are valid only during the call.
/// </summary>
public interface IQuadSink
{
    /// <summary>One statement.</summary>
    /// <param name="subject">An encoded IRI or blank node.</param>
    /// <param name="predicate">An encoded IRI.</param>
    /// <param name="object">Any encoded term.</param>
    /// <param name="graph">An encoded IRI or blank node, or empty for the default graph.</param>
    void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph);

    /// <summary>A prefix declaration, for sinks that keep or write prefixes; both texts are plain UTF-8.</summary>
    void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
    }
}
