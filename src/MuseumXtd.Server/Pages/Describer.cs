using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Pages;

/// <summary>Reads single resources from a snapshot's index: their statements, names and what points at them.</summary>
internal sealed class Describer(Snapshot snapshot) : IDisposable
{
    public const string Name = "https://w3id.org/museumxtd/ns#name";

    private static readonly string[] Labels =
        [Name, "http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title"];

    private readonly ByteBuffer _scratch = new();

    /// <summary>Whether anything is said of a resource.</summary>
    public bool Knows(string iri) => Find(iri) is { IsBound: true } id && !snapshot.Union.Range(TripleOrder.Spo, id).IsEmpty;

    /// <summary>What is said of a resource, sorted by property and value.</summary>
    public List<(Iri Predicate, Term Object)> Statements(Term subject)
    {
        var result = new List<(Iri, Term)>();
        if (snapshot.Dictionary.TryGetId(subject.Encode(), out var id))
        {
            var range = snapshot.Union.Range(TripleOrder.Spo, id);
            for (var i = 0; i < range.Count; i++)
            {
                result.Add(((Iri)Decode(range.Second[i]), Decode(range.Third[i])));
            }
        }

        result.Sort((x, y) => string.CompareOrdinal($"{x.Item1} {x.Item2}", $"{y.Item1} {y.Item2}"));
        return result;
    }

    /// <summary>What points at a resource, sorted.</summary>
    public List<(Term Subject, Iri Predicate)> Incoming(Term @object)
    {
        var result = new List<(Term, Iri)>();
        if (snapshot.Dictionary.TryGetId(@object.Encode(), out var id))
        {
            var range = snapshot.Union.Range(TripleOrder.Osp, id);
            for (var i = 0; i < range.Count; i++)
            {
                result.Add((Decode(range.Second[i]), (Iri)Decode(range.Third[i])));
            }
        }

        result.Sort((x, y) => string.CompareOrdinal($"{x.Item2} {x.Item1}", $"{y.Item2} {y.Item1}"));
        return result;
    }

    /// <summary>The resources of a class, sorted by IRI.</summary>
    public List<Iri> Instances(string classIri)
    {
        var result = new List<Iri>();
        if (Find("http://www.w3.org/1999/02/22-rdf-syntax-ns#type") is { IsBound: true } type && Find(classIri) is { IsBound: true } id)
        {
            foreach (var subject in snapshot.Union.Range(TripleOrder.Pos, type, id).Third)
            {
                if (Decode(subject) is Iri iri)
                {
                    result.Add(iri);
                }
            }
        }

        result.Sort((x, y) => string.CompareOrdinal(x.Value, y.Value));
        return result;
    }

    /// <summary>A name in a language where there is one, else in another, else the last part of the IRI.</summary>
    public string NameOf(Term term, string language)
    {
        if (term is Literal literal)
        {
            return literal.LexicalForm;
        }

        foreach (var label in Labels)
        {
            var names = Statements(term).Where(s => s.Predicate.Value == label).Select(s => s.Object).OfType<Literal>().ToList();
            if (names.Count > 0)
            {
                return (names.Find(n => n.Language == language) ?? names[0]).LexicalForm;
            }
        }

        var text = term is Iri iri ? iri.Value : term.ToString()!;
        var cut = text.TrimEnd('/').LastIndexOfAny(['/', '#']);
        return cut < 0 ? text : text[(cut + 1)..];
    }

    /// <summary>Writes the description of a resource: its statements, those of its parts, and the names of what they mention.</summary>
    public void WriteTo(string iri, IQuadSink sink)
    {
        var mentioned = new HashSet<Term>();
        var written = new HashSet<Term>();
        Describe(new Iri(iri));
        foreach (var term in mentioned.Where(t => !written.Contains(t)))
        {
            foreach (var (predicate, value) in Statements(term).Where(s => Labels.Contains(s.Predicate.Value)))
            {
                sink.Quad(term.Encode(), predicate.Encode(), value.Encode(), default);
            }
        }

        void Describe(Term subject)
        {
            written.Add(subject);
            foreach (var (predicate, value) in Statements(subject))
            {
                sink.Quad(subject.Encode(), predicate.Encode(), value.Encode(), default);
                if (value is Literal)
                {
                    continue;
                }

                mentioned.Add(value);
                var isPart = value is BlankNode || (value is Iri part && part.Value.StartsWith(iri + "/", StringComparison.Ordinal));
                if (isPart && !written.Contains(value))
                {
                    Describe(value);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private TermId Find(string iri) => snapshot.Dictionary.TryGetId(new Iri(iri).Encode(), out var id) ? id : default;

    private Term Decode(uint id) => Term.Decode(snapshot.Dictionary.Encoded(new TermId(id), _scratch));
}
