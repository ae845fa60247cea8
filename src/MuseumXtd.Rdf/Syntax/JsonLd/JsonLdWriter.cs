using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>
/// Writes flattened JSON-LD as statements come: one context, then one node after the other. Statements with one subject that follow each
/// other become one node; only these are held. What JSON says in its own way (integers, true, false) is so written where it reads back
/// as the same literal.
/// </summary>
internal sealed class JsonLdWriter : IRdfWriter
{
    private const int FlushSize = 32 * 1024;

    private readonly Stream _output;
    private readonly ByteBuffer _buffer = new(2 * FlushSize);
    private readonly Utf8JsonWriter _json;
    private readonly JsonLdTerms _terms = new();
    private readonly ByteBuffer _said = new();
    private readonly List<Statement> _statements = [];
    private byte[] _graph = [];
    private byte[] _subject = [];
    private bool _begun;
    private bool _isInGraph;

    public JsonLdWriter(Stream output, WriterOptions options)
    {
        _output = output;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, IndentSize = 1, NewLine = "\n" });
        foreach (var (prefix, iri) in options.Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            _terms.Declare(Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(iri));
        }
    }

    /// <inheritdoc/>
    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        if (!_begun)
        {
            _terms.Declare(prefix.ToArray(), iri.ToArray());
        }
    }

    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (EncodedTerm.KindOf(@object) == TermKind.TripleTerm)
        {
            throw new RdfWriteException("JSON-LD 1.1 has no triple terms; choose another syntax, such as Turtle.");
        }

        Begin();
        if (!graph.SequenceEqual(_graph) || !subject.SequenceEqual(_subject))
        {
            WriteNode();
            _subject = subject.ToArray();
            if (!graph.SequenceEqual(_graph))
            {
                EndGraph();
                _graph = graph.ToArray();
                StartGraph();
            }
        }

        var at = _said.Length;
        _said.Append(predicate);
        _said.Append(@object);
        _statements.Add(new Statement(at, at + predicate.Length, at + predicate.Length + @object.Length, _statements.Count));
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Begin();
        WriteNode();
        EndGraph();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Append((byte)'\n');
        Flush();
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _buffer.Dispose();
        _terms.Dispose();
        _said.Dispose();
    }

    private void Begin()
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        _json.WriteStartObject();
        _terms.WriteContext(_json);
        _json.WriteStartArray("@graph"u8);
    }

    private void StartGraph()
    {
        if (_graph.Length > 0)
        {
            _json.WriteStartObject();
            var isPlain = _terms.CanCompact(_graph);
            WriteContextOf(isPlain);
            _json.WriteString("@id"u8, _terms.Name(_graph, isPlain));
            _json.WriteStartArray("@graph"u8);
            _isInGraph = true;
        }
    }

    private void EndGraph()
    {
        if (_isInGraph)
        {
            _json.WriteEndArray();
            _json.WriteEndObject();
            _isInGraph = false;
        }
    }

    private void WriteNode()
    {
        if (_statements.Count == 0)
        {
            return;
        }

        _statements.Sort((x, y) => Predicate(x).SequenceCompareTo(Predicate(y)) is var order and not 0 ? order : x.Number.CompareTo(y.Number));
        var compacts = _terms.CanCompact(_subject) && (_graph.Length == 0 || _terms.CanCompact(_graph))
            && _statements.TrueForAll(s => _terms.CanCompact(Predicate(s)) && _terms.CanCompact(Object(s)));
        _json.WriteStartObject();
        WriteContextOf(compacts || (_graph.Length > 0 && !_terms.CanCompact(_graph)));
        _json.WriteString("@id"u8, _terms.Name(_subject, compacts));
        WriteTypes(compacts);
        for (var i = 0; i < _statements.Count;)
        {
            var predicate = Predicate(_statements[i]);
            var end = i + 1;
            while (end < _statements.Count && Predicate(_statements[end]).SequenceEqual(predicate))
            {
                end++;
            }

            WriteProperty(predicate, i, end, compacts);
            i = end;
        }

        _json.WriteEndObject();
        _statements.Clear();
        _said.Clear();
        _json.Flush();
        if (_buffer.Length > FlushSize)
        {
            Flush();
        }
    }

    private void WriteTypes(bool compacts)
    {
        var count = _statements.Count(IsType);
        StartValues("@type"u8, count);
        foreach (var statement in _statements)
        {
            if (IsType(statement))
            {
                _json.WriteStringValue(_terms.Name(Object(statement), compacts));
            }
        }

        EndValues(count);
    }

    private void WriteProperty(ReadOnlySpan<byte> predicate, int start, int end, bool compacts)
    {
        var count = 0;
        for (var i = start; i < end; i++)
        {
            count += IsType(_statements[i]) ? 0 : 1;
        }

        StartValues(_terms.Name(predicate, compacts), count);
        for (var i = start; i < end; i++)
        {
            if (!IsType(_statements[i]))
            {
                WriteValue(Object(_statements[i]), compacts);
            }
        }

        EndValues(count);
    }

    /// <summary>One value stands for itself, several in an array.</summary>
    private void StartValues(ReadOnlySpan<byte> name, int count)
    {
        if (count == 1)
        {
            _json.WritePropertyName(name);
        }
        else if (count > 1)
        {
            _json.WriteStartArray(name);
        }
    }

    private void EndValues(int count)
    {
        if (count > 1)
        {
            _json.WriteEndArray();
        }
    }

    private void WriteValue(ReadOnlySpan<byte> value, bool compacts)
    {
        var term = new EncodedTerm(value);
        if (term.Kind != TermKind.Literal)
        {
            _json.WriteStartObject();
            _json.WriteString("@id"u8, _terms.Name(value, compacts));
            _json.WriteEndObject();
            return;
        }

        _terms.WriteLiteral(term, compacts, _json);
    }

    private void WriteContextOf(bool compacts)
    {
        // An IRI whose scheme is one of the prefixes would be read as a name: such a node does without the context.
        if (!compacts)
        {
            _json.WriteNull("@context"u8);
        }
    }

    private bool IsType(Statement statement) =>
        Predicate(statement).SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8)
        && EncodedTerm.KindOf(Object(statement)) != TermKind.Literal;

    private ReadOnlySpan<byte> Predicate(Statement statement) => _said.Written[statement.Start..statement.Middle];

    private ReadOnlySpan<byte> Object(Statement statement) => _said.Written[statement.Middle..statement.End];

    private void Flush()
    {
        _output.Write(_buffer.Written);
        _buffer.Clear();
    }

    /// <summary>Where predicate and object of a statement lie in the buffer of terms, and how many came before it.</summary>
    private readonly record struct Statement(int Start, int Middle, int End, int Number);
}
