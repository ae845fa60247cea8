using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Server.Harvesting.Oai;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>
/// Makes EDM records of outputs and notes. An initiative is no cultural heritage object: it is told of as a concept, the subject of what it made or of
/// the note that describes it. Nothing in a record leads out of it to the graph. Metadata given to Europeana are CC0 (Data Exchange Agreement, article 2),
/// so the notes' own text stands in a record only where it is CC0 as well, else what the facts say in words of ours.
/// </summary>
internal sealed class EdmCrosswalk(HarvestOptions options, string baseIri)
{
    private static readonly Text[] OnlineResource = [new("online resource", "en"), new("ressource en ligne", "fr")];
    private static readonly Text[] WebPage = [new("web page", "en"), new("page web", "fr")];

    public EdmRecord Of(RecordFacts facts)
    {
        var isNote = facts.Is("Note");
        var homepage = isNote ? null : facts.Links("homepage").Select(facts.IriOf).FirstOrDefault(IsWebAddress);
        var record = new EdmRecord
        {
            Work = facts.Iri,
            ShownAt = homepage ?? PageOf(facts.Iri),
            Rights = RightsOf(facts, isNote),
            DataProvider = options.RepositoryName,
            Provider = options.Provider ?? options.RepositoryName,
            IntermediateProvider = options.IntermediateProvider,
        };
        record.Add("dc:title", facts.Labels(facts.Resource));
        record.Add("dcterms:alternative", facts.Texts(facts.Resource, "altName"));
        record.Add("dc:description", DescriptionsOf(facts, facts.Resource));
        AddPeople(record, facts, isNote);
        AddSubjects(record, facts, isNote);
        AddTypes(record, facts, isNote);
        record.Add("dc:format", isNote ? WebPage : OnlineResource);
        foreach (var (edtf, iri) in facts.Periods())
        {
            if (EdmPeriod.Of(edtf, iri) is { } period)
            {
                record.Add("dcterms:temporal", period);
            }
        }

        foreach (var place in facts.Links(facts.Subjects, "place", "coversArea", "basedIn"))
        {
            record.Add("dcterms:spatial", PlaceOf(facts, place));
        }

        var languages = DublinCoreFormat.LanguagesOf(facts).ToList();
        foreach (var language in languages.Count > 0 ? languages : ["und"])
        {
            record.Add("dc:language", EdmValue.Of(language));
        }

        record.Add("dc:identifier", EdmValue.Of(facts.Iri));
        return record;
    }

    private static void AddPeople(EdmRecord record, RecordFacts facts, bool isNote)
    {
        if (isNote)
        {
            record.Add("dc:publisher", EdmValue.Of(record.DataProvider));
            return;
        }

        var makers = facts.Links(facts.Subjects, "ledBy");
        foreach (var maker in makers)
        {
            record.Add("dc:creator", AgentOf(facts, maker));
        }

        foreach (var other in facts.Links(facts.Subjects, "participant").Except(makers))
        {
            record.Add("dc:contributor", AgentOf(facts, other));
        }
    }

    private void AddSubjects(EdmRecord record, RecordFacts facts, bool isNote)
    {
        foreach (var concept in facts.Links(facts.Subjects, "theme", "audience"))
        {
            record.Add("dc:subject", ConceptOf(facts, concept));
        }

        foreach (var told in isNote ? facts.Links("describes", "mentions") : facts.Description.Related)
        {
            if (facts.IsA(told, "Organisation") || facts.IsA(told, "Person"))
            {
                record.Add("dc:subject", AgentOf(facts, told));
            }
            else if (facts.IsA(told, "Place"))
            {
                record.Add("dc:subject", PlaceOf(facts, told));
            }
            else if (told != facts.Resource)
            {
                record.Add("dc:subject", SubjectOf(facts, told));
            }
        }
    }

