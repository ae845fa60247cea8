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
    private readonly List<(byte[] Prefix, byte[] Iri)> _prefixes = [];
    private readonly ByteBuffer _terms = new();
    private readonly List<Statement> _statements = [];
    private readonly ByteBuffer _name = new();
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
            Declare(Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(iri));
        }
    }

    /// <inheritdoc/>
    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        if (!_begun)
        {
            Declare(prefix.ToArray(), iri.ToArray());
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

        var at = _terms.Length;
        _terms.Append(predicate);
        _terms.Append(@object);
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
        _name.Dispose();
    }

    private void Declare(byte[] prefix, byte[] iri)
    {
        var isName = prefix.Length > 0 && Characters.IsAsciiLetter(prefix[0]) && prefix.AsSpan().IndexOfAny(":/@ "u8) < 0;
        if (isName && iri.Length > 0 && !_prefixes.Exists(p => p.Prefix.AsSpan().SequenceEqual(prefix) || p.Iri.AsSpan().SequenceEqual(iri)))
        {
            _prefixes.Add((prefix, iri));
        }
    }

    private void Begin()
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        _json.WriteStartObject();
        if (_prefixes.Count > 0)
        {
            _json.WriteStartObject("@context"u8);
            foreach (var (prefix, iri) in _prefixes)
            {
                // A name is a prefix by itself where its IRI ends with a delimiter (JSON-LD 1.1 API, section 4.2, step 14).
                if (":/?#[]@"u8.Contains(iri[^1]))
                {
                    _json.WriteString(prefix, iri);
                }
                else
                {
                    _json.WriteStartObject(prefix);
                    _json.WriteString("@id"u8, iri);
                    _json.WriteBoolean("@prefix"u8, true);
                    _json.WriteEndObject();
                }
            }

            _json.WriteEndObject();
        }

        _json.WriteStartArray("@graph"u8);
    }

    private void StartGraph()
    {
        if (_graph.Length > 0)
        {
            _json.WriteStartObject();
            var isPlain = CanCompact(_graph);
            WriteContextOf(isPlain);
            _json.WriteString("@id"u8, Name(_graph, isPlain));
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
        var compacts = CanCompact(_subject) && (_graph.Length == 0 || CanCompact(_graph))
            && _statements.TrueForAll(s => CanCompact(Predicate(s)) && CanCompact(Object(s)));
        _json.WriteStartObject();
        WriteContextOf(compacts || (_graph.Length > 0 && !CanCompact(_graph)));
        _json.WriteString("@id"u8, Name(_subject, compacts));
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
        _terms.Clear();
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
                _json.WriteStringValue(Name(Object(statement), compacts));
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

        StartValues(Name(predicate, compacts), count);
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
            _json.WriteString("@id"u8, Name(value, compacts));
            _json.WriteEndObject();
            return;
        }

        var text = term.LexicalForm;
        var suffix = term.Suffix;
        if (suffix.IsEmpty)
        {
            _json.WriteStringValue(text);
        }
        else if (suffix.SequenceEqual("^^<http://www.w3.org/2001/XMLSchema#integer"u8) && IsCanonicalInteger(text))
        {
            _json.WriteRawValue(text, skipInputValidation: true);
        }
        else if (suffix.SequenceEqual("^^<http://www.w3.org/2001/XMLSchema#boolean"u8) && (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)))
        {
            _json.WriteBooleanValue(text[0] == (byte)'t');
        }
        else
        {
            _json.WriteStartObject();
            _json.WriteString("@value"u8, text);
            if (term.Language.IsEmpty)
            {
                _json.WriteString("@type"u8, Name(suffix[2..], compacts));
            }
            else
            {
                _json.WriteString("@language"u8, term.Language);
                if (term.Direction != BaseDirection.None)
                {
                    _json.WriteString("@direction"u8, term.Direction == BaseDirection.LeftToRight ? "ltr"u8 : "rtl"u8);
                }
            }

            _json.WriteEndObject();
        }
    }

    /// <summary>Whether digits stand for themselves as a number of JSON that every reader holds exactly.</summary>
    private static bool IsCanonicalInteger(ReadOnlySpan<byte> text)
    {
        const int Exact = 15;
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        return digits.Length is >= 1 and <= Exact && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (digits[0] != (byte)'0' || text.Length == 1);
    }

    private void WriteContextOf(bool compacts)
    {
        // An IRI whose scheme is one of the prefixes would be read as a name: such a node does without the context.
        if (!compacts)
        {
            _json.WriteNull("@context"u8);
        }
    }

    private bool CanCompact(ReadOnlySpan<byte> term)
    {
        var kind = EncodedTerm.KindOf(term);
        var iri = kind == TermKind.Iri ? term[1..] : kind == TermKind.Literal ? new EncodedTerm(term).Suffix is var suffix && suffix.StartsWith("^^"u8) ? suffix[3..] : default : default;
        var colon = iri.IndexOf((byte)':');
        if (colon < 0 || iri[(colon + 1)..].StartsWith("//"u8))
        {
            return true;
        }

        foreach (var (prefix, _) in _prefixes)
        {
            if (iri[..colon].SequenceEqual(prefix))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An IRI or blank node by its shortest name. The span is good until the next call.</summary>
    private ReadOnlySpan<byte> Name(ReadOnlySpan<byte> term, bool compacts)
    {
        _name.Clear();
        if (EncodedTerm.KindOf(term) == TermKind.BlankNode)
        {
            TermWriter.WriteBlankNode(term[2..], _name);
            return _name.Written;
        }

        var iri = term[1..];
        if (compacts)
        {
            var (best, length) = (-1, 0);
            for (var i = 0; i < _prefixes.Count; i++)
            {
                var space = _prefixes[i].Iri;
                if (space.Length > length && iri.StartsWith(space) && !iri[space.Length..].StartsWith("//"u8))
                {
                    (best, length) = (i, space.Length);
                }
            }

            if (best >= 0)
            {
                _name.Append(_prefixes[best].Prefix);
                _name.Append((byte)':');
                _name.Append(iri[length..]);
                return _name.Written;
            }
        }

        return iri;
    }

    private bool IsType(Statement statement) =>
        Predicate(statement).SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8)
        && EncodedTerm.KindOf(Object(statement)) != TermKind.Literal;

    private ReadOnlySpan<byte> Predicate(Statement statement) => _terms.Written[statement.Start..statement.Middle];

    private ReadOnlySpan<byte> Object(Statement statement) => _terms.Written[statement.Middle..statement.End];

    private void Flush()
    {
        _output.Write(_buffer.Written);
        _buffer.Clear();
    }

    /// <summary>Where predicate and object of a statement lie in the buffer of terms, and how many came before it.</summary>
    private readonly record struct Statement(int Start, int Middle, int End, int Number);
}
