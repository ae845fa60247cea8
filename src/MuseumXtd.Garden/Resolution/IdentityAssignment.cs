using System.Globalization;
using MuseumXtd.Garden.Projection;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Gives each resource its identifier: the one in its front matter, the one that the authors' table freezes, the one it had before, and else
/// the slug of its name. They are given in the order of reasons, and of resources: the strongest reason for all before the next for any. After a change only
/// those get one anew for which something may be different, which are those that changed, those by whose names or pages something else is known now, and
/// those that wanted what another one has given up, or lose what they have to one that comes before them. So all have what they would get if all were asked anew.
/// </summary>
internal sealed class IdentityAssignment(IdentityRegistry registry, IdentityMemory? memory, string baseIri, Reconciliation things)
{
    private readonly Dictionary<(string Segment, string Id), NamedResource> _owners = [];

    // Who would have got an identifier if another one had not: itself, or with a number behind it.
    private readonly Dictionary<(string Segment, string Id), Dictionary<NamedResource, IdentityReason>> _refused = [];

    // How many numbers behind an identifier, counted from the first, nobody can get any more while identifiers are given.
    private readonly Dictionary<(string Segment, string Id), int> _given = [];
    private readonly List<NamedResource> _touched = [];
    private readonly List<NamedResource> _late = [];
    private readonly HashSet<(string Segment, string Id)> _vacated = [];
    private bool _isFirst = true;

    /// <summary>Gives identifiers after a change.</summary>
    /// <param name="change">The resources that came and went.</param>
    /// <param name="known">What is known otherwise than when identifiers were last given.</param>
    /// <returns>The resources that were asked.</returns>
    public IReadOnlyList<NamedResource> Update(ReconciledChange change, IReadOnlyList<ChangedIdentity> known)
    {
        _touched.Clear();
        _vacated.Clear();
        foreach (var gone in change.Removed)
        {
            Release(gone);
        }

        change.Added.ForEach(Touch);
        if (!_isFirst)
        {
            foreach (var identity in known)
            {
                TouchKnown(identity);
            }
        }

        do
        {
            _late.Clear();
            _given.Clear();
            foreach (var resource in _touched)
            {
                Release(resource);
                (resource.Resource.Id, resource.ScopeId) = ("", null);
            }

            _touched.Sort((a, b) => a.Nodes[0].Order.CompareTo(b.Nodes[0].Order));
            Give();
            AddWaiting();
            AddScoped();
            _late.ForEach(Touch);
        }
        while (_late.Count > 0);

        Claim();
        _touched.ForEach(r => r.IsTouched = false);
        _isFirst = false;
        return _touched;
    }

    /// <summary>The resource that has an identifier, or null.</summary>
    public NamedResource? Owner(string segment, string id) => _owners.GetValueOrDefault((segment, id));

    /// <summary>A note that was away for a moment, as while an editor writes it, is about the same as before if that has a name in common.</summary>
    private static Identity? Returned(NamedResource r, Identity? gone) => gone is not null && r.Keys.Any(gone.NameKeys.Contains) ? gone : null;

    private static string Numbered(string id, int n) => n == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{n}");

    private static int Family(string segment) => segment switch { "initiative" or "output" => 0, "organisation" or "person" => 1, _ => 2 };

    /// <summary>Whether one has its identifier before the other is asked for a reason.</summary>
    private static bool IsBefore(NamedResource one, NamedResource other, IdentityReason reason) =>
        one.Reason < reason || (one.Reason == reason && one.Nodes[0].Order < other.Nodes[0].Order);

    private void Touch(NamedResource resource)
    {
        if (!resource.IsTouched)
        {
            resource.IsTouched = true;
            resource.Before = resource.Resource.Id.Length > 0 ? ResourceName.Of(resource.Resource) : null;
            _touched.Add(resource);
        }
    }

    /// <summary>Adds what a changed identity may be found by.</summary>
    private void TouchKnown(ChangedIdentity changed)
    {
        var identity = changed.Identity;
        if (identity.Type == "note")
        {
            return;
        }

        foreach (var path in (ReadOnlySpan<string>)[changed.OldPath, identity.Path])
        {
            foreach (var node in things.File(path)?.Nodes ?? [])
            {
                if (node.Draft.IsMain)
                {
                    Touch(node.Thing!);
                }
            }
        }

        var called = identity.NameKeys.SelectMany(things.Tables.Called);
        foreach (var resource in called.Concat(things.Tables.WithHomepage(changed.OldHomepage)).Concat(things.Tables.WithHomepage(identity.Homepage)))
        {
            if (resource.Segment == identity.Type)
            {
                Touch(resource);
            }
        }
    }

