using System.Runtime.InteropServices;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store;

/// <summary>Triples as they come, in chunks that are never copied to grow: subjects, and predicate and object as a <see cref="Pair"/>.</summary>
internal sealed class TripleBuffer(Action<long>? room = null)
{
    private const int FirstChunk = 16;
    private const int LargestChunk = 1 << 16;

    private readonly List<(uint[] Subjects, ulong[] Tails)> _full = [];
    private uint[] _subjects = [];
    private ulong[] _tails = [];
    private int _used;

    public int Count { get; private set; }

    public void Add(Triple triple)
    {
        if (_used == _subjects.Length)
        {
            AddChunk();
        }

        _subjects[_used] = triple.A;
        _tails[_used++] = Pair.Of(triple.B, triple.C);
        Count++;
    }

    public void AddAll(TripleIndex index)
    {
        foreach (var triple in index.Triples)
        {
            Add(triple);
        }
    }

    public void Clear()
    {
        _full.Clear();
        (_subjects, _tails) = ([], []);
        _used = 0;
        Count = 0;
    }

    /// <summary>The index of the triples, which leave the buffer.</summary>
    public TripleIndex ToIndex()
    {
        if (Count >= SortedOrderBuilder.ManyRows)
        {
            using var scratch = new SortScratch(Count);
            MoveTo(scratch.Keys, scratch.Rows);
            return TripleIndex.Build(scratch);
        }

        var subjects = GC.AllocateUninitializedArray<uint>(Count);
        var tails = GC.AllocateUninitializedArray<ulong>(Count);
        MoveTo(subjects, tails);
        return TripleIndex.Build(subjects, tails, subjects.Length);
    }

    private void MoveTo(Span<uint> subjects, Span<ulong> tails)
    {
        var count = 0;
        foreach (ref var chunk in CollectionsMarshal.AsSpan(_full))
        {
            chunk.Subjects.CopyTo(subjects[count..]);
            chunk.Tails.CopyTo(tails[count..]);
            count += chunk.Subjects.Length;
            chunk = ([], []);
        }

        _subjects.AsSpan(0, _used).CopyTo(subjects[count..]);
        _tails.AsSpan(0, _used).CopyTo(tails[count..]);
        Clear();
    }

    /// <summary>The triples with their places, in the order in which they came.</summary>
    public IEnumerable<(int Place, Triple Triple)> Enumerate()
    {
        var place = 0;
        foreach (var (subjects, tails) in _full.Append((_subjects, _tails)))
        {
            for (var i = 0; i < subjects.Length && place < Count; i++)
            {
                yield return (place++, new Triple(subjects[i], Pair.First(tails[i]), Pair.Second(tails[i])));
            }
        }
    }

    private void AddChunk()
    {
        var size = Math.Clamp(_used * 2, FirstChunk, LargestChunk);
        if (size == LargestChunk)
        {
            room?.Invoke(LargestChunk * (sizeof(uint) + sizeof(ulong)));
        }

        if (_used > 0)
        {
            _full.Add((_subjects, _tails));
        }

        _subjects = GC.AllocateUninitializedArray<uint>(size);
        _tails = GC.AllocateUninitializedArray<ulong>(size);
        _used = 0;
    }
}
