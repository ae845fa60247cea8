using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Descriptions;

/// <summary>What the indexes of a snapshot tell of its union, without a look at its triples one by one.</summary>
internal sealed class DatasetCounts
{
    // A description is for people and registers: of data with more classes or properties, the most frequent are told.
    private const int MaxParts = 500;

    private static readonly string[] LinkPredicates =
    [
        "http://www.w3.org/2002/07/owl#sameAs", "http://www.w3.org/2004/02/skos/core#exactMatch", "http://www.w3.org/2004/02/skos/core#closeMatch",
        "https://w3id.org/museumxtd/ns#identifiedBy",
    ];

    // Where the IRIs of an authority begin alike, but at more than a host.
    private static readonly string[] Authorities =
    [
        "http://www.wikidata.org/entity/", "https://sws.geonames.org/", "http://viaf.org/viaf/", "https://ror.org/", "https://d-nb.info/gnd/",
        "http://publications.europa.eu/resource/authority/country/", "https://cordis.europa.eu/project/id/", "https://doi.org/10.13039/",
        "http://vocab.getty.edu/aat/", "http://vocabularies.unesco.org/thesaurus/", "http://id.loc.gov/authorities/subjects/",
    ];

    private readonly Snapshot _snapshot;
    private readonly TripleIndex _union;

    private DatasetCounts(Snapshot snapshot, string baseIri)
    {
        _snapshot = snapshot;
        _union = snapshot.Union;
        Triples = _union.Count;
        Subjects = _union.Keys(TripleOrder.Spo).Length;
        Objects = _union.Keys(TripleOrder.Osp).Length;
        var predicates = _union.Keys(TripleOrder.Pso);
        PropertyCount = predicates.Length;
        var properties = new List<Part>();
        foreach (var predicate in predicates)
        {
            var id = new TermId(predicate);
            properties.Add(new Part(
                Decode(predicate),
                _union.CountMatches(default, id, default),
                _union.CountDistinctSecond(TripleOrder.Pso, id),
                _union.CountDistinctSecond(TripleOrder.Pos, id)));
        }

        Properties = Most(properties);
        var classes = new List<Part>();
        if (snapshot.Dictionary.TryGetId(RdfNames.Type.Encode(), out var type))
        {
            foreach (var run in Distinct(_union.Range(TripleOrder.Pos, type).Second))
            {
                if (new TermId(run).Tag == TermTag.Iri)
                {
                    classes.Add(new Part(Decode(run), _union.CountMatches(default, type, new TermId(run)), 0, 0));
                }
            }
        }

        ClassCount = classes.Count;
        Classes = Most(classes);
        Entities = CountEntities(baseIri);
        Links = FindLinks(baseIri);
    }

    /// <summary>How many triples the union of all graphs has.</summary>
    public int Triples { get; }

    /// <summary>How many distinct subjects there are.</summary>
    public int Subjects { get; }

    /// <summary>How many distinct objects there are.</summary>
    public int Objects { get; }

    /// <summary>How many distinct predicates there are.</summary>
    public int PropertyCount { get; }

    /// <summary>How many distinct classes there are.</summary>
    public int ClassCount { get; }

    /// <summary>How many subjects have an IRI of ours.</summary>
    public int Entities { get; }

    /// <summary>The classes and how many instances each has, sorted by IRI.</summary>
    public IReadOnlyList<Part> Classes { get; }

    /// <summary>The predicates and how often each is used, sorted by IRI.</summary>
    public IReadOnlyList<Part> Properties { get; }

    /// <summary>How many statements link to which authority, sorted.</summary>
    public IReadOnlyList<Link> Links { get; }

    /// <summary>Counts the union of a snapshot.</summary>
    public static DatasetCounts Of(Snapshot snapshot, string baseIri) => new(snapshot, baseIri);

    /// <summary>The first instance of a class by IRI, or null.</summary>
    public Iri? ExampleOf(string classIri)
    {
        if (!_snapshot.Dictionary.TryGetId(RdfNames.Type.Encode(), out var type) || !_snapshot.Dictionary.TryGetId(new Iri(classIri).Encode(), out var id))
        {
            return null;
        }

        Iri? first = null;
        foreach (var subject in _union.Range(TripleOrder.Pos, type, id).Third)
        {
            if (new TermId(subject).Tag == TermTag.Iri && Decode(subject) is var iri && (first is null || string.CompareOrdinal(iri.Value, first.Value) < 0))
            {
                first = iri;
            }
        }

        return first;
    }

