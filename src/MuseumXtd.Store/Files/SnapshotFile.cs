using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store.Files;

/// <summary>
/// A snapshot in a file that is mapped into memory and used as it is: dictionary, sorted orders, bitmaps. A store that starts from it reads nothing
/// but what is asked for.
/// </summary>
/// <remarks>
/// Numbers are little-endian. A head of 16 bytes; sections, each at a multiple of 64 bytes; a table of the sections with their checksums (XXH3);
/// an end of fixed length with where the table is and a checksum of head, table and end. So a file is written in one go, and one that was cut
/// short has no end. Opening checks head, table and end; the sections are checked by <see cref="Verify"/>, which reads the whole file.
/// </remarks>
public sealed class SnapshotFile
{
    /// <summary>The suffix of such files, with its dot.</summary>
    public const string Suffix = ".mxs";

    private readonly MappedFile _file;
    private readonly string _name;
    private readonly FileEnd _end;
    private readonly Dictionary<SectionName, Section> _sections;

    private SnapshotFile(MappedFile file, string name, FileEnd end, Dictionary<SectionName, Section> sections)
    {
        _file = file;
        _name = name;
        _end = end;
        _sections = sections;
    }

    /// <summary>How many quads.</summary>
    public long QuadCount => _end.Quads;

    /// <summary>How many bytes.</summary>
    public long Length => _file.Length;

    /// <summary>The generation of the snapshot in the store that wrote it.</summary>
    public long Generation => _end.Generation;

