namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// Finds drafts by what they may have in common with others: names, identifiers, home pages, links. It follows the garden, so that after a change only those
/// drafts are looked at that can be the same as one that came or went.
/// </summary>
internal sealed class DraftTables
{
    private readonly Dictionary<string, List<Named>> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Family, string Id), List<DraftNode>> _ids = [];
    private readonly Dictionary<string, List<DraftNode>> _pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DraftNode>> _links = new(StringComparer.Ordinal);

    private enum Role : byte
    {
        /// <summary>It has this name: all that have it are the same.</summary>
        Name,

        /// <summary>It is the same as what has this name.</summary>
        Alias,

        /// <summary>It is called so, which does not make it the same as others.</summary>
        Word,
    }

    public void Add(DraftNode node)
    {
        var (draft, names, family) = (node.Draft, node.Names, node.Family);
        if (names.Key.Length > 0)
        {
            Add(_names, names.Key, new Named(node, family, draft.Scope is null ? Role.Name : Role.Word));
            if (family == 1 && !draft.IsMain)
            {
                Add(_names, names.Key, new Named(node, 2, Role.Alias));
            }
        }

        foreach (var alias in names.Aliases)
        {
            if (alias.Length > 0)
            {
                Add(_names, alias, new Named(node, family, draft.Scope is null && alias.Length > 1 ? Role.Alias : Role.Word));
            }
        }

        foreach (var page in names.Homepages)
        {
            Add(_pages, page, node);
        }

        if (draft.Id is { } id)
        {
            Add(_ids, (family, id), node);
        }

        foreach (var key in names.Link?.Keys ?? [])
        {
            Add(_links, key, node);
        }
    }

    /// <summary>Removes drafts; all of them are gone.</summary>
    public void Remove(IEnumerable<DraftNode> gone)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var node in gone)
        {
            foreach (var key in node.Names.Aliases.Prepend(node.Names.Key))
            {
                Remove(_names, key, n => n.Node.IsGone, seen);
            }

            foreach (var page in node.Names.Homepages)
            {
                Remove(_pages, page, n => n.IsGone, seen);
            }

            if (node.Draft.Id is { } id)
            {
                Remove(_ids, (node.Family, id), n => n.IsGone, seen);
            }

            foreach (var key in node.Names.Link?.Keys ?? [])
            {
                Remove(_links, key, n => n.IsGone, seen);
            }
        }
    }

    /// <summary>The drafts that can be the same as some by a name, an identifier or a home page; some of them several times.</summary>
    public IEnumerable<DraftNode> Near(IEnumerable<DraftNode> nodes)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
        {
            foreach (var key in node.Names.Aliases.Prepend(node.Names.Key))
            {
                if (!_names.TryGetValue(key, out var named) || !seen.Add(named))
                {
                    continue;
                }

                for (var family = 0; family <= 2; family++)
                {
                    if (named.Exists(n => n.Family == family && n.Role == Role.Name))
                    {
                        foreach (var same in named)
                        {
                            if (same.Family == family && same.Role != Role.Word)
                            {
                                yield return same.Node;
                            }
                        }
                    }
                }
            }

            foreach (var page in node.Names.Homepages)
            {
                if (_pages.TryGetValue(page, out var same) && seen.Add(same))
                {
                    foreach (var other in same)
                    {
                        yield return other;
                    }
                }
            }

            if (node.Draft.Id is { } id && _ids.TryGetValue((node.Family, id), out var given) && seen.Add(given))
            {
                foreach (var other in given)
                {
                    yield return other;
                }
            }
        }
    }

    /// <summary>What is called so, by a name or another name.</summary>
    public IEnumerable<NamedResource> Called(string key)
    {
        NamedResource? last = null;
        foreach (var (node, _, _) in key.Length > 0 ? _names.GetValueOrDefault(key) ?? [] : [])
        {
            // All drafts of a thing that many notes name are often behind each other.
            if (node.Thing is { } thing && thing != last)
            {
                yield return last = thing;
            }
        }
    }

    /// <summary>What has a home page.</summary>
    public IEnumerable<NamedResource> WithHomepage(string page) =>
        _pages.TryGetValue(page, out var nodes) ? nodes.Where(n => n.Thing is not null).Select(n => n.Thing!) : [];

    /// <summary>The drafts whose links may lead to a note of this name.</summary>
    public IReadOnlyList<DraftNode> Linking(string key) => _links.TryGetValue(key, out var nodes) ? nodes : [];

    private static void Add<TKey, T>(Dictionary<TKey, List<T>> table, TKey key, T value)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var values))
        {
            table.Add(key, values = new(1));
        }

        values.Add(value);
    }

    private static void Remove<TKey, T>(Dictionary<TKey, List<T>> table, TKey key, Predicate<T> isGone, HashSet<object> seen)
        where TKey : notnull
    {
        if (table.TryGetValue(key, out var values) && seen.Add(values))
        {
            values.RemoveAll(isGone);
            if (values.Count == 0)
            {
                table.Remove(key);
            }
        }
    }

    private readonly record struct Named(DraftNode Node, int Family, Role Role);
}
