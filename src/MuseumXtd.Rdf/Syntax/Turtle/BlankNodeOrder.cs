using System.IO.Hashing;

namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>
/// Orders the blank nodes of a dataset by what is said of them and not by their labels, so that isomorphic datasets are written alike.
/// Labelled nodes get colours that are refined by their surroundings; where some stay alike, each is singled out in turn and refining goes
/// on, and the best outcome is kept. Nested nodes are then told apart by what is in them. Only datasets that would take too much work fall
/// back to labels.
/// </summary>
internal sealed class BlankNodeOrder
{
    /// <summary>How many statements may be visited, over all rounds of refinement.</summary>
    private const long MaxWork = 5_000_000;

    /// <summary>How many of these before only the first of nodes that are alike is tried.</summary>
    private const long MaxSearch = 300_000;

    private readonly OrderedQuads _table;
    private readonly BlankNodeForms _forms;
    private readonly ulong[] _colours;
    private readonly ulong[] _hashes;
    private readonly List<int> _labelled = [];
    private readonly List<int> _openRows = [];
    private readonly int[] _innerFirst;
    private long _work;

    public BlankNodeOrder(OrderedQuads table, BlankNodeForms forms)
    {
        _table = table;
        _forms = forms;
        _colours = new ulong[forms.Count];
        _hashes = new ulong[table.RankEnd];
        for (var node = 0; node < forms.Count; node++)
        {
            if (forms.FormOf(node) == BlankNodeForm.Labelled)
            {
                _labelled.Add(node);
            }
        }

        _innerFirst = InnerFirst();
        if (forms.Count > 0)
        {
            FindOpenRows();
            ColourLabelledNodes();
            HashContents();
        }
    }

    /// <summary>Compares two blank nodes: labelled ones first, then by the statements about them, then by colour.</summary>
    public int Compare(int x, int y)
    {
        var (isLabelledX, isLabelledY) = (_forms.FormOf(x) == BlankNodeForm.Labelled, _forms.FormOf(y) == BlankNodeForm.Labelled);
        if (isLabelledX != isLabelledY)
        {
            return isLabelledX ? -1 : 1;
        }

        var order = isLabelledX ? 0 : CompareRows(_forms.RowsOf(x), _forms.RowsOf(y));
        return order != 0 ? order : _colours[x] != _colours[y] ? _colours[x].CompareTo(_colours[y]) : x.CompareTo(y);
    }

    /// <summary>Compares two terms as objects of one property: closed ones by their bytes, then blank nodes, then triple terms that hold some.</summary>
    public int CompareTerms(int x, int y)
    {
        var (nodeX, nodeY) = (_forms.NodeOf(x), _forms.NodeOf(y));
        if (nodeX >= 0 && nodeY >= 0)
        {
            return Compare(nodeX, nodeY);
        }

        var (classX, classY) = (nodeX >= 0 ? 1 : IsOpen(x) ? 2 : 0, nodeY >= 0 ? 1 : IsOpen(y) ? 2 : 0);
        return classX != classY ? classX.CompareTo(classY)
            : classX == 2 && Hash(x) != Hash(y) ? Hash(x).CompareTo(Hash(y))
            : x.CompareTo(y);
    }

    private int CompareRows((int Start, int End) x, (int Start, int End) y)
    {
        for (var i = 0; i < Math.Min(x.End - x.Start, y.End - y.Start); i++)
        {
            var (a, b) = (_table.Rows[x.Start + i], _table.Rows[y.Start + i]);
            if (a.Predicate != b.Predicate)
            {
                return a.Predicate.CompareTo(b.Predicate);
            }

            var (isOpenA, isOpenB) = (IsOpen(a.Object), IsOpen(b.Object));
            var order = isOpenA != isOpenB ? isOpenA.CompareTo(isOpenB) : isOpenA ? 0 : a.Object.CompareTo(b.Object);
            if (order != 0)
            {
                return order;
            }
        }

        return (x.End - x.Start).CompareTo(y.End - y.Start);
    }

    private bool IsOpen(int rank)
    {
        if (_forms.NodeOf(rank) >= 0)
        {
            return true;
        }

        if (EncodedTerm.KindOf(_table.Term(rank)) != TermKind.TripleTerm)
        {
            return false;
        }

        var isOpen = false;
        _forms.ForEachNode(rank, _ => isOpen = true);
        return isOpen;
    }

