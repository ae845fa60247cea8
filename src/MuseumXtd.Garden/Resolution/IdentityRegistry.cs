using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Identifiers that authors freeze: a table <c>type,id,name,path,replaced-by</c> in the garden, read and never written. A row freezes the
/// identifier of what has this name, or of what the note at this path is about; <c>replaced-by</c> names the identifier that an old one gave way to.
/// </summary>
internal sealed class IdentityRegistry
{
    public const string FileName = "identities.csv";

    // Whoever has made a slip so often sees it from the first ones.
    private const int MostTold = 100;

    private static readonly string[] Types = ["note", .. Enum.GetValues<EntityType>().Select(Resource.SegmentOf)];

    private readonly Dictionary<(string Type, string Key), string> _byName = [];
    private readonly Dictionary<(string Type, string Path), string> _byPath = [];
    private readonly Dictionary<(string Type, string Id), (string By, Origin Origin)> _replaced = [];
    private int _told;

    public List<(string Type, string Id, string ReplacedBy)> Redirects { get; } = [];

    /// <summary>Identifiers that are given already and never again to something else.</summary>
    public HashSet<(string Type, string Id)> Taken { get; } = [];

    /// <summary>Whether it freezes nothing.</summary>
    public bool IsEmpty => _byName.Count == 0 && _byPath.Count == 0;

    public bool IsReplaced(string type, string id) => _replaced.ContainsKey((type, id));

    public string? ByPath(string type, string path) => _byPath.GetValueOrDefault((type, path));

    public string? ByName(string type, string key) => _byName.GetValueOrDefault((type, key));

