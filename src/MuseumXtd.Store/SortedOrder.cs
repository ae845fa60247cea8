namespace MuseumXtd.Store;

/// <summary>One sorted order of an index: distinct first terms, where the rows of each begin, and the two other columns.</summary>
internal sealed class SortedOrder
{
    private readonly uint[] _keys;
    private readonly int[] _starts;
    private readonly uint[] _second;
    private readonly uint[] _third;

    private SortedOrder(uint[] keys, int[] starts, uint[] second, uint[] third)
    {
        _keys = keys;
        _starts = starts;
        _second = second;
        _third = third;
    }

    public ReadOnlySpan<uint> Keys => _keys;

    public ReadOnlySpan<int> Starts => _starts;

    public TripleRange All => new(_second, _third);

    public int Count => _third.Length;

    /// <summary>An order from sorted columns without duplicates; it keeps the second and third.</summary>
    public static SortedOrder FromColumns(uint[] first, uint[] second, uint[] third, SortedOrder? sameFirst)
    {
        if (sameFirst is not null)
        {
            return new SortedOrder(sameFirst._keys, sameFirst._starts, second, third);
        }

        var distinct = first.Length == 0 ? 0 : 1;
        for (var i = 1; i < first.Length; i++)
        {
            distinct += first[i] != first[i - 1] ? 1 : 0;
        }

        var keys = new uint[distinct];
        var starts = new int[distinct + 1];
        var at = 0;
        for (var i = 0; i < first.Length; i++)
        {
            if (i == 0 || first[i] != first[i - 1])
            {
                keys[at] = first[i];
                starts[at++] = i;
            }
        }

        starts[distinct] = first.Length;
        return new SortedOrder(keys, starts, second, third);
    }

    /// <summary>The first column, written out.</summary>
    public uint[] ExpandFirst()
    {
        var first = new uint[Count];
        for (var i = 0; i < _keys.Length; i++)
        {
            first.AsSpan(_starts[i], _starts[i + 1] - _starts[i]).Fill(_keys[i]);
        }

        return first;
    }

    public TripleRange Range(uint first)
    {
        var (start, end) = Rows(first);
        return new TripleRange(_second.AsSpan(start, end - start), _third.AsSpan(start, end - start));
    }

    public TripleRange Range(uint first, uint second)
    {
        var (start, end) = Rows(first, second);
        return new TripleRange(_second.AsSpan(start, end - start), _third.AsSpan(start, end - start));
    }

    public (int Start, int End) Rows(uint first)
    {
        var key = _keys.AsSpan().BinarySearch(first);
        return key < 0 ? (0, 0) : (_starts[key], _starts[key + 1]);
    }

    public (int Start, int End) Rows(uint first, uint second)
    {
        var (start, end) = Rows(first);
        start += LowerBound(_second.AsSpan(start, end - start), second);
        if (start == end || _second[start] != second)
        {
            return (start, start);
        }

        return (start, start + GallopPast(_second.AsSpan(start, end - start), second));
    }

    public bool Contains(uint first, uint second, uint third)
    {
        var (start, end) = Rows(first, second);
        return _third.AsSpan(start, end - start).BinarySearch(third) >= 0;
    }

    /// <summary>How many distinct values the second column has among the rows of a key.</summary>
    public int CountDistinctSecond(uint first)
    {
        var (start, end) = Rows(first);
        if (start == end)
        {
            return 0;
        }

        var rows = _second.AsSpan(start, end - start);
        var count = 1;
        for (var i = 1; i < rows.Length; i++)
        {
            count += rows[i] != rows[i - 1] ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// This order with some rows more and some less. The changes are sorted in this order; rows to add are not here, rows to remove
    /// are. Stretches between changes are copied as blocks.
    /// </summary>
    public SortedOrder Apply(ReadOnlySpan<Triple> added, ReadOnlySpan<Triple> removed, SortedOrder? sameFirst)
    {
        var count = Count + added.Length - removed.Length;
        var second = new uint[count];
        var third = new uint[count];
        int from = 0, to = 0, add = 0, remove = 0;
        while (add < added.Length || remove < removed.Length)
        {
            var takeAdd = remove == removed.Length || (add < added.Length && added[add].CompareTo(removed[remove]) < 0);
            var change = takeAdd ? added[add] : removed[remove];
            var at = PlaceOf(change);
            Copy(from, to, at - from);
            to += at - from;
            from = at;
            if (takeAdd)
            {
                second[to] = change.B;
                third[to++] = change.C;
                add++;
            }
            else
            {
                from++;
                remove++;
            }
        }

        Copy(from, to, Count - from);
        if (sameFirst is not null)
        {
            return new SortedOrder(sameFirst._keys, sameFirst._starts, second, third);
        }

        var (keys, starts) = MergeDirectory(added, removed);
        return new SortedOrder(keys, starts, second, third);

        void Copy(int source, int target, int length)
        {
            _second.AsSpan(source, length).CopyTo(second.AsSpan(target));
            _third.AsSpan(source, length).CopyTo(third.AsSpan(target));
        }
    }

    private (uint[] Keys, int[] Starts) MergeDirectory(ReadOnlySpan<Triple> added, ReadOnlySpan<Triple> removed)
    {
        var keys = new List<uint>(_keys.Length);
        var starts = new List<int>(_keys.Length + 1);
        int old = 0, add = 0, remove = 0, row = 0;
        while (old < _keys.Length || add < added.Length)
        {
            var key = old < _keys.Length && (add == added.Length || _keys[old] <= added[add].A) ? _keys[old] : added[add].A;
            var count = 0;
            if (old < _keys.Length && _keys[old] == key)
            {
                count = _starts[old + 1] - _starts[old];
                old++;
            }

            for (; add < added.Length && added[add].A == key; add++)
            {
                count++;
            }

            for (; remove < removed.Length && removed[remove].A == key; remove++)
            {
                count--;
            }

            if (count > 0)
            {
                keys.Add(key);
                starts.Add(row);
                row += count;
            }
        }

        starts.Add(row);
        return ([.. keys], [.. starts]);
    }

    /// <summary>Where a triple is, or would be.</summary>
    private int PlaceOf(Triple triple)
    {
        var key = _keys.AsSpan().BinarySearch(triple.A);
        if (key < 0)
        {
            return _starts[~key];
        }

        var start = _starts[key];
        var end = _starts[key + 1];
        start += LowerBound(_second.AsSpan(start, end - start), triple.B);
        if (start < end && _second[start] == triple.B)
        {
            end = start + GallopPast(_second.AsSpan(start, end - start), triple.B);
            start += LowerBound(_third.AsSpan(start, end - start), triple.C);
        }

        return start;
    }

    /// <summary>The first place whose value is not below a value.</summary>
    internal static int LowerBound(ReadOnlySpan<uint> sorted, uint value)
    {
        int low = 0, length = sorted.Length;
        while (length > 0)
        {
            var half = length >> 1;
            if (sorted[low + half] < value)
            {
                low += half + 1;
                length -= half + 1;
            }
            else
            {
                length = half;
            }
        }

        return low;
    }

    /// <summary>How many values at the start equal a value, found by doubling steps: ranges are mostly short.</summary>
    internal static int GallopPast(ReadOnlySpan<uint> sorted, uint value)
    {
        var step = 1;
        while (step < sorted.Length && sorted[step] == value)
        {
            step <<= 1;
        }

        var low = step >> 1;
        var high = Math.Min(step, sorted.Length);
        return low + LowerBound(sorted[low..high], value + 1);
    }
}
