using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>What was read from one file; a note or a table with what was recognised in it, or only the reason why not.</summary>
internal sealed record ReadFile(
    string Path, bool IsDraft, long Length, DateTime Written, string Hash, Note? Note, NoteFindings? Findings, IReadOnlyList<Diagnostic> Diagnostics)
{
    public static ReadFile Refused(GardenFile file, FileInfo info, Diagnostic reason) =>
        new(file.Path, file.IsDraft, info.Exists ? info.Length : 0, info.LastWriteTimeUtc, "", null, null, [reason]);
}
