using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Commands;

/// <summary>Counts statements on their way to a sink, and shows how far reading is.</summary>
internal sealed class Progress(IQuadSink sink) : IQuadSink
{
    private readonly ProgressLine _line = new();
    private Stream? _input;

    /// <summary>How many statements.</summary>
    public long Count { get; private set; }

    /// <summary>How many statements in named graphs.</summary>
    public long InNamedGraphs { get; private set; }

    /// <summary>Takes the file that is read, whose length says how much there is.</summary>
    public void Watch(Stream input) => _input = input.CanSeek ? input : null;

    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        sink.Quad(subject, predicate, @object, graph);
        InNamedGraphs += graph.IsEmpty ? 0 : 1;
        if ((++Count & 0xFFF) == 0)
        {
            _line.Show(Count, _input is { Length: > 0 } ? (double)_input.Position / _input.Length : null);
        }
    }

    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) => sink.Prefix(prefix, iri);

    /// <summary>Removes the line.</summary>
    public void Clear() => _line.Clear();
}
