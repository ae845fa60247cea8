using MuseumXtd.Rdf;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>A set.</summary>
internal sealed record OaiSet(string Spec, string Name, IReadOnlyList<Text> Description);

/// <summary>The sets that some resource of a view is or was in, with the sets above them.</summary>
internal sealed class OaiSets
{
    private readonly Snapshot _snapshot;
    private readonly string _baseIri;
    private readonly PropertyIds _properties;

    public OaiSets(ChangeLogView view, PropertyIds properties, string baseIri)
    {
        _snapshot = view.Snapshot;
        _properties = properties;
        _baseIri = baseIri;
        var specs = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var traits in view.Latest.Select(c => c.Traits).Distinct())
        {
            foreach (var set in traits.Sets)
            {
                for (var cut = set.Length; cut > 0; cut = set.LastIndexOf(':', cut - 1))
                {
                    specs.Add(set[..cut]);
                }
            }
        }

        All = [.. specs.Select(s => new OaiSet(s, NameOf(s), DescriptionOf(s)))];
    }

    /// <summary>All sets, sorted by spec.</summary>
    public IReadOnlyList<OaiSet> All { get; }

    /// <summary>Whether resources with some traits are in a set, or in one below it.</summary>
    public static bool Holds(string set, ResourceTraits traits) =>
        traits.Sets.Any(s => s.StartsWith(set, StringComparison.Ordinal) && (s.Length == set.Length || s[set.Length] == ':'));

    private string NameOf(string spec)
    {
        var parts = spec.Split(':');
        return (parts[0], parts.Length) switch
        {
            (SetMembership.Edm, _) => "Records that are also offered as EDM / Notices aussi offertes en EDM",
            ("type", 1) => "By type / Par type",
            ("kind", 1) => "By kind / Par genre",
            ("place", 1) => "By place / Par lieu",
            ("status", 1) => "By status / Par statut",
            ("type", _) => Labels(DescriptionNames.Mxtd + DescriptionNames.Classes.FirstOrDefault(c => SetMembership.SetOfType(c) == parts[1])) ?? parts[1],
            ("kind", _) => Labels($"https://w3id.org/museumxtd/kinds/{parts[1]}") ?? parts[1],
            ("status", _) => Labels($"https://w3id.org/museumxtd/statuses/{parts[1]}") ?? parts[1],
            ("place", _) => Labels($"{_baseIri}place/{parts[^1].ToLowerInvariant()}") ?? parts[^1],
            _ => spec,
        };
    }

    /// <summary>What is to be known of a set beside its name; of most nothing is.</summary>
    private List<Text> DescriptionOf(string spec) => spec switch
    {
        SetMembership.Edm =>
        [
            new("Outputs and notes: born-digital texts and resources, which are not cultural heritage objects in the narrow sense. Initiatives are told of as their subjects only.", "en"),
            new("Réalisations et notes : des textes et ressources nés numériques, qui ne sont pas des objets patrimoniaux au sens étroit. Les initiatives n’y sont que des sujets.", "fr"),
        ],
        _ when spec.StartsWith("type:", StringComparison.Ordinal) && DescriptionNames.Classes.FirstOrDefault(c => "type:" + SetMembership.SetOfType(c) == spec) is { } type =>
            Literals(DescriptionNames.Mxtd + type, DescriptionNames.Skos + "definition"),
        _ => [],
    };

    /// <summary>The labels of a name, each once: <c>Belgium / Belgique</c>.</summary>
    private string? Labels(string iri)
    {
        var labels = new SortedSet<string>(
            Literals(iri, "name", DescriptionNames.Skos + "prefLabel", "http://www.w3.org/2000/01/rdf-schema#label").Select(l => XmlCharacters.Clean(l.Value)), StringComparer.Ordinal);
        return labels.Count == 0 ? null : string.Join(" / ", labels);
    }

    private List<Text> Literals(string iri, params ReadOnlySpan<string> properties)
    {
        var id = _properties[iri];
        var found = new List<Text>();
        using var scratch = new Rdf.Buffers.ByteBuffer();
        foreach (var property in properties)
        {
            if (id.IsBound && _properties[property] is { IsBound: true } label)
            {
                foreach (var value in _snapshot.Union.Range(TripleOrder.Spo, id, label).Third)
                {
                    if (Term.Decode(_snapshot.Dictionary.Encoded(new TermId(value), scratch)) is Literal text)
                    {
                        found.Add(new Text(text.LexicalForm, string.IsNullOrEmpty(text.Language) ? null : text.Language));
                    }
                }
            }
        }

        found.Sort((x, y) => string.CompareOrdinal(x.Language, y.Language) is var order && order != 0 ? order : string.CompareOrdinal(x.Value, y.Value));
        return found;
    }
}
