using System.IO.Enumeration;

namespace MuseumXtd.Garden.Resolution;

/// <summary>A file of a garden: what the disk tells of it (of what a link leads to), and its path in the garden.</summary>
/// <param name="Info">What the disk tells.</param>
/// <param name="Path">The path in the garden.</param>
/// <param name="IsDraft">Whether it is not to be published.</param>
/// <param name="IsOutOfSight">Whether its folder cannot be looked into, so that nobody knows what became of it.</param>
internal readonly record struct GardenFile(FileInfo Info, string Path, bool IsDraft, bool IsOutOfSight = false);

/// <summary>Finds the notes and tables of a garden, in the order of their paths.</summary>
internal static class GardenFiles
{
    private const string TooLong = "the path is longer than the system allows.";

    /// <summary>Finds them.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="linked">Takes the folders outside the garden to which symbolic links in it lead.</param>
    /// <param name="hidden">Takes how the paths begin of files whose folders are there, or ought to be, and cannot be looked into.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static List<GardenFile> Find(
        GardenOptions options, ISet<string> linked, List<string> hidden, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var files = new List<GardenFile>();
        foreach (var root in options.Roots)
        {
            cancellation.ThrowIfCancellationRequested();
            var full = Path.GetFullPath(root);
            var prefix = options.Roots.Count > 1 ? Path.GetFileName(Path.TrimEndingDirectorySeparator(full)) + "/" : "";
            if (File.Exists(full))
            {
                files.Add(new GardenFile(Target(new FileInfo(full)), Notes.LatinLetters.Compose(Path.GetFileName(full)), false));
            }
            else if (Directory.Exists(full))
            {
                Walk(options, full, prefix, false, files, linked, hidden, diagnostics, [full], cancellation);
            }
            else
            {
                // One that is named and not there is a disk that is away rather than notes that were deleted.
                hidden.Add(options.Roots.Count > 1 && !IsNoteOrTable(full) ? prefix : IsNoteOrTable(full) ? Notes.LatinLetters.Compose(Path.GetFileName(full)) : "");
                diagnostics.Add(Problems.RootMissing(root));
            }
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path) is not 0 and var order ? order : string.CompareOrdinal(a.Info.FullName, b.Info.FullName));
        var named = new List<GardenFile>(files.Count);
        foreach (var file in files)
        {
            if (named.Count > 0 && named[^1].Path == file.Path)
            {
                diagnostics.Add(Problems.SameName(file.Path));
                continue;
            }

            named.Add(file);
        }

        return named;
    }

    /// <summary>Whether a file may be read, by its name.</summary>
    public static bool IsNoteOrTable(string name) =>
        name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static void Walk(
        GardenOptions options, string folder, string prefix, bool draft, List<GardenFile> files, ISet<string> linked,
        List<string> hidden, List<Diagnostic> diagnostics, List<string> above, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var entry in Entries(folder, prefix, hidden, diagnostics))
        {
            var name = Notes.LatinLetters.Compose(entry.Name);
            if (Notes.ControlCharacters.IndexIn(name) >= 0)
            {
                // Nothing that names it could be written as XML, nor shown in a list of problems.
                if (IsNoteOrTable(name) || entry is DirectoryInfo)
                {
                    diagnostics.Add(Problems.Unreadable(prefix + Notes.ControlCharacters.Replaced(name), "its name holds control characters."));
                }

                continue;
            }

            try
            {
                _ = IsLink(entry) && entry.ResolveLinkTarget(returnFinalTarget: true) is not null;
            }
            catch (IOException e)
            {
                if (IsNoteOrTable(name) || entry is DirectoryInfo)
                {
                    diagnostics.Add(Problems.Unreadable(prefix + name, e switch
                    {
                        FileNotFoundException or DirectoryNotFoundException => "its name is not UTF-8, or it went meanwhile.",
                        PathTooLongException => TooLong,
                        _ => "the symbolic links lead in a circle.",
                    }));
                    hidden.Add(prefix + name);
                }

                continue;
            }

            var isDraft = draft || name.StartsWith('.') || options.Drafts.Any(p => FileSystemName.MatchesSimpleExpression(p, name, ignoreCase: true));
            if (entry is DirectoryInfo directory)
            {
                if (options.Ignored.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    continue;
                }

                var real = RealPath(directory);
                if (IsLink(directory) && IsRead(options, real, above))
                {
                    diagnostics.Add(Problems.CircularFolder(prefix + name));
                    continue;
                }

                if (IsLink(directory))
                {
                    linked.Add(real);
                }

                above.Add(real);
                Walk(options, directory.FullName, prefix + name + "/", isDraft, files, linked, hidden, diagnostics, above, cancellation);
                above.RemoveAt(above.Count - 1);
            }
            else if (IsNoteOrTable(name))
            {
                var file = (FileInfo)entry;
                if (IsLink(entry))
                {
                    if (entry.ResolveLinkTarget(returnFinalTarget: true) is not FileInfo { Exists: true } target)
                    {
                        diagnostics.Add(Problems.Unreadable(prefix + name, "the symbolic link leads nowhere."));
                        hidden.Add(prefix + name);
                        continue;
                    }

                    linked.Add(target.DirectoryName!);
                    file = target;
                }

                files.Add(new GardenFile(file, prefix + name, isDraft));
            }
            else if (IsLink(entry))
            {
                // A link to a folder that is away, if there were notes behind it.
                hidden.Add(prefix + name + "/");
            }
        }
    }

    /// <summary>What is in a folder; what cannot be read of it is told.</summary>
    private static FileSystemInfo[] Entries(string folder, string prefix, List<string> hidden, List<Diagnostic> diagnostics)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (DirectoryNotFoundException)
        {
            // Gone since the folder above was read.
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e is PathTooLongException ? TooLong : e is UnauthorizedAccessException ? "permission denied." : e.GetType().Name;
            diagnostics.Add(Problems.Unreadable(prefix.TrimEnd('/'), reason));
            hidden.Add(prefix);
            return [];
        }
    }

    private static FileInfo Target(FileInfo file) => file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static string RealPath(DirectoryInfo directory) =>
        IsLink(directory) ? directory.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? directory.FullName : directory.FullName;

    /// <summary>Whether what a link leads to is read anyway, or lies above the link, so that following it would never end.</summary>
    private static bool IsRead(GardenOptions options, string target, List<string> above) =>
        options.Roots.Any(r => IsWithin(target, Path.GetFullPath(r))) || above.Exists(a => IsWithin(a, target));

    private static bool IsWithin(string path, string folder)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(folder);
        return path == trimmed || path.StartsWith(trimmed + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