    /// <summary>All nodes that are not labelled, each after those within it.</summary>
    private int[] InnerFirst()
    {
        var inner = new int[_forms.Count];
        for (var node = 0; node < _forms.Count; node++)
        {
            if (_forms.IsNested(node) && _forms.ParentOf(node) is >= 0 and var parent)
            {
                inner[parent]++;
            }
        }

        var order = new List<int>(_forms.Count);
        for (var node = 0; node < _forms.Count; node++)
        {
            if (inner[node] == 0 && _forms.FormOf(node) != BlankNodeForm.Labelled)
            {
                order.Add(node);
            }
        }

        for (var i = 0; i < order.Count; i++)
        {
            if (_forms.IsNested(order[i]) && _forms.ParentOf(order[i]) is >= 0 and var parent && --inner[parent] == 0
                && _forms.FormOf(parent) != BlankNodeForm.Labelled)
            {
                order.Add(parent);
            }
        }

        return [.. order];
    }

    private void FindOpenRows()
    {
        var rows = _table.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            if (_forms.NodeOf(rows[i].Subject) >= 0 || _forms.NodeOf(rows[i].Graph) >= 0 || IsOpen(rows[i].Object))
            {
                _openRows.Add(i);
            }
        }
    }

    private void ColourLabelledNodes()
    {
        foreach (var node in _labelled)
        {
            _colours[node] = 1;
        }

        (ulong Certificate, ulong[]? Colours) best = default;
        Search(2);
        best.Colours!.CopyTo(_colours, 0);

        // From here on a colour is a place in the order, in which no two are alike.
        _labelled.Sort((x, y) => _colours[x] != _colours[y] ? _colours[x].CompareTo(_colours[y]) : x.CompareTo(y));
        for (var i = 0; i < _labelled.Count; i++)
        {
            _colours[_labelled[i]] = (ulong)i + 1;
        }

        // Of nodes that are alike each is tried in turn; the smallest sum of all statements under the final colours wins, whatever the labels.
        void Search(ulong mark)
        {
            var tied = Refine();
            if (tied.Count == 0 || _work >= MaxWork)
            {
                HashContents();
                var certificate = Certificate();
                best = best.Colours is null || certificate < best.Certificate ? (certificate, [.. _colours]) : best;
                return;
            }

            ulong[] before = [.. _colours];
            foreach (var node in tied)
            {
                before.CopyTo(_colours, 0);
                _colours[node] = Mix(_colours[node], mark);
                Search(mark + 1);
                if (_work >= MaxSearch)
                {
                    return;
                }
            }
        }
    }

    /// <summary>A sum over all statements that hold blank nodes: the same for the same dataset and colours, in whatever order.</summary>
    private ulong Certificate()
    {
        var sum = 0UL;
        foreach (var i in _openRows)
        {
            var row = _table.Rows[i];
            sum += Mix(Mix(Mix(Hash(row.Subject), Hash(row.Predicate == 0 ? -1 : row.Predicate)), Hash(row.Object)), Hash(row.Graph));
        }

        return sum;
    }

    /// <summary>Refines until nothing changes; returns the smallest class of nodes that are alike, which is empty when there is none.</summary>
    private List<int> Refine()
    {
        var classes = 0;
        while (_labelled.Count > 0)
        {
            HashContents();
            Spread();
            var groups = _labelled.GroupBy(n => _colours[n]).ToList();
            if (groups.Count == _labelled.Count)
            {
                return [];
            }

            if (groups.Count == classes || _work >= MaxWork)
            {
                return [.. groups.Where(g => g.Count() > 1).MinBy(g => (g.Count(), g.Key))!.Order()];
            }

            classes = groups.Count;
        }

        return [];
    }

    /// <summary>Gives nodes that are not labelled the colour of what is in them.</summary>
    private void HashContents()
    {
        foreach (var node in _innerFirst)
        {
            var (start, end) = _forms.RowsOf(node);
            var hash = 3UL;
            for (var i = start; i < end; i++)
            {
                var row = _table.Rows[i];
                hash += Mix(Hash(row.Predicate == 0 ? -1 : row.Predicate), Hash(row.Object));
            }

            _colours[node] = Mix(hash, 5);
        }
    }

    /// <summary>One round: each labelled node hears of all statements that it is in, and through nested nodes of those around them.</summary>
    private void Spread()
    {
        _work += _openRows.Count;
        var context = new ulong[_forms.Count];
        for (var i = _innerFirst.Length - 1; i >= 0; i--)
        {
            var node = _innerFirst[i];
            if (_forms.IsNested(node))
            {
                var row = _table.Rows[_forms.ParentRowOf(node)];
                context[node] = Mix(Mix(SubjectHash(row.Subject, context), Hash(row.Predicate == 0 ? -1 : row.Predicate)), Hash(row.Graph));
            }
        }

        var next = new ulong[_forms.Count];
        foreach (var i in _openRows)
        {
            var row = _table.Rows[i];
            var (subject, @object, graph) = (SubjectHash(row.Subject, context), Hash(row.Object), Hash(row.Graph));
            var statement = Mix(Mix(Mix(subject, Hash(row.Predicate == 0 ? -1 : row.Predicate)), @object), graph);
            Tell(row.Subject, Mix(statement, 101));
            Tell(row.Graph, Mix(statement, 107));
            if (_forms.NodeOf(row.Object) >= 0)
            {
                Tell(row.Object, Mix(statement, 103));
            }
            else if (IsOpen(row.Object))
            {
                TellParts(new EncodedTerm(_table.Term(row.Object)), Mix(statement, 109));
            }
        }

        foreach (var node in _labelled)
        {
            _colours[node] = Mix(_colours[node], next[node]);
        }

        void Tell(int rank, ulong hash)
        {
            if (_forms.NodeOf(rank) is >= 0 and var node)
            {
                next[node] += hash;
            }
        }

        void TellParts(EncodedTerm triple, ulong hash)
        {
            if (EncodedTerm.KindOf(triple.Subject) == TermKind.BlankNode)
            {
                Tell(_table.RankOf(triple.Subject), Mix(hash, 211));
            }

            switch (EncodedTerm.KindOf(triple.Object))
            {
                case TermKind.BlankNode:
                    Tell(_table.RankOf(triple.Object), Mix(hash, 223));
                    break;
                case TermKind.TripleTerm:
                    TellParts(new EncodedTerm(triple.Object), Mix(hash, 227));
                    break;
                default:
                    break;
            }
        }
    }

    private ulong SubjectHash(int rank, ulong[] context) =>
        _forms.NodeOf(rank) is >= 0 and var node ? Mix(_colours[node], context[node]) : Hash(rank);

    /// <summary>The hash of a term by the present colours; -1 is <c>rdf:type</c> as a predicate, 0 the default graph.</summary>
    private ulong Hash(int rank)
    {
        if (rank <= 0)
        {
            return (ulong)rank + 7;
        }

        if (_forms.NodeOf(rank) is >= 0 and var node)
        {
            return _colours[node];
        }

        if (_hashes[rank] == 0)
        {
            if (IsOpen(rank))
            {
                return HashTriple(new EncodedTerm(_table.Term(rank)));
            }

            _hashes[rank] = XxHash3.HashToUInt64(_table.Term(rank)) | 1;
        }

        return _hashes[rank];
    }

    private ulong HashTriple(EncodedTerm triple) => Mix(Mix(HashPart(triple.Subject), HashPart(triple.Predicate)), HashPart(triple.Object));

    private ulong HashPart(ReadOnlySpan<byte> term) => EncodedTerm.KindOf(term) switch
    {
        TermKind.BlankNode => _colours[_forms.NodeOf(_table.RankOf(term))],
        TermKind.TripleTerm => HashTriple(new EncodedTerm(term)),
        _ => XxHash3.HashToUInt64(term) | 1,
    };

    private static ulong Mix(ulong a, ulong b)
    {
        var x = (a ^ (b * 0xBF58476D1CE4E5B9UL)) + 0x94D049BB133111EBUL;
        x ^= x >> 31;
        x *= 0xD6E8FEB86659FD93UL;
        return x ^ (x >> 32);
    }
}
