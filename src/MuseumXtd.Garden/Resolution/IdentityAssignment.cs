using System.Globalization;
using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Resolution;

/// <summary>A resource that wants an identifier, and by what it may be known.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Given">The identifier that its author gives it, or null.</param>
/// <param name="Paths">The notes that are about it.</param>
/// <param name="Names">The keys of its drafts.</param>
internal sealed record NamedResource(Resource Resource, string? Given, string[] Paths, DraftNames[] Names)
{
    public string Segment => Resource.Segment;

    /// <summary>The keys of all that it is called, the preferred name first.</summary>
    public string[] Keys { get; } = Names.Length == 1 ? [Names[0].Key] : [.. Names.Select(n => n.Key).Prepend(TextFolding.NameKey(Resource.Name)).Distinct(StringComparer.Ordinal)];

    public string[] Homepages { get; } = Names.Length == 1 ? Names[0].Homepages : [.. Names.SelectMany(n => n.Homepages)];

    public string[] Aliases { get; } = Names.Length == 1 ? Names[0].Aliases : [.. Names.SelectMany(n => n.Aliases)];

    /// <summary>Whether it has a common name and is known by what it belongs to: "the charter" is many things.</summary>
    public bool IsScoped { get; } = Resource.Drafts.All(d => d.Scope is not null);

    /// <summary><see cref="Keys"/>, where they tell it from others.</summary>
    public string[] OwnKeys => IsScoped ? [] : Keys;

    /// <summary><see cref="Aliases"/>, where they tell it from others.</summary>
    public string[] OwnAliases => IsScoped ? [] : Aliases;
}

