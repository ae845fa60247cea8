using System.Buffers;
using System.Buffers.Binary;

namespace MuseumXtd.Store;

/// <summary>
/// Sorts terms by their bytes, eight at a time: as numbers, which compare in one step. Only terms that are alike so far are looked at again,
/// further on; what all of them begin with is skipped. Large parts are sorted on several cores.
/// </summary>
internal sealed class ByteSort(TermRanking terms, CancellationToken cancellation)
{
    private const int Step = sizeof(ulong);
    private const int Few = 12;
    private const int Many = 1 << 16;

    public void Sort(Memory<uint> ids) => Sort(ids, 0);

    private void Sort(Memory<uint> ids, int depth)
    {
        if (ids.Length <= Few)
        {
            SortFew(ids.Span, depth);
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        var runs = ids.Length >= Many ? new List<(int Start, int End)>() : null;
        var rented = ArrayPool<ulong>.Shared.Rent(ids.Length);
        try
        {
            var (areAlike, ends) = ReadKeys(ids, rented, depth);
            if (areAlike && !ends)
            {
                depth += CommonLength(ids, depth);
                (_, ends) = ReadKeys(ids, rented, depth);
            }

            var keys = rented.AsSpan(0, ids.Length);
            var span = ids.Span;
            keys.Sort(span);
            for (var start = 0; start < keys.Length;)
            {
                var end = start + 1;
                while (end < keys.Length && keys[end] == keys[start])
                {
                    end++;
                }

                if (end - start > 1)
                {
                    if (runs is not null)
                    {
                        runs.Add((start, end));
                    }
                    else
                    {
                        SortRun(ids[start..end], depth, ends);
                    }
                }

                start = end;
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(rented);
        }

        if (runs is not null)
        {
            Parallel.ForEach(runs, run => SortRun(ids[run.Start..run.End], depth, mayEnd: true));
        }
    }

    /// <summary>Terms whose next eight bytes are alike, where a term that ends is filled up with zeros.</summary>
    private void SortRun(Memory<uint> run, int depth, bool mayEnd)
    {
        foreach (var id in mayEnd ? run.Span : default)
        {
            if (terms.Bytes(id).Length <= depth + Step)
            {
                // One of them ends here, and another goes on with zeros.
                run.Span.Sort((x, y) => terms.Bytes(x).SequenceCompareTo(terms.Bytes(y)));
                return;
            }
        }

        Sort(run, depth + Step);
    }

    private void SortFew(Span<uint> ids, int depth)
    {
        for (var i = 1; i < ids.Length; i++)
        {
            var id = ids[i];
            var bytes = terms.Bytes(id)[depth..];
            var place = i;
            for (; place > 0 && terms.Bytes(ids[place - 1])[depth..].SequenceCompareTo(bytes) > 0; place--)
            {
                ids[place] = ids[place - 1];
            }

            ids[place] = id;
        }
    }

    /// <summary>Reads the next eight bytes of each term; whether they are all alike, and whether a term ends within them.</summary>
    private (bool AreAlike, bool Ends) ReadKeys(Memory<uint> ids, ulong[] keys, int depth)
    {
        var first = Key(terms.Bytes(ids.Span[0])[depth..]);
        ulong difference = 0;
        var ends = 0;
        InParts(ids.Length, (from, to) =>
        {
            ulong own = 0;
            var shortest = int.MaxValue;
            var part = ids.Span[from..to];
            for (var i = 0; i < part.Length; i++)
            {
                var bytes = terms.Bytes(part[i])[depth..];
                shortest = Math.Min(shortest, bytes.Length);
                var key = Key(bytes);
                keys[from + i] = key;
                own |= key ^ first;
            }

            Interlocked.Or(ref difference, own);
            Interlocked.Or(ref ends, shortest <= Step ? 1 : 0);
        });
        return (difference == 0, ends != 0);
    }

    private static ulong Key(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Step)
        {
            return BinaryPrimitives.ReadUInt64BigEndian(bytes);
        }

        ulong key = 0;
        for (var b = 0; b < Step; b++)
        {
            key = (key << 8) | (b < bytes.Length ? bytes[b] : 0u);
        }

        return key;
    }

    private int CommonLength(Memory<uint> ids, int depth)
    {
        var common = int.MaxValue;
        InParts(ids.Length, (from, to) =>
        {
            var own = terms.Bytes(ids.Span[0])[depth..];
            foreach (var id in ids.Span[from..to])
            {
                own = own[..own.CommonPrefixLength(terms.Bytes(id)[depth..])];
            }

            for (var known = Volatile.Read(ref common); own.Length < known; known = Volatile.Read(ref common))
            {
                Interlocked.CompareExchange(ref common, own.Length, known);
            }
        });
        return common;
    }

    private static void InParts(int length, Action<int, int> part)
    {
        if (length < Many)
        {
            part(0, length);
            return;
        }

        var parts = (length + Many - 1) / Many;
        Parallel.For(0, parts, i => part(i * Many, Math.Min(length, (i + 1) * Many)));
    }
}
