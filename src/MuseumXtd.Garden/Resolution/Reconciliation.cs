using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// The things of a garden: which drafts of all published files are one. It can follow the garden: then of files that came, went or changed only those
/// drafts are reconciled anew that have something in common with theirs, which gives the same as all anew.
/// </summary>
internal sealed class Reconciliation(bool follows)
{
    private readonly DraftTables? _tables = follows ? new DraftTables() : null;
    private readonly Dictionary<string, PublishedFile> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<DraftNode> _refused = [];

    /// <summary>The published files in the order of paths. The array is never changed.</summary>
    public PublishedFile[] Files { get; private set; } = [];

    /// <summary>What each draft is.</summary>
    public Dictionary<Draft, Resource> Resources { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds drafts; only where the garden is followed.</summary>
    public DraftTables Tables => _tables!;

    /// <summary>What is wrong with given identifiers.</summary>
    public List<Diagnostic> Refusals => [.. _refused.Select(n => n.Refusal!)];

    /// <summary>The published file at a path, or null.</summary>
    public PublishedFile? File(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Takes the files as they are now.</summary>
    /// <param name="published">All of them, in the order of paths.</param>
    /// <param name="notes">By what names notes are linked, found out meanwhile.</param>
    /// <param name="renamed">The keys by which notes are linked that came, went or changed.</param>
    public ReconciledChange Update(IReadOnlyList<ReadFile> published, Task<NoteIndex> notes, IReadOnlyCollection<string> renamed)
    {
        var change = TakeFiles(published);
        var nodes = Affected(change, notes.GetAwaiter().GetResult(), renamed);
        var was = nodes.ConvertAll(n => n.Thing);
        var groups = Reconciler.Reconcile(nodes, follows);
        var kept = new HashSet<NamedResource>();
        foreach (var group in groups)
        {
            string? given = null;
            foreach (var node in group)
            {
                if (node.Refusal is not null)
                {
                    _refused.Add(node);
                }
                else
                {
                    given ??= node.Draft.Id;
                }
            }

            if (group[0].Thing is { } thing && thing.Given == given && thing.Nodes.AsSpan().SequenceEqual(group))
            {
                kept.Add(thing);
                continue;
            }

            var drafts = Array.ConvertAll(group, n => n.Draft);
            thing = new NamedResource(new Resource(TypeOf(drafts), NameOf(drafts), drafts), group, given);
            change.Added.Add(thing);
            foreach (var node in group)
            {
                node.Thing = thing;
                Resources[node.Draft] = thing.Resource;
            }
        }

        var gone = change.Gone.SelectMany(f => f.Nodes).Select(n => n.Thing).Concat(was).Where(t => t is not null && !kept.Contains(t));
        change.Removed.AddRange(gone.Distinct()!);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (was[i] is { } before && before != nodes[i].Thing)
            {
                change.Moved.Add((nodes[i], before));
            }
        }

        // All files whose first names changed; those of things that stay begin where they did.
        foreach (var file in change.Added.Concat(change.Removed).Select(t => t.Nodes[0]).Where(n => !n.IsGone).Select(n => n.File).Concat(change.Fresh).ToHashSet())
        {
            file.Begun = [.. file.Nodes.Where(n => n.Thing!.Nodes[0] == n).Select(n => n.Thing!)];
        }

        return change;
    }

    private static EntityType TypeOf(Draft[] drafts)
    {
        var authored = Array.Find(drafts, d => d.IsMain && d.IsAuthored);
        if (authored is not null)
        {
            return authored.Type;
        }

        foreach (var type in (ReadOnlySpan<EntityType>)[EntityType.FundingScheme, EntityType.Initiative, EntityType.Person, EntityType.Organisation])
        {
            if (Array.Exists(drafts, d => d.Type == type))
            {
                return type;
            }
        }

        return EntityType.Output;
    }

    /// <summary>What an author named it; else the name used most, the shorter and the calmer of equals.</summary>
    private static string NameOf(Draft[] drafts)
    {
        if (drafts.Length == 1)
        {
            return drafts[0].Name;
        }

        var authored = Array.Find(drafts, d => d.IsMain && d.IsAuthored) ?? Array.Find(drafts, d => d.IsAuthored && d.Link is null);
        return authored?.Name ?? drafts.GroupBy(d => d.Name, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key.Length)
            .ThenBy(g => g.Key.Count(char.IsUpper))
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .First().Key;
    }

    private ReconciledChange TakeFiles(IReadOnlyList<ReadFile> published)
    {
        var change = new ReconciledChange();
        var files = new PublishedFile[published.Count];
        var (before, at) = (Files, 0);
        for (var i = 0; i < files.Length; i++)
        {
            var file = published[i];
            while (at < before.Length && !ReferenceEquals(before[at].File, file) && string.CompareOrdinal(before[at].File.Path, file.Path) < 0)
            {
                change.Gone.Add(before[at++]);
                change.ArePathsSame = false;
            }

            if (at < before.Length && ReferenceEquals(before[at].File, file))
            {
                files[i] = before[at++];
            }
            else
            {
                files[i] = new PublishedFile(file);
                change.Fresh.Add(files[i]);
                if (at < before.Length && before[at].File.Path == file.Path)
                {
                    (files[i].NoteId, files[i].GraphRank) = (before[at].NoteId, before[at].GraphRank);
                    change.Gone.Add(before[at++]);
                }
                else
                {
                    change.ArePathsSame = false;
                }
            }

            files[i].Rank = i;
        }

        for (; at < before.Length; at++)
        {
            change.Gone.Add(before[at]);
            change.ArePathsSame = false;
        }

        Files = files;
        Resources.EnsureCapacity(Resources.Count + change.Fresh.Sum(f => f.Nodes.Length));
        change.Gone.ForEach(f => _byPath.Remove(f.File.Path));
        change.Fresh.ForEach(f => _byPath.Add(f.File.Path, f));
        return change;
    }

    /// <summary>The drafts that have something in common with one that came or went, or with each other, in order.</summary>
    private List<DraftNode> Affected(ReconciledChange change, NoteIndex notes, IReadOnlyCollection<string> renamed)
    {
        var clusters = new HashSet<DraftNode[]>();
        var fresh = change.Fresh.SelectMany(f => f.Nodes).ToList();
        foreach (var node in change.Gone.SelectMany(f => f.Nodes))
        {
            node.IsGone = true;
            Resources.Remove(node.Draft);
            _refused.Remove(node);
            Touch(node);
        }

        if (_tables is not null)
        {
            _tables.Remove(change.Gone.SelectMany(f => f.Nodes));
            fresh.ForEach(_tables.Add);
        }

        foreach (var node in fresh)
        {
            node.Linked = Resolve(node, notes);
        }

        if (_tables is null)
        {
            return fresh;
        }

        foreach (var node in fresh)
        {
            Touch(node.Linked);
        }

        foreach (var node in renamed.SelectMany(_tables.Linking))
        {
            if (Resolve(node, notes) is var main && main != node.Linked)
            {
                node.Linked = main;
                Touch(node);
                Touch(main);
            }
        }

        foreach (var node in _tables.Near(fresh))
        {
            Touch(node);
        }

        foreach (var node in clusters.SelectMany(c => c))
        {
            if (!node.IsGone)
            {
                _refused.Remove(node);
                fresh.Add(node);
            }
        }

        fresh.Sort((a, b) => a.Order.CompareTo(b.Order));
        return fresh;

        void Touch(DraftNode? node)
        {
            if (node?.Cluster is { } cluster)
            {
                clusters.Add(cluster);
            }
        }
    }

    /// <summary>What the note is about to which the link of a draft leads.</summary>
    private DraftNode? Resolve(DraftNode node, NoteIndex notes)
    {
        if (node.Names.Link is { } target)
        {
            foreach (var note in notes.Find(target))
            {
                if (_byPath.TryGetValue(note.Path, out var file) && file.Main is { } main)
                {
                    return main;
                }
            }
        }

        return null;
    }
}

/// <summary>What was different between two states of a garden.</summary>
internal sealed class ReconciledChange
{
    /// <summary>Files that came, in the order of paths; one that changed is among them and among those that went.</summary>
    public List<PublishedFile> Fresh { get; } = [];

    public List<PublishedFile> Gone { get; } = [];

    /// <summary>Whether files only changed.</summary>
    public bool ArePathsSame { get; set; } = true;

    /// <summary>Things that came; one of which another draft tells is another thing.</summary>
    public List<NamedResource> Added { get; } = [];

    public List<NamedResource> Removed { get; } = [];

    /// <summary>Drafts that were there before and are part of another thing now, with the thing that they were part of.</summary>
    public List<(DraftNode Node, NamedResource Before)> Moved { get; } = [];
}
