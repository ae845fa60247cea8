using System.Text;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// Collects a dataset and writes it in one order whatever the order it came in, in the form for people where the syntax has one: graphs,
/// subjects, predicates (<c>rdf:type</c> first) and objects by their bytes, each statement once, with only the prefixes that are used.
/// The same statements give the same bytes.
/// </summary>
public sealed class SortedWriter : IRdfWriter, INumberedQuadSink
{
    private readonly Stream _output;
    private readonly RdfFormat _format;
    private readonly QuadTable _table = new();
    private uint _graph;
    private WriterOptions _options;

    /// <summary>A writer of one of the formats of <see cref="RdfFormats"/> to a stream.</summary>
    public SortedWriter(Stream output, RdfFormat format, WriterOptions options)
    {
        _output = output;
        _format = format;
        _options = options;
    }

    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _table.Add(subject, predicate, @object, _format.SupportsDatasets ? graph : default);

    /// <inheritdoc/>
    public uint NumberOf(ReadOnlySpan<byte> term) => _table.NumberOf(term);

    /// <inheritdoc/>
    public void BeginGraph(ReadOnlySpan<byte> graph) => _graph = _format.SupportsDatasets ? _table.NumberOf(graph) : 0;

    /// <inheritdoc/>
    public void Quad(uint subject, uint predicate, uint @object) => _table.Add(subject, predicate, @object, _graph);

    /// <summary>Takes a prefix, unless it has a meaning already.</summary>
    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        var name = Encoding.UTF8.GetString(prefix);
        if (!_options.Prefixes.ContainsKey(name))
        {
            _options = _options with { Prefixes = new Dictionary<string, string>(_options.Prefixes) { [name] = Encoding.UTF8.GetString(iri) } };
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _table.Sort();
        _table.WriteTo(_output, _format, _options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What was collected belongs to a document that was completed, or was given up.
    }
}
