namespace MuseumXtd.Store.Durability;

/// <summary>Reads records back into a store, all as one change.</summary>
internal sealed class JournalReader(QuadStore store, Action<string>? message)
{
    private readonly List<byte[]> _pending = [];
    private StoreTransaction? _transaction;

    public int Records { get; private set; }

    public long LastSequence { get; set; }

    /// <summary>Reads a file; where it may be torn, what does not make a whole transaction at its end is cut off.</summary>
    public void Read(IJournalFile file, string name, bool mayBeTorn, CancellationToken cancellation)
    {
        _transaction ??= store.Begin(cancellation);
        _pending.Clear();
        long position = 0;
        long whole = 0;
        var length = file.Length;
        while (JournalRecord.ReadAt(file, position, length) is { } record)
        {
            cancellation.ThrowIfCancellationRequested();
            position += JournalRecord.HeaderLength + record.Content.Length;
            _pending.Add(record.Content);
            if (record.IsLast)
            {
                foreach (var part in _pending)
                {
                    JournalRecord.Apply(part, _transaction);
                }

                _pending.Clear();
                whole = position;
                Records++;
                LastSequence = Math.Max(LastSequence, record.Sequence);
            }
        }

        // What was kept free for more has only zeros.
        var end = EndOfData(file, whole, length);
        if (end > whole)
        {
            ThrowIfOfOthers(file, name, whole, length);
        }

        if (end > whole && (!mayBeTorn || HadLasted(file, whole, length)))
        {
            throw new JournalException(
                $"{name} is damaged at byte {whole} of {end}: a record there fails its checksum. Restore the file from a copy; to go on without what follows, cut it off there.");
        }

        if (end > whole)
        {
            message?.Invoke($"{name}: dropped {end - whole} bytes at the end, of changes that were never confirmed.");
        }

        if (mayBeTorn && length > whole)
        {
            file.Truncate(whole);
        }
    }

    public void Commit(CancellationToken cancellation)
    {
        if (_transaction is not null)
        {
            using (_transaction)
            {
                _transaction.Commit(Math.Max(LastSequence, 1), cancellation);
            }
        }
    }

    /// <summary>
    /// A write that broke off begins like a record, or has zeros there. What begins otherwise at the beginning of a file is none of ours, and what begins like a record of
    /// another version was confirmed by it: neither may be cut off.
    /// </summary>
    private static void ThrowIfOfOthers(IJournalFile file, string name, long at, long length)
    {
        Span<byte> head = stackalloc byte[4];
        head = head[..file.Read(at, head[..(int)Math.Min(head.Length, length - at)])];
        if (head.Length == 4 && head.StartsWith("MXJ"u8) && head[3] is not ((byte)'1' or 0))
        {
            throw new JournalException($"{name} has a record of another version of the format at byte {at}. Use the version of the program that wrote it.");
        }

        if (at == 0 && !"MXJ1"u8.StartsWith(head) && head.ContainsAnyExcept((byte)0) && !"MXJ1"u8.StartsWith(head.TrimEnd((byte)0)))
        {
            throw new JournalException($"{name} is damaged at byte 0 of {length}, or no journal. Restore the file from a copy, or name another folder.");
        }
    }

    /// <summary>Where the last byte from a place on is that is not zero.</summary>
    private static long EndOfData(IJournalFile file, long from, long length)
    {
        var buffer = new byte[1 << 16];
        var end = from;
        for (var at = from; at < length;)
        {
            var read = file.Read(at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at)));
            if (read == 0)
            {
                break;
            }

            var last = buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            end = last < 0 ? end : at + last + 1;
            at += read;
        }

        return end;
    }

    /// <summary>
    /// Whether a later record says that what is broken had lasted once: then it was confirmed, and is not the end of an interrupted write. Without a
    /// flush between them, a later record may well reach the disk before an earlier one.
    /// </summary>
    private static bool HadLasted(IJournalFile file, long from, long length)
    {
        const int Window = 1 << 16;
        var buffer = new byte[Window + JournalRecord.HeaderLength];
        for (var start = from + 1; start < length - JournalRecord.HeaderLength; start += Window)
        {
            var bytes = buffer.AsSpan(0, file.Read(start, buffer));
            for (var at = bytes.IndexOf("MXJ1"u8); at >= 0 && at < Window;)
            {
                if (JournalRecord.ReadAt(file, start + at, length) is { } record && record.Lasting > from)
                {
                    return true;
                }

                var next = bytes[(at + 1)..].IndexOf("MXJ1"u8);
                at = next < 0 ? -1 : at + 1 + next;
            }
        }

        return false;
    }
}
