using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Finds which drafts of which notes are one thing: the same given identifier, a wikilink to the note about it, the same name or an alias, the
/// same home page. Drafts come in the order of files and lines, so the outcome does not depend on the order of reading.
/// </summary>
internal sealed class Reconciler
{
    private readonly List<Draft> _drafts = [];
    private readonly List<DraftNames> _names = [];
    private readonly List<string> _paths = [];
    private readonly Dictionary<Draft, int> _index = new(ReferenceEqualityComparer.Instance);
    private readonly int[] _parent;
    private readonly NoteIndex _notes;
    private readonly Dictionary<string, Draft> _mains = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _diagnostics;
    private readonly HashSet<Draft> _refused = new(ReferenceEqualityComparer.Instance);

    private Reconciler(IReadOnlyList<ReadFile> files, NoteIndex notes, List<Diagnostic> diagnostics)
    {
        _notes = notes;
        _diagnostics = diagnostics;
        _index.EnsureCapacity(files.Sum(f => f.Drafts.Count));
        foreach (var file in files)
        {
            foreach (var draft in file.Drafts)
            {
                _index.Add(draft, _drafts.Count);
                _drafts.Add(draft);
                _paths.Add(file.Path);
            }

            _names.AddRange(file.Names);
            if (file.Main is { } main)
            {
                _mains.TryAdd(file.Path, main);
            }
        }

        _parent = new int[_drafts.Count];
        for (var i = 0; i < _parent.Length; i++)
        {
            _parent[i] = i;
        }
    }

    public static Dictionary<Draft, Resource> Reconcile(
        IReadOnlyList<ReadFile> files, NoteIndex notes, IdentityRegistry registry, IdentityMemory? memory, string baseIri, List<Diagnostic> diagnostics)
    {
        var reconciler = new Reconciler(files, notes, diagnostics);
        reconciler.UniteLinks();
        reconciler.UniteIds();
        reconciler.UniteNames();
        reconciler.UniteHomepages();
        return reconciler.Resources(registry, memory, baseIri);
    }

    private static int Family(EntityType type) => type switch
    {
        EntityType.Initiative or EntityType.Output => 0,
        EntityType.Organisation or EntityType.Person => 1,
        _ => 2,
    };

    private int Root(int i)
    {
        while (_parent[i] != i)
        {
            i = _parent[i] = _parent[_parent[i]];
        }

        return i;
    }

    private void Unite(int a, int b)
    {
        var (x, y) = (Root(a), Root(b));
        _parent[Math.Max(x, y)] = Math.Min(x, y);
    }

    private void UniteLinks()
    {
        for (var i = 0; i < _drafts.Count; i++)
        {
            if (_names[i].Link is not { } target)
            {
                continue;
            }

            foreach (var note in _notes.Find(target))
            {
                if (_mains.TryGetValue(note.Path, out var main))
                {
                    Unite(i, _index[main]);
                    break;
                }
            }
        }
    }

    private void UniteIds()
    {
        var byId = new TypedIndex<int, int>();
        for (var i = 0; i < _drafts.Count; i++)
        {
            if (_drafts[i].Id is not { } id || byId.TryAdd(Family(_drafts[i].Type), id, i))
            {
                continue;
            }

            var first = byId[Family(_drafts[i].Type), id];
            if (Root(first) == Root(i) || _names[first].Key == _names[i].Key)
            {
                Unite(first, i);
                continue;
            }

            var origin = _drafts[i].Origin;
            _diagnostics.Add(Problems.DuplicateId(origin.File, origin.Line, origin.Column, id, _paths[first]));
            _refused.Add(_drafts[i]);
        }
    }

