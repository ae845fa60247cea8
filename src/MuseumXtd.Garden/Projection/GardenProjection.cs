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
    private NoteIndex? _index;
    private Dictionary<string, NoteProjection> _notes = new(StringComparer.Ordinal);
    private Dictionary<string, ResourceProjection> _resources = new(StringComparer.Ordinal);

    public GardenGraph Project(List<ReadFile> files, IdentityMemory? memory, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var published = files.Where(f => f.IsRead && (!f.IsDraft || options.IncludeDrafts)).ToList();
        var drafts = files.Count(f => f.IsDraft && !options.IncludeDrafts);

        // Drafts are known by name, so that a link to one is not called dangling.
        var named = files.Where(f => f.Note is not null).Select(f => f.Note!).ToList();
        var index = _index = _index is { } known && known.Fits(named) ? known : new NoteIndex(named);
        var registry = IdentityRegistry.Read(options);
        diagnostics.AddRange(registry.Diagnostics);
        memory?.Begin();
        var noteIds = NameNotes(published, registry, memory);
        var resources = Reconciler.Reconcile(published, index, registry, memory, _base, diagnostics);
        cancellation.ThrowIfCancellationRequested();
        diagnostics.AddRange(Circles.Of(published, resources));

        var notes = ProjectNotes(published, index, noteIds, resources, cancellation);
        var derived = ProjectResources(resources, diagnostics, cancellation);
        var retired = RetiredIdentifiers.Of(registry, memory, memory is null ? [] : resources.Values.Distinct<Resource>(ReferenceEqualityComparer.Instance), _base);
        var byNote = notes.OrderBy(n => n.Graph.Iri, StringComparer.Ordinal).ToList();
        var graphs = new List<NamedGraph>(notes.Length + 5) { vocabulary, places };
        graphs.AddRange(byNote.Select(n => n.Graph));
        graphs.Add(NamedGraph.Of(_base + "graph/derived", true, derived));
        graphs.Add(NamedGraph.Of(_base + "graph/meta", true, [retired.Statements, .. byNote.Select(n => n.Meta)]));
        graphs.Add(NamedGraph.Of(_base + "graph/origin", false, [.. byNote.Select(n => n.Mentions)]));
        graphs.Sort((a, b) => string.CompareOrdinal(a.Iri, b.Iri));

        diagnostics.AddRange(notes.SelectMany(n => n.Diagnostics));
        diagnostics.AddRange(Navigation.Cycles(published));
        var problems = Sorted(diagnostics);
        var noteFiles = notes.ToDictionary(n => n.Graph.Iri, n => n.File.Path, StringComparer.Ordinal);
        return new GardenGraph(graphs, problems, new OriginTable([.. notes.Select(n => n.Origins)]), published.Count, drafts, noteFiles, retired.Redirects, retired.Gone);
    }

    /// <summary>In the order of files and lines, each once.</summary>
    private static List<Diagnostic> Sorted(List<Diagnostic> diagnostics)
    {
        diagnostics.Sort((a, b) =>
        {
            var order = string.CompareOrdinal(a.File, b.File);
            order = order != 0 ? order : a.Line.CompareTo(b.Line);
            order = order != 0 ? order : a.Column.CompareTo(b.Column);
            order = order != 0 ? order : string.CompareOrdinal(a.Code, b.Code);
            order = order != 0 ? order : string.CompareOrdinal(a.MessageEn, b.MessageEn);
            return order != 0 ? order : string.CompareOrdinal(a.HintEn, b.HintEn);
        });
        var sorted = new List<Diagnostic>(diagnostics.Count);
        foreach (var diagnostic in diagnostics)
        {
            if (sorted.Count == 0 || sorted[^1] != diagnostic)
            {
                sorted.Add(diagnostic);
            }
        }

        return sorted;
    }

    private static Dictionary<string, string> NameNotes(List<ReadFile> files, IdentityRegistry registry, IdentityMemory? memory)
    {
        var ids = new Dictionary<string, string>(files.Count, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Give(f => registry.ByPath("note", f.Path));
        if (memory is not null)
        {
            Give(f => memory.ByPath("note", f.Path)?.Id);
            HashSet<string>? paths = null;
            Give(f =>
            {
                // A note that was moved has its words elsewhere, and its old place is empty.
                if (memory.ByHash(f.Hash) is not { } known || (paths ??= files.Select(p => p.Path).ToHashSet(StringComparer.Ordinal)).Contains(known.Path))
                {
                    return null;
                }

                memory.Move(known.Path, f.Path);
                return known.Id;
            });
        }

        foreach (var file in files)
        {
            for (var n = 1; !ids.ContainsKey(file.Path); n++)
            {
                var id = n == 1 ? file.Slug : string.Create(CultureInfo.InvariantCulture, $"{file.Slug}-{n}");
                if (memory?.IsTaken("note", id) != true && taken.Add(id))
                {
                    ids.Add(file.Path, id);
                }
            }

            memory?.Claim("note", ids[file.Path], file.Title, file.Path, "", file.Hash);
        }

        return ids;

        void Give(Func<ReadFile, string?> find)
        {
            foreach (var file in files)
            {
                if (!ids.ContainsKey(file.Path) && find(file) is { } id && taken.Add(id))
                {
                    ids.Add(file.Path, id);
                }
            }
        }
    }

    private NoteProjection[] ProjectNotes(
        List<ReadFile> files, NoteIndex index, Dictionary<string, string> noteIds, Dictionary<Draft, Resource> resources, CancellationToken cancellation)
    {
        var targets = files.ToDictionary(
            f => f.Path, f => (Note: new Iri($"{_base}note/{noteIds[f.Path]}"), Subject: f.Main is { } main ? ResourceName.Of(resources[main]) : (ResourceName?)null), StringComparer.Ordinal);
        var projections = new NoteProjection[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, () => new NoteStatements(_base, resources), (i, _, statements) =>
        {
            var file = files[i];
            var id = noteIds[file.Path];
            if (_notes.GetValueOrDefault(file.Path) is { } known && ReferenceEquals(known.File, file) && known.Context.Fits(id, file, d => ResourceName.Of(resources[d]), Follow))
            {
                projections[i] = known;
                return statements;
            }

            var context = new NoteContext(id, [.. file.Drafts.Select(d => ResourceName.Of(resources[d]))], [.. (file.Note?.Links ?? []).Select(l => Follow(l.Target))]);
            projections[i] = NoteProjection.Of(file, context, statements, _base);
            return statements;
        }, _ => { });
        _notes = projections.ToDictionary(p => p.File.Path, StringComparer.Ordinal);
        return projections;

        LinkedNote Follow(LinkTarget target)
        {
            var found = index.Find(target);
            if (found.Count == 0)
            {
                return new LinkedNote(null, null, null, 0, false, index.Nearest(target));
            }

            var (candidates, path) = (0, "");
            foreach (var note in found)
            {
                if (targets.ContainsKey(note.Path))
                {
                    path = candidates++ == 0 ? note.Path : path;
                }
            }

            return candidates == 0
                ? new LinkedNote(null, null, null, 0, true, null)
                : new LinkedNote(targets[path].Note, path, targets[path].Subject, candidates, false, null);
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
}
