namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>How Turtle writes a blank node.</summary>
internal enum BlankNodeForm : byte
{
    /// <summary>By a label, since it is referred to more than once, by itself, from a triple term, or as a graph.</summary>
    Labelled,

    /// <summary>As <c>[]</c> at the head of its statements: nothing refers to it.</summary>
    Root,

    /// <summary>As <c>[ ... ]</c> where it is the object.</summary>
    Nested,

    /// <summary>As an item's place in a collection.</summary>
    Cell,
}

/// <summary>Finds for each blank node of a dataset the shortest form that means the same (RDF 1.2 Turtle, sections 2.7 and 2.8).</summary>
internal sealed class BlankNodeForms
{
    /// <summary>Deeper than this a node is labelled rather than nested, for people and for parsers that limit nesting.</summary>
    private const int MaxDepth = 16;

    private const int NoNode = -1;

    private readonly OrderedQuads _table;
    private readonly int[] _nodeOfRank;
    private readonly BlankNodeForm[] _forms;
    private readonly (int Start, int End)[] _rows;
    private readonly int[] _parentRow;

    public BlankNodeForms(OrderedQuads table)
    {
        _table = table;
        _nodeOfRank = new int[table.RankEnd];
        Array.Fill(_nodeOfRank, NoNode);
        var ranks = new List<int>();
        for (var rank = 1; rank < table.RankEnd; rank++)
        {
            if (EncodedTerm.KindOf(table.Term(rank)) == TermKind.BlankNode)
            {
                _nodeOfRank[rank] = ranks.Count;
                ranks.Add(rank);
            }
        }

        Ranks = ranks;
        _forms = new BlankNodeForm[ranks.Count];
        _rows = new (int, int)[ranks.Count];
        _parentRow = new int[ranks.Count];
        if (ranks.Count > 0)
        {
            FindReferences();
            LabelCycles();
            FindCells();
            LabelDeepNodes();
        }
    }

    /// <summary>The ranks of the blank nodes; a node's number is its place here.</summary>
    public IReadOnlyList<int> Ranks { get; }

    public int Count => _forms.Length;

    /// <summary>The number of the blank node with a rank, or -1 when the term is none.</summary>
    public int NodeOf(int rank) => _nodeOfRank[rank];

    public BlankNodeForm FormOf(int node) => _forms[node];

    /// <summary>The statements about a node that is not labelled.</summary>
    public (int Start, int End) RowsOf(int node) => _rows[node];

    /// <summary>The only statement whose object is a node that is nested or a cell.</summary>
    public int ParentRowOf(int node) => _parentRow[node];

    /// <summary>The node that a nested node or a cell is written within, or -1 when that is no blank node.</summary>
    public int ParentOf(int node) => NodeOf(_table.Rows[_parentRow[node]].Subject);

    public bool IsNested(int node) => _forms[node] is BlankNodeForm.Nested or BlankNodeForm.Cell;

    /// <summary>Calls with each blank node in a term, also within triple terms.</summary>
    public void ForEachNode(int rank, Action<int> found)
    {
        if (NodeOf(rank) is >= 0 and var node)
        {
            found(node);
        }
        else if (rank > 0 && EncodedTerm.KindOf(_table.Term(rank)) == TermKind.TripleTerm)
        {
            ForEachNode(new EncodedTerm(_table.Term(rank)), found);
        }
    }

    private void ForEachNode(EncodedTerm triple, Action<int> found)
    {
        if (EncodedTerm.KindOf(triple.Subject) == TermKind.BlankNode)
        {
            found(NodeOf(_table.RankOf(triple.Subject)));
        }

        switch (EncodedTerm.KindOf(triple.Object))
        {
            case TermKind.BlankNode:
                found(NodeOf(_table.RankOf(triple.Object)));
                break;
            case TermKind.TripleTerm:
                ForEachNode(new EncodedTerm(triple.Object), found);
                break;
            default:
                break;
        }
    }