    private void UniteNames()
    {
        var byName = new TypedIndex<int, int>();
        for (var i = 0; i < _drafts.Count; i++)
        {
            var draft = _drafts[i];
            if (draft.Scope is null && _names[i].Key is { Length: > 0 } key && !byName.TryAdd(Family(draft.Type), key, i))
            {
                Unite(byName[Family(draft.Type), key], i);
            }
        }

        // An alias unites only with something that another note calls by this name; two things may share an acronym.
        for (var i = 0; i < _drafts.Count; i++)
        {
            foreach (var key in _drafts[i].Scope is null ? _names[i].Aliases : [])
            {
                if (key.Length > 1 && byName.TryGetValue(Family(_drafts[i].Type), key, out var other))
                {
                    Unite(other, i);
                }
            }
        }

        // Authors write a scheme where a funder is asked for: "financeurs: Horizon 2020".
        for (var i = 0; i < _drafts.Count; i++)
        {
            if (Family(_drafts[i].Type) == 1 && byName.TryGetValue(2, _names[i].Key, out var scheme) && !_drafts[i].IsMain)
            {
                Unite(scheme, i);
            }
        }
    }

    private void UniteHomepages()
    {
        var byPage = new TypedIndex<int, int>();
        for (var i = 0; i < _drafts.Count; i++)
        {
            foreach (var page in _names[i].Homepages)
            {
                var family = Family(_drafts[i].Type);
                if (!byPage.TryAdd(family, page, i) && byPage[family, page] is var first && _paths[first] != _paths[i])
                {
                    Unite(first, i);
                }
            }
        }
    }

    private Dictionary<Draft, Resource> Resources(IdentityRegistry registry, IdentityMemory? memory, string baseIri)
    {
        // The root of a group is its first draft, so groups come in the order of their first drafts.
        var groups = new List<List<int>>();
        var groupOf = new List<int>?[_drafts.Count];
        for (var i = 0; i < _drafts.Count; i++)
        {
            var root = Root(i);
            if (groupOf[root] is null)
            {
                groups.Add(groupOf[root] = []);
            }

            groupOf[root]!.Add(i);
        }

        var result = new Dictionary<Draft, Resource>(_drafts.Count, ReferenceEqualityComparer.Instance);
        var resources = new List<(Resource Resource, List<int> Group)>();
        foreach (var group in groups)
        {
            var drafts = group.ConvertAll(i => _drafts[i]);
            var resource = new Resource(TypeOf(drafts), NameOf(drafts), drafts);
            resources.Add((resource, group));
            foreach (var draft in drafts)
            {
                result.Add(draft, resource);
            }
        }

        var named = resources.ConvertAll(r => new NamedResource(
            r.Resource,
            r.Resource.Drafts.Where(d => !_refused.Contains(d)).Select(d => d.Id).FirstOrDefault(id => id is not null),
            r.Group.Count > 1 ? [.. r.Group.Where(i => _drafts[i].IsMain).Select(i => _paths[i])] : _drafts[r.Group[0]].IsMain ? [_paths[r.Group[0]]] : [],
            [.. r.Group.Select(i => _names[i])]));
        new IdentityAssignment(registry, memory, baseIri, result).Assign(named);
        _diagnostics.AddRange(NameHints.Of([.. named.Select(r => (r.Resource, r.Names))], _notes));
        return result;
    }

    private static EntityType TypeOf(List<Draft> drafts)
    {
        var authored = drafts.Find(d => d.IsMain && d.IsAuthored);
        if (authored is not null)
        {
            return authored.Type;
        }

        foreach (var type in (ReadOnlySpan<EntityType>)[EntityType.FundingScheme, EntityType.Initiative, EntityType.Person, EntityType.Organisation])
        {
            if (drafts.Exists(d => d.Type == type))
            {
                return type;
            }
        }

        return EntityType.Output;
    }

    /// <summary>What an author named it; else the name used most, the shorter and the calmer of equals.</summary>
    private static string NameOf(List<Draft> drafts)
    {
        if (drafts.Count == 1)
        {
            return drafts[0].Name;
        }

        var authored = drafts.Find(d => d.IsMain && d.IsAuthored) ?? drafts.Find(d => d.IsAuthored && d.Link is null);
        return authored?.Name ?? drafts.GroupBy(d => d.Name, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key.Length)
            .ThenBy(g => g.Key.Count(char.IsUpper))
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .First().Key;
    }
}
