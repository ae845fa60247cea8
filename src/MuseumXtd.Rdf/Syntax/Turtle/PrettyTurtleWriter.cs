using System.Buffers.Text;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>
/// Writes a whole dataset as Turtle or TriG for people: the prefixes that are used, subjects in order with what is said of them, collections
/// and nested blank nodes where they mean the same. Isomorphic datasets give the same bytes, see <see cref="BlankNodeOrder"/>.
/// </summary>
internal sealed class PrettyTurtleWriter : IDisposable
{
    private const int FlushSize = 32 * 1024;

    private readonly OrderedQuads _table;
    private readonly Stream _output;
    private readonly TurtleTerms _terms;
    private readonly BlankNodeForms _forms;
    private readonly BlankNodeOrder _order;
    private readonly int[] _labels;
    private readonly ByteBuffer _buffer = new(2 * FlushSize);
    private int _lastLabel;
    private bool _isStarted;

    private PrettyTurtleWriter(OrderedQuads table, Stream output, WriterOptions options)
    {
        _table = table;
        _output = output;
        _terms = new TurtleTerms(options.Prefixes);
        _forms = new BlankNodeForms(table);
        _order = new BlankNodeOrder(table, _forms);
        _labels = new int[_forms.Count];
    }

    public static void Write(OrderedQuads table, Stream output, WriterOptions options)
    {
        using var writer = new PrettyTurtleWriter(table, output, options);
        writer.WritePrefixes();
        writer.WriteGraphs();
        writer.Flush();
        output.Flush();
    }

    public void Dispose() => _buffer.Dispose();

    /// <summary>A first pass over the terms finds the prefixes that are used, before the first of them is written.</summary>
    private void WritePrefixes()
    {
        var isSeen = new bool[_table.RankEnd];
        var isSeenAsPredicate = new bool[_table.RankEnd];
        foreach (var (g, s, p, o) in _table.Rows)
        {
            foreach (var rank in (ReadOnlySpan<int>)[g, s, o])
            {
                if (rank > 0 && !isSeen[rank])
                {
                    isSeen[rank] = true;
                    if (rank == g || !IsNil(rank))
                    {
                        _terms.Write(_table.Term(rank), _buffer);
                        _buffer.Clear();
                    }
                }
            }

            var isOfCollection = _forms.NodeOf(s) is >= 0 and var node && _forms.FormOf(node) == BlankNodeForm.Cell;
            if (!isOfCollection && !isSeenAsPredicate[p])
            {
                isSeenAsPredicate[p] = true;
                _terms.WritePredicate(_table.Predicate(p), _buffer);
                _buffer.Clear();
            }
        }

        foreach (var (prefix, iri) in _terms.Used)
        {
            TurtleWriter.WritePrefix(prefix, iri, _buffer);
        }
    }

    private void WriteGraphs()
    {
        var graphs = new List<(int Start, int End)>();
        var rows = _table.Rows;
        for (var start = 0; start < rows.Length;)
        {
            var end = EndOf(start, rows.Length, (a, b) => a.Graph == b.Graph);
            graphs.Add((start, end));
            start = end;
        }

        graphs.Sort((x, y) => Compare(_table.Rows[x.Start].Graph, _table.Rows[y.Start].Graph));
        foreach (var (start, end) in graphs)
        {
            var graph = _table.Rows[start].Graph;
            if (graph == 0)
            {
                WriteSubjects(start, end, 0);
                continue;
            }

            StartBlock();
            WriteTerm(_table.Term(graph));
            _buffer.Append(" {\n"u8);
            WriteSubjects(start, end, 1);
            _buffer.Append("}\n"u8);
        }
    }

    private int Compare(int x, int y) => x == 0 || y == 0 ? x.CompareTo(y) : _order.CompareTerms(x, y);

    private void WriteSubjects(int from, int to, int indent)
    {
        var subjects = new List<(int Start, int End)>();
        for (var start = from; start < to;)
        {
            var end = EndOf(start, to, (a, b) => a.Subject == b.Subject);
            var node = _forms.NodeOf(_table.Rows[start].Subject);
            if (node < 0 || !_forms.IsNested(node))
            {
                subjects.Add((start, end));
            }

            start = end;
        }

        if (_forms.Count > 0)
        {
            subjects.Sort((x, y) => _order.CompareTerms(_table.Rows[x.Start].Subject, _table.Rows[y.Start].Subject));
        }

        var isFirst = true;
        foreach (var (start, end) in subjects)
        {
            if (indent == 0 || !isFirst)
            {
                StartBlock();
            }

            isFirst = false;
            Indent(indent);
            WriteTerm(_table.Rows[start].Subject);
            _buffer.Append((byte)' ');
            WriteProperties(start, end, indent + 1);
            _buffer.Append(" .\n"u8);
            if (_buffer.Length >= FlushSize)
            {
                Flush();
            }
        }
    }

