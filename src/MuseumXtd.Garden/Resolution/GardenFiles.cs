using System.IO.Enumeration;

namespace MuseumXtd.Garden.Resolution;

/// <summary>A file of a garden: where it is on the disk, and its path in the garden.</summary>
internal readonly record struct GardenFile(string FullPath, string Path, bool IsDraft);

/// <summary>Finds the notes and tables of a garden, in the order of their paths.</summary>
internal static class GardenFiles
{
    public static List<GardenFile> Find(GardenOptions options, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var files = new List<GardenFile>();
        foreach (var root in options.Roots)
        {
            cancellation.ThrowIfCancellationRequested();
            var full = Path.GetFullPath(root);
            var prefix = options.Roots.Count > 1 ? Path.GetFileName(Path.TrimEndingDirectorySeparator(full)) + "/" : "";
            if (File.Exists(full))
            {
                files.Add(new GardenFile(full, Notes.LatinLetters.Compose(Path.GetFileName(full)), false));
            }
            else if (Directory.Exists(full))
            {
                Walk(options, full, prefix, false, files, 0, cancellation);
            }
            else
            {
                diagnostics.Add(Problems.RootMissing(root));
            }
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    private static void Walk(
        GardenOptions options, string folder, string prefix, bool draft, List<GardenFile> files, int depth, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var name = Notes.LatinLetters.Compose(entry.Name);
            var isDraft = draft || name.StartsWith('.') || options.Drafts.Any(p => FileSystemName.MatchesSimpleExpression(p, name, ignoreCase: true));
            if (entry is DirectoryInfo directory)
            {
                // A link to a folder may lead back up: paths deeper than any real garden are not followed.
                if (depth < 32 && !options.Ignored.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    Walk(options, directory.FullName, prefix + name + "/", isDraft, files, depth + 1, cancellation);
                }
            }
            else if (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                files.Add(new GardenFile(entry.FullName, prefix + name, isDraft));
            }
        }
    }
}
