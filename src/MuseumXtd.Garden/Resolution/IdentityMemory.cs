using System.Globalization;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Remembers which identifier was given to what, so that it stays when a note or a title is renamed, and is never given to something else:
/// what two identifiers turn out to mean keeps one of them, which replaces the other; what is deleted leaves its identifier behind.
/// A thing is known again by the note about it, by its names, by its home page, in this order.
/// </summary>
internal sealed class IdentityMemory(TimeProvider clock)
{
    private readonly List<Identity> _all = [];
    private readonly TypedIndex<string, Identity> _byId = new();
    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);
    private Index _index = new([]);
    private bool _isIndexed;
    private int _build;

    /// <summary>Whether there is something that was not written yet.</summary>
    public bool IsChanged { get; private set; }

    public IReadOnlyCollection<Identity> All => _all;

    public void Load(IEnumerable<Identity> identities)
    {
        foreach (var identity in identities)
        {
            if (_byId.TryAdd(identity.Type, identity.Id, identity))
            {
                _all.Add(identity);
            }
        }

        _isIndexed = false;
    }

    public void Save(string file)
    {
        IdentityFile.Write(file, _all);
        IsChanged = false;
    }

    /// <summary>Begins to give identifiers anew: nothing has one.</summary>
    public void Begin()
    {
        _build++;
        _moved.Clear();
        if (!_isIndexed)
        {
            _index = new Index(_all);
            _isIndexed = true;
        }
    }

    /// <summary>Says that a note is elsewhere now, so that what it is about is known again.</summary>
    public void Move(string from, string to) => _moved[to] = from;

    /// <summary>What the note at a path is about, or the note itself, if nothing else has claimed it.</summary>
    public Identity? ByPath(string type, string path, bool live = true)
    {
        var paths = live ? _index.Paths : _index.OldPaths;
        return Free(paths.GetValueOrDefault(type, path) ?? (_moved.TryGetValue(path, out var old) ? paths.GetValueOrDefault(type, old) : null));
    }

    public Identity? ByName(string type, string key, bool live) =>
        key.Length == 0 ? null : Free((live ? _index.Names : _index.OldNames).GetValueOrDefault(type, key));

    public Identity? ByHomepage(string type, string page, bool live) => Free((live ? _index.Homepages : _index.OldHomepages).GetValueOrDefault(type, page));

    /// <summary>The note that had a content, if only one had.</summary>
    public Identity? ByHash(string hash) => hash.Length == 0 ? null : Free(_index.Hashes.GetValueOrDefault(hash));

    public Identity? Find(string type, string id) => _byId.GetValueOrDefault(type, id);

    /// <summary>Whether an identifier is, or was, that of something else.</summary>
    public bool IsTaken(string type, string id) => _byId.TryGetValue(type, id, out _);

    /// <summary>Says that something has an identifier now.</summary>
    public void Claim(string type, string id, string name, string path, string homepage, string hash)
    {
        if (!_byId.TryGetValue(type, id, out var identity))
        {
            _byId.TryAdd(type, id, identity = new Identity { Type = type, Id = id, Since = Now() });
            _all.Add(identity);
            Changed();
        }

        identity.Claimed = _build;
        if (identity.AddName(name.Replace('|', '/').ReplaceLineEndings(" ").Trim()))
        {
            Changed();
        }

        if (identity.Path != path || identity.Homepage != homepage || !identity.IsLive)
        {
            (identity.Path, identity.Homepage, identity.Gone, identity.ReplacedBy) = (path, homepage, "", "");
            Changed();
        }

        if (identity.Hash != hash)
        {
            identity.Hash = hash;
            Changed();
        }
    }

    /// <summary>
    /// Ends a build: an identifier that nothing claimed is replaced by that of what bears its names, or is about its note, now; else it is gone.
    /// </summary>
    /// <param name="successors">Told the unclaimed identities, gives the type and identifier of what each of them is now, or null.</param>
    public void End(Func<IReadOnlyCollection<Identity>, Func<Identity, string?>> successors)
    {
        var unclaimed = _all.FindAll(i => i.Claimed != _build && i.ReplacedBy.Length == 0);
        if (unclaimed.Count == 0)
        {
            return;
        }

        var successor = successors(unclaimed);
        foreach (var identity in unclaimed)
        {
            if (successor(identity) is { } other && other != $"{identity.Type}/{identity.Id}")
            {
                (identity.ReplacedBy, identity.Gone) = (other, "");
                Changed();
            }
            else if (identity.Gone.Length == 0)
            {
                identity.Gone = Now();
                Changed();
            }
        }
    }

    private string Now() => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private Identity? Free(Identity? identity) => identity?.Claimed == _build ? null : identity;

    private void Changed()
    {
        IsChanged = true;
        _isIndexed = false;
    }

    /// <summary>By what identities are found; what is ambiguous finds nothing.</summary>
    private sealed class Index
    {
        public TypedIndex<string, Identity> Paths { get; } = new();

        public TypedIndex<string, Identity> OldPaths { get; } = new();

        public TypedIndex<string, Identity> Names { get; } = new();

        public TypedIndex<string, Identity> OldNames { get; } = new();

        public TypedIndex<string, Identity?> Homepages { get; } = new();

        public TypedIndex<string, Identity?> OldHomepages { get; } = new();

        public Dictionary<string, Identity?> Hashes { get; } = new(StringComparer.Ordinal);

        public Index(List<Identity> identities)
        {
            foreach (var identity in identities)
            {
                if (identity.Path.Length > 0 && identity.ReplacedBy.Length == 0)
                {
                    (identity.IsLive ? Paths : OldPaths).TryAdd(identity.Type, identity.Path, identity);
                }

                if (identity.Hash.Length > 0)
                {
                    if (!Hashes.TryAdd(identity.Hash, identity))
                    {
                        Hashes[identity.Hash] = null;
                    }
                }

                if (identity.Homepage.Length > 0)
                {
                    var pages = identity.IsLive ? Homepages : OldHomepages;
                    if (!pages.TryAdd(identity.Type, identity.Homepage, identity))
                    {
                        pages[identity.Type, identity.Homepage] = null;
                    }
                }

                // What it is called now comes before what others once were called.
                if (identity.NameKeys.Count > 0)
                {
                    (identity.IsLive ? Names : OldNames)[identity.Type, identity.NameKeys[^1]] = identity;
                }
            }

            foreach (var identity in identities)
            {
                for (var i = 0; i < identity.NameKeys.Count - 1; i++)
                {
                    (identity.IsLive ? Names : OldNames).TryAdd(identity.Type, identity.NameKeys[i], identity);
                }
            }
        }
    }
}