    /// <summary>What is wrong with the tables.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Whether a file of a garden is such a table, and not one of organisations or projects.</summary>
    public static bool IsAt(string path) => path[(path.LastIndexOf('/') + 1)..].Equals(FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a table at this path of a garden is read, or another one in its place.</summary>
    public static bool IsReadAt(string path, GardenOptions options)
    {
        var root = path[..(path.LastIndexOf('/') + 1)];
        return options.IdentityRegistry is null
            ? options.Roots.Any(r => root == PrefixOf(r, options) && File.Exists(Path.Combine(r, FileName)))
            : root.Count('/') == (options.Roots.Count > 1 ? 1 : 0);
    }

    /// <summary>Other bytes, another stamp; tables that cannot be read have one as well.</summary>
    public static string StampOf(GardenOptions options) =>
        string.Join('|', Files(options).Select(f => Bytes(f.File, options) is { } bytes ? NoteReader.HashOf(bytes) : "-"));

    public static IdentityRegistry Read(GardenOptions options)
    {
        var registry = new IdentityRegistry();
        foreach (var (file, path) in Files(options))
        {
            // One in the garden that is too large or cannot be read is told like any file of it.
            if (Bytes(file, options) is { } bytes)
            {
                registry.Add(CsvTable.Read(path, bytes, ""));
            }
        }

        registry.DropCircles();
        return registry;
    }

    private void Add(CsvTable table)
    {
        Diagnostics.AddRange(table.Diagnostics);
        int Column(string name) => table.Header.ToList().FindIndex(h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (type, id, label, path, replaced) = (Column("type"), Column("id"), Column("name"), Column("path"), Column("replaced-by"));
        if (table.Header.Count > 0 && (type < 0 || id < 0))
        {
            Diagnostics.Add(Problems.IdentityTableUntitled(table.Path));
            return;
        }

        foreach (var row in table.Rows)
        {
            string Cell(int column) => column >= 0 && column < row.Cells.Count ? row.Cells[column].Text : "";
            void TellRow(int column, string french, string english)
            {
                var origin = row.Cells[Math.Min(column, row.Cells.Count - 1)].Origin;
                Tell(() => Problems.IdentityRow(origin.File, origin.Line, origin.Column, french, english));
            }

            string Slug(int column)
            {
                var slug = TextFolding.Slug(Cell(column));
                if (slug.Length > 0 && slug != Cell(column))
                {
                    var origin = row.Cells[column].Origin;
                    Tell(() => Problems.BadId(origin.File, origin.Line, origin.Column, Cell(column), slug));
                }

                return slug;
            }

            var kind = Cell(type);
            if (!Types.Contains(kind))
            {
                TellRow(type, $"« {kind} » n’est pas un type ; il y a {string.Join(", ", Types)}.", $"'{kind}' is no type; there are {string.Join(", ", Types)}.");
                continue;
            }

            if (Slug(id) is not { Length: > 0 } slug)
            {
                TellRow(id, "il y manque l’identifiant.", "it has no identifier.");
                continue;
            }

            Taken.Add((kind, slug));
            if (Slug(replaced) is { Length: > 0 } other)
            {
                if (_replaced.TryAdd((kind, slug), (other, row.Cells[replaced].Origin)))
                {
                    Redirects.Add((kind, slug, other));
                }
                else if (_replaced[(kind, slug)].By != other)
                {
                    TellRow(replaced, $"« {slug} » est déjà remplacé plus haut.", $"'{slug}' is replaced further up already.");
                }

                continue;
            }

            var isSaidBefore = Cell(label).Length > 0 && !_byName.TryAdd((kind, TextFolding.NameKey(Cell(label))), slug) && ByName(kind, TextFolding.NameKey(Cell(label))) != slug;
            isSaidBefore |= Cell(path).Length > 0 && !_byPath.TryAdd((kind, Cell(path)), slug) && ByPath(kind, Cell(path)) != slug;
            if (isSaidBefore)
            {
                TellRow(id, "son nom ou sa note a déjà un identifiant plus haut.", "its name or note is given an identifier further up already.");
            }
        }
    }

    /// <summary>What leads round in a circle, or into one, replaces nothing.</summary>
    private void DropCircles()
    {
        var ends = new Dictionary<(string Type, string Id), bool>();
        foreach (var (type, id, _) in Redirects)
        {
            var way = new List<string>();
            var at = id;
            while (_replaced.TryGetValue((type, at), out var next) && ends.TryAdd((type, at), false))
            {
                way.Add(at);
                at = next.By;
            }

            var isEnding = !_replaced.ContainsKey((type, at)) || ends[(type, at)];
            way.ForEach(w => ends[(type, w)] = isEnding);
        }

        foreach (var (type, id, _) in Redirects.Where(r => !ends[(r.Type, r.Id)]))
        {
            _replaced.Remove((type, id), out var row);
            Tell(() => Problems.IdentityRow(
                row.Origin.File, row.Origin.Line, row.Origin.Column, "de remplacement en remplacement on y revient.", "replacements lead round to it again."));
        }

        Redirects.RemoveAll(r => !ends[(r.Type, r.Id)]);
    }

    private void Tell(Func<Diagnostic> problem)
    {
        if (++_told <= MostTold)
        {
            Diagnostics.Add(problem());
        }
    }

    private static IEnumerable<(string File, string Path)> Files(GardenOptions options) => options.IdentityRegistry is { } named
        ? [(named, FileName)]
        : options.Roots.Select(r => (Path.Combine(r, FileName), PrefixOf(r, options) + FileName)).Where(f => File.Exists(f.Item1));

    /// <summary>How the paths of a root's files begin.</summary>
    private static string PrefixOf(string root, GardenOptions options) =>
        options.Roots.Count > 1 ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))) + "/" : "";

    private static byte[]? Bytes(string file, GardenOptions options)
    {
        try
        {
            if (options.IdentityRegistry is not null)
            {
                return File.ReadAllBytes(file);
            }

            var bytes = FileBytes.Read(file, new FileInfo(file).Length, options.MaxFileBytes);
            return bytes.Length > options.MaxFileBytes ? null : bytes.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || (options.IdentityRegistry is null && e is IOException or UnauthorizedAccessException))
        {
            return null;
        }
    }
}
