using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>Joins what was read from all files into the named graphs of the garden.</summary>
internal sealed class GardenProjection
{
    private readonly string _base;
    private readonly List<ReadFile> _files;
    private readonly Dictionary<string, NoteFindings> _findings;
    private readonly List<Diagnostic> _diagnostics;
    private readonly NoteIndex _index;
    private readonly Dictionary<string, string> _noteIds = new(StringComparer.Ordinal);
    private readonly Dictionary<(Term, Iri, Term), List<Origin>> _origins = [];
    private readonly Dictionary<Draft, Resource> _resources;
    private readonly IdentityRegistry _registry;
    private readonly List<(Term, Iri, Term)> _meta = [];
    private readonly List<(Term, Iri, Term)> _mentions = [];

    public GardenProjection(GardenOptions options, List<ReadFile> files, List<Diagnostic> diagnostics)
    {
        _base = options.BaseIri;
        _diagnostics = diagnostics;
        _files = [.. files.Where(f => f.Findings is not null && (!f.IsDraft || options.IncludeDrafts))];

        _findings = _files.ToDictionary(f => f.Path, f => f.Findings!, StringComparer.Ordinal);

        // Drafts are known by name, so that a link to one is not called dangling.
        _index = new NoteIndex([.. files.Where(f => f.Note is not null).Select(f => f.Note!)]);
        _registry = IdentityRegistry.Read(options);
        NameNotes();
        _resources = Reconciler.Reconcile([.. _files.Select(f => f.Findings!)], _index, _registry, _base, diagnostics);
    }

    public GardenGraph Project(NamedGraph vocabulary, NamedGraph places, CancellationToken cancellation)
    {
        var graphs = new List<NamedGraph> { vocabulary, places };
        var noteFiles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in _files)
        {
            cancellation.ThrowIfCancellationRequested();
            var note = NoteIri(file.Path);
            var statements = new NoteStatements(note, _base, _resources, _origins);
            foreach (var draft in file.Findings!.Drafts)
            {
                statements.State(draft);
            }

            StateNote(file, note, statements);
            var graph = $"{_base}graph/note/{_noteIds[file.Path]}";
            noteFiles.Add(graph, file.Path);
            graphs.Add(NamedGraph.Create(graph, true, statements.Statements));
            _mentions.AddRange(statements.Mentions);
        }

        var all = _resources.Values.Distinct().OrderBy(r => r.Iri.Value, StringComparer.Ordinal);
        graphs.Add(NamedGraph.Create(_base + "graph/derived", true, DerivedStatements.Of(all, _resources, _base, _diagnostics)));
        var redirects = Redirects();
        graphs.Add(NamedGraph.Create(_base + "graph/meta", true, _meta));
        graphs.Add(NamedGraph.Create(_base + "graph/origin", false, _mentions));
        graphs.Sort((a, b) => string.CompareOrdinal(a.Iri, b.Iri));
        var problems = _diagnostics.Distinct()
            .OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)
            .ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.MessageEn, StringComparer.Ordinal)
            .ToList();
        return new GardenGraph(graphs, problems, new OriginTable(_origins), _files.Count, noteFiles, redirects);
    }

    private Iri NoteIri(string path) => new($"{_base}note/{_noteIds[path]}");

    private void NameNotes()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in _files)
        {
            var name = file.Path[(file.Path.LastIndexOf('/') + 1)..file.Path.LastIndexOf('.')];
            var slug = _registry.Find("note", [], [file.Path]) ?? Resource.SlugOf(name);
            var free = slug;
            for (var n = 2; !taken.Add(free); n++)
            {
                free = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{slug}-{n}");
            }

            _noteIds.Add(file.Path, free);
        }
    }

    private void StateNote(ReadFile file, Iri note, NoteStatements statements)
    {
        var language = file.Findings!.Language;
        var revision = new Iri($"{note.Value}/rev/{file.Hash[..12]}");
        var title = file.Note?.Title ?? file.Path[(file.Path.LastIndexOf('/') + 1)..];
        _meta.Add((note, Mxtd.Type, Mxtd.NoteClass));
        _meta.Add((note, Mxtd.PreferredName, new Literal(title, language)));
        _meta.Add((note, Mxtd.Language, new Literal(language)));
        foreach (var subject in (ReadOnlySpan<Iri>)[note, revision])
        {
            _meta.Add((subject, Mxtd.Path, new Literal(file.Path)));
            _meta.Add((subject, Mxtd.Sha256, new Literal(file.Hash)));
        }

        _meta.Add((note, Mxtd.Revision, revision));
        _meta.Add((revision, Mxtd.Type, Mxtd.NoteRevision));
        if (file.Note is not null)
        {
            foreach (var (block, link) in file.Note.Links)
            {
                StateLink(file, note, block, link, statements);
            }
        }
    }

    private void StateLink(ReadFile file, Iri note, TextBlock block, LinkSpan link, NoteStatements statements)
    {
        var target = link.Target ?? LocalTarget(link.Url);
        if (string.IsNullOrEmpty(target) || IsAttachment(target))
        {
            return;
        }

        var origin = block.Text.OriginOf(link);
        var found = _index.Find(target);
        var published = found.Where(n => _noteIds.ContainsKey(n.Path)).ToList();
        if (published.Count > 1)
        {
            _diagnostics.Add(Problems.AmbiguousLink(file.Path, origin.Line, origin.Column, target, published[0].Path));
        }

        if (published.Count > 0)
        {
            _meta.Add((note, Mxtd.LinksTo, NoteIri(published[0].Path)));
            var main = _findings[published[0].Path].Main;
            if (main is not null && published[0].Path != file.Path)
            {
                statements.StateLink(_resources[main], origin);
            }

            return;
        }

        _meta.Add((note, Mxtd.DanglingLink, new Literal(target)));
        _diagnostics.Add(found.Count > 0
            ? Problems.LinkToDraft(file.Path, origin.Line, origin.Column, target)
            : Problems.DanglingLink(file.Path, origin.Line, origin.Column, target, _index.Nearest(target)));
    }

    /// <summary>The note that a Markdown link inside the garden names, or null for links to the web.</summary>
    private static string? LocalTarget(string? url)
    {
        if (url is null || url.Contains(':', StringComparison.Ordinal) || !url.Contains(".md", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = Uri.UnescapeDataString(url.Split('#')[0]);
        return path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? path.TrimStart('.', '/') : null;
    }

    private static bool IsAttachment(string target)
    {
        var suffix = Path.GetExtension(target).ToLowerInvariant();
        return suffix is ".png" or ".jpg" or ".jpeg" or ".gif" or ".svg" or ".webp" or ".pdf" or ".mp3" or ".mp4" or ".webm" or ".csv" or ".xlsx" or ".docx" or ".pptx";
    }

    private Dictionary<string, string> Redirects()
    {
        var redirects = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (type, id, replacedBy) in _registry.Redirects)
        {
            var old = new Iri($"{_base}{type}/{id}");
            var now = new Iri($"{_base}{type}/{replacedBy}");
            redirects[old.Value] = now.Value;
            _meta.Add((old, Mxtd.Deprecated, new Literal("true", Rdf.Vocabulary.Xsd.Boolean)));
            _meta.Add((old, Mxtd.IsReplacedBy, now));
        }

        return redirects;
    }
}