    private void FindReferences()
    {
        var references = new int[Count];
        var mustLabel = new bool[Count];
        var rows = _table.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            var (g, s, _, o) = rows[i];
            if (NodeOf(g) >= 0)
            {
                mustLabel[NodeOf(g)] = true;
            }

            if (NodeOf(s) is >= 0 and var subject)
            {
                var (start, end) = _rows[subject];
                mustLabel[subject] |= end > start && rows[start].Graph != g;
                _rows[subject] = (end > start ? start : i, i + 1);
            }

            if (NodeOf(o) is >= 0 and var node)
            {
                references[node]++;
                _parentRow[node] = i;
            }
            else
            {
                ForEachNode(o, n => mustLabel[n] = true);
            }
        }

        for (var node = 0; node < Count; node++)
        {
            var (start, end) = _rows[node];
            var isElsewhere = references[node] == 1 && end > start && rows[start].Graph != rows[_parentRow[node]].Graph;
            _forms[node] = mustLabel[node] || references[node] > 1 || isElsewhere ? BlankNodeForm.Labelled
                : references[node] == 0 ? BlankNodeForm.Root
                : BlankNodeForm.Nested;
        }
    }

    /// <summary>Nodes that are nested in themselves are reached from nowhere: all of a cycle are labelled.</summary>
    private void LabelCycles()
    {
        var visit = new int[Count];
        for (var node = 0; node < Count; node++)
        {
            var at = node;
            while (at >= 0 && IsNested(at) && visit[at] == 0)
            {
                visit[at] = node + 1;
                at = ParentOf(at);
            }

            if (at >= 0 && IsNested(at) && visit[at] == node + 1)
            {
                do
                {
                    _forms[at] = BlankNodeForm.Labelled;
                    at = ParentOf(at);
                }
                while (IsNested(at));
            }
        }
    }

    /// <summary>A cell has one item, one rest which is a cell or the end, and nothing else.</summary>
    private void FindCells()
    {
        var isKnown = new bool[Count];
        var chain = new List<int>();
        for (var node = 0; node < Count; node++)
        {
            chain.Clear();
            var at = node;
            var isList = false;
            while (at >= 0 && !isKnown[at])
            {
                isKnown[at] = true;
                if (_forms[at] != BlankNodeForm.Nested || !HasItemAndRest(at))
                {
                    at = NoNode;
                    break;
                }

                chain.Add(at);
                var rest = _table.Rows[_rows[at].Start + 1].Object;
                isList = _table.Term(rest).SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8);
                at = NodeOf(rest);
            }

            if (isList || (at >= 0 && _forms[at] == BlankNodeForm.Cell))
            {
                foreach (var cell in chain)
                {
                    _forms[cell] = BlankNodeForm.Cell;
                }
            }
        }
    }

    private bool HasItemAndRest(int node)
    {
        var (start, end) = _rows[node];
        return end - start == 2
            && _table.Predicate(_table.Rows[start].Predicate).SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#first"u8)
            && _table.Predicate(_table.Rows[start + 1].Predicate).SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"u8);
    }

    private void LabelDeepNodes()
    {
        var depths = new int[Count];
        var path = new Stack<int>();
        for (var node = 0; node < Count; node++)
        {
            for (var at = node; at >= 0 && IsNested(at) && depths[at] == 0; at = ParentOf(at))
            {
                path.Push(at);
            }

            while (path.TryPop(out var next))
            {
                var parent = ParentOf(next);
                var depth = parent >= 0 && IsNested(parent) ? depths[parent] : 0;
                if (!IsRestOfCell(next) && ++depth > MaxDepth)
                {
                    _forms[next] = BlankNodeForm.Labelled;
                    depth = 0;
                }

                depths[next] = Math.Max(depth, 1);
            }
        }
    }

    private bool IsRestOfCell(int node) =>
        _forms[node] == BlankNodeForm.Cell && ParentOf(node) is >= 0 and var parent && _forms[parent] == BlankNodeForm.Cell && _parentRow[node] == _rows[parent].End - 1;
}