    /// <summary>Whether a path is that of a snapshot file, by its suffix.</summary>
    public static bool IsNameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Writes a snapshot.</summary>
    /// <param name="snapshot">What is written, whole: terms that it does not use are left out.</param>
    /// <param name="output">The file; it is only written to, from its start to its end.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public static void Write(Snapshot snapshot, Stream output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(output);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Snapshot files are written on little-endian machines only.");
        }

        new SnapshotWriter(output, cancellation).Write(snapshot);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="SnapshotFileException">It is no snapshot, is not whole, or is of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SnapshotFile Open(string path) => Open(MappedFile.Open(path), path);

    /// <summary>The same of a file that is mapped already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="SnapshotFileException">It is no snapshot, is not whole, or is of another version.</exception>
    public static SnapshotFile Open(MappedFile file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (headLength, endLength) = (Unsafe.SizeOf<FileHead>(), Unsafe.SizeOf<FileEnd>());
        if (file.Length < headLength || file.Column<FileHead>(0, headLength).Span[0] is not { Magic: FileHead.Letters } head)
        {
            throw new SnapshotFileException($"{name}: this is no snapshot file. Write one with museumxtd build or convert.");
        }

        if (head.ByteOrder != FileHead.Order)
        {
            throw new SnapshotFileException($"{name}: the file was written on a machine with another byte order. Build it again on this one.");
        }

        if (head.Version != FileHead.Current)
        {
            throw new SnapshotFileException(
                $"{name}: the file has version {head.Version} of the format, this program reads version {FileHead.Current}. Build it again with this program.");
        }

        if (LengthOfWhole(file) is { } whole && whole < file.Length)
        {
            throw new SnapshotFileException(
                string.Create(CultureInfo.InvariantCulture, $"{name}: the file goes on for {file.Length - whole} bytes after its end. Copy it again, or cut it off after {whole} bytes."));
        }

        if (file.Length < headLength + endLength || file.Column<FileEnd>(file.Length - endLength, endLength).Span[0] is not { Magic: FileHead.Letters } end)
        {
            throw new SnapshotFileException($"{name}: the file ends too early, after {file.Length.ToString(CultureInfo.InvariantCulture)} bytes. Copy or build it again.");
        }

        var tableLength = file.Length - endLength - end.TablePosition;
        if (end.TablePosition < headLength || tableLength < 0 || end.Sections != tableLength / Unsafe.SizeOf<Section>() || tableLength % Unsafe.SizeOf<Section>() != 0)
        {
            throw Damaged(name, "its end");
        }

        var table = file.Column<Section>(end.TablePosition, tableLength).Span;
        if (SnapshotWriter.ChecksumOf(head, MemoryMarshal.AsBytes(table), end) != end.Checksum)
        {
            throw Damaged(name, "its table of sections");
        }

        if (!IsPadding(file, headLength, Math.Min(SnapshotWriter.Alignment, end.TablePosition)))
        {
            throw Damaged(name, "its head");
        }

        var sections = new Dictionary<SectionName, Section>(table.Length);
        foreach (var section in table)
        {
            if (section.Position < 0 || section.Length < 0 || section.Position > end.TablePosition - section.Length || !sections.TryAdd(section.Name, section))
            {
                throw Damaged(name, "its table of sections");
            }
        }

        return new SnapshotFile(file, name, end, sections);
    }

    /// <summary>Reads the whole file and compares it with its checksums.</summary>
    /// <exception cref="SnapshotFileException">It is damaged.</exception>
    public void Verify(CancellationToken cancellation = default)
    {
        const int Step = 1 << 24;
        long covered = Unsafe.SizeOf<FileHead>();
        foreach (var section in _sections.Values.OrderBy(s => s.Position).ThenBy(s => s.Length))
        {
            CheckPadding(section.Position);
            var checksum = new XxHash3();
            for (long done = 0; done < section.Length; done += Step)
            {
                cancellation.ThrowIfCancellationRequested();
                checksum.Append(_file.Column<byte>(section.Position + done, Math.Min(Step, section.Length - done)).Span);
            }

            if (checksum.GetCurrentHashAsUInt64() != section.Checksum)
            {
                throw Damaged(_name, $"its section {section.Name.Kind} at byte {section.Position.ToString(CultureInfo.InvariantCulture)}");
            }

            covered = section.Position + section.Length;
        }

        CheckPadding(_end.TablePosition);

        void CheckPadding(long until)
        {
            if (!IsPadding(_file, covered, until))
            {
                throw Damaged(_name, $"what stands between its sections, at byte {covered.ToString(CultureInfo.InvariantCulture)},");
            }
        }
    }

    /// <summary>Whether there are only the zeros between two places that bring a section to its multiple of bytes: no checksum covers them.</summary>
    private static bool IsPadding(MappedFile file, long from, long until) =>
        until - from < SnapshotWriter.Alignment && (until <= from || !file.Column<byte>(from, until - from).Span.ContainsAnyExcept((byte)0));

    /// <summary>How long a file was written that does not end with an end: up to the last end that fits its table; null where there is none.</summary>
    private static long? LengthOfWhole(MappedFile file)
    {
        var endLength = Unsafe.SizeOf<FileEnd>();
        const int Searched = 1 << 30;
        var start = Math.Max(0, file.Length - Searched);
        var bytes = file.Column<byte>(start, file.Length - start).Span;
        var letters = BitConverter.GetBytes(FileHead.Letters);
        for (var at = bytes.LastIndexOf(letters); at >= 0; at = bytes[..at].LastIndexOf(letters))
        {
            var whole = start + at + letters.Length;
            if (whole == file.Length)
            {
                return null;
            }

            if (whole - endLength is var position and >= 0
                && MemoryMarshal.Read<FileEnd>(file.Column<byte>(position, endLength).Span) is var end
                && end.TablePosition > 0 && end.TablePosition + (end.Sections * Unsafe.SizeOf<Section>()) == position)
            {
                return whole;
            }
        }

        return null;
    }

    /// <summary>The snapshot, as the first of a store.</summary>
    /// <param name="outside">Gives the names of graphs that are to be outside the union, beside those of the file, their ids.</param>
    internal Snapshot ToSnapshot(Func<TermDictionary, IEnumerable<uint>> outside)
    {
        try
        {
            var heap = new TermHeap(
                [.. Enumerable.Range(0, int.MaxValue).Select(i => new SectionName(SectionKind.TermText, SectionOwner.None, 0, (uint)i)).TakeWhile(_sections.ContainsKey).Select(Read<byte>)],
                Read<uint>(new SectionName(SectionKind.TermPlaces, SectionOwner.None, 0, 0)));
            var dictionary = new TermDictionary(heap, Read<ulong>(new SectionName(SectionKind.TermTable, SectionOwner.None, 0, 0)), _end.Seed);
            var written = Read<uint>(new SectionName(SectionKind.OutsideUnion, SectionOwner.None, 0, 0)).Span.ToArray().ToFrozenSet();
            var all = written.Union(outside(dictionary)).ToFrozenSet();
            var graphs = _sections.Keys.Where(s => s.Kind == SectionKind.Graph).ToDictionary(s => s.Graph, s => ReadIndex(SectionOwner.Graph, s.Graph));

            // A union of other graphs is of no use.
            var union = written.SetEquals(all) && _sections.ContainsKey(new SectionName(SectionKind.Keys, SectionOwner.Union, 0, 0)) ? ReadIndex(SectionOwner.Union, 0) : null;
            var quads = _sections.ContainsKey(new SectionName(SectionKind.Keys, SectionOwner.Quads, 0, 0)) ? ReadQuads() : null;
            return new Snapshot(Math.Max(_end.Generation, 1), new UInt128(_end.HashHigh, _end.HashLow), dictionary, graphs.ToImmutableDictionary(), all, union, quads);
        }
        catch (Exception e) when (e is InvalidDataException or KeyNotFoundException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw Damaged(_name, $"its sections ({e.Message})");
        }
    }

    private TripleIndex ReadIndex(SectionOwner owner, uint graph)
    {
        var orders = new SortedOrder?[6];
        KeyDirectory? directory = null;
        foreach (var order in Enum.GetValues<TripleOrder>())
        {
            if (!_sections.ContainsKey(new SectionName(SectionKind.Second, owner, (ushort)order, graph)))
            {
                continue;
            }

            // The two orders with the same first position follow one another.
            directory = order is TripleOrder.Spo or TripleOrder.Pso or TripleOrder.Osp ? ReadDirectory(owner, (ushort)order, graph) : directory;
            var second = Read<uint>(new SectionName(SectionKind.Second, owner, (ushort)order, graph));
            var third = Read<uint>(new SectionName(SectionKind.Third, owner, (ushort)order, graph));
            if (directory is null || second.Length != third.Length || directory.RowCount != second.Length)
            {
                throw new InvalidDataException("the columns of an order do not belong together");
            }

            orders[(int)order] = new SortedOrder(directory, second, third);
        }

        return orders[0] is { Count: > 0 } ? TripleIndex.Of(orders) : orders[0] is null ? throw new InvalidDataException("an order is missing") : TripleIndex.Empty;
    }

    private QuadOrder ReadQuads()
    {
        var directory = ReadDirectory(SectionOwner.Quads, 0, 0);
        var predicates = Read<uint>(new SectionName(SectionKind.Second, SectionOwner.Quads, 0, 0));
        var objects = Read<uint>(new SectionName(SectionKind.Third, SectionOwner.Quads, 0, 0));
        var graphs = Read<uint>(new SectionName(SectionKind.Graphs, SectionOwner.Quads, 0, 0));
        return predicates.Length == directory.RowCount && objects.Length == predicates.Length && graphs.Length == predicates.Length
            ? new QuadOrder(directory, predicates, objects, graphs)
            : throw new InvalidDataException("the columns of the quads do not belong together");
    }

    private KeyDirectory ReadDirectory(SectionOwner owner, ushort part, uint graph) => new(
        Read<uint>(new SectionName(SectionKind.Keys, owner, part, graph)),
        Read<int>(new SectionName(SectionKind.Starts, owner, part, graph)),
        Read<KeyDirectory.Word>(new SectionName(SectionKind.Words, owner, part, graph)));

    private Column<T> Read<T>(SectionName name)
        where T : unmanaged
    {
        var section = _sections[name];
        return _file.Column<T>(section.Position, section.Length);
    }

    private static SnapshotFileException Damaged(string name, string where) =>
        new($"{name}: the file is damaged: {where} does not have its checksum or form. Copy or build it again.");
}
