namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>Reads Turtle and TriG (RDF 1.1 Turtle, RDF 1.1 TriG), streaming: memory grows with the longest token and the deepest nesting only.</summary>
internal sealed class TurtleReader(bool trig) : IRdfReader
{
    public void Read(Stream input, IQuadSink sink, ReaderOptions options, CancellationToken cancellation = default)
    {
        using var window = new Utf8Input(input, options.MaxTokenBytes, trig ? "trig-" : "turtle-", options.MaxDocumentBytes);
        using var parser = new TurtleParser(window, sink, options, trig);
        parser.ReadDocument(cancellation);
    }
}
