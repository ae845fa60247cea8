using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store;

/// <summary>The distinct terms in first position of an order, and where the rows of each begin. Orders with the same first position share it.</summary>
/// <remarks>
/// The indexes of the terms of a dictionary are dense, so for each tag a bitmap with the count of keys before each word answers "which
/// key is this" in one look at memory. Where the keys are few or far apart (inline numbers), they are searched by halving.
/// </remarks>
internal sealed class KeyDirectory
{
    private const int FewKeys = 16;

    private readonly Column<uint> _keys;
    private readonly Column<int> _starts;
    private readonly Section[] _sections;
    private readonly Column<Word> _words;

    public KeyDirectory(uint[] keys, int[] starts)
    {
        _keys = keys;
        _starts = starts;
        _sections = SectionsOf(keys, out var count);
        var words = count == 0 ? [] : new Word[count];
        foreach (var section in _sections)
        {
            Map(section, words);
        }

        _words = words;
    }

    /// <summary>A directory whose bitmaps were made before.</summary>
    /// <exception cref="InvalidDataException">The columns do not belong together.</exception>
    internal KeyDirectory(Column<uint> keys, Column<int> starts, Column<Word> words)
    {
        _keys = keys;
        _starts = starts;
        _words = words;
        _sections = SectionsOf(keys.Span, out var count);
        if (starts.Length != keys.Length + 1 || words.Length != count)
        {
            throw new InvalidDataException("the columns of a directory do not belong together");
        }
    }

    public ReadOnlySpan<uint> Keys => _keys.Span;

    public ReadOnlySpan<int> Starts => _starts.Span;

    public int RowCount => _starts.Span[^1];

    /// <summary>The bitmaps, to be kept.</summary>
    internal ReadOnlySpan<Word> Words => _words.Span;

    public static KeyDirectory Empty { get; } = new([], [0]);