    /// <summary>The distinct IRIs that are values of some properties, sorted.</summary>
    public IReadOnlyList<Iri> ValuesOf(params ReadOnlySpan<string> predicates)
    {
        var values = new SortedDictionary<string, Iri>(StringComparer.Ordinal);
        foreach (var predicate in predicates)
        {
            foreach (var value in DistinctValues(predicate))
            {
                if (value.Tag == TermTag.Iri)
                {
                    var iri = Decode(value.Value);
                    values[iri.Value] = iri;
                }
            }
        }

        return [.. values.Values];
    }

    /// <summary>The smallest and the largest number that are values of some properties, or null.</summary>
    public (double Least, double Most)? ExtentOf(params ReadOnlySpan<string> predicates)
    {
        (double Least, double Most)? extent = null;
        foreach (var predicate in predicates)
        {
            foreach (var value in DistinctValues(predicate))
            {
                if (_snapshot.Dictionary.TryGetDouble(value, out var number))
                {
                    extent = extent is { } e ? (Math.Min(e.Least, number), Math.Max(e.Most, number)) : (number, number);
                }
            }
        }

        return extent;
    }

    private static List<uint> Distinct(ReadOnlySpan<uint> sorted)
    {
        var distinct = new List<uint>();
        foreach (var value in sorted)
        {
            if (distinct.Count == 0 || distinct[^1] != value)
            {
                distinct.Add(value);
            }
        }

        return distinct;
    }

    private static List<Part> Most(List<Part> parts) =>
        [.. parts.OrderByDescending(p => p.Triples).ThenBy(p => p.Iri.Value, StringComparer.Ordinal).Take(MaxParts).OrderBy(p => p.Iri.Value, StringComparer.Ordinal)];

    private static string AuthorityOf(string iri)
    {
        if (Array.Find(Authorities, a => iri.StartsWith(a, StringComparison.Ordinal)) is { } known)
        {
            return known;
        }

        var host = iri.IndexOf("://", StringComparison.Ordinal);
        var path = host < 0 ? -1 : iri.IndexOf('/', host + 3);
        return path < 0 ? iri : iri[..(path + 1)];
    }

    private List<TermId> DistinctValues(string predicate) =>
        _snapshot.Dictionary.TryGetId(new Iri(predicate).Encode(), out var id)
            ? Distinct(_union.Range(TripleOrder.Pos, id).Second).ConvertAll(v => new TermId(v))
            : [];

    private Iri Decode(uint id)
    {
        using var scratch = new ByteBuffer();
        return (Iri)Term.Decode(_snapshot.Dictionary.Encoded(new TermId(id), scratch));
    }

    private int CountEntities(string baseIri)
    {
        using var scratch = new ByteBuffer();
        var beginning = new Iri(baseIri).Encode();
        var count = 0;
        foreach (var subject in _union.Keys(TripleOrder.Spo))
        {
            var id = new TermId(subject);
            if (id.Tag == TermTag.Iri && _snapshot.Dictionary.Encoded(id, scratch).StartsWith(beginning))
            {
                count++;
            }
        }

        return count;
    }

    private List<Link> FindLinks(string baseIri)
    {
        var counts = new SortedDictionary<string, (string Predicate, string Authority, int Count)>(StringComparer.Ordinal);
        foreach (var predicate in LinkPredicates)
        {
            if (!_snapshot.Dictionary.TryGetId(new Iri(predicate).Encode(), out var id))
            {
                continue;
            }

            foreach (var value in _union.Range(TripleOrder.Pos, id).Second)
            {
                if (new TermId(value).Tag == TermTag.Iri && Decode(value) is var target && !target.Value.StartsWith(baseIri, StringComparison.Ordinal))
                {
                    var authority = AuthorityOf(target.Value);
                    var key = authority + " " + predicate;
                    counts[key] = (predicate, authority, counts.TryGetValue(key, out var before) ? before.Count + 1 : 1);
                }
            }
        }

        return [.. counts.Values.Select(c => new Link(new Iri(c.Predicate), c.Authority, c.Count))];
    }

    /// <summary>What is told of a class or a property.</summary>
    /// <param name="Iri">Which.</param>
    /// <param name="Triples">How many statements use it.</param>
    /// <param name="Subjects">How many distinct subjects these have; of properties.</param>
    /// <param name="Objects">How many distinct objects these have; of properties.</param>
    internal readonly record struct Part(Iri Iri, int Triples, int Subjects, int Objects);

    /// <summary>Links to another dataset.</summary>
    /// <param name="Predicate">What links.</param>
    /// <param name="Authority">What the IRIs there begin with.</param>
    /// <param name="Count">How many.</param>
    internal readonly record struct Link(Iri Predicate, string Authority, int Count);
}
