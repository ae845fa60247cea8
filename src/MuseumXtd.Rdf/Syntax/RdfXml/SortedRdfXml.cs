using System.Globalization;
using System.Text;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>
/// Writes a whole graph as RDF/XML for people: the namespaces that are used, nodes in order by their classes, collections and nested blank
/// nodes where they mean the same. Isomorphic graphs give the same bytes, as with Turtle.
/// </summary>
internal sealed class SortedRdfXml : IDisposable
{
    private readonly OrderedQuads _table;
    private readonly RdfXmlWriter _xml;
    private readonly BlankNodeForms _forms;
    private readonly BlankNodeOrder _order;
    private readonly int[] _labels;
    private readonly Queue<int> _spelled = new();
    private int _lastLabel;

    private SortedRdfXml(OrderedQuads table, Stream output, WriterOptions options)
    {
        _table = table;
        _forms = new BlankNodeForms(table);
        _order = new BlankNodeOrder(table, _forms);
        _labels = new int[_forms.Count];
        _xml = new RdfXmlWriter(output, options with { Prefixes = Prefixes(table, options.Prefixes) })
        {
            LabelOf = node => Label(_forms.NodeOf(table.RankOf(node))),
        };
    }

    public static void Write(OrderedQuads table, Stream output, WriterOptions options)
    {
        using var writer = new SortedRdfXml(table, output, options);
        writer._xml.Begin();
        writer.WriteNodes();
        writer._xml.Complete();
    }

    public void Dispose() => _xml.Dispose();

    private void WriteNodes()
    {
        var subjects = new List<(int Start, int End)>();
        var rows = _table.Rows;
        for (var start = 0; start < rows.Length;)
        {
            var end = EndOf(start);
            if (_forms.NodeOf(rows[start].Subject) is not (>= 0 and var node) || !_forms.IsNested(node))
            {
                subjects.Add((start, end));
            }

            start = end;
        }

        if (_forms.Count > 0)
        {
            subjects.Sort((x, y) => _order.CompareTerms(_table.Rows[x.Start].Subject, _table.Rows[y.Start].Subject));
        }

        foreach (var (start, end) in subjects)
        {
            WriteNode(_table.Rows[start].Subject, start, end, "  ");
            while (_spelled.TryDequeue(out var cell))
            {
                var (first, after) = _forms.RowsOf(cell);
                WriteNode(_table.Rows[first].Subject, first, after, "  ");
            }
        }
    }

    /// <summary>A node with what is said of it, as an element named by its first class that is a name.</summary>
    private void WriteNode(int rank, int start, int end, string indent)
    {
        var name = "rdf:Description";
        var typed = -1;
        for (var i = start; i < end && typed < 0 && _table.Rows[i].Predicate == 0; i++)
        {
            if (_xml.TryName(_table.Term(_table.Rows[i].Object), out var type) && type.Declaration is null)
            {
                (name, typed) = (type.Name, i);
            }
        }

        _xml.Write($"{indent}<{name}");
        var node = _forms.NodeOf(rank);
        if (node < 0 || _labels[node] > 0 || _forms.FormOf(node) == BlankNodeForm.Labelled)
        {
            _xml.WriteReference(_table.Term(rank), "rdf:about");
        }

        if (end - start == (typed < 0 ? 0 : 1))
        {
            _xml.Write("/>\n");
            return;
        }

        _xml.Write(">\n");
        WriteProperties(start, end, typed, indent + "  ");
        _xml.Write($"{indent}</{name}>\n");
    }

    private void WriteProperties(int start, int end, int typed, string indent)
    {
        var rows = new List<QuadRow>();
        for (var i = start; i < end; i++)
        {
            if (i != typed)
            {
                rows.Add(_table.Rows[i]);
            }
        }

        if (_forms.Count > 0)
        {
            rows.Sort((x, y) => x.Predicate != y.Predicate ? x.Predicate.CompareTo(y.Predicate) : _order.CompareTerms(x.Object, y.Object));
        }

        foreach (var row in rows)
        {
            WriteProperty(_table.Predicate(row.Predicate), row.Object, indent);
        }
    }

