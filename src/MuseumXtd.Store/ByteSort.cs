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
            var keys = rented.AsSpan(0, ids.Length);
            var span = ids.Span;
            if (!ReadKeys(span, keys, depth))
            {
                depth += CommonLength(span, depth);
                ReadKeys(span, keys, depth);
            }

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
                        SortRun(ids[start..end], depth);
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
            Parallel.ForEach(runs, run => SortRun(ids[run.Start..run.End], depth));
        }
    }

    /// <summary>Terms whose next eight bytes are alike, where a term that ends is filled up with zeros.</summary>
    private void SortRun(Memory<uint> run, int depth)
    {
        foreach (var id in run.Span)
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

    /// <summary>Reads the next eight bytes of each term; whether they are not all alike.</summary>
    private bool ReadKeys(ReadOnlySpan<uint> ids, Span<ulong> keys, int depth)
    {
        ulong difference = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            var bytes = terms.Bytes(ids[i])[depth..];
            ulong key;
            if (bytes.Length >= Step)
            {
                key = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            }
            else
            {
                key = 0;
                for (var b = 0; b < Step; b++)
                {
                    key = (key << 8) | (b < bytes.Length ? bytes[b] : 0u);
                }
            }

            keys[i] = key;
            difference |= key ^ keys[0];
        }

        return difference != 0;
    }

    private int CommonLength(ReadOnlySpan<uint> ids, int depth)
    {
        var common = terms.Bytes(ids[0])[depth..];
        foreach (var id in ids)
        {
            common = common[..common.CommonPrefixLength(terms.Bytes(id)[depth..])];
        }

        return common.Length;
    }
}
