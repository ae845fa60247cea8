using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>
/// Writes Turtle or TriG as statements come: those that follow each other and share a subject, or a subject and a predicate, share
/// them on paper too. Prefixes are those that were given, then those that come with the statements; the first meaning of a prefix stays.
/// </summary>
internal sealed class TurtleWriter : IRdfWriter
{
    private const int FlushSize = 32 * 1024;

    private readonly Stream _output;
    private readonly bool _trig;
    private readonly TurtleTerms _terms;
    private readonly ByteBuffer _buffer = new(2 * FlushSize);
    private readonly ByteBuffer _graph = new();
    private readonly ByteBuffer _subject = new();
    private readonly ByteBuffer _predicate = new();

    public TurtleWriter(Stream output, WriterOptions options, bool trig)
    {
        _output = output;
        _trig = trig;
        _terms = new TurtleTerms(options.Prefixes);
        foreach (var (prefix, iri) in _terms.All)
        {
            WritePrefix(prefix, iri, _buffer);
        }
    }

    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (_trig && !graph.SequenceEqual(_graph.Written))
        {
            EndGraph();
            if (!graph.IsEmpty)
            {
                _terms.Write(graph, _buffer);
                _buffer.Append(" {\n"u8);
            }

            Set(_graph, graph);
        }

        if (!subject.SequenceEqual(_subject.Written))
        {
            EndSubject();
            Indent(0);
            _terms.Write(subject, _buffer);
            _buffer.Append((byte)' ');
            Set(_subject, subject);
            StartPredicate(predicate);
        }
        else if (!predicate.SequenceEqual(_predicate.Written))
        {
            _buffer.Append(" ;\n"u8);
            Indent(1);
            StartPredicate(predicate);
        }
        else
        {
            _buffer.Append(" , "u8);
        }

        _terms.Write(@object, _buffer);
        if (_buffer.Length >= FlushSize)
        {
            Flush();
        }
    }

    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        if (_terms.Declare(prefix.ToArray(), iri.ToArray()))
        {
            EndGraph();
            WritePrefix(prefix, iri, _buffer);
        }
    }

    public void Complete()
    {
        EndGraph();
        Flush();
        _output.Flush();
    }

    public void Dispose()
    {
        _buffer.Dispose();
        _graph.Dispose();
        _subject.Dispose();
        _predicate.Dispose();
    }

    internal static void WritePrefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri, ByteBuffer output)
    {
        output.Append("@prefix "u8);
        output.Append(prefix);
        output.Append(": <"u8);
        output.Append(iri);
        output.Append("> .\n"u8);
    }

    private void StartPredicate(ReadOnlySpan<byte> predicate)
    {
        _terms.WritePredicate(predicate, _buffer);
        _buffer.Append((byte)' ');
        Set(_predicate, predicate);
    }

    private void EndSubject()
    {
        if (_subject.Length > 0)
        {
            _buffer.Append(" .\n"u8);
            _subject.Clear();
            _predicate.Clear();
        }
    }

    private void EndGraph()
    {
        EndSubject();
        if (_graph.Length > 0)
        {
            _buffer.Append("}\n"u8);
            _graph.Clear();
        }
    }

    private void Indent(int level)
    {
        for (level += _graph.Length > 0 ? 1 : 0; level > 0; level--)
        {
            _buffer.Append("    "u8);
        }
    }

    private void Flush()
    {
        _output.Write(_buffer.Written);
        _buffer.Clear();
    }

    private static void Set(ByteBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        buffer.Clear();
        buffer.Append(bytes);
    }
}
