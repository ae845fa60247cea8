namespace MuseumXtd.Rdf.Syntax;

/// <summary>Writes one RDF syntax as a stream; quads are written as they come. Disposing without <see cref="Complete"/> writes no end.</summary>
public interface IRdfWriter : IQuadSink, IDisposable
{
    /// <summary>Writes what ends the document and flushes everything to the output, which stays open.</summary>
    void Complete();
}
