using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>
/// Writes a whole dataset as JSON-LD for people: the prefixes that are used, nodes in order, lists as lists and blank nodes within what refers
/// to them where that means the same. Isomorphic datasets give the same bytes, as with Turtle.
/// </summary>
internal sealed class SortedJsonLd : IDisposable
{
    private const int FlushSize = 32 * 1024;

    private readonly OrderedQuads _table;
    private readonly Stream _output;
    private readonly JsonLdTerms _terms = new();
    private readonly BlankNodeForms _forms;
    private readonly BlankNodeOrder _order;
    private readonly int[] _labels;
    private readonly ByteBuffer _buffer = new(2 * FlushSize);
    private readonly Utf8JsonWriter _json;
    private int _lastLabel;

    private SortedJsonLd(OrderedQuads table, Stream output, WriterOptions options)
    {
        _table = table;
        _output = output;
        foreach (var (prefix, iri) in options.Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            _terms.Declare(Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(iri));
        }

        _terms.Restrict(table);
        _forms = new BlankNodeForms(table);
        _order = new BlankNodeOrder(table, _forms);
        _labels = new int[_forms.Count];
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" });
    }

    public static void Write(OrderedQuads table, Stream output, WriterOptions options)
    {
        for (var rank = 1; rank < table.RankEnd; rank++)
        {
            if (EncodedTerm.KindOf(table.Term(rank)) == TermKind.TripleTerm)
            {
                throw new RdfWriteException("JSON-LD 1.1 has no triple terms; choose another syntax, such as Turtle.");
            }
        }

        using var writer = new SortedJsonLd(table, output, options);
        writer.WriteDocument();
    }

    public void Dispose()
    {
        _json.Dispose();
        _terms.Dispose();
        _buffer.Dispose();
    }

    private void WriteDocument()
    {
        _json.WriteStartObject();
        _terms.WriteContext(_json);
        _json.WriteStartArray("@graph"u8);
        var graphs = Groups(0, _table.Rows.Length, r => r.Graph);
        graphs.Sort((x, y) => Compare(_table.Rows[x.Start].Graph, _table.Rows[y.Start].Graph));
        foreach (var (start, end) in graphs)
        {
            var graph = _table.Rows[start].Graph;
            if (graph == 0)
            {
                WriteNodes(start, end);
                continue;
            }

            _json.WriteStartObject();
            _json.WriteString("@id"u8, Name(graph));
            _json.WriteStartArray("@graph"u8);
            WriteNodes(start, end);
            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Append((byte)'\n');
        Flush();
        _output.Flush();
    }

    private int Compare(int x, int y) => x == 0 || y == 0 ? x.CompareTo(y) : _order.CompareTerms(x, y);

    private void WriteNodes(int from, int to)
    {
        var subjects = Groups(from, to, r => r.Subject);
        subjects.RemoveAll(s => _forms.NodeOf(_table.Rows[s.Start].Subject) is >= 0 and var node && _forms.IsNested(node));
        if (_forms.Count > 0)
        {
            subjects.Sort((x, y) => _order.CompareTerms(_table.Rows[x.Start].Subject, _table.Rows[y.Start].Subject));
        }

        foreach (var (start, end) in subjects)
        {
            var subject = _table.Rows[start].Subject;
            _json.WriteStartObject();
            if (_forms.NodeOf(subject) is not (>= 0 and var node) || _forms.FormOf(node) != BlankNodeForm.Root)
            {
                _json.WriteString("@id"u8, Name(subject));
            }

            WriteProperties(start, end);
            _json.WriteEndObject();
            _json.Flush();
            if (_buffer.Length >= FlushSize)
            {
                Flush();
            }
        }
    }

    private void WriteProperties(int from, int to)
    {
        foreach (var (start, end) in Groups(from, to, r => r.Predicate))
        {
            var objects = new List<int>();
            for (var i = start; i < end; i++)
            {
                objects.Add(_table.Rows[i].Object);
            }

            if (_forms.Count > 0)
            {
                objects.Sort(_order.CompareTerms);
            }

            if (_table.Rows[start].Predicate == 0)
            {
                var types = objects.FindAll(IsType);
                objects.RemoveAll(IsType);
                WriteAll("@type"u8, types, rank => _json.WriteStringValue(Name(rank)));
            }

            WriteAll(_terms.Name(_table.Predicate(_table.Rows[start].Predicate), true), objects, WriteValue);
        }
    }

    /// <summary>Whether a class can stand in <c>@type</c>: by its name.</summary>
    private bool IsType(int rank) =>
        EncodedTerm.KindOf(_table.Term(rank)) != TermKind.Literal && (_forms.NodeOf(rank) is not (>= 0 and var node) || !_forms.IsNested(node));

    /// <summary>One value stands for itself, several in an array.</summary>
    private void WriteAll(ReadOnlySpan<byte> name, List<int> ranks, Action<int> write)
    {
        if (ranks.Count == 0)
        {
            return;
        }

        _json.WritePropertyName(name);
        if (ranks.Count > 1)
        {
            _json.WriteStartArray();
        }

        ranks.ForEach(write);
        if (ranks.Count > 1)
        {
            _json.WriteEndArray();
        }
    }

    private void WriteValue(int rank)
    {
        var term = new EncodedTerm(_table.Term(rank));
        if (term.Kind == TermKind.Literal)
        {
            _terms.WriteLiteral(term, true, _json);
            return;
        }

        _json.WriteStartObject();
        var node = _forms.NodeOf(rank);
        switch (node < 0 ? BlankNodeForm.Labelled : _forms.FormOf(node))
        {
            case BlankNodeForm.Cell:
                _json.WriteStartArray("@list"u8);
                for (var cell = node; cell >= 0;)
                {
                    var start = _forms.RowsOf(cell).Start;
                    WriteValue(_table.Rows[start].Object);
                    cell = _forms.NodeOf(_table.Rows[start + 1].Object);
                }

                _json.WriteEndArray();
                break;
            case BlankNodeForm.Nested:
                var (from, to) = _forms.RowsOf(node);
                WriteProperties(from, to);
                break;
            default:
                if (term.Bytes.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8))
                {
                    _json.WriteStartArray("@list"u8);
                    _json.WriteEndArray();
                }
                else
                {
                    _json.WriteString("@id"u8, Name(rank));
                }

                break;
        }

        _json.WriteEndObject();
    }

    /// <summary>An IRI by its shortest name, a blank node by a label given in the order in which labels are first needed.</summary>
    private ReadOnlySpan<byte> Name(int rank)
    {
        if (_forms.NodeOf(rank) is not (>= 0 and var node))
        {
            return _terms.Name(_table.Term(rank), true);
        }

        if (_labels[node] == 0)
        {
            _labels[node] = ++_lastLabel;
        }

        return Encoding.UTF8.GetBytes("_:b" + _labels[node].ToString(CultureInfo.InvariantCulture));
    }

    private List<(int Start, int End)> Groups(int from, int to, Func<QuadRow, int> key)
    {
        var groups = new List<(int, int)>();
        var rows = _table.Rows;
        for (var start = from; start < to;)
        {
            var end = start + 1;
            while (end < to && key(rows[start]) == key(rows[end]))
            {
                end++;
            }

            groups.Add((start, end));
            start = end;
        }

        return groups;
    }

    private void Flush()
    {
        _output.Write(_buffer.Written);
        _buffer.Clear();
    }
}