    private void WriteProperty(ReadOnlySpan<byte> predicate, int value, string indent)
    {
        var node = _forms.NodeOf(value);
        var form = node < 0 ? BlankNodeForm.Labelled : _forms.FormOf(node);
        if (form == BlankNodeForm.Cell && !IsCollection(node))
        {
            // A collection of RDF/XML holds nodes only: with literals in it, its cells are nodes side by side, as deep nesting would not do.
            Label(node);
            _spelled.Enqueue(node);
            form = BlankNodeForm.Labelled;
        }

        if (form is not (BlankNodeForm.Nested or BlankNodeForm.Cell))
        {
            _xml.WriteProperty(predicate, _table.Term(value), indent);
            return;
        }

        var element = _xml.StartProperty(predicate, indent);
        if (form == BlankNodeForm.Nested)
        {
            _xml.Write(">\n");
            var (start, end) = _forms.RowsOf(node);
            WriteNode(value, start, end, indent + "  ");
        }
        else
        {
            _xml.Write(" rdf:parseType=\"Collection\">\n");
            for (var cell = node; cell >= 0;)
            {
                var start = _forms.RowsOf(cell).Start;
                var item = _table.Rows[start].Object;
                var (from, to) = _forms.NodeOf(item) is >= 0 and var inner && _forms.FormOf(inner) == BlankNodeForm.Nested ? _forms.RowsOf(inner) : (0, 0);
                WriteNode(item, from, to, indent + "  ");
                cell = _forms.NodeOf(_table.Rows[start + 1].Object);
            }
        }

        _xml.Write($"{indent}</{element.Name}>\n");
    }

    /// <summary>Whether all items are nodes, and none is a collection itself: that would need an element of its own.</summary>
    private bool IsCollection(int cell)
    {
        while (cell >= 0)
        {
            var start = _forms.RowsOf(cell).Start;
            var item = _table.Rows[start].Object;
            if (EncodedTerm.KindOf(_table.Term(item)) is TermKind.Literal or TermKind.TripleTerm
                || (_forms.NodeOf(item) is >= 0 and var node && _forms.FormOf(node) == BlankNodeForm.Cell))
            {
                return false;
            }

            cell = _forms.NodeOf(_table.Rows[start + 1].Object);
        }

        return true;
    }

    /// <summary>Labels are given in the order in which they are first needed.</summary>
    private string Label(int node)
    {
        if (_labels[node] == 0)
        {
            _labels[node] = ++_lastLabel;
        }

        return "b" + _labels[node].ToString(CultureInfo.InvariantCulture);
    }

    private int EndOf(int start)
    {
        var rows = _table.Rows;
        var end = start + 1;
        while (end < rows.Length && rows[end].Subject == rows[start].Subject)
        {
            end++;
        }

        return end;
    }

    /// <summary>The namespaces of all predicates and classes, by the prefixes given for them, or ns1, ns2, ...</summary>
    private static Dictionary<string, string> Prefixes(OrderedQuads table, IReadOnlyDictionary<string, string> known)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, iri) in known.Where(p => XmlNames.IsPrefix(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            given.TryAdd(iri, prefix);
        }

        var spaces = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<int>();
        foreach (var row in table.Rows)
        {
            if (seen.Add(-1 - row.Predicate))
            {
                AddSpace(table.Predicate(row.Predicate));
            }

            if (row.Predicate == 0 && seen.Add(row.Object))
            {
                AddSpace(table.Term(row.Object));
            }
        }

        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var space in spaces)
        {
            var prefix = given.GetValueOrDefault(space);
            while (prefix is null || (prefixes.ContainsKey(prefix) && prefixes[prefix] != space))
            {
                prefix = "ns" + (++number).ToString(CultureInfo.InvariantCulture);
            }

            prefixes[prefix] = space;
        }

        return prefixes;

        void AddSpace(ReadOnlySpan<byte> term)
        {
            if (EncodedTerm.KindOf(term) == TermKind.Iri)
            {
                var iri = Encoding.UTF8.GetString(term[1..]);
                spaces.Add(iri[..XmlNames.LocalStart(iri)]);
            }
        }
    }
}
