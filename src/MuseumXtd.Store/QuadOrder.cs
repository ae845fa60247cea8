using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store;

/// <summary>
/// All quads sorted by subject, predicate, object, graph: which graphs hold a triple. Its rows are those of the union in subject order,
/// repeated where several graphs say the same. Graph 0 is the unnamed one.
/// </summary>
internal sealed class QuadOrder
{
    private readonly KeyDirectory _subjects;
    private readonly Column<uint> _predicates;
    private readonly Column<uint> _objects;
    private readonly Column<uint> _graphs;

    internal QuadOrder(KeyDirectory subjects, Column<uint> predicates, Column<uint> objects, Column<uint> graphs)
    {
        _subjects = subjects;
        _predicates = predicates;
        _objects = objects;
        _graphs = graphs;
    }

    public static QuadOrder Empty { get; } = new(KeyDirectory.Empty, Array.Empty<uint>(), Array.Empty<uint>(), Array.Empty<uint>());

    public int Count => _graphs.Length;

    internal KeyDirectory Subjects => _subjects;

    internal ReadOnlySpan<uint> Predicates => _predicates.Span;

    internal ReadOnlySpan<uint> Objects => _objects.Span;

    internal ReadOnlySpan<uint> Graphs => _graphs.Span;

    /// <summary>The order of the quads of some graphs.</summary>
    public static QuadOrder Build(IReadOnlyCollection<KeyValuePair<uint, TripleIndex>> graphs)
    {
        var total = graphs.Sum(g => g.Value.Count);
        if (total == 0)
        {
            return Empty;
        }

        // Where one graph is most of the whole, the rest is merged into it rather than all sorted.
        var largest = graphs.MaxBy(g => g.Value.Count);
        if (largest.Value.Count > total / 3 * 2)
        {
            return FromGraph(largest.Key, largest.Value).Apply(Build([.. graphs.Where(g => g.Key != largest.Key)]), Empty);
        }

        var subjects = GC.AllocateUninitializedArray<uint>(total);
        var tails = GC.AllocateUninitializedArray<Triple>(total);
        var count = 0;
        foreach (var (name, index) in graphs)
        {
            foreach (var triple in index.Triples)
            {
                (subjects[count], tails[count]) = (triple.A, new Triple(triple.B, triple.C, name));
                count++;
            }
        }

        RadixSort.ByKey(ref subjects, ref tails, count);
        var directory = KeyDirectory.FromColumn(subjects.AsSpan(0, count));
        for (var key = 0; key < directory.Keys.Length; key++)
        {
            tails.AsSpan(directory.Starts[key], directory.Starts[key + 1] - directory.Starts[key]).Sort();
        }

        return Split(directory, tails.AsSpan(0, count));
    }

    /// <summary>The names of the graphs that hold a triple, sorted.</summary>
    public ReadOnlySpan<uint> GraphsOf(Triple triple)
    {
        var (start, end) = _subjects.Rows(triple.A);
        Narrow(_predicates, triple.B, ref start, ref end);
        Narrow(_objects, triple.C, ref start, ref end);
        return _graphs.Span.Slice(start, end - start);
    }

    /// <summary>This order with quads more and less; those to add are not here, those to remove are.</summary>
    public QuadOrder Apply(QuadOrder added, QuadOrder removed)
    {
        var count = Count + added.Count - removed.Count;
        var predicates = GC.AllocateUninitializedArray<uint>(count);
        var objects = GC.AllocateUninitializedArray<uint>(count);
        var graphs = GC.AllocateUninitializedArray<uint>(count);
        int from = 0, to = 0;
        var (add, remove) = (new Cursor(added), new Cursor(removed));
        while (!add.AtEnd || !remove.AtEnd)
        {
            var isAdd = remove.AtEnd || (!add.AtEnd && add.CompareTo(remove) < 0);
            CopyUpTo(PlaceOf(isAdd ? add : remove));
            if (isAdd)
            {
                (predicates[to], objects[to], graphs[to]) = (add.Tail.A, add.Tail.B, add.Tail.C);
                to++;
                add.Next();
            }
            else
            {
                from++;
                remove.Next();
            }
        }

        CopyUpTo(Count);
        return new QuadOrder(_subjects.Apply(added._subjects, removed._subjects), predicates, objects, graphs);

        void CopyUpTo(int end)
        {
            _predicates.Span.Slice(from, end - from).CopyTo(predicates.AsSpan(to));
            _objects.Span.Slice(from, end - from).CopyTo(objects.AsSpan(to));
            _graphs.Span.Slice(from, end - from).CopyTo(graphs.AsSpan(to));
            to += end - from;
            from = end;
        }
    }

