using System.Runtime.InteropServices;

namespace MuseumXtd.Store.Files;

/// <summary>What a section of a snapshot file holds. The numbers are those in the file.</summary>
internal enum SectionKind : byte
{
    /// <summary>The text of the terms: one section a segment of the heap.</summary>
    TermText = 1,

    /// <summary>Where each term is in the text.</summary>
    TermPlaces = 2,

    /// <summary>The hash table of the terms.</summary>
    TermTable = 3,

    /// <summary>The names of the graphs that are not in the union.</summary>
    OutsideUnion = 4,

    /// <summary>A graph is there; without content.</summary>
    Graph = 5,

    /// <summary>The terms in first position.</summary>
    Keys = 6,

    /// <summary>Where the rows of each begin.</summary>
    Starts = 7,

    /// <summary>The bitmaps over the terms in first position.</summary>
    Words = 8,

    /// <summary>A second column.</summary>
    Second = 9,

    /// <summary>A third column.</summary>
    Third = 10,

    /// <summary>The graphs of the order of all quads.</summary>
    Graphs = 11,
}

/// <summary>Which index a section belongs to.</summary>
internal enum SectionOwner : byte
{
    /// <summary>The dictionary, or the dataset.</summary>
    None = 0,

    /// <summary>One graph.</summary>
    Graph = 1,

    /// <summary>The union, where it is none of the graphs.</summary>
    Union = 2,

    /// <summary>The order of all quads.</summary>
    Quads = 3,
}

/// <summary>Which section this is; <paramref name="Part"/> is a <see cref="TripleOrder"/>, and of directories the first order that has it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct SectionName(SectionKind Kind, SectionOwner Owner, ushort Part, uint Graph);

/// <summary>A section in the table of a file: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Section(SectionName Name, long Position, long Length, ulong Checksum);

/// <summary>The start of a file: 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct FileHead(ulong Magic, uint Version, uint ByteOrder)
{
    /// <summary><c>MXTDSNAP</c>, as it stands in the file.</summary>
    public const ulong Letters = 0x50414E535444584D;

    /// <summary>The version of the format; a reader reads one only.</summary>
    public const uint Current = 2;

    /// <summary>Reads as another number where numbers have their bytes the other way round.</summary>
    public const uint Order = 0x01020304;
}

/// <summary>The end of a file: 72 bytes. The checksum covers the head, the table of sections, and what stands before it here.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct FileEnd(
    long TablePosition, long Sections, long Generation, long Quads, ulong HashHigh, ulong HashLow, long Seed, ulong Checksum, ulong Magic);