/// <summary>
/// Gives each resource its identifier: the one in its front matter, the one that the authors' table freezes, the one it had before, and else
/// the slug of its name.
/// </summary>
internal sealed class IdentityAssignment(
    IdentityRegistry registry, IdentityMemory? memory, string baseIri, IReadOnlyDictionary<Draft, Resource> resources)
{
    private readonly HashSet<(string, string)> _taken = [];

    public void Assign(IReadOnlyList<NamedResource> named)
    {
        Give(named, r => r.Given ?? Frozen(r), repeat: true);
        if (memory is not null)
        {
            // The strongest reason for all of them before the next for any.
            Give(named, r => Known(r, r.Paths, (t, p) => memory.ByPath(t, p) ?? Returned(r, memory.ByPath(t, p, live: false))));
            Give(named, r => Known(r, r.OwnKeys, (t, k) => memory.ByName(t, k, live: true)));
            Give(named, r => Known(r, r.Homepages, (t, p) => memory.ByHomepage(t, p, live: true)));
            Give(named, r => Known(r, r.OwnAliases, (t, k) => memory.ByName(t, k, live: true)));

            // What comes back takes up its old identifier.
            Give(named, r => Known(r, r.OwnKeys, (t, k) => memory.ByName(t, k, live: false)));
            Give(named, r => Known(r, r.Homepages, (t, p) => memory.ByHomepage(t, p, live: false)));
        }

        // Things with common names take the identifier of what they belong to before their own.
        foreach (var r in named.OrderBy(r => r.IsScoped))
        {
            var resource = r.Resource;
            if (resource.Id.Length == 0)
            {
                var scope = resource.Drafts[0].Scope is { } owner ? resources[owner].Id + "-" : "";
                resource.Id = New(resource, scope + Resource.SlugOf(resource.Name));
            }

            resource.Iri = new Iri($"{baseIri}{resource.Segment}/{resource.Id}");
            memory?.Claim(
                resource.Segment, resource.Id, resource.Name, r.Paths.FirstOrDefault() ?? "", r.Homepages.FirstOrDefault() ?? "", "");
        }

        memory?.End(unclaimed => Successors(named, unclaimed));
    }

    /// <summary>A note that was away for a moment, as while an editor writes it, is about the same as before if that has a name in common.</summary>
    private static Identity? Returned(NamedResource r, Identity? gone) => gone is not null && r.Keys.Any(gone.NameKeys.Contains) ? gone : null;

    private static string Numbered(string id, int n) => n == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{n}");

    private void Give(IReadOnlyList<NamedResource> named, Func<NamedResource, string?> find, bool repeat = false)
    {
        foreach (var r in named)
        {
            if (r.Resource.Id.Length > 0 || find(r) is not { } id)
            {
                continue;
            }

            for (var n = 1; r.Resource.Id.Length == 0 && (repeat || n == 1); n++)
            {
                if (_taken.Add((r.Segment, Numbered(id, n))))
                {
                    r.Resource.Id = Numbered(id, n);
                }
            }
        }
    }

    private string? Frozen(NamedResource r) => registry.IsEmpty
        ? null
        : r.Paths.Select(p => registry.ByPath(r.Segment, p)).Concat(r.Keys.Select(k => registry.ByName(r.Segment, k))).FirstOrDefault(id => id is not null);

    private string? Known(NamedResource r, string[] by, Func<string, string, Identity?> find)
    {
        foreach (var key in by)
        {
            if (find(r.Segment, key) is { } identity && !registry.IsReplaced(r.Segment, identity.Id) && !_taken.Contains((r.Segment, identity.Id)))
            {
                return identity.Id;
            }
        }

        return null;
    }

    /// <summary>An identifier that nothing has or had; a thing that is known by what it belongs to may have had it itself.</summary>
    private string New(Resource resource, string slug)
    {
        for (var n = 1; ; n++)
        {
            var id = Numbered(slug, n);
            var isOwn = resource.Drafts[0].Scope is not null && memory?.Find(resource.Segment, id) is { } known
                && known.Names.Contains(resource.Name, StringComparer.Ordinal);
            if (!registry.Taken.Contains((resource.Segment, id)) && (isOwn || memory?.IsTaken(resource.Segment, id) != true)
                && _taken.Add((resource.Segment, id)))
            {
                return id;
            }
        }
    }

    /// <summary>What identities without a resource are now: what their note is about, else what bears one of their names.</summary>
    private static Func<Identity, string?> Successors(IReadOnlyList<NamedResource> named, IReadOnlyCollection<Identity> unclaimed)
    {
        // Of the many resources only those matter that have a path or a name in common with one of them.
        var paths = unclaimed.Where(i => i.Path.Length > 0 && i.IsLive).Select(i => i.Path).Distinct(StringComparer.Ordinal)
            .ToDictionary(p => p, _ => (string?)null, StringComparer.Ordinal);
        var names = new TypedIndex<int, string?>();
        foreach (var identity in unclaimed.Where(i => i.Type != "note"))
        {
            foreach (var key in identity.NameKeys)
            {
                names.TryAdd(Family(identity.Type), key, null);
            }
        }

        foreach (var r in named)
        {
            foreach (var path in r.Paths)
            {
                if (paths.TryGetValue(path, out var first) && first is null)
                {
                    paths[path] = $"{r.Segment}/{r.Resource.Id}";
                }
            }

            Note(r, r.OwnKeys);
            Note(r, r.OwnAliases);
        }

        return identity => identity.Type == "note"
            ? null
            : (identity.IsLive ? paths.GetValueOrDefault(identity.Path) : null)
                ?? identity.NameKeys.Select(k => k.Length == 0 ? null : names.GetValueOrDefault(Family(identity.Type), k)).FirstOrDefault(id => id is not null);

        void Note(NamedResource r, string[] keys)
        {
            foreach (var key in keys)
            {
                if (names.TryGetValue(Family(r.Segment), key, out var first) && first is null)
                {
                    names[Family(r.Segment), key] = $"{r.Segment}/{r.Resource.Id}";
                }
            }
        }
    }

    private static int Family(string segment) => segment switch { "initiative" or "output" => 0, "organisation" or "person" => 1, _ => 2 };
}
