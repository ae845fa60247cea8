using MuseumXtd.Rdf;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Descriptions;

/// <summary>A text in a language, or in none that is known.</summary>
internal readonly record struct Text(string Value, string? Language);

/// <summary>Asks a description the questions that records answer. All lists are sorted, so that the same description gives the same record.</summary>
internal sealed class RecordFacts(Description description, PropertyIds properties)
{
    private static readonly string[] LabelProperties =
    [
        "name", DescriptionNames.Skos + "prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title",
    ];

    public Description Description => description;

    public TermId Resource => description.Resource;

    public string Iri => description.Iri;

    /// <summary>The resource, and the initiatives that made it or the resources that it describes.</summary>
    public IEnumerable<TermId> Subjects => description.Related.Prepend(description.Resource);

    public bool Is(string type) => description.Values(Resource, properties["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]).Contains(properties[type]);

    public bool IsA(TermId subject, string type) => description.Values(subject, properties["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]).Contains(properties[type]);

    /// <summary>The resources that properties name, sorted by IRI, each once.</summary>
    public List<TermId> Links(IEnumerable<TermId> subjects, params ReadOnlySpan<string> names)
    {
        var found = new List<TermId>();
        foreach (var subject in subjects)
        {
            foreach (var name in names)
            {
                if (properties[name] is { IsBound: true } property)
                {
                    found.AddRange(description.Values(subject, property).Where(v => v.Tag == TermTag.Iri && !found.Contains(v)));
                }
            }
        }

        found.Sort((x, y) => string.CompareOrdinal(IriOf(x), IriOf(y)));
        return found;
    }

    public List<TermId> Links(params ReadOnlySpan<string> names) => Links([Resource], names);

    /// <summary>The literals of a property, sorted by language and text.</summary>
    public List<Text> Texts(TermId subject, string name)
    {
        var found = new List<Text>();
        if (properties[name] is { IsBound: true } property)
        {
            foreach (var value in description.Values(subject, property))
            {
                if (description.Decode(value) is Literal { LexicalForm: { } text } literal && text.AsSpan().Trim().Length > 0)
                {
                    found.Add(new Text(text, string.IsNullOrEmpty(literal.Language) ? null : literal.Language));
                }
            }
        }

        found.Sort((x, y) => string.CompareOrdinal(x.Language, y.Language) is var order && order != 0 ? order : string.CompareOrdinal(x.Value, y.Value));
        return found;
    }

    /// <summary>What a resource is called: its names, or the last part of its IRI.</summary>
    public List<Text> Labels(TermId subject)
    {
        foreach (var property in LabelProperties)
        {
            if (Texts(subject, property) is { Count: > 0 } texts)
            {
                return texts;
            }
        }

        var iri = IriOf(subject).TrimEnd('/');
        return [new Text(iri[(iri.LastIndexOfAny(['/', '#']) + 1)..] is { Length: > 0 } last ? Uri.UnescapeDataString(last) : iri, null)];
    }

    /// <summary>The periods of the resource, or those of what it belongs to: EDTF expressions and the IRIs of the periods.</summary>
    public List<(string Edtf, string Iri)> Periods() => Periods(Subjects);

    /// <summary>The periods of some resources.</summary>
    public List<(string Edtf, string Iri)> Periods(IEnumerable<TermId> subjects)
    {
        var found = new List<(string, string)>();
        foreach (var subject in subjects)
        {
            foreach (var period in description.Values(subject, properties["period"]))
            {
                found.AddRange(Texts(period, "edtf").Select(t => (t.Value, IriOf(period))));
            }
        }

        found.Sort();
        return [.. found.Distinct()];
    }

    /// <summary>The IRIs of the notes that say what the resource is.</summary>
    public IEnumerable<string> Notes(string baseIri) =>
        description.NoteGraphs.Select(g => $"{baseIri}note/{g[(baseIri.Length + "graph/note/".Length)..]}");

    public string IriOf(TermId id) => description.Decode(id) is Iri iri ? iri.Value : "";
}
