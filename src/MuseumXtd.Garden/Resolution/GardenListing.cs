namespace MuseumXtd.Garden.Resolution;

/// <summary>What a look at all folders of a garden found. What it is after some files were written again can be told without another look.</summary>
internal sealed class GardenListing
{
    private const int Several = -1;

    private readonly Dictionary<string, int> _byFullPath;

    private GardenListing(
        IReadOnlyList<GardenFile> files, IReadOnlyCollection<string> linked, IReadOnlyList<string> hidden, IReadOnlyList<Diagnostic> problems,
        Dictionary<string, int> byFullPath)
    {
        Files = files;
        Linked = linked;
        Hidden = hidden;
        Problems = problems;
        _byFullPath = byFullPath;
    }

    /// <summary>The files, in the order of their paths.</summary>
    public IReadOnlyList<GardenFile> Files { get; }

    /// <summary>The folders outside the garden to which symbolic links lead.</summary>
    public IReadOnlyCollection<string> Linked { get; }

    /// <summary>How the paths begin of files whose folders are there, or ought to be, and cannot be looked into.</summary>
    public IReadOnlyList<string> Hidden { get; }

    /// <summary>What is wrong with the folders.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    public static GardenListing Find(GardenOptions options, CancellationToken cancellation)
    {
        var linked = new SortedSet<string>(StringComparer.Ordinal);
        var problems = new List<Diagnostic>();
        var hidden = new List<string>();
        return Of(GardenFiles.Find(options, linked, hidden, problems, cancellation), linked, hidden, problems);
    }

    /// <summary>The same with files that were seen before and are out of sight.</summary>
    public GardenListing With(IEnumerable<GardenFile> outOfSight) =>
        Of([.. Files.Concat(outOfSight).OrderBy(f => f.Path, StringComparer.Ordinal)], Linked, Hidden, Problems);

    private static GardenListing Of(
        List<GardenFile> files, IReadOnlyCollection<string> linked, IReadOnlyList<string> hidden, IReadOnlyList<Diagnostic> problems)
    {
        var byFullPath = new Dictionary<string, int>(files.Count, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            if (!byFullPath.TryAdd(files[i].Info.FullName, i))
            {
                byFullPath[files[i].Info.FullName] = Several;
            }
        }

        return new GardenListing(files, linked, hidden, problems, byFullPath);
    }

    /// <summary>Whether another listing has files of the same paths, and the same problems.</summary>
    public bool Says(GardenListing other) =>
        Files.Count == other.Files.Count && Files.Zip(other.Files).All(f => f.First.Path == f.Second.Path && f.First.IsDraft == f.Second.IsDraft)
        && Problems.SequenceEqual(other.Problems) && Linked.SequenceEqual(other.Linked, StringComparer.Ordinal);

    /// <summary>The listing after some paths changed, or null where only another look can tell it.</summary>
    /// <param name="changed">Paths of files and folders, of the garden or not.</param>
    /// <param name="rewritten">The numbers of the files among them.</param>
    public GardenListing? After(IReadOnlyCollection<string> changed, out IReadOnlySet<int> rewritten)
    {
        var numbers = new HashSet<int>();
        rewritten = numbers;
        GardenFile[]? files = null;
        foreach (var path in changed)
        {
            var full = Path.GetFullPath(path);
            if (!_byFullPath.TryGetValue(full, out var number))
            {
                if (MayMatter(full))
                {
                    return null;
                }

                continue;
            }

            var info = new FileInfo(full);
            if (number == Several || !info.Exists || info.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                return null;
            }

            files ??= [.. Files];
            files[number] = files[number] with { Info = info };
            numbers.Add(number);
        }

        return files is null ? this : new GardenListing(files, Linked, Hidden, Problems, _byFullPath);
    }

    /// <summary>Whether a path that is no known file may be a note that came, or a folder with notes that came or went.</summary>
    private bool MayMatter(string full)
    {
        if (GardenFiles.IsNoteOrTable(full) || Directory.Exists(full))
        {
            return true;
        }

        // A link that led in a circle or nowhere is known by its diagnostic only.
        var folder = full + Path.DirectorySeparatorChar;
        return !File.Exists(full) && (Problems.Count > 0 || Files.Any(f => f.Info.FullName.StartsWith(folder, StringComparison.Ordinal)));
    }
}