    public bool Contains(Triple triple, uint graph) => GraphsOf(triple).BinarySearch(graph) >= 0;

    /// <summary>The quads that another order has, or has not.</summary>
    public QuadOrder Where(QuadOrder other, bool has)
    {
        var (subjects, tails) = (new List<uint>(), new List<Triple>());
        for (var quad = new Cursor(this); !quad.AtEnd; quad.Next())
        {
            if (other.Contains(new Triple(quad.Subject, quad.Tail.A, quad.Tail.B), quad.Tail.C) == has)
            {
                subjects.Add(quad.Subject);
                tails.Add(quad.Tail);
            }
        }

        return Split(KeyDirectory.FromColumn([.. subjects]), [.. tails]);
    }

    private static QuadOrder FromGraph(uint name, TripleIndex index)
    {
        var graphs = GC.AllocateUninitializedArray<uint>(index.Count);
        graphs.AsSpan().Fill(name);
        return new QuadOrder(index.Triples.Directory, index.Triples.SecondColumn, index.Triples.ThirdColumn, graphs);
    }

    private static QuadOrder Split(KeyDirectory subjects, ReadOnlySpan<Triple> tails)
    {
        var predicates = GC.AllocateUninitializedArray<uint>(tails.Length);
        var objects = GC.AllocateUninitializedArray<uint>(tails.Length);
        var graphs = GC.AllocateUninitializedArray<uint>(tails.Length);
        for (var i = 0; i < tails.Length; i++)
        {
            (predicates[i], objects[i], graphs[i]) = (tails[i].A, tails[i].B, tails[i].C);
        }

        return new QuadOrder(subjects, predicates, objects, graphs);
    }

    /// <summary>The rows within a range whose value in a column, sorted there, is the given one.</summary>
    private static void Narrow(Column<uint> column, uint value, ref int start, ref int end)
    {
        var rows = column.Span.Slice(start, end - start);
        start += KeyDirectory.LowerBound(rows, value);
        end -= rows.Length - KeyDirectory.LowerBound(rows, value + 1);
    }

    private int PlaceOf(in Cursor quad)
    {
        var key = _subjects.FindPlace(quad.Subject);
        var start = _subjects.Starts[key];
        if (key == _subjects.Keys.Length || _subjects.Keys[key] != quad.Subject)
        {
            return start;
        }

        var end = _subjects.Starts[key + 1];
        var tail = quad.Tail;
        Narrow(_predicates, tail.A, ref start, ref end);
        Narrow(_objects, tail.B, ref start, ref end);
        return start + KeyDirectory.LowerBound(_graphs.Span.Slice(start, end - start), tail.C);
    }

    /// <summary>A place in an order, moving forward.</summary>
    private struct Cursor(QuadOrder order)
    {
        private int _key;
        private int _row;

        public readonly bool AtEnd => _row == order.Count;

        public readonly uint Subject => order._subjects.Keys[_key];

        public readonly Triple Tail => new(order._predicates.Span[_row], order._objects.Span[_row], order._graphs.Span[_row]);

        public void Next()
        {
            if (++_row == order._subjects.Starts[_key + 1])
            {
                _key++;
            }
        }

        public readonly int CompareTo(in Cursor other)
        {
            var bySubject = Subject.CompareTo(other.Subject);
            return bySubject == 0 ? Tail.CompareTo(other.Tail) : bySubject;
        }
    }
}
