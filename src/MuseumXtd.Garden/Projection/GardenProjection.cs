using System.Globalization;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>
/// Joins what was read from all files into the named graphs of the garden. It remembers what each note and resource contributed, and makes
/// only what depends on a change anew.
/// </summary>
internal sealed class GardenProjection(GardenOptions options, NamedGraph vocabulary, NamedGraph places)
{
    private readonly string _base = options.BaseIri;
    private Dictionary<string, NoteProjection> _notes = new(StringComparer.Ordinal);
    private Dictionary<string, ResourceProjection> _resources = new(StringComparer.Ordinal);

    public GardenGraph Project(List<ReadFile> files, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var published = files.Where(f => f.IsRead && (!f.IsDraft || options.IncludeDrafts)).ToList();
        var drafts = files.Count(f => f.IsDraft && !options.IncludeDrafts);

        // Drafts are known by name, so that a link to one is not called dangling.
        var index = new NoteIndex(files.Where(f => f.Note is not null).Select(f => f.Note!));
        var registry = IdentityRegistry.Read(options);
        var noteIds = NameNotes(published, registry);
        var resources = Reconciler.Reconcile(published, index, registry, _base, diagnostics);
        cancellation.ThrowIfCancellationRequested();

        var notes = ProjectNotes(published, index, noteIds, resources, cancellation);
        var derived = ProjectResources(resources, diagnostics, cancellation);
        var redirects = Redirects(registry, out var redirected);
        var byNote = notes.OrderBy(n => n.Graph.Iri, StringComparer.Ordinal).ToList();
        var graphs = new List<NamedGraph>(notes.Length + 5) { vocabulary, places };
        graphs.AddRange(byNote.Select(n => n.Graph));
        graphs.Add(NamedGraph.Of(_base + "graph/derived", true, derived));
        graphs.Add(NamedGraph.Of(_base + "graph/meta", true, [redirected, .. byNote.Select(n => n.Meta)]));
        graphs.Add(NamedGraph.Of(_base + "graph/origin", false, [.. byNote.Select(n => n.Mentions)]));
        graphs.Sort((a, b) => string.CompareOrdinal(a.Iri, b.Iri));

        diagnostics.AddRange(notes.SelectMany(n => n.Diagnostics));
        diagnostics.AddRange(Navigation.Cycles(published));
        var problems = diagnostics.Distinct()
            .OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)
            .ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.MessageEn, StringComparer.Ordinal)
            .ToList();
        var noteFiles = notes.ToDictionary(n => n.Graph.Iri, n => n.File.Path, StringComparer.Ordinal);
        return new GardenGraph(graphs, problems, new OriginTable([.. notes.Select(n => n.Origins)]), published.Count, drafts, noteFiles, redirects);
    }

    private static Dictionary<string, string> NameNotes(List<ReadFile> files, IdentityRegistry registry)
    {
        var ids = new Dictionary<string, string>(files.Count, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var slug = registry.Find("note", [], [file.Path]) ?? file.Slug;
            var free = slug;
            for (var n = 2; !taken.Add(free); n++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{slug}-{n}");
            }

            ids.Add(file.Path, free);
        }

        return ids;
    }

    private NoteProjection[] ProjectNotes(
        List<ReadFile> files, NoteIndex index, Dictionary<string, string> noteIds, Dictionary<Draft, Resource> resources, CancellationToken cancellation)
    {
        var mains = files.Where(f => f.Main is not null).ToDictionary(f => f.Path, f => f.Main!, StringComparer.Ordinal);
        var projections = new NoteProjection[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var file = files[i];
            var context = new NoteContext(
                noteIds[file.Path],
                [.. file.Drafts.Select(d => ResourceName.Of(resources[d]))],
                [.. (file.Note?.Links ?? []).Select(l => Follow(l.Target))]);
            projections[i] = _notes.GetValueOrDefault(file.Path) is { } known && ReferenceEquals(known.File, file) && known.Context.Equals(context)
                ? known
                : NoteProjection.Of(file, context, resources, _base);
        });
        _notes = projections.ToDictionary(p => p.File.Path, StringComparer.Ordinal);
        return projections;

        LinkedNote Follow(LinkTarget target)
        {
            var found = index.Find(target);
            if (found.Count == 0)
            {
                return new LinkedNote(null, null, null, 0, false, index.Nearest(target));
            }

            var candidates = found.Count(n => noteIds.ContainsKey(n.Path));
            if (candidates == 0)
            {
                return new LinkedNote(null, null, null, 0, true, null);
            }

            var path = found.First(n => noteIds.ContainsKey(n.Path)).Path;
            ResourceName? subject = mains.TryGetValue(path, out var main) ? ResourceName.Of(resources[main]) : null;
            return new LinkedNote(new Iri($"{_base}note/{noteIds[path]}"), path, subject, candidates, false, null);
        }
    }

    private GraphPart[] ProjectResources(Dictionary<Draft, Resource> resources, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var all = resources.Values.ToHashSet<Resource>(ReferenceEqualityComparer.Instance).ToArray();
        Array.Sort(all, (a, b) => string.CompareOrdinal(a.Iri.Value, b.Iri.Value));
        var projections = new ResourceProjection[all.Length];
        Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            projections[i] = _resources.GetValueOrDefault(all[i].Iri.Value) is { } known && known.Fits(all[i], resources)
                ? known
                : ResourceProjection.Of(all[i], resources, _base));
        var next = new Dictionary<string, ResourceProjection>(all.Length, StringComparer.Ordinal);
        for (var i = 0; i < all.Length; i++)
        {
            next.Add(all[i].Iri.Value, projections[i]);
            diagnostics.AddRange(projections[i].Diagnostics);
        }

        _resources = next;
        return [.. projections.Select(p => p.Derived).Where(d => d.Count > 0)];
    }

    private Dictionary<string, string> Redirects(IdentityRegistry registry, out GraphPart meta)
    {
        var redirects = new Dictionary<string, string>(StringComparer.Ordinal);
        var statements = new List<(Term, Iri, Term)>();
        foreach (var (type, id, replacedBy) in registry.Redirects)
        {
            var old = new Iri($"{_base}{type}/{id}");
            var now = new Iri($"{_base}{type}/{replacedBy}");
            redirects[old.Value] = now.Value;
            statements.Add((old, Mxtd.Deprecated, new Literal("true", Rdf.Vocabulary.Xsd.Boolean)));
            statements.Add((old, Mxtd.IsReplacedBy, now));
        }

        meta = GraphPart.Create(statements);
        return redirects;
    }
}
