namespace MuseumXtd.Rdf.Syntax;

/// <summary>Reads one RDF syntax as a stream.</summary>
public interface IRdfReader
{
    /// <summary>Reads the whole input into the sink, statement by statement, in bounded memory where the syntax allows it.</summary>
    /// <exception cref="RdfSyntaxException">The input is not well formed; what was read before is in the sink.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    void Read(Stream input, IQuadSink sink, ReaderOptions options, CancellationToken cancellation = default);
}
