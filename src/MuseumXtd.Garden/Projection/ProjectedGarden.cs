using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden.Projection;

/// <summary>
/// A garden as it was last projected: its things, their identifiers, what each note and each thing contributes to the graphs. When files change, what they
/// have in common with others tells which of it has to be made anew, so that a save costs what depends on it and not what the garden holds.
/// </summary>
internal sealed class ProjectedGarden
{
    private readonly GardenOptions _options;
    private readonly string _base;
    private readonly IdentityRegistry _registry;
    private readonly IdentityMemory? _memory;
    private readonly Reconciliation _things;
    private readonly IdentityAssignment _identities;
    private readonly OrderedTable<GraphPart> _derived = new();
    private readonly OrderedTable<IReadOnlyList<Diagnostic>> _contradictions = new();

    // By the names of notes that a link may mean, the files with such links.
    private readonly Dictionary<string, List<PublishedFile>> _followers = new(StringComparer.Ordinal);
    private List<ReadFile> _files = [];
    private NoteIndex? _index;
    private PublishedFile[] _byGraph = [];
    private Dictionary<string, string> _noteFiles = [];
    private RetiredIdentifiers? _retired;
    private int _retiredVersion;

    public ProjectedGarden(GardenOptions options, string registryStamp, IdentityMemory? memory, bool follows)
    {
        (_options, _base, _memory, RegistryStamp, Follows) = (options, options.BaseIri, memory, registryStamp, follows);
        _registry = IdentityRegistry.Read(options);
        _things = new Reconciliation(follows);
        _identities = new IdentityAssignment(_registry, memory, _base, _things);
    }

    /// <summary>The graph of where each statement was read, which says nothing of museums itself.</summary>
    public static string OriginGraphOf(string baseIri) => baseIri + "graph/origin";

    public required NamedGraph Vocabulary { get; init; }

    public required NamedGraph Places { get; init; }

    /// <summary>By path: what notes are known to contribute, if they and all they take from others are the same.</summary>
    public required IReadOnlyDictionary<string, NoteProjection> KnownNotes { get; set; }

    /// <summary>By IRI: what is known to follow for resources, if all is the same.</summary>
    public required IReadOnlyDictionary<string, ResourceProjection> KnownResources { get; set; }

    /// <summary>Which table of the authors gave identifiers.</summary>
    public string RegistryStamp { get; }

    /// <summary>Whether another update costs less than a garden anew.</summary>
    public bool Follows { get; }

    public IReadOnlyList<PublishedFile> Files => _things.Files;

    /// <summary>Takes the files as they are now, and gives the graph.</summary>
    public GardenGraph Update(List<ReadFile> files, IEnumerable<Diagnostic> found, CancellationToken cancellation)
    {
        var published = files.FindAll(f => f.IsRead && (!f.IsDraft || _options.IncludeDrafts));

        // Drafts are known by name, so that a link to one is not called dangling.
        var named = files.Where(f => f.Note is not null).Select(f => f.Note!).ToList();
        var before = _index;
        var indexing = before is not null && before.Fits(named) ? Task.FromResult(before) : Task.Run(() => new NoteIndex(named), cancellation);
        var notes = Follows ? ChangedNotes(files) : [];
        var known = _memory?.Begin() ?? [];
        var change = _things.Update(published, indexing, [.. notes.SelectMany(n => KeysOf(n.Before).Concat(KeysOf(n.Now))).Distinct(StringComparer.Ordinal)]);
        var index = _index = indexing.GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        var renamed = Name(change);
        var asked = _identities.Update(change, known);
        cancellation.ThrowIfCancellationRequested();

        var others = Follows && before is not null ? CalledOtherwise(change, asked) : [];
        ProjectNotes(Affected(change, notes, renamed, others, index != before), index, cancellation);
        ProjectResources(change, asked, others, cancellation);
        Retire(asked);
        return Graph(published, found, files.Count(f => f.IsDraft && !_options.IncludeDrafts), index, !change.ArePathsSame || renamed.Count > 0);
    }

