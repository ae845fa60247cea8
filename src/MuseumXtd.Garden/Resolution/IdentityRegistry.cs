using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Identifiers that authors freeze: a table <c>type,id,name,path,replaced-by</c> in the garden, read and never written. A row freezes the
/// identifier of what has this name, or of what the note at this path is about; <c>replaced-by</c> names the identifier that an old one gave way to.
/// </summary>
internal sealed class IdentityRegistry
{
    public const string FileName = "identities.csv";

    private readonly Dictionary<(string Type, string Key), string> _byName = [];
    private readonly Dictionary<(string Type, string Path), string> _byPath = [];

    public List<(string Type, string Id, string ReplacedBy)> Redirects { get; } = [];

    /// <summary>Identifiers that are given already and never again to something else.</summary>
    public HashSet<(string Type, string Id)> Taken { get; } = [];

    /// <summary>Whether it freezes nothing.</summary>
    public bool IsEmpty => _byName.Count == 0 && _byPath.Count == 0;

    public bool IsReplaced(string type, string id) => Redirects.Exists(r => r.Type == type && r.Id == id);

    public string? ByPath(string type, string path) => _byPath.GetValueOrDefault((type, path));

    public string? ByName(string type, string key) => _byName.GetValueOrDefault((type, key));

    /// <summary>What is wrong with the tables.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Whether a file of a garden is such a table, and not one of organisations or projects.</summary>
    public static bool IsAt(string path) => path[(path.LastIndexOf('/') + 1)..].Equals(FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Other bytes, another stamp; tables that cannot be read have one as well.</summary>
    public static string StampOf(GardenOptions options) =>
        string.Join('|', Files(options).Select(f => Bytes(f, options) is { } bytes ? NoteReader.HashOf(bytes) : "-"));

    public static IdentityRegistry Read(GardenOptions options)
    {
        var registry = new IdentityRegistry();
        foreach (var file in Files(options))
        {
            if (Bytes(file, options) is not { } bytes)
            {
                // One in the garden that is too large or cannot be read is told like any file of it.
                continue;
            }

            var table = CsvTable.Read(FileName, bytes, "");
            registry.Diagnostics.AddRange(table.Diagnostics);
            int Column(string name) => table.Header.ToList().FindIndex(h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
            var (type, id, label, path, replaced) = (Column("type"), Column("id"), Column("name"), Column("path"), Column("replaced-by"));
            foreach (var row in table.Rows)
            {
                string Cell(int column) => column >= 0 && column < row.Cells.Count ? row.Cells[column].Text : "";
                if (Cell(type).Length == 0 || TextFolding.Slug(Cell(id)) is not { Length: > 0 } slug)
                {
                    continue;
                }

                registry.Taken.Add((Cell(type), slug));
                if (Cell(replaced) is { Length: > 0 } other)
                {
                    registry.Redirects.Add((Cell(type), slug, other));
                    continue;
                }

                if (Cell(label).Length > 0)
                {
                    registry._byName.TryAdd((Cell(type), TextFolding.NameKey(Cell(label))), slug);
                }

                if (Cell(path).Length > 0)
                {
                    registry._byPath.TryAdd((Cell(type), Cell(path)), slug);
                }
            }
        }

        return registry;
    }

    private static IEnumerable<string> Files(GardenOptions options) =>
        options.IdentityRegistry is { } named ? [named] : options.Roots.Select(r => Path.Combine(r, FileName)).Where(File.Exists);

    private static byte[]? Bytes(string file, GardenOptions options)
    {
        try
        {
            return options.IdentityRegistry is null && new FileInfo(file).Length > options.MaxFileBytes ? null : File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || (options.IdentityRegistry is null && e is IOException or UnauthorizedAccessException))
        {
            return null;
        }
    }
}
