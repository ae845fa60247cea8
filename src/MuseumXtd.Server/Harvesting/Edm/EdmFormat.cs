using System.Xml;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Server.Harvesting.Oai;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary><c>edm</c>: EDM in its external form, for outputs and notes. The schema is a sequence in most places: the order here is its order.</summary>
internal sealed class EdmFormat(EdmCrosswalk crosswalk) : IMetadataFormat
{
    private const string Dc = "http://purl.org/dc/elements/1.1/";
    private const string DcTerms = "http://purl.org/dc/terms/";
    private const string Edm = "http://www.europeana.eu/schemas/edm/";
    private const string Ore = "http://www.openarchives.org/ore/terms/";
    private const string Owl = "http://www.w3.org/2002/07/owl#";
    private const string Skos = DescriptionNames.Skos;
    private const string Wgs84 = DescriptionNames.Geo;

    public string Prefix => "edm";

    public string Namespace => Edm;

    public string Schema => "https://www.europeana.eu/schemas/edm/EDM.xsd";

    public bool Has(ResourceTraits traits) => SetMembership.HasEdm(traits.Types);

    public void Write(XmlWriter xml, RecordFacts facts)
    {
        Begin(xml);
        WriteRecord(xml, crosswalk.Of(facts), null);
        xml.WriteEndElement();
    }

    /// <summary>Opens a document of records.</summary>
    public static void Begin(XmlWriter xml)
    {
        xml.WriteStartElement("rdf", "RDF", RdfNames.Namespace);
        foreach (var (prefix, ns) in ((string, string)[])[("dc", Dc), ("dcterms", DcTerms), ("edm", Edm), ("ore", Ore), ("owl", Owl), ("skos", Skos), ("wgs84_pos", Wgs84)])
        {
            xml.WriteAttributeString("xmlns", prefix, null, ns);
        }
    }

    /// <summary>Writes a record; of what is described already in the same document nothing is said again.</summary>
    public static void WriteRecord(XmlWriter xml, EdmRecord record, HashSet<string>? described)
    {
        Open(xml, "edm", "ProvidedCHO", Edm, record.Work);
        foreach (var (property, value) in record.Values)
        {
            var isDc = property.StartsWith("dc:", StringComparison.Ordinal);
            var (prefix, name) = isDc ? ("dc", property["dc:".Length..]) : ("dcterms", property["dcterms:".Length..]);
            if (value.Resource is { } resource)
            {
                Link(xml, prefix, name, isDc ? Dc : DcTerms, resource);
            }
            else
            {
                xml.Write(prefix, name, isDc ? Dc : DcTerms, value.Literal!, value.Language);
            }
        }

        xml.Write("edm", "type", Edm, "TEXT");
        xml.WriteEndElement();
        if (described?.Add(record.ShownAt) ?? true)
        {
            Open(xml, "edm", "WebResource", Edm, record.ShownAt);
            Link(xml, "edm", "rights", Edm, record.Rights);
            xml.WriteEndElement();
        }

        foreach (var entity in record.Entities)
        {
            if (described?.Add(entity.Iri) ?? true)
            {
                WriteEntity(xml, entity);
            }
        }

        Open(xml, "ore", "Aggregation", Ore, record.Work + "#aggregation");
        Link(xml, "edm", "aggregatedCHO", Edm, record.Work);
        xml.Write("edm", "dataProvider", Edm, record.DataProvider);
        Link(xml, "edm", "isShownAt", Edm, record.ShownAt);
        xml.Write("edm", "provider", Edm, record.Provider);
        Link(xml, "edm", "rights", Edm, record.Rights);
        if (record.IntermediateProvider is { } between)
        {
            xml.Write("edm", "intermediateProvider", Edm, between);
        }

        xml.WriteEndElement();
    }

    private static void WriteEntity(XmlWriter xml, EdmEntity entity)
    {
        var isConcept = entity.Class == EdmClass.Concept;
        Open(xml, isConcept ? "skos" : "edm", entity.Class.ToString(), isConcept ? Skos : Edm, entity.Iri);
        if (entity.Latitude is { } latitude && entity.Longitude is { } longitude)
        {
            xml.Write("wgs84_pos", "lat", Wgs84, latitude);
            xml.Write("wgs84_pos", "long", Wgs84, longitude);
        }

        WriteLabels(xml, entity.Labels);
        foreach (var broader in isConcept ? entity.Broader : [])
        {
            Link(xml, "skos", "broader", Skos, broader);
        }

        foreach (var note in entity.Notes)
        {
            xml.Write("skos", "note", Skos, note.Value, note.Language);
        }

        if (entity.Begin is { } begin)
        {
            xml.Write("edm", "begin", Edm, begin);
        }

        if (entity.End is { } end)
        {
            xml.Write("edm", "end", Edm, end);
        }

        foreach (var same in entity.SameAs)
        {
            Link(xml, isConcept ? "skos" : "owl", isConcept ? "exactMatch" : "sameAs", isConcept ? Skos : Owl, same);
        }

        xml.WriteEndElement();
    }

    /// <summary>One preferred label a language (SKOS Reference, S14); other names are alternatives, and come behind.</summary>
    private static void WriteLabels(XmlWriter xml, IReadOnlyList<Text> labels)
    {
        foreach (var label in labels.DistinctBy(l => l.Language))
        {
            xml.Write("skos", "prefLabel", Skos, label.Value, label.Language);
        }

        foreach (var label in labels.Except(labels.DistinctBy(l => l.Language)))
        {
            xml.Write("skos", "altLabel", Skos, label.Value, label.Language);
        }
    }

    private static void Open(XmlWriter xml, string prefix, string name, string ns, string about)
    {
        xml.WriteStartElement(prefix, name, ns);
        xml.WriteAttributeString("rdf", "about", RdfNames.Namespace, XmlCharacters.Clean(about));
    }

    private static void Link(XmlWriter xml, string prefix, string name, string ns, string resource)
    {
        xml.WriteStartElement(prefix, name, ns);
        xml.WriteAttributeString("rdf", "resource", RdfNames.Namespace, XmlCharacters.Clean(resource));
        xml.WriteEndElement();
    }
}
