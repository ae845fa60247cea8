using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>The IRIs that are no longer used: what replaces them, or that nothing does.</summary>
internal sealed class RetiredIdentifiers
{
    private RetiredIdentifiers(Dictionary<string, string> redirects, Dictionary<string, Tombstone> gone, GraphPart statements)
    {
        Redirects = redirects;
        Gone = gone;
        Statements = statements;
    }

    public IReadOnlyDictionary<string, string> Redirects { get; }

    public IReadOnlyDictionary<string, Tombstone> Gone { get; }

    /// <summary>What the graph says of them.</summary>
    public GraphPart Statements { get; }

    public static RetiredIdentifiers Of(
        IdentityRegistry registry, IdentityMemory? memory, IEnumerable<Resource> renamed, string baseIri)
    {
        var redirects = new Dictionary<string, string>(StringComparer.Ordinal);
        var gone = new Dictionary<string, Tombstone>(StringComparer.Ordinal);
        foreach (var identity in memory?.Retired ?? [])
        {
            var iri = $"{baseIri}{identity.Type}/{identity.Id}";
            if (identity.ReplacedBy.Length > 0)
            {
                redirects[iri] = baseIri + identity.ReplacedBy;
            }
            else
            {
                gone[iri] = new Tombstone(identity.Names.Count > 0 ? identity.Names[^1] : identity.Id, identity.Gone);
            }
        }

        // What the authors' table says comes last and wins.
        foreach (var (type, id, replacedBy) in registry.Redirects)
        {
            var iri = $"{baseIri}{type}/{id}";
            gone.Remove(iri);
            redirects[iri] = $"{baseIri}{type}/{replacedBy}";
        }

        Shorten(redirects, gone);
        var statements = new List<(Term, Iri, Term)>();
        foreach (var (old, now) in redirects)
        {
            statements.Add((new Iri(old), Mxtd.Deprecated, new Literal("true", Rdf.Vocabulary.Xsd.Boolean)));
            statements.Add((new Iri(old), Mxtd.IsReplacedBy, new Iri(now)));
        }

        foreach (var old in gone.Keys)
        {
            statements.Add((new Iri(old), Mxtd.Deprecated, new Literal("true", Rdf.Vocabulary.Xsd.Boolean)));
        }

        AddNames(memory, renamed, redirects, statements, baseIri);
        return new RetiredIdentifiers(redirects, gone, GraphPart.Create(statements));
    }

    /// <summary>A redirect leads to what is there now, not to the next redirect; one that leads to nothing is none.</summary>
    private static void Shorten(Dictionary<string, string> redirects, Dictionary<string, Tombstone> gone)
    {
        // Each is gone through once, however long the chains are that they make.
        var done = new HashSet<string>(StringComparer.Ordinal);
        var circular = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in redirects.Keys.ToList())
        {
            var way = new List<string>();
            var end = start;
            while (redirects.TryGetValue(end, out var next) && done.Add(end))
            {
                way.Add(end);
                end = next;
            }

            var isCircular = circular.Contains(end) || way.Contains(end);
            end = !isCircular && redirects.TryGetValue(end, out var shortened) ? shortened : end;
            foreach (var old in way)
            {
                if (isCircular)
                {
                    // Rows that lead round in a circle replace nothing.
                    circular.Add(old);
                    redirects.Remove(old);
                }
                else if (gone.TryGetValue(end, out var tombstone))
                {
                    redirects.Remove(old);
                    gone[old] = tombstone;
                }
                else
                {
                    redirects[old] = end;
                }
            }
        }
    }

    /// <summary>A thing that keeps its identifier under a new name is found under that name as well, and its old names become other names.</summary>
    private static void AddNames(
        IdentityMemory? memory, IEnumerable<Resource> renamed, Dictionary<string, string> redirects, List<(Term, Iri, Term)> statements, string baseIri)
    {
        foreach (var resource in renamed)
        {
            if (memory?.Find(resource.Segment, resource.Id) is not { Names.Count: > 1 } identity)
            {
                continue;
            }

            if (Resource.SlugOf(resource.Name) is var slug && slug != resource.Id && !memory.IsTaken(resource.Segment, slug))
            {
                redirects.TryAdd($"{baseIri}{resource.Segment}/{slug}", resource.Iri.Value);
            }

            var now = TextFolding.NameKey(resource.Name);
            var language = (resource.Drafts.FirstOrDefault(d => d.IsMain) ?? resource.Drafts[0]).Language;
            for (var i = 0; i < identity.Names.Count; i++)
            {
                // A name that the present one begins with was saved while it was being typed, or is a shorter form of it.
                if (identity.NameKeys[i] is { Length: > 2 } old && !now.StartsWith(old, StringComparison.Ordinal) && !old.StartsWith(now, StringComparison.Ordinal)
                    && !resource.Drafts.Any(d => d.Name == identity.Names[i] || d.Facts.Exists(f => f.Kind == FactKind.AltName && f.Value == identity.Names[i])))
                {
                    statements.Add((resource.Iri, Mxtd.AltName, new Literal(identity.Names[i], language)));
                }
            }
        }
    }
}
