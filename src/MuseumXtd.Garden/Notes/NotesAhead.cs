using System.Collections.Concurrent;
using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden.Notes;

/// <summary>
/// Notes that are read while the words are that are looked for in them: to take a note apart needs none. So a second core has something to do until they are known.
/// </summary>
internal sealed class NotesAhead
{
    private readonly ConcurrentDictionary<string, (string Hash, Note Note)> _notes = new(StringComparer.Ordinal);

    /// <summary>Reads notes, one after the other, until it is told that there is no need any more. Files that are not plain to read are left to whoever reads all.</summary>
    public void Read(IEnumerable<GardenFile> files, CancellationToken enough)
    {
        foreach (var file in files)
        {
            if (enough.IsCancellationRequested)
            {
                return;
            }

            if (file.IsOutOfSight || !file.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            try
            {
                var length = file.Info.Length;
                if (length is > 0 and < LargeFiles.LeastBytes)
                {
                    var bytes = FileBytes.Read(file.Info.FullName, length, (int)LargeFiles.LeastBytes);
                    var hash = NoteReader.HashOf(bytes);
                    _notes[file.Path] = (hash, NoteReader.Read(file.Path, bytes, hash, file.IsDraft));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whoever reads all tells of it.
            }
        }
    }

    /// <summary>Takes a note, if it was read with just this content.</summary>
    public Note? Take(string path, string hash) => _notes.TryRemove(path, out var read) && read.Hash == hash ? read.Note : null;
}