    private static IEnumerable<string> KeysOf(ReadFile? file) => file?.Note is { } note ? note.Names.Select(n => n.Key) : [];

    private static ResourceName? SubjectOf(PublishedFile? file) => file?.Main is { } main ? ResourceName.Of(main.Thing!.Resource) : null;

    /// <summary>The files that are others than before, each as it was and as it is.</summary>
    private List<(ReadFile? Before, ReadFile? Now)> ChangedNotes(List<ReadFile> files)
    {
        var changed = new List<(ReadFile?, ReadFile?)>();
        var (before, at) = (_files, 0);
        foreach (var file in files)
        {
            while (at < before.Count && !ReferenceEquals(before[at], file) && string.CompareOrdinal(before[at].Path, file.Path) < 0)
            {
                changed.Add((before[at++], null));
            }

            if (at == before.Count || !ReferenceEquals(before[at], file))
            {
                changed.Add((at < before.Count && before[at].Path == file.Path ? before[at++] : null, file));
            }
            else
            {
                at++;
            }
        }

        changed.AddRange(before.Skip(at).Select(f => ((ReadFile?)f, (ReadFile?)null)));
        _files = files;
        return changed;
    }

    /// <summary>Gives notes their identifiers; the answer is those that have another one.</summary>
    private List<PublishedFile> Name(ReconciledChange change)
    {
        if (!change.ArePathsSame)
        {
            return NoteNaming.Name(_things.Files, _registry, _memory);
        }

        // The same paths have the same identifiers.
        change.Fresh.ForEach(f => NoteNaming.Claim(f, _memory));
        return [];
    }

    /// <summary>The drafts that are called otherwise than before, or are something else.</summary>
    private static HashSet<DraftNode> CalledOtherwise(ReconciledChange change, IReadOnlyList<NamedResource> asked)
    {
        var nodes = new HashSet<DraftNode>();
        foreach (var (node, before) in change.Moved)
        {
            if (ResourceName.Of(before.Resource) != ResourceName.Of(node.Thing!.Resource))
            {
                nodes.Add(node);
            }
        }

        foreach (var thing in asked)
        {
            if (thing.Before is { } before && before != ResourceName.Of(thing.Resource))
            {
                nodes.UnionWith(thing.Nodes);
            }
        }

        return nodes;
    }

    /// <summary>The files whose contribution may be another one.</summary>
    private PublishedFile[] Affected(
        ReconciledChange change, List<(ReadFile? Before, ReadFile? Now)> notes, List<PublishedFile> renamed, HashSet<DraftNode> others, bool isOtherIndex)
    {
        if (!Follows)
        {
            return _things.Files;
        }

        foreach (var (file, key) in FollowedBy(change.Gone))
        {
            _followers[key].Remove(file);
        }

        foreach (var (file, key) in FollowedBy(change.Fresh))
        {
            if (!_followers.TryGetValue(key, out var followers))
            {
                _followers.Add(key, followers = new(1));
            }

            followers.Add(file);
        }

        var affected = new HashSet<PublishedFile>(change.Fresh.Concat(renamed).Concat(others.Select(n => n.File)));
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var gone = change.Gone.ToDictionary(f => f.File.Path, StringComparer.Ordinal);
        foreach (var (before, now) in notes)
        {
            var (old, file) = (before is null ? null : gone.GetValueOrDefault(before.Path), now is null ? null : _things.File(now.Path));
            if (before?.Note is not { } note || now?.Note is not { } other || note.IsDraft != other.IsDraft || !note.Names.SequenceEqual(other.Names)
                || old?.NoteId != file?.NoteId || SubjectOf(old) != SubjectOf(file))
            {
                keys.UnionWith(KeysOf(before));
                keys.UnionWith(KeysOf(now));
            }
        }

        foreach (var file in renamed.Concat(others.Where(n => n == n.File.Main).Select(n => n.File)))
        {
            keys.UnionWith(KeysOf(file.File));
        }

        foreach (var key in keys)
        {
            affected.UnionWith(_followers.GetValueOrDefault(key) ?? []);
        }

        if (isOtherIndex)
        {
            // What a link that leads nowhere may have meant.
            affected.UnionWith(_things.Files.Where(f => f.Projection is { Context.HasDangling: true }));
        }

        return [.. affected];
    }

