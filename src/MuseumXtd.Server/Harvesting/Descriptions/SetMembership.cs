using System.Buffers;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Descriptions;

/// <summary>Says which sets a resource is in: by type, kind, status and place.</summary>
internal sealed class SetMembership
{
    /// <summary>The set of what is also offered as EDM.</summary>
    public const string Edm = "edm";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()");

    private readonly DescriptionNames _names;
    private readonly TermId _kind;
    private readonly TermId _status;
    private readonly TermId _isoCode;
    private readonly TermId[] _places;

    public SetMembership(Snapshot snapshot, DescriptionNames names)
    {
        _names = names;
        _kind = Find("kind");
        _status = Find("status");
        _isoCode = Find("isoCode");
        _places = [Find("place"), Find("coversArea"), Find("basedIn")];

        TermId Find(string name) => snapshot.Dictionary.TryGetId(new Iri(DescriptionNames.Mxtd + name).Encode(), out var id) ? id : TermId.Unbound;
    }

    /// <summary>The traits of a described resource; null when it is of no class that has records.</summary>
    public ResourceTraits? Of(Description description)
    {
        var types = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in description.Values(description.Resource, _names.Type))
        {
            var at = Array.IndexOf(_names.ClassIds, type);
            if (at >= 0)
            {
                types.Add(DescriptionNames.Classes[at]);
            }
        }

        if (types.Count == 0)
        {
            return null;
        }

        var sets = new SortedSet<string>(types.Select(t => "type:" + SetOfType(t)), StringComparer.Ordinal);
        if (HasEdm(types))
        {
            sets.Add(Edm);
        }

        foreach (var subject in description.Related.Prepend(description.Resource))
        {
            foreach (var kind in description.Values(subject, _kind))
            {
                sets.Add("kind:" + LastSegment(description, kind));
            }

            foreach (var place in _places.SelectMany(p => description.Values(subject, p)))
            {
                sets.Add("place:" + string.Join(':', PathOf(description, place)));
            }
        }

        foreach (var status in description.Values(description.Resource, _status))
        {
            sets.Add("status:" + LastSegment(description, status));
        }

        return new ResourceTraits(types, sets);
    }

    /// <summary>Whether resources of these types are offered as EDM: outputs and notes are works, and nothing that is an initiative as well is.</summary>
    public static bool HasEdm(IReadOnlyCollection<string> types) => types.Any(t => t is "Output" or "Note") && !types.Contains("Initiative");

    /// <summary>The name of a type in set specs: <c>funding-scheme</c>.</summary>
    public static string SetOfType(string type) => type == "FundingScheme" ? "funding-scheme" : type.ToLowerInvariant();

    /// <summary>From the country down to the place: <c>CA</c>, <c>CA-QC</c>. What is no part of a country stands alone.</summary>
    private List<string> PathOf(Description description, TermId place)
    {
        const int Deepest = 8;
        var path = new List<string>();
        for (var at = place; path.Count < Deepest;)
        {
            var iso = description.Values(at, _isoCode).Select(description.Decode).OfType<Literal>().FirstOrDefault()?.LexicalForm;
            path.Insert(0, iso is { Length: > 0 } ? Clean(iso) : LastSegment(description, at));
            if (iso is { Length: 2 })
            {
                return path;
            }

            at = description.Values(at, _names.PartOfPlace).OrderBy(p => description.Decode(p).ToString(), StringComparer.Ordinal).FirstOrDefault();
            if (!at.IsBound)
            {
                break;
            }
        }

        return [path[^1]];
    }

    private static string LastSegment(Description description, TermId id)
    {
        var text = description.Decode(id) switch
        {
            Iri iri => iri.Value.TrimEnd('/'),
            Literal literal => literal.LexicalForm,
            var other => other.ToString()!,
        };
        return Clean(text[(text.LastIndexOfAny(['/', '#']) + 1)..]);
    }

    /// <summary>Only what a set spec may hold (OAI-PMH 2.0, section 2.6).</summary>
    private static string Clean(string text) =>
        text.Length == 0 ? "-" : string.Create(text.Length, text, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Allowed.Contains(from[i]) ? from[i] : '-';
            }
        });
}