    /// <summary>The directory of a sorted column.</summary>
    public static KeyDirectory FromColumn(ReadOnlySpan<uint> sorted)
    {
        var distinct = CountDistinct(sorted);
        var keys = new uint[distinct];
        var starts = new int[distinct + 1];
        var at = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                keys[at] = sorted[i];
                starts[at++] = i;
            }
        }

        starts[distinct] = sorted.Length;
        return new KeyDirectory(keys, starts);
    }

    /// <summary>The rows of a key; none when it is not there.</summary>
    public (int Start, int End) Rows(uint key)
    {
        var at = Find(key);
        return at < 0 ? (0, 0) : (_starts.Span[at], _starts.Span[at + 1]);
    }

    /// <summary>Which key this is; negative when it is none.</summary>
    public int Find(uint key)
    {
        var tag = TagOf(key);
        if (tag >= (uint)_sections.Length)
        {
            return -1;
        }

        ref readonly var section = ref _sections[tag];
        var word = (key >> 6) - section.FirstWord;
        if (word < (uint)section.Words)
        {
            ref readonly var entry = ref _words.Span[section.Offset + (int)word];
            var bit = 1UL << (int)(key & 63);
            return (entry.Bits & bit) == 0 ? -1 : entry.Before + BitOperations.PopCount(entry.Bits & (bit - 1));
        }

        return section.Words > 0 ? -1 : Search(section, key);
    }

    /// <summary>The first key that is not below a value.</summary>
    public int FindPlace(uint value) => LowerBound(_keys.Span, value);

    /// <summary>This directory after rows were added and removed, given by theirs.</summary>
    public KeyDirectory Apply(KeyDirectory added, KeyDirectory removed)
    {
        var oldKeys = Keys;
        var oldStarts = Starts;
        var newKeys = added.Keys;
        var newStarts = added.Starts;
        var keys = new uint[oldKeys.Length + newKeys.Length];
        var starts = new int[keys.Length + 1];
        int old = 0, add = 0, remove = 0, row = 0, count = 0;
        while (old < oldKeys.Length || add < newKeys.Length)
        {
            var key = old == oldKeys.Length || (add < newKeys.Length && newKeys[add] < oldKeys[old]) ? newKeys[add] : oldKeys[old];
            var rows = Take(oldKeys, oldStarts, ref old, key) + Take(newKeys, newStarts, ref add, key)
                - Take(removed.Keys, removed.Starts, ref remove, key);
            if (rows > 0)
            {
                (keys[count], starts[count]) = (key, row);
                row += rows;
                count++;
            }
        }

        starts[count] = row;
        return count == keys.Length ? new KeyDirectory(keys, starts) : new KeyDirectory(keys[..count], starts[..(count + 1)]);

        static int Take(ReadOnlySpan<uint> keys, ReadOnlySpan<int> starts, ref int at, uint key)
        {
            if (at == keys.Length || keys[at] != key)
            {
                return 0;
            }

            at++;
            return starts[at] - starts[at - 1];
        }
    }

    /// <summary>How many different values a sorted column has.</summary>
    public static int CountDistinct(ReadOnlySpan<uint> sorted)
    {
        var count = sorted.IsEmpty ? 0 : 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            count += sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        return count;
    }

    /// <summary>The first place whose value is not below a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int LowerBound(ReadOnlySpan<uint> sorted, uint value)
    {
        // Far apart, a predicted branch lets the next look at memory begin early; near by, a misprediction costs more than the look.
        const int Near = 64;
        var low = 0;
        var length = sorted.Length;
        while (length > Near)
        {
            var half = length >> 1;
            if (sorted[low + half - 1] < value)
            {
                low += half;
            }

            length -= half;
        }

        while (length > 0)
        {
            var half = (length + 1) >> 1;
            low += half & (int)(((long)sorted[low + half - 1] - value) >> 63);
            length -= half;
        }

        return low;
    }

    private static uint TagOf(uint key) => key >> TermId.PayloadBits;

    private static Section[] SectionsOf(ReadOnlySpan<uint> keys, out int words)
    {
        var sections = new Section[keys.Length == 0 ? 0 : (int)TagOf(keys[^1]) + 1];
        words = 0;
        for (var key = 0; key < keys.Length;)
        {
            var tag = TagOf(keys[key]);
            var end = tag == TagOf(keys[^1]) ? keys.Length : key + LowerBound(keys[key..], (tag + 1) << TermId.PayloadBits);
            var firstWord = keys[key] >> 6;
            var span = (int)((keys[end - 1] >> 6) - firstWord) + 1;
            var mapped = end - key > FewKeys && span <= end - key;
            sections[tag] = new Section(key, end, firstWord, words, mapped ? span : 0);
            words += mapped ? span : 0;
            key = end;
        }

        return sections;
    }

    private int Search(in Section section, uint key)
    {
        var keys = _keys.Span;
        var at = section.FirstKey + LowerBound(keys[section.FirstKey..section.EndKey], key);
        return at < section.EndKey && keys[at] == key ? at : -1;
    }

    private void Map(in Section section, Span<Word> all)
    {
        if (section.Words == 0)
        {
            return;
        }

        var words = all.Slice(section.Offset, section.Words);
        foreach (var key in Keys[section.FirstKey..section.EndKey])
        {
            words[(int)((key >> 6) - section.FirstWord)].Bits |= 1UL << (int)(key & 63);
        }

        var before = section.FirstKey;
        foreach (ref var word in words)
        {
            word.Before = before;
            before += BitOperations.PopCount(word.Bits);
        }
    }

    /// <summary>The keys of one tag, and their words where they are mapped.</summary>
    private readonly record struct Section(int FirstKey, int EndKey, uint FirstWord, int Offset, int Words);

    /// <summary>Which of 64 terms are keys, and how many keys come before them.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct Word
    {
        public ulong Bits;
        public int Before;
    }
}
