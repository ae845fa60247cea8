using System.Xml;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>
/// <c>mxtd</c>: RDF/XML of the whole description, with the parts of the resource and the names of what it mentions, and the licence of the document; for everything.
/// </summary>
internal sealed class DescriptionFormat(HarvestOptions options, string baseIri) : IMetadataFormat
{
    private const string DcTerms = "http://purl.org/dc/terms/";
    private const string Foaf = "http://xmlns.com/foaf/0.1/";

    private static readonly HashSet<string> NoteTexts =
        new(((string[])["description", "sourceText", "words"]).Select(n => DescriptionNames.Mxtd + n), StringComparer.Ordinal);

    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    private static readonly Dictionary<string, string> Prefixes = GardenPrefixes.All.ToDictionary(p => p.Iri, p => p.Prefix, StringComparer.Ordinal);

    public string Prefix => "mxtd";

    public string Namespace => RdfNames.Namespace;

    public string Schema => "/oai/rdf-lax.xsd";

    public bool Has(ResourceTraits traits) => true;

    public void Write(XmlWriter xml, RecordFacts facts)
    {
        xml.WriteStartElement("rdf", "RDF", RdfNames.Namespace);
        foreach (var (prefix, iri) in GardenPrefixes.All)
        {
            if (prefix is "mxtd" or "skos" or "edtf")
            {
                xml.WriteAttributeString("xmlns", prefix, null, iri);
            }
        }

        var description = facts.Description;
        var nodes = new Dictionary<TermId, string>();
        var statements = new List<Line>(description.Own.Length + 16);
        foreach (var statement in description.Own)
        {
            statements.Add(LineOf(description, statement));
        }

        var mentioned = statements.Select(s => s.Statement.Object).ToHashSet();
        foreach (var statement in description.Context)
        {
            if (mentioned.Contains(statement.Subject) && LineOf(description, statement) is { Predicate: DescriptionNames.Mxtd + "name" or DescriptionNames.Skos + "prefLabel" } name)
            {
                statements.Add(name);
            }
        }

        statements.Sort(Line.Compare);
        for (var i = 0; i < statements.Count;)
        {
            var subject = statements[i].Statement.Subject;
            xml.WriteStartElement("rdf", "Description", RdfNames.Namespace);
            WriteNode(xml, "about", description.Decode(subject), subject, nodes);
            for (; i < statements.Count && statements[i].Statement.Subject == subject; i++)
            {
                Write(xml, statements[i], description.Decode(statements[i].Statement.Object), nodes);
            }

            xml.WriteEndElement();
        }

        WriteDocument(xml, facts.Iri, options.RecordLicence(statements.Exists(s => NoteTexts.Contains(s.Predicate))));
        xml.WriteEndElement();
    }

    /// <summary>The licence is that of the document, never of what it is about.</summary>
    private void WriteDocument(XmlWriter xml, string iri, string licence)
    {
        if (!iri.StartsWith(baseIri, StringComparison.Ordinal))
        {
            return;
        }

        xml.WriteStartElement("rdf", "Description", RdfNames.Namespace);
        xml.WriteAttributeString("rdf", "about", RdfNames.Namespace, XmlCharacters.Clean($"{baseIri}doc/{iri[baseIri.Length..]}"));
        Link("dcterms", "license", DcTerms, licence);
        Link("foaf", "primaryTopic", Foaf, iri);
        xml.WriteEndElement();

        void Link(string prefix, string name, string ns, string target)
        {
            xml.WriteStartElement(prefix, name, ns);
            xml.WriteAttributeString("rdf", "resource", RdfNames.Namespace, XmlCharacters.Clean(target));
            xml.WriteEndElement();
        }
    }

    private static Line LineOf(Description description, Statement statement) => new(
        description.Decode(statement.Subject) is Iri iri ? iri.Value : "_:",
        ((Iri)description.Decode(statement.Predicate)).Value,
        description.Decode(statement.Object).ToString()!,
        statement);

    /// <summary>A property that ends with no XML name cannot be said in RDF/XML, and is left out.</summary>
    private static void Write(XmlWriter xml, Line line, Term value, Dictionary<TermId, string> nodes)
    {
        var cut = XmlCharacters.LocalNameOf(line.Predicate);
        if (cut < 0 || value is TripleTerm)
        {
            return;
        }

        var ns = line.Predicate[..cut];
        xml.WriteStartElement(Prefixes.GetValueOrDefault(ns, "n"), line.Predicate[cut..], ns);
        switch (value)
        {
            case Literal { Language: { Length: > 0 } language } text:
                xml.WriteAttributeString("xml", "lang", XmlNamespace, language);
                xml.WriteString(XmlCharacters.Clean(text.LexicalForm));
                break;
            case Literal literal:
                if (literal.Datatype.Value != Xsd.Namespace + "string")
                {
                    xml.WriteAttributeString("rdf", "datatype", RdfNames.Namespace, XmlCharacters.Clean(literal.Datatype.Value));
                }

                xml.WriteString(XmlCharacters.Clean(literal.LexicalForm));
                break;
            default:
                WriteNode(xml, "resource", value, line.Statement.Object, nodes);
                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteNode(XmlWriter xml, string attribute, Term term, TermId id, Dictionary<TermId, string> nodes)
    {
        if (term is Iri iri)
        {
            xml.WriteAttributeString("rdf", attribute, RdfNames.Namespace, XmlCharacters.Clean(iri.Value));
            return;
        }

        if (!nodes.TryGetValue(id, out var label))
        {
            label = "b" + nodes.Count;
            nodes.Add(id, label);
        }

        xml.WriteAttributeString("rdf", "nodeID", RdfNames.Namespace, label);
    }

    private readonly record struct Line(string Subject, string Predicate, string Object, Statement Statement)
    {
        public static int Compare(Line x, Line y)
        {
            var order = string.CompareOrdinal(x.Subject, y.Subject);
            order = order != 0 ? order : x.Statement.Subject.CompareTo(y.Statement.Subject);
            order = order != 0 ? order : string.CompareOrdinal(x.Predicate, y.Predicate);
            return order != 0 ? order : string.CompareOrdinal(x.Object, y.Object);
        }
    }
}