    /// <summary>The kinds of an output; of each record its class, which the vocabulary defines.</summary>
    private static void AddTypes(EdmRecord record, RecordFacts facts, bool isNote)
    {
        foreach (var kind in isNote ? [] : facts.Links("kind"))
        {
            record.Add("dc:type", ConceptOf(facts, kind));
        }

        foreach (var type in facts.Links(RdfNames.Type.Value).Where(t => facts.IriOf(t) == DescriptionNames.Mxtd + (isNote ? "Note" : "Output")))
        {
            record.Add("dc:type", ConceptOf(facts, type));
        }
    }

    /// <summary>Something of the graph as a concept. It has an IRI of its own, so that no link of the record leads into the graph's statements.</summary>
    private EdmEntity SubjectOf(RecordFacts facts, TermId told) => new(EdmClass.Concept, facts.IriOf(told) + "#concept")
    {
        Labels = facts.Labels(told),
        Notes = DescriptionsOf(facts, told),
        SameAs = [.. HasRecord(facts, told) ? [] : (string[])[facts.IriOf(told)], .. facts.Links([told], "identifiedBy").Select(facts.IriOf)],
    };

    private List<Text> DescriptionsOf(RecordFacts facts, TermId told) =>
        options.IsNoteTextFree && facts.Texts(told, "description") is { Count: > 0 } texts ? texts : FactualDescription.Of(facts, told);

    /// <summary>Whether something has a record of its own, into which a link would lead.</summary>
    private static bool HasRecord(RecordFacts facts, TermId told) => facts.IsA(told, "Output") || facts.IsA(told, "Note");

    private static EdmEntity ConceptOf(RecordFacts facts, TermId concept) => new(EdmClass.Concept, facts.IriOf(concept))
    {
        Labels = facts.Labels(concept),
        Notes = facts.Texts(concept, DescriptionNames.Skos + "definition"),
        SameAs = [.. facts.Links([concept], DescriptionNames.Skos + "exactMatch", "identifiedBy").Select(facts.IriOf)],
        Broader = [.. facts.Links([concept], DescriptionNames.Skos + "broader").Select(facts.IriOf)],
    };

    private static EdmEntity AgentOf(RecordFacts facts, TermId agent) => new(EdmClass.Agent, facts.IriOf(agent))
    {
        Labels = facts.Labels(agent),
        SameAs = [.. facts.Links([agent], "identifiedBy").Select(facts.IriOf)],
    };

    private static EdmEntity PlaceOf(RecordFacts facts, TermId place)
    {
        var latitude = facts.Texts(place, DescriptionNames.Geo + "lat").Select(t => t.Value).FirstOrDefault();
        var longitude = facts.Texts(place, DescriptionNames.Geo + "long").Select(t => t.Value).FirstOrDefault();
        var isWhole = latitude is not null && longitude is not null;
        return new EdmEntity(EdmClass.Place, facts.IriOf(place))
        {
            Labels = facts.Labels(place),
            Latitude = isWhole ? latitude : null,
            Longitude = isWhole ? longitude : null,
            Notes = isWhole ? [new Text("approximate position", "en"), new Text("position approximative", "fr")] : [],
            SameAs = [.. facts.Links([place], "identifiedBy").Select(facts.IriOf)],
        };
    }

    private string RightsOf(RecordFacts facts, bool isNote)
    {
        var stated = facts.Texts(facts.Resource, "resourceLicence").Select(t => t.Value)
            .Concat(facts.Links("resourceLicence").Select(facts.IriOf)).Select(EdmRights.Of).FirstOrDefault(r => r is not null);
        return stated ?? (isNote ? EdmRights.Of(options.NoteLicence) : null) ?? EdmRights.NotEvaluated;
    }

    private string PageOf(string iri)
    {
        var site = options.PublicUrl is { } url ? url + "/" : baseIri;
        return iri.StartsWith(baseIri, StringComparison.Ordinal) ? $"{site}doc/{iri[baseIri.Length..]}" : iri;
    }

    private static bool IsWebAddress(string iri) => Uri.TryCreate(iri, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");
}
