using System.Xml;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary><c>oai_dc</c>: simple Dublin Core, for everything.</summary>
internal sealed class DublinCoreFormat(HarvestOptions options, string baseIri) : IMetadataFormat
{
    private const string Dc = "http://purl.org/dc/elements/1.1/";

    /// <summary>Terms of the DCMI Type Vocabulary that kinds come to; a plain project or programme is none of them.</summary>
    private static readonly Dictionary<string, string> DcmiTypes = new(StringComparer.Ordinal)
    {
        ["service"] = "Service",
        ["fund"] = "Service",
        ["network"] = "Service",
        ["platform"] = "InteractiveResource",
        ["self-assessment"] = "InteractiveResource",
        ["report"] = "Text",
        ["charter"] = "Text",
        ["policy"] = "Text",
        ["resource-bank"] = "Collection",
        ["portal"] = "Collection",
    };

    private const string OaiDc = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    private const string OaiDcSchema = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";

    public string Prefix => "oai_dc";

    public string Namespace => OaiDc;

    public string Schema => OaiDcSchema;

    public bool Has(ResourceTraits traits) => true;

    /// <summary>Descriptions alone, as of a set.</summary>
    public static void WriteDescription(XmlWriter xml, IEnumerable<Text> texts)
    {
        Begin(xml);
        WriteTexts(xml, "description", texts);
        xml.WriteEndElement();
    }

    public void Write(XmlWriter xml, RecordFacts facts)
    {
        Begin(xml);
        WriteTexts(xml, "title", facts.Labels(facts.Resource));
        WriteTexts(xml, "title", facts.Texts(facts.Resource, "altName"));
        var makers = facts.Links(facts.Is("Output") ? facts.Subjects : [facts.Resource], "ledBy");
        var others = facts.Links("participant", "fundedBy", "memberOf").Except(makers).ToList();
        WriteLabels(xml, facts, "creator", makers);
        WriteLabels(xml, facts, "subject", facts.Links(facts.Subjects, "theme", "audience", "expertise"));
        WriteLabels(xml, facts, "subject", facts.Links("describes", "mentions"));
        var noteTexts = facts.Texts(facts.Resource, "description");
        WriteTexts(xml, "description", noteTexts);
        if (facts.Is("Note"))
        {
            WriteText(xml, "publisher", options.RepositoryName);
        }

        WriteLabels(xml, facts, "contributor", others);
        foreach (var edtf in facts.Periods().Select(p => p.Edtf).Distinct())
        {
            WriteText(xml, "date", edtf);
        }

        WriteTypes(xml, facts);
        if (facts.Is("Note"))
        {
            WriteText(xml, "format", "text/html");
        }

        WriteText(xml, "identifier", facts.Iri);
        WriteIris(xml, facts, "identifier", facts.Links("homepage", "identifiedBy"));
        foreach (var note in facts.Notes(baseIri).Where(n => n != facts.Iri))
        {
            WriteText(xml, "source", note);
        }

        foreach (var language in LanguagesOf(facts))
        {
            WriteText(xml, "language", language);
        }

        WriteIris(xml, facts, "relation", facts.Links("hasOutput", "outputOf", "partOf", "succeeds", "scheme", "describes"));
        var places = facts.Links(facts.Subjects, "place", "coversArea", "basedIn");
        WriteLabels(xml, facts, "coverage", places);
        WriteIris(xml, facts, "coverage", places);
        WriteText(xml, "rights", options.RecordLicence(noteTexts.Count > 0));
        xml.WriteEndElement();
    }

    /// <summary>The languages that a resource is said to be in, else those in which it is named or told of.</summary>
    internal static IEnumerable<string> LanguagesOf(RecordFacts facts)
    {
        List<Text> said = [.. facts.Texts(facts.Resource, "resourceLanguage"), .. facts.Texts(facts.Resource, "language")];
        return said.Count > 0
            ? said.Select(t => t.Value).Distinct()
            : facts.Texts(facts.Resource, "description").Concat(facts.Labels(facts.Resource)).Select(t => t.Language).OfType<string>().Distinct().Order(StringComparer.Ordinal);
    }

    private static void Begin(XmlWriter xml)
    {
        xml.WriteStartElement("oai_dc", "dc", OaiDc);
        xml.WriteAttributeString("xmlns", "dc", null, Dc);
        xml.WriteAttributeString("xmlns", "xsi", null, OaiNames.Xsi);
        xml.WriteAttributeString("xsi", "schemaLocation", OaiNames.Xsi, $"{OaiDc} {OaiDcSchema}");
    }

    private static void WriteTypes(XmlWriter xml, RecordFacts facts)
    {
        foreach (var type in DescriptionNames.Classes.Where(facts.Is))
        {
            WriteText(xml, "type", SetsOf(type));
        }

        var dcmi = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var kind in facts.Links("kind"))
        {
            WriteTexts(xml, "type", facts.Labels(kind));
            if (DcmiTypes.TryGetValue(facts.IriOf(kind)[(facts.IriOf(kind).LastIndexOf('/') + 1)..], out var type))
            {
                dcmi.Add(type);
            }
        }

        if (facts.Is("Note"))
        {
            dcmi.Add("Text");
        }

        foreach (var type in dcmi)
        {
            WriteText(xml, "type", type);
        }

        static string SetsOf(string type) => SetMembership.SetOfType(type).Replace('-', ' ');
    }

    private static void WriteLabels(XmlWriter xml, RecordFacts facts, string name, IEnumerable<TermId> resources)
    {
        foreach (var resource in resources)
        {
            WriteTexts(xml, name, facts.Labels(resource));
        }
    }

    private static void WriteIris(XmlWriter xml, RecordFacts facts, string name, IEnumerable<TermId> resources)
    {
        foreach (var resource in resources)
        {
            WriteText(xml, name, facts.IriOf(resource));
        }
    }

    private static void WriteTexts(XmlWriter xml, string name, IEnumerable<Text> texts)
    {
        foreach (var text in texts)
        {
            WriteText(xml, name, text.Value, text.Language);
        }
    }

    private static void WriteText(XmlWriter xml, string name, string text, string? language = null) => xml.Write("dc", name, Dc, text, language);
}
