using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MuseumXtd.Store.Files;

/// <summary>Writes a snapshot as a file that is mapped and used as it is; see <see cref="SnapshotFile"/>.</summary>
internal sealed class SnapshotWriter(Stream output, CancellationToken cancellation)
{
    public const int Alignment = 64;
    private const int Step = 1 << 18;

    private readonly List<Section> _sections = [];
    private readonly uint[] _mapped = new uint[Step];
    private readonly XxHash3 _checksum = new();
    private SectionName _name;
    private long _start;
    private long _position;
    private IdMap? _ids;

    public void Write(Snapshot state)
    {
        var count = state.Dictionary.Count;
        _ids = IdMap.Of(state.Graphs, state.OutsideUnion, count);
        var head = new FileHead(FileHead.Letters, FileHead.Current, FileHead.Order);
        Append(MemoryMarshal.AsBytes(new ReadOnlySpan<FileHead>(in head)));

        // From what it holds, not by chance: the same data gives the same bytes.
        var seed = (long)(ulong)(state.ContentHash ^ (state.ContentHash >> 64));
        WriteTerms(state.Dictionary.Heap, count, seed);
        WriteIds(new SectionName(SectionKind.OutsideUnion, SectionOwner.None, 0, 0), state.OutsideUnion.Order().ToArray());
        var union = state.Union;
        foreach (var (name, index) in state.Graphs.OrderBy(g => g.Key))
        {
            Begin(new SectionName(SectionKind.Graph, SectionOwner.Graph, 0, _ids[name]));
            End();
            WriteIndex(index, SectionOwner.Graph, _ids[name], all: ReferenceEquals(index, union));
        }

        if (state.Graphs.Count > 1)
        {
            if (!state.Graphs.Values.Any(g => ReferenceEquals(g, union)))
            {
                WriteIndex(union, SectionOwner.Union, 0, all: true);
            }

            WriteQuads(state.AllQuads());
        }

        WriteEnd(head, state, seed);
    }

    private void WriteTerms(TermHeap heap, int count, long seed)
    {
        if (!_ids!.IsIdentity)
        {
            var used = _ids.UsedTerms(heap, count);
            (heap, count) = (used, used.Count);
        }

        var part = 0u;
        foreach (var segment in heap.Segments(count, i => TermDictionary.HasValue(heap, i)))
        {
            Write(new SectionName(SectionKind.TermText, SectionOwner.None, 0, part++), segment.Span);
        }

        Begin(new SectionName(SectionKind.TermPlaces, SectionOwner.None, 0, 0));
        foreach (var places in heap.Places(count))
        {
            Continue(places.Span);
        }

        End();
        Write<ulong>(new SectionName(SectionKind.TermTable, SectionOwner.None, 0, 0), TermDictionary.MakeTable(heap, count, seed));
    }

    private void WriteIndex(TripleIndex index, SectionOwner owner, uint graph, bool all)
    {
        foreach (var order in all ? Enum.GetValues<TripleOrder>() : [TripleOrder.Spo])
        {
            var rows = index.In(order);
            if (order is TripleOrder.Spo or TripleOrder.Pso or TripleOrder.Osp)
            {
                WriteDirectory(rows.Directory, owner, (ushort)order, graph);
            }

            WriteIds(new SectionName(SectionKind.Second, owner, (ushort)order, graph), rows.Second);
            WriteIds(new SectionName(SectionKind.Third, owner, (ushort)order, graph), rows.Third);
        }
    }

    private void WriteQuads(QuadOrder quads)
    {
        WriteDirectory(quads.Subjects, SectionOwner.Quads, 0, 0);
        WriteIds(new SectionName(SectionKind.Second, SectionOwner.Quads, 0, 0), quads.Predicates);
        WriteIds(new SectionName(SectionKind.Third, SectionOwner.Quads, 0, 0), quads.Objects);
        WriteIds(new SectionName(SectionKind.Graphs, SectionOwner.Quads, 0, 0), quads.Graphs);
    }

    private void WriteDirectory(KeyDirectory directory, SectionOwner owner, ushort part, uint graph)
    {
        if (!_ids!.IsIdentity)
        {
            directory = _ids.Rename(directory);
        }

        Write(new SectionName(SectionKind.Keys, owner, part, graph), directory.Keys);
        Write(new SectionName(SectionKind.Starts, owner, part, graph), directory.Starts);
        Write(new SectionName(SectionKind.Words, owner, part, graph), directory.Words);
    }

    private void WriteIds(SectionName name, ReadOnlySpan<uint> ids)
    {
        if (_ids!.IsIdentity)
        {
            Write(name, ids);
            return;
        }

        Begin(name);
        for (var start = 0; start < ids.Length; start += Step)
        {
            var length = Math.Min(Step, ids.Length - start);
            for (var i = 0; i < length; i++)
            {
                _mapped[i] = _ids[ids[start + i]];
            }

            Continue<uint>(_mapped.AsSpan(0, length));
        }

        End();
    }

    private void Write<T>(SectionName name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Begin(name);
        Continue(values);
        End();
    }

    private void Begin(SectionName name)
    {
        Align();
        _name = name;
        _start = _position;
    }

    private void Continue<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (var start = 0; start < values.Length; start += Step)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = MemoryMarshal.AsBytes(values.Slice(start, Math.Min(Step, values.Length - start)));
            _checksum.Append(bytes);
            Append(bytes);
        }
    }

    private void End() => _sections.Add(new Section(_name, _start, _position - _start, TakeChecksum()));

    private void WriteEnd(FileHead head, Snapshot state, long seed)
    {
        Align();
        var table = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_sections));
        var end = new FileEnd(
            _position, _sections.Count, state.Generation, state.QuadCount, (ulong)(state.ContentHash >> 64), (ulong)state.ContentHash, seed, 0, FileHead.Letters);
        end = end with { Checksum = ChecksumOf(head, table, end) };
        Append(table);
        Append(MemoryMarshal.AsBytes(new ReadOnlySpan<FileEnd>(in end)));
        output.Flush();
    }

    /// <summary>The checksum that the end of a file holds.</summary>
    public static ulong ChecksumOf(FileHead head, ReadOnlySpan<byte> table, FileEnd end)
    {
        end = end with { Checksum = 0 };
        var checksum = new XxHash3();
        checksum.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<FileHead>(in head)));
        checksum.Append(table);
        checksum.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<FileEnd>(in end)));
        return checksum.GetCurrentHashAsUInt64();
    }

    private ulong TakeChecksum()
    {
        var checksum = _checksum.GetCurrentHashAsUInt64();
        _checksum.Reset();
        return checksum;
    }

    private void Align()
    {
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        Append(zeros[..(int)((Alignment - (_position % Alignment)) % Alignment)]);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _position += bytes.Length;
    }
}
