using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Finds which of some drafts are one thing: the same given identifier, a wikilink to the note about it, the same name or an alias, the same home page.
/// Drafts come in the order of files and lines, so the outcome does not depend on the order of reading. It looks at nothing but what drafts have in
/// common: of some drafts that have nothing in common with any others it finds the same as of all.
/// </summary>
internal sealed class Reconciler
{
    private readonly IReadOnlyList<DraftNode> _nodes;
    private readonly int[] _parent;
    private readonly int[]? _near;

    private Reconciler(IReadOnlyList<DraftNode> nodes, bool clusters)
    {
        _nodes = nodes;
        _parent = new int[nodes.Count];
        for (var i = 0; i < _parent.Length; i++)
        {
            _parent[i] = i;
            nodes[i].Number = i;
            nodes[i].Refusal = null;
        }

        _near = clusters ? [.. _parent] : null;
    }

    /// <summary>The drafts of each thing, in the order of the first ones.</summary>
    /// <param name="nodes">The drafts in order; their links are followed.</param>
    /// <param name="clusters">Whether each draft is told what it can be the same as.</param>
    public static DraftNode[][] Reconcile(IReadOnlyList<DraftNode> nodes, bool clusters)
    {
        var reconciler = new Reconciler(nodes, clusters);
        reconciler.UniteLinks();
        reconciler.UniteIds();
        reconciler.UniteNames();
        reconciler.UniteHomepages();
        foreach (var cluster in reconciler._near is { } near ? reconciler.Groups(near) : [])
        {
            foreach (var node in cluster)
            {
                node.Cluster = cluster;
            }
        }

        return reconciler.Groups(reconciler._parent);
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            i = parent[i] = parent[parent[i]];
        }

        return i;
    }

    private static void Unite(int[] parent, int a, int b)
    {
        var (x, y) = (Root(parent, a), Root(parent, b));
        parent[Math.Max(x, y)] = Math.Min(x, y);
    }

    private void Unite(int a, int b)
    {
        Unite(_parent, a, b);
        Near(a, b);
    }

    /// <summary>Says that two have something in common, though they may be two things.</summary>
    private void Near(int a, int b)
    {
        if (_near is not null)
        {
            Unite(_near, a, b);
        }
    }

    private void UniteLinks()
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[i].Linked is { } main)
            {
                Unite(i, main.Number);
            }
        }
    }

    private void UniteIds()
    {
        var byId = new TypedIndex<int, int>();
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i];
            if (node.Draft.Id is not { } id || byId.TryAdd(node.Family, id, i))
            {
                continue;
            }

            var first = byId[node.Family, id];
            if (Root(_parent, first) == Root(_parent, i) || _nodes[first].Names.Key == node.Names.Key)
            {
                Unite(first, i);
                continue;
            }

            Near(first, i);
            var origin = node.Draft.Origin;
            node.Refusal = Problems.DuplicateId(origin.File, origin.Line, origin.Column, id, _nodes[first].File.File.Path);
        }
    }

    private void UniteNames()
    {
        var byName = new TypedIndex<int, int>();
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i];
            if (node.Draft.Scope is null && node.Names.Key is { Length: > 0 } key && !byName.TryAdd(node.Family, key, i))
            {
                Unite(byName[node.Family, key], i);
            }
        }

        // An alias unites only with something that another note calls by this name; two things may share an acronym.
        for (var i = 0; i < _nodes.Count; i++)
        {
            foreach (var key in _nodes[i].Draft.Scope is null ? _nodes[i].Names.Aliases : [])
            {
                if (key.Length > 1 && byName.TryGetValue(_nodes[i].Family, key, out var other))
                {
                    Unite(other, i);
                }
            }
        }

        // Authors write a scheme where a funder is asked for: "financeurs: Horizon 2020".
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[i].Family == 1 && byName.TryGetValue(2, _nodes[i].Names.Key, out var scheme) && !_nodes[i].Draft.IsMain)
            {
                Unite(scheme, i);
            }
        }
    }

    private void UniteHomepages()
    {
        var byPage = new TypedIndex<int, int>();
        for (var i = 0; i < _nodes.Count; i++)
        {
            foreach (var page in _nodes[i].Names.Homepages)
            {
                var family = _nodes[i].Family;
                if (byPage.TryAdd(family, page, i))
                {
                    continue;
                }

                var first = byPage[family, page];
                if (_nodes[first].File != _nodes[i].File)
                {
                    Unite(first, i);
                }
                else
                {
                    Near(first, i);
                }
            }
        }
    }

    /// <summary>The drafts of each group; the root of a group is its first draft.</summary>
    private DraftNode[][] Groups(int[] parent)
    {
        var sizes = new int[parent.Length];
        var count = 0;
        for (var i = 0; i < parent.Length; i++)
        {
            count += sizes[Root(parent, i)]++ == 0 ? 1 : 0;
        }

        var groups = new DraftNode[count][];
        var numbers = new int[parent.Length];
        count = 0;
        for (var i = 0; i < parent.Length; i++)
        {
            var root = Root(parent, i);
            if (root == i)
            {
                groups[numbers[i] = count++] = new DraftNode[sizes[i]];
                sizes[i] = 0;
            }

            groups[numbers[root]][sizes[root]++] = _nodes[i];
        }

        return groups;
    }
}