    private void Give()
    {
        for (var reason = IdentityReason.Given; reason <= IdentityReason.NewInScope; reason++)
        {
            if (memory is null && reason is > IdentityReason.Given and < IdentityReason.New)
            {
                continue;
            }

            foreach (var resource in _touched)
            {
                if (resource.Resource.Id.Length == 0)
                {
                    Give(resource, reason);
                }
            }
        }
    }

    private void Give(NamedResource r, IdentityReason reason)
    {
        switch (reason)
        {
            case IdentityReason.Given when (r.Given ?? Frozen(r)) is { } id:
                TakeNumbered(r, id, reason);
                break;
            case IdentityReason.Path:
                Know(r, reason, r.Paths, (t, p) => memory!.ByPath(t, p) ?? Returned(r, memory.ByPath(t, p, live: false)));
                break;
            case IdentityReason.Name:
                Know(r, reason, r.OwnKeys, (t, k) => memory!.ByName(t, k, live: true));
                break;
            case IdentityReason.Homepage:
                Know(r, reason, r.Homepages, (t, p) => memory!.ByHomepage(t, p, live: true));
                break;
            case IdentityReason.Alias:
                Know(r, reason, r.OwnAliases, (t, k) => memory!.ByName(t, k, live: true));
                break;

            // What comes back takes up its old identifier.
            case IdentityReason.OldName:
                Know(r, reason, r.OwnKeys, (t, k) => memory!.ByName(t, k, live: false));
                break;
            case IdentityReason.OldHomepage:
                Know(r, reason, r.Homepages, (t, p) => memory!.ByHomepage(t, p, live: false));
                break;

            // Things with common names take the identifier of what they belong to before their own.
            case IdentityReason.New when !r.IsScoped:
            case IdentityReason.NewInScope:
                Make(r, reason);
                break;
            default:
                break;
        }
    }

    private string? Frozen(NamedResource r) => registry.IsEmpty
        ? null
        : r.Paths.Select(p => registry.ByPath(r.Segment, p)).Concat(r.Keys.Select(k => registry.ByName(r.Segment, k))).FirstOrDefault(id => id is not null);

    private void Know(NamedResource r, IdentityReason reason, string[] by, Func<string, string, Identity?> find)
    {
        foreach (var key in by)
        {
            if (find(r.Segment, key) is { } identity && !registry.IsReplaced(r.Segment, identity.Id) && Take(r, identity.Id, reason))
            {
                return;
            }
        }
    }

    /// <summary>An identifier that nothing has or had.</summary>
    private void Make(NamedResource r, IdentityReason reason)
    {
        var scope = r.Nodes[0].Draft.Scope is { } draft ? things.Resources[draft] : null;
        r.ScopeId = scope is null ? null : Owner(scope.Segment, scope.Id) is { } owner && IsBefore(owner, r, reason) ? scope.Id : "";
        TakeNumbered(r, (scope is null ? "" : r.ScopeId + "-") + Resource.SlugOf(r.Resource.Name), reason);
    }

    /// <summary>Whether a new identifier may be this one; what is known by nothing else may have had it itself.</summary>
    private bool MayBe(NamedResource r, string id) =>
        !registry.Taken.Contains((r.Segment, id))
        && (memory?.Find(r.Segment, id) is not { } known
            || (known.Names.Contains(r.Resource.Name, StringComparer.Ordinal) && (r.Nodes[0].Draft.Scope is not null || Array.TrueForAll(r.Keys, k => k.Length == 0))));

    private void TakeNumbered(NamedResource r, string id, IdentityReason reason)
    {
        var first = _given.GetValueOrDefault((r.Segment, id));
        while (Owner(r.Segment, Numbered(id, first + 1)) is { IsTouched: true })
        {
            _given[(r.Segment, id)] = ++first;
        }

        for (var n = first + 1; ; n++)
        {
            var numbered = Numbered(id, n);
            if ((reason == IdentityReason.Given || MayBe(r, numbered)) && TryTake(r, numbered, reason))
            {
                if (n > 1)
                {
                    Refuse(r, id, reason);
                }

                return;
            }
        }
    }

    private bool Take(NamedResource r, string id, IdentityReason reason)
    {
        if (TryTake(r, id, reason))
        {
            return true;
        }

        Refuse(r, id, reason);
        return false;
    }

    private bool TryTake(NamedResource r, string id, IdentityReason reason)
    {
        if (_owners.TryGetValue((r.Segment, id), out var owner))
        {
            if (owner.IsTouched || IsBefore(owner, r, reason))
            {
                return false;
            }

            _late.Add(owner);
        }

        _owners[(r.Segment, id)] = r;
        (r.Resource.Id, r.Reason) = (id, reason);
        return true;
    }

    private void Refuse(NamedResource r, string id, IdentityReason reason)
    {
        if (!_refused.TryGetValue((r.Segment, id), out var refused))
        {
            _refused.Add((r.Segment, id), refused = []);
        }

        refused.TryAdd(r, reason);
        (r.Refused ??= []).Add(id);
    }

