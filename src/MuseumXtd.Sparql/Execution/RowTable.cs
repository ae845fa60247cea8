using System.Numerics;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Rows of ids in growing columns, with an open-addressed index on some of the columns: for joins, groups and distinct rows.</summary>
internal sealed class RowTable
{
    private readonly uint[][] _columns;
    private readonly int _keys;
    private readonly Operator _owner;
    private int[] _next = new int[16];
    private int[] _slots = new int[32];

    /// <summary>A table of rows of a width, the first columns of which are the key; its owner can be ended while the table grows.</summary>
    public RowTable(int width, int keys, Operator owner)
    {
        _owner = owner;
        _columns = new uint[width][];
        for (var i = 0; i < width; i++)
        {
            _columns[i] = new uint[16];
        }

        _keys = keys;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes held.</summary>
    public long Bytes => ((long)_next.Length * (_columns.Length + 1) * sizeof(uint)) + ((long)_slots.Length * sizeof(int));

    /// <summary>A value.</summary>
    public uint this[int column, int row] => _columns[column][row];

    /// <summary>A column; the first <see cref="Count"/> entries are rows.</summary>
    public uint[] Column(int column) => _columns[column];

    /// <summary>The number of the row with the key; the row is added when there is none.</summary>
    public int GetOrAdd(ReadOnlySpan<uint> row, out bool added)
    {
        var found = First(row);
        added = found < 0;
        return added ? Append(row) : found;
    }

    /// <summary>Adds a row, also when others have its key.</summary>
    public int Append(ReadOnlySpan<uint> row)
    {
        if (Count == _next.Length)
        {
            Grow();
        }

        var number = Count++;
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i][number] = row[i];
        }

        var slot = SlotOf(row);
        _next[number] = _slots[slot];
        _slots[slot] = number + 1;
        return number;
    }

    /// <summary>A row with the key, or -1; go on with <see cref="After"/>.</summary>
    public int First(ReadOnlySpan<uint> key) => Match(_slots[SlotOf(key)] - 1, key);

    /// <summary>The next row with the key, or -1.</summary>
    public int After(int row, ReadOnlySpan<uint> key) => Match(_next[row] - 1, key);

    /// <summary>Keeps the given rows, in this order, and forgets the others.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        foreach (ref var column in _columns.AsSpan())
        {
            var kept = new uint[column.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                kept[i] = column[rows[i]];
            }

            column = kept;
        }

        Count = rows.Length;
        Index();
    }

    private int Match(int row, ReadOnlySpan<uint> key)
    {
        for (; row >= 0; row = _next[row] - 1)
        {
            var i = 0;
            while (i < _keys && _columns[i][row] == key[i])
            {
                i++;
            }

            if (i == _keys)
            {
                return row;
            }
        }

        return -1;
    }

    private int SlotOf(ReadOnlySpan<uint> key)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < _keys; i++)
        {
            hash = (hash ^ key[i]) * 0xD6E8FEB86659FD93UL;
            hash ^= hash >> 32;
        }

        return (int)(hash & (ulong)(_slots.Length - 1));
    }

    private void Grow()
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)_next.Length * 2);
        foreach (ref var column in _columns.AsSpan())
        {
            Array.Resize(ref column, size);
        }

        Array.Resize(ref _next, size);
        _slots = new int[size * 2];
        Index();
    }

    private void Index()
    {
        Array.Clear(_slots);
        Span<uint> key = stackalloc uint[_keys];
        for (var row = 0; row < Count; row++)
        {
            _owner.Context.Check(_owner, 1);
            for (var i = 0; i < _keys; i++)
            {
                key[i] = _columns[i][row];
            }

            var slot = SlotOf(key);
            _next[row] = _slots[slot];
            _slots[slot] = row + 1;
        }
    }
}
