using System.Numerics;

namespace MuseumXtd.Store.Files;

/// <summary>
/// New ids for the terms that a snapshot uses: those that nothing uses any more are left out, and the others keep their order, so that what was
/// sorted stays sorted.
/// </summary>
internal sealed class IdMap
{
    private readonly ulong[] _used;
    private readonly int[] _before;

    private IdMap(ulong[] used, int count)
    {
        _used = used;
        _before = new int[used.Length];
        for (var word = 0; word < used.Length; word++)
        {
            _before[word] = Count;
            Count += BitOperations.PopCount(used[word]);
        }

        IsIdentity = Count == count;
    }

    /// <summary>How many terms are used.</summary>
    public int Count { get; }

    /// <summary>Whether all are, so that ids stay.</summary>
    public bool IsIdentity { get; }

    /// <summary>The map for what some graphs use, and their names, of the first terms of a dictionary.</summary>
    public static IdMap Of(IEnumerable<KeyValuePair<uint, TripleIndex>> graphs, IEnumerable<uint> names, int count) =>
        Of(graphs.Select(g => g.Value), [.. graphs.Select(g => g.Key), .. names], count);

    /// <summary>The map for what some indexes use, and other terms.</summary>
    public static IdMap Of(IEnumerable<TripleIndex> indexes, ReadOnlySpan<uint> others, int count)
    {
        var used = new ulong[(count + 63) / 64];
        foreach (var index in indexes)
        {
            Mark(used, index.Triples.Directory.Keys);
            Mark(used, index.Triples.Second);
            Mark(used, index.Triples.Third);
        }

        Mark(used, others);
        return new IdMap(used, count);
    }

    public bool IsUsed(uint index) => (_used[index >> 6] & (1UL << (int)(index & 63))) != 0;

    public uint this[uint id]
    {
        get
        {
            var term = new TermId(id);
            if (id == 0 || TermDictionary.IsInline(term.Tag))
            {
                return id;
            }

            var (word, bit) = (term.Payload >> 6, (int)(term.Payload & 63));
            return TermId.Of(term.Tag, (uint)(_before[word] + BitOperations.PopCount(_used[word] & ((1UL << bit) - 1)))).Value;
        }
    }

    /// <summary>The terms that are used, in their order.</summary>
    public TermHeap UsedTerms(TermHeap heap, int count)
    {
        var used = new TermHeap();
        for (var index = 0u; index < count; index++)
        {
            if (IsUsed(index))
            {
                used.Add(heap[index], TermDictionary.HasValue(heap, index) ? heap.Value(index) : null);
            }
        }

        return used;
    }

    /// <summary>The new ids of a column.</summary>
    public uint[] Rename(ReadOnlySpan<uint> ids)
    {
        var renamed = GC.AllocateUninitializedArray<uint>(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            renamed[i] = this[ids[i]];
        }

        return renamed;
    }

    /// <summary>A directory by new ids; its bitmaps are by id, and made anew.</summary>
    public KeyDirectory Rename(KeyDirectory directory) => new(Rename(directory.Keys), directory.Starts.ToArray());

    private static void Mark(ulong[] used, ReadOnlySpan<uint> ids)
    {
        foreach (var id in ids)
        {
            var term = new TermId(id);
            if (id != 0 && !TermDictionary.IsInline(term.Tag))
            {
                used[term.Payload >> 6] |= 1UL << (int)(term.Payload & 63);
            }
        }
    }
}
