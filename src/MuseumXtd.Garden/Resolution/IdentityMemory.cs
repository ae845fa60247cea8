using System.Globalization;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Remembers which identifier was given to what, so that it stays when a note or a title is renamed, and is never given to something else:
/// what two identifiers turn out to mean keeps one of them, which replaces the other; what is deleted leaves its identifier behind.
/// A thing is known again by the note about it, by its names, by its home page, in this order. What is ambiguous finds nothing.
/// </summary>
internal sealed class IdentityMemory(TimeProvider clock)
{
    private readonly List<Identity> _all = [];
    private readonly TypedIndex<string, Identity> _byId = new();
    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);

    // All that have or had a path, a name, a home page or a content, the one that was given first first.
    private readonly TypedIndex<string, Identity[]> _paths = new();
    private readonly TypedIndex<string, Identity[]> _names = new();
    private readonly TypedIndex<string, Identity[]> _homepages = new();
    private readonly TypedIndex<string, Identity[]> _hashes = new();
    private readonly SortedSet<Identity> _retired = new(Comparer<Identity>.Create((a, b) => a.Number.CompareTo(b.Number)));
    private readonly HashSet<Identity> _renamed = [];
    private List<ChangedIdentity> _changed = [];
    private int _build;

    /// <summary>Whether there is something that was not written yet.</summary>
    public bool IsChanged { get; private set; }

    public IReadOnlyCollection<Identity> All => _all;

    /// <summary>Those that nothing has any more, the one that was given first first.</summary>
    public IReadOnlyCollection<Identity> Retired => _retired;

    /// <summary>Those of things that had several names.</summary>
    public IReadOnlyCollection<Identity> Renamed => _renamed;

    /// <summary>What changed since it was last told.</summary>
    public IReadOnlyList<ChangedIdentity> Changed => _changed;

    /// <summary>Another number after <see cref="Retired"/> or <see cref="Renamed"/> changed, or the names of these.</summary>
    public int RetiredVersion { get; private set; }

    public void Load(IEnumerable<Identity> identities)
    {
        foreach (var identity in identities)
        {
            if (_byId.TryAdd(identity.Type, identity.Id, identity))
            {
                Add(identity);
                AddTo(_paths, identity.Type, identity.Path, identity);
                AddTo(_homepages, identity.Type, identity.Homepage, identity);
                AddTo(_hashes, "", identity.Hash, identity);
                foreach (var key in identity.NameKeys)
                {
                    AddTo(_names, identity.Type, key, identity);
                }

                Retire(identity);
            }
        }
    }

    public void Save(string file)
    {
        IdentityFile.Write(file, _all);
        IsChanged = false;
    }

    /// <summary>Begins to give identifiers anew, and tells what changed since it was last told.</summary>
    public List<ChangedIdentity> Begin()
    {
        _build++;
        _moved.Clear();
        var changed = _changed;
        _changed = [];
        return changed;
    }

    /// <summary>Says that a note is elsewhere now, so that what it is about is known again.</summary>
    public void Move(string from, string to) => _moved[to] = from;

    /// <summary>What the note at a path is about, or the note itself.</summary>
    public Identity? ByPath(string type, string path, bool live = true) =>
        AtPath(type, path, live) ?? (_moved.TryGetValue(path, out var old) ? AtPath(type, old, live) : null);

    /// <summary>What has a name: what it is called now comes before what others once were called.</summary>
    public Identity? ByName(string type, string key, bool live)
    {
        Identity? once = null;
        Identity? now = null;
        foreach (var identity in key.Length > 0 ? _names.GetValueOrDefault(type, key) ?? [] : [])
        {
            if (identity.IsLive == live)
            {
                now = identity.NameKeys[^1] == key ? identity : now;
                once ??= identity;
            }
        }

        return now ?? once;
    }

    public Identity? ByHomepage(string type, string page, bool live) => Only(_homepages.GetValueOrDefault(type, page) ?? [], live);

    /// <summary>The note that had a content, if only one had.</summary>
    public Identity? ByHash(string hash) => hash.Length > 0 && _hashes.GetValueOrDefault("", hash) is [var only] ? only : null;

    public Identity? Find(string type, string id) => _byId.GetValueOrDefault(type, id);

    /// <summary>Those that are gone and had a name.</summary>
    public IEnumerable<Identity> GoneWithName(string type, string key) =>
        key.Length > 0 && _names.TryGetValue(type, key, out var named) ? named.Where(i => !i.IsLive && i.ReplacedBy.Length == 0) : [];

    /// <summary>Whether an identifier is, or was, that of something else.</summary>
    public bool IsTaken(string type, string id) => _byId.TryGetValue(type, id, out _);

    /// <summary>Says that something has an identifier now.</summary>
    public void Claim(string type, string id, string name, string path, string homepage, string hash)
    {
        if (!_byId.TryGetValue(type, id, out var identity))
        {
            _byId.TryAdd(type, id, identity = new Identity { Type = type, Id = id, Since = Now() });
            Add(identity);
            IsChanged = true;
        }

        identity.Claimed = _build;
        var (oldPath, oldHomepage) = (identity.Path, identity.Homepage);
        var isOther = oldPath != path || oldHomepage != homepage || !identity.IsLive;
        if (identity.AddName(name.Replace('|', '/').ReplaceLineEndings(" ").Trim()))
        {
            AddTo(_names, type, identity.NameKeys[^1], identity);
            isOther = true;
            RetiredVersion += identity.Names.Count > 1 ? 1 : 0;
        }

        if (isOther)
        {
            Replace(_paths, type, oldPath, path, identity);
            Replace(_homepages, type, oldHomepage, homepage, identity);
            (identity.Path, identity.Homepage, identity.Gone, identity.ReplacedBy) = (path, homepage, "", "");
            Retire(identity);
            Note(identity, oldPath, oldHomepage);
        }

        if (identity.Hash != hash)
        {
            Replace(_hashes, "", identity.Hash, hash, identity);
            identity.Hash = hash;
            IsChanged = true;
        }
    }

    /// <summary>Ends the naming of all notes: the identifiers of those that are no longer there are gone.</summary>
    public void EndNotes() => End(_byId.Values("note").Where(i => i.Claimed != _build && i.IsLive).ToList(), _ => null);

    /// <summary>An identifier that nothing has is replaced by that of what bears its names, or is about its note, now; else it is gone.</summary>
    /// <param name="identities">Those that nothing has.</param>
    /// <param name="successor">Gives the type and identifier of what each of them is now, or null.</param>
    public void End(IEnumerable<Identity> identities, Func<Identity, string?> successor)
    {
        foreach (var identity in identities)
        {
            if (successor(identity) is { } other && other != $"{identity.Type}/{identity.Id}")
            {
                (identity.ReplacedBy, identity.Gone) = (other, "");
            }
            else if (identity.Gone.Length == 0)
            {
                identity.Gone = Now();
            }
            else
            {
                continue;
            }

            Retire(identity);
            Note(identity, identity.Path, identity.Homepage);
        }
    }

    private static void AddTo(TypedIndex<string, Identity[]> index, string type, string key, Identity identity)
    {
        if (key.Length == 0)
        {
            return;
        }

        ref var all = ref index.Reference(type, key);
        if (all is null)
        {
            all = [identity];
        }
        else if (!all.Contains(identity))
        {
            all = [.. all.Append(identity).OrderBy(i => i.Number)];
        }
    }

    private static void Replace(TypedIndex<string, Identity[]> index, string type, string from, string to, Identity identity)
    {
        if (from == to)
        {
            return;
        }

        if (from.Length > 0)
        {
            ref var all = ref index.Reference(type, from);
            all = all is null ? null : Array.FindAll(all, i => i != identity);
        }

        AddTo(index, type, to, identity);
    }

    private static Identity? Only(Identity[] identities, bool live)
    {
        Identity? only = null;
        foreach (var identity in identities)
        {
            if (identity.IsLive == live)
            {
                if (only is not null)
                {
                    return null;
                }

                only = identity;
            }
        }

        return only;
    }

    private Identity? AtPath(string type, string path, bool live)
    {
        foreach (var identity in _paths.GetValueOrDefault(type, path) ?? [])
        {
            if (identity.IsLive == live && identity.ReplacedBy.Length == 0)
            {
                return identity;
            }
        }

        return null;
    }

    private void Add(Identity identity)
    {
        identity.Number = _all.Count;
        _all.Add(identity);
    }

    private void Retire(Identity identity)
    {
        var (isLive, isRenamed) = (identity.IsLive, identity.Names.Count > 1 && _renamed.Add(identity));
        var isRetired = isLive ? _retired.Remove(identity) : _retired.Add(identity);

        // One that is retired already may be replaced by now.
        RetiredVersion += isRetired || isRenamed || !isLive ? 1 : 0;
    }

    private string Now() => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Note(Identity identity, string oldPath, string oldHomepage)
    {
        IsChanged = true;
        _changed.Add(new ChangedIdentity(identity, oldPath, oldHomepage));
    }
}

/// <summary>An identity of which something changed, and the path and the home page that it had before.</summary>
internal readonly record struct ChangedIdentity(Identity Identity, string OldPath, string OldHomepage);
