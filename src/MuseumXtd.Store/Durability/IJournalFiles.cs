using MuseumXtd.Store.Memory;

namespace MuseumXtd.Store.Durability;

/// <summary>The files of a journal in a folder: the little that a journal asks of a file system, so that tests can let it fail.</summary>
public interface IJournalFiles
{
    /// <summary>The names of all files.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a file to read, or to write at its end; it is made if it is not there.</summary>
    IJournalFile Open(string name);

    /// <summary>Maps a file into memory, for reading.</summary>
    MappedFile Map(string name);

    /// <summary>Gives a file another name, in place of the file that has it.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    void Delete(string name);

    /// <summary>Makes names that were given, changed or deleted last beyond a loss of power.</summary>
    void FlushNames();
}

/// <summary>An open file of a journal.</summary>
public interface IJournalFile : IDisposable
{
    /// <summary>How many bytes it has; what <see cref="KeepAhead"/> keeps free does not count, unless the process ended in between.</summary>
    long Length { get; }

    /// <summary>Reads from a place; fewer bytes than wanted only at the end.</summary>
    int Read(long position, Span<byte> output);

    /// <summary>Writes at the end.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Keeps room for so many bytes ahead of what is appended, where the system can: a flush then need not write where the file is, too. After a crash
    /// the file may have zeros at its end.
    /// </summary>
    void KeepAhead(int bytes);

    /// <summary>Cuts the file off.</summary>
    void Truncate(long length);

    /// <summary>Returns when what was written lasts beyond a loss of power.</summary>
    void Flush();
}