    private static IEnumerable<(PublishedFile File, string Key)> FollowedBy(List<PublishedFile> files) =>
        files.SelectMany(f => (f.File.Note?.Links ?? []).SelectMany(l => l.Target.Keys).Distinct(StringComparer.Ordinal).Select(k => (f, k)));

    private void ProjectNotes(PublishedFile[] files, NoteIndex index, CancellationToken cancellation)
    {
        var resources = _things.Resources;
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellation }, () => new NoteStatements(_base, resources), (i, _, statements) =>
        {
            var file = files[i];
            var known = file.Projection ?? KnownNotes.GetValueOrDefault(file.File.Path);
            if (known is not null && ReferenceEquals(known.File, file.File) && known.Context.Fits(file.NoteId, file.File, d => ResourceName.Of(resources[d]), Follow))
            {
                file.Projection = known;
                return statements;
            }

            var context = new NoteContext(file.NoteId, [.. file.Nodes.Select(n => ResourceName.Of(n.Thing!.Resource))], [.. (file.File.Note?.Links ?? []).Select(l => Follow(l.Target))]);
            file.Projection = NoteProjection.Of(file.File, context, statements, _base);
            return statements;
        }, _ => { });

        LinkedNote Follow(LinkTarget target)
        {
            var found = index.Find(target);
            if (found.Count == 0)
            {
                return new LinkedNote(null, null, null, 0, false, index.Nearest(target));
            }

            var candidates = 0;
            PublishedFile? first = null;
            foreach (var note in found)
            {
                if (_things.File(note.Path) is { } file)
                {
                    first = candidates++ == 0 ? file : first;
                }
            }

            return first is null
                ? new LinkedNote(null, null, null, 0, true, null)
                : new LinkedNote(first.Iri(_base), first.File.Path, SubjectOf(first), candidates, false, null);
        }
    }

    private void ProjectResources(ReconciledChange change, IReadOnlyList<NamedResource> asked, HashSet<DraftNode> others, CancellationToken cancellation)
    {
        // A fact names another draft of its file, so what follows may be different for all of a file in which one is called otherwise.
        var affected = change.Added.Concat(others.Select(n => n.File).Distinct().SelectMany(f => f.Nodes).Select(n => n.Thing!)).Distinct().ToArray();
        Parallel.For(0, affected.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var thing = affected[i];
            var known = thing.Projection ?? KnownResources.GetValueOrDefault(thing.Resource.Iri.Value);
            thing.Projection = known is not null && known.Fits(thing.Resource, _things.Resources)
                ? known
                : ResourceProjection.Of(thing.Resource, _things.Resources, _base);
        });

        var derived = new Dictionary<string, GraphPart?>(affected.Length, StringComparer.Ordinal);
        var contradictions = new Dictionary<string, IReadOnlyList<Diagnostic>?>(StringComparer.Ordinal);
        if (Follows)
        {
            var gone = change.Removed.Select(t => ResourceName.Of(t.Resource)).Concat(asked.Where(t => t.Before is not null).Select(t => t.Before!.Value));
            foreach (var name in gone)
            {
                var iri = $"{_base}{Resource.SegmentOf(name.Type)}/{name.Id}";
                if (_identities.Owner(Resource.SegmentOf(name.Type), name.Id)?.Projection is { } still)
                {
                    Put(iri, still);
                }
                else
                {
                    (derived[iri], contradictions[iri]) = (null, null);
                }
            }
        }

        foreach (var thing in affected)
        {
            Put(thing.Resource.Iri.Value, thing.Projection!);
        }

        _derived.Update(derived);
        _contradictions.Update(contradictions);

        void Put(string iri, ResourceProjection projection)
        {
            derived[iri] = projection.Derived.Count > 0 ? projection.Derived : null;
            if (Follows || projection.Diagnostics.Count > 0)
            {
                contradictions[iri] = projection.Diagnostics.Count > 0 ? projection.Diagnostics : null;
            }
        }
    }

    private void Retire(IReadOnlyList<NamedResource> asked)
    {
        if (_retired is not null && (_memory is null || (_memory.RetiredVersion == _retiredVersion
            && !asked.Any(t => _memory.Find(t.Segment, t.Resource.Id)?.Names.Count > 1)
            && !_memory.Changed.Any(c => _retired.Redirects.ContainsKey($"{_base}{c.Identity.Type}/{c.Identity.Id}")))))
        {
            return;
        }

        var renamed = (_memory?.Renamed ?? []).Select(i => _identities.Owner(i.Type, i.Id)).OfType<NamedResource>().OrderBy(t => t.Nodes[0].Order);
        _retired = RetiredIdentifiers.Of(_registry, _memory, renamed.Select(t => t.Resource), _base);
        _retiredVersion = _memory?.RetiredVersion ?? 0;
    }

    private GardenGraph Graph(List<ReadFile> published, IEnumerable<Diagnostic> found, int drafts, NoteIndex index, bool isReordered)
    {
        var files = _things.Files;
        if (isReordered)
        {
            _byGraph = [.. files];
            Array.Sort(_byGraph, (a, b) => string.CompareOrdinal(a.NoteId, b.NoteId));
            for (var i = 0; i < _byGraph.Length; i++)
            {
                _byGraph[i].GraphRank = i;
            }

            _noteFiles = files.ToDictionary(f => f.Projection!.Graph.Iri, f => f.File.Path, StringComparer.Ordinal);
        }

        var (notes, meta, mentions) = (new NamedGraph[files.Length], new GraphPart[files.Length + 1], new NoteMentions[files.Length]);
        var projections = new NoteProjection[files.Length];
        meta[0] = _retired!.Statements;
        for (var i = 0; i < files.Length; i++)
        {
            var (rank, projection) = (files[i].GraphRank, files[i].Projection!);
            (projections[i], notes[rank], meta[rank + 1], mentions[rank]) = (projection, projection.Graph, projection.Meta, projection.Mentions);
        }

        // In the order of their names.
        NamedGraph[] graphs =
        [
            NamedGraph.Of(_base + "graph/derived", true, _derived.Values),
            NamedGraph.Of(_base + "graph/meta", true, meta),
            .. notes,
            NamedGraph.Of(OriginGraphOf(_base), false, mentions),
            Places,
            Vocabulary,
        ];
        var (refusals, circles, contradictions) = (_things.Refusals, Circles.Of(files, _things.Resources).ToList(), _contradictions.Values);
        var replaced = ReplacedIdentifiers.Of(files, _registry);
        var begun = Array.ConvertAll(files, f => f.Begun);

        // Asked for by few: all that it is made of stays as it is.
        var problems = new Lazy<IReadOnlyList<Diagnostic>>(() => Sorted(
        [
            .. found, .. _registry.Diagnostics, .. refusals, .. replaced, .. NameHints.Of(begun.SelectMany(b => b), index), .. circles,
            .. contradictions.SelectMany(c => c), .. projections.SelectMany(p => p.Diagnostics), .. Navigation.Cycles(published),
        ]));
        if (!Follows)
        {
            // What they are made of goes once they are made, and the graph can be used meanwhile.
            _ = Task.Run(() => problems.Value, CancellationToken.None);
        }

        return new GardenGraph(
            graphs, problems, new OriginTable(Array.ConvertAll(projections, p => p.Origins)), published.Count, drafts, _noteFiles, _retired.Redirects, _retired.Gone);
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
}