    private void Release(NamedResource r)
    {
        var id = r.Resource.Id;
        if (id.Length > 0)
        {
            _vacated.Add((r.Segment, id));
            if (_owners.TryGetValue((r.Segment, id), out var owner) && owner == r)
            {
                _owners.Remove((r.Segment, id));
            }
        }

        foreach (var refused in r.Refused ?? [])
        {
            if (_refused.TryGetValue((r.Segment, refused), out var all))
            {
                all.Remove(r);
                if (all.Count == 0)
                {
                    _refused.Remove((r.Segment, refused));
                }
            }
        }

        r.Refused = null;
    }

    /// <summary>Those that wanted what is free now, or is given to one that comes after them.</summary>
    private void AddWaiting()
    {
        if (_refused.Count == 0)
        {
            return;
        }

        var waiting = new Dictionary<(string Segment, string Id), List<KeyValuePair<NamedResource, IdentityReason>>>();
        foreach (var (segment, id) in _vacated)
        {
            var owner = Owner(segment, id);
            var stem = id.LastIndexOf('-') is > 0 and var at && id.AsSpan(at + 1) is { Length: > 0 } number && !number.ContainsAnyExceptInRange('0', '9') ? id[..at] : id;
            foreach (var wanted in (ReadOnlySpan<string>)[id, stem])
            {
                if (!waiting.TryGetValue((segment, wanted), out var all))
                {
                    waiting.Add((segment, wanted), all = _refused.GetValueOrDefault((segment, wanted))?.Where(w => !w.Key.IsTouched).ToList() ?? []);
                }

                foreach (var (resource, reason) in all)
                {
                    if (owner is null || !IsBefore(owner, resource, reason))
                    {
                        _late.Add(resource);
                    }
                }
            }
        }
    }

    /// <summary>Those whose identifiers begin with one that is another now.</summary>
    private void AddScoped()
    {
        foreach (var resource in _touched)
        {
            foreach (var node in resource.Nodes)
            {
                foreach (var other in node.Belongings ?? [])
                {
                    if (other.Thing is { IsTouched: false, ScopeId: { } scope } scoped && scoped.Nodes[0] == other
                        && scope != (IsBefore(resource, scoped, scoped.Reason) ? resource.Resource.Id : ""))
                    {
                        _late.Add(scoped);
                    }
                }
            }
        }
    }

    private void Claim()
    {
        foreach (var r in _touched.OrderBy(r => r.IsScoped))
        {
            var iri = $"{baseIri}{r.Segment}/{r.Resource.Id}";
            if (r.Resource.Iri.Value != iri)
            {
                r.Resource.Iri = new Iri(iri);
            }

            memory?.Claim(r.Segment, r.Resource.Id, r.Resource.Name, r.Paths.FirstOrDefault() ?? "", r.Homepages.FirstOrDefault() ?? "", "");
        }

        if (memory is not null)
        {
            var unclaimed = _isFirst
                ? memory.All.Where(i => i.Type != "note" && i.ReplacedBy.Length == 0 && Owner(i.Type, i.Id) is null)
                : _vacated.Where(v => Owner(v.Segment, v.Id) is null).Select(v => memory.Find(v.Segment, v.Id)).OfType<Identity>().Concat(_touched.SelectMany(GoneWithNameOf)).Distinct();
            memory.End([.. unclaimed], Successor);
        }
    }

    /// <summary>Identities of what went some time ago and was called like something that came.</summary>
    private IEnumerable<Identity> GoneWithNameOf(NamedResource r)
    {
        string[] types = Family(r.Segment) switch { 0 => ["initiative", "output"], 1 => ["organisation", "person"], _ => ["scheme"] };
        return from key in r.OwnKeys.Concat(r.OwnAliases)
               from type in types
               from identity in memory!.GoneWithName(type, key)
               select identity;
    }

    /// <summary>What an identity without a resource is now: what its note is about, else what bears one of its names.</summary>
    private string? Successor(Identity identity)
    {
        if (identity.IsLive && things.File(identity.Path) is { } file
            && file.Nodes.Where(n => n.Draft.IsMain).Select(n => n.Thing!).MinBy(t => t.Nodes[0].Order) is { } subject)
        {
            return $"{subject.Segment}/{subject.Resource.Id}";
        }

        var family = Family(identity.Type);
        return identity.NameKeys
            .Select(k => things.Tables.Called(k).Where(t => !t.IsScoped && Family(t.Segment) == family).MinBy(t => t.Nodes[0].Order))
            .FirstOrDefault(t => t is not null) is { } named ? $"{named.Segment}/{named.Resource.Id}" : null;
    }
}