    /// <summary>An empty line between what comes before and what follows.</summary>
    private void StartBlock()
    {
        if (_buffer.Length > 0 || _isStarted)
        {
            _buffer.Append((byte)'\n');
        }
    }

    private void WriteProperties(int from, int to, int indent)
    {
        for (var start = from; start < to;)
        {
            var end = EndOf(start, to, (a, b) => a.Predicate == b.Predicate);
            if (start > from)
            {
                _buffer.Append(" ;\n"u8);
                Indent(indent);
            }

            _terms.WritePredicate(_table.Predicate(_table.Rows[start].Predicate), _buffer);
            _buffer.Append((byte)' ');
            WriteObjects(start, end, indent);
            start = end;
        }
    }

    private void WriteObjects(int start, int end, int indent)
    {
        if (end - start == 1)
        {
            WriteObject(_table.Rows[start].Object, indent);
            return;
        }

        var objects = new int[end - start];
        for (var i = start; i < end; i++)
        {
            objects[i - start] = _table.Rows[i].Object;
        }

        if (_forms.Count > 0)
        {
            Array.Sort(objects, _order.CompareTerms);
        }

        for (var i = 0; i < objects.Length; i++)
        {
            if (i > 0)
            {
                _buffer.Append(" , "u8);
            }

            WriteObject(objects[i], indent);
        }
    }

    private void WriteObject(int rank, int indent)
    {
        var node = _forms.NodeOf(rank);
        switch (node < 0 ? BlankNodeForm.Labelled : _forms.FormOf(node))
        {
            case BlankNodeForm.Cell:
                WriteCollection(node, indent);
                break;
            case BlankNodeForm.Nested:
                var (start, end) = _forms.RowsOf(node);
                if (start == end)
                {
                    _buffer.Append("[]"u8);
                    break;
                }

                _buffer.Append("[\n"u8);
                Indent(indent + 1);
                WriteProperties(start, end, indent + 1);
                _buffer.Append((byte)'\n');
                Indent(indent);
                _buffer.Append((byte)']');
                break;
            default:
                WriteTerm(rank);
                break;
        }
    }

    private void WriteCollection(int cell, int indent)
    {
        _buffer.Append("( "u8);
        while (cell >= 0)
        {
            var start = _forms.RowsOf(cell).Start;
            WriteObject(_table.Rows[start].Object, indent);
            _buffer.Append((byte)' ');
            cell = _forms.NodeOf(_table.Rows[start + 1].Object);
        }

        _buffer.Append((byte)')');
    }

    private void WriteTerm(int rank)
    {
        if (_forms.NodeOf(rank) is >= 0 and var node)
        {
            WriteNode(node);
        }
        else if (IsNil(rank))
        {
            _buffer.Append("()"u8);
        }
        else
        {
            WriteTerm(_table.Term(rank));
        }
    }

    private void WriteTerm(ReadOnlySpan<byte> term)
    {
        switch (EncodedTerm.KindOf(term))
        {
            case TermKind.BlankNode:
                WriteNode(_forms.NodeOf(_table.RankOf(term)));
                break;
            case TermKind.TripleTerm:
                var triple = new EncodedTerm(term);
                _buffer.Append("<<( "u8);
                WriteTerm(triple.Subject);
                _buffer.Append((byte)' ');
                _terms.WritePredicate(triple.Predicate, _buffer);
                _buffer.Append((byte)' ');
                WriteTerm(triple.Object);
                _buffer.Append(" )>>"u8);
                break;
            default:
                _terms.Write(term, _buffer);
                break;
        }
    }

    private bool IsNil(int rank) => _table.Term(rank).SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8);

    /// <summary>Labels are given in the order in which they are first needed.</summary>
    private void WriteNode(int node)
    {
        if (_forms.FormOf(node) == BlankNodeForm.Root)
        {
            _buffer.Append("[]"u8);
            return;
        }

        if (_labels[node] == 0)
        {
            _labels[node] = ++_lastLabel;
        }

        _buffer.Append("_:b"u8);
        Utf8Formatter.TryFormat(_labels[node], _buffer.GetSpan(11), out var written);
        _buffer.Advance(written);
    }

    private int EndOf(int start, int to, Func<QuadRow, QuadRow, bool> isSame)
    {
        var rows = _table.Rows;
        var end = start + 1;
        while (end < to && isSame(rows[start], rows[end]))
        {
            end++;
        }

        return end;
    }

    private void Indent(int level)
    {
        for (; level > 0; level--)
        {
            _buffer.Append("    "u8);
        }
    }

    private void Flush()
    {
        _isStarted = true;
        _output.Write(_buffer.Written);
        _buffer.Clear();
    }
}
