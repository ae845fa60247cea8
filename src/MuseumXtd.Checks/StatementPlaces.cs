using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Shacl;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Checks;

/// <summary>Finds the words that are behind a result of a validation.</summary>
internal sealed class StatementPlaces(GardenGraph garden, Snapshot snapshot) : IDisposable
{
    private static readonly Iri Name = new("https://w3id.org/museumxtd/ns#name");

    private readonly ByteBuffer _scratch = new();

    /// <summary>
    /// Where the statement that is wrong stands: the one with the value, or one from which it is derived; else the last with the property,
    /// since one too many comes last; else the first about the node; else the first that leads to it.
    /// </summary>
    public Origin? Of(ValidationResult result)
    {
        var property = (result.Path as LinkPath)?.Predicate;
        if (property is not null && result.Value is not null
            && garden.Origins.Of(result.FocusNode, property, result.Value) is { Count: > 0 } exact)
        {
            return exact[0];
        }

        if (result.Value is not null && OneStepAway(result.FocusNode, result.Value) is { } source)
        {
            return source;
        }

        var about = About(result.FocusNode).ToList();
        return about.Where(s => s.Predicate == property).Select(s => (Origin?)s.Origin).LastOrDefault()
            ?? about.Select(s => (Origin?)s.Origin).FirstOrDefault()
            ?? LeadingTo(result.FocusNode);
    }

    /// <summary>The name of a node in a language, else any name, else null.</summary>
    public string? NameOf(Term node, string language)
    {
        if (!TryGetId(node, out var id) || !TryGetId(Name, out var name))
        {
            return null;
        }

        Literal? any = null;
        foreach (var value in snapshot.Union.Range(TripleOrder.Spo, id, name).Third)
        {
            if (Decode(value) is Literal literal)
            {
                if (literal.Language == language)
                {
                    return literal.LexicalForm;
                }

                any ??= literal;
            }
        }

        return any?.LexicalForm;
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <summary>Derived statements say of a thing what notes say of something that belongs to it, such as its period: the words that give that thing the value.</summary>
    private Origin? OneStepAway(Term node, Term value)
    {
        if (!TryGetId(node, out var id) || !TryGetId(value, out var valueId))
        {
            return null;
        }

        foreach (var part in snapshot.Union.Range(TripleOrder.Sop, id).Second)
        {
            foreach (var predicate in snapshot.Union.Range(TripleOrder.Sop, new TermId(part), valueId).Third)
            {
                if (garden.Origins.Of(Decode(part), (Iri)Decode(predicate), value) is { Count: > 0 } origins)
                {
                    return origins[0];
                }
            }
        }

        return null;
    }

    private IEnumerable<(Iri Predicate, Origin Origin)> About(Term node)
    {
        var found = new List<(Iri Predicate, Origin Origin)>();
        if (TryGetId(node, out var id))
        {
            var range = snapshot.Union.Range(TripleOrder.Spo, id);
            for (var i = 0; i < range.Count; i++)
            {
                var predicate = (Iri)Decode(range.Second[i]);
                foreach (var origin in garden.Origins.Of(node, predicate, Decode(range.Third[i])))
                {
                    found.Add((predicate, origin));
                }
            }
        }

        return found.OrderBy(f => f.Origin.File, StringComparer.Ordinal).ThenBy(f => f.Origin.Line).ThenBy(f => f.Origin.Column);
    }

    private Origin? LeadingTo(Term node)
    {
        var found = new List<Origin>();
        if (TryGetId(node, out var id))
        {
            var range = snapshot.Union.Range(TripleOrder.Osp, id);
            for (var i = 0; i < range.Count; i++)
            {
                found.AddRange(garden.Origins.Of(Decode(range.Second[i]), (Iri)Decode(range.Third[i]), node));
            }
        }

        return found.OrderBy(o => o.File, StringComparer.Ordinal).ThenBy(o => o.Line).ThenBy(o => o.Column).Select(o => (Origin?)o).FirstOrDefault();
    }

    private bool TryGetId(Term term, out TermId id) => snapshot.Dictionary.TryGetId(term.Encode(), out id);

    private Term Decode(uint id) => Term.Decode(snapshot.Dictionary.Encoded(new TermId(id), _scratch));
}
