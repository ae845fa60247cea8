namespace MuseumXtd.Sparql.Expressions;

/// <summary>A set of rows of ids, open addressed; the rows lie one after another.</summary>
internal sealed class DistinctRows(int width)
{
    private uint[] _rows = new uint[64 * width];
    private int[] _table = new int[128];
    private int _count;

    /// <summary>The bytes held.</summary>
    public long Bytes => (_rows.Length * (long)sizeof(uint)) + (_table.Length * (long)sizeof(int));

    /// <summary>Adds a row; false when the set has it.</summary>
    public bool TryAdd(ReadOnlySpan<uint> row)
    {
        if (_count >= _table.Length / 2)
        {
            Grow();
        }

        var slot = SlotOf(row);
        if (_table[slot] != 0)
        {
            return false;
        }

        if ((_count + 1) * width > _rows.Length)
        {
            Array.Resize(ref _rows, _rows.Length * 2);
        }

        row.CopyTo(_rows.AsSpan(_count * width));
        _table[slot] = ++_count;
        return true;
    }

    private int SlotOf(ReadOnlySpan<uint> row)
    {
        ulong hash = 0;
        foreach (var id in row)
        {
            hash = (hash ^ id) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }

        var mask = _table.Length - 1;
        var slot = (int)hash & mask;
        while (_table[slot] is var number and > 0 && !_rows.AsSpan((number - 1) * width, width).SequenceEqual(row))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _table = new int[_table.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            _table[SlotOf(_rows.AsSpan(i * width, width))] = i + 1;
        }
    }
}
