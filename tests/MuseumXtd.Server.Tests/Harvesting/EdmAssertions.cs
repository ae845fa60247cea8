using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>What Europeana asserts of external EDM beyond its schema.</summary>
internal static partial class EdmAssertions
{
    public static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace DcTerms = "http://purl.org/dc/terms/";
    public static readonly XNamespace Edm = "http://www.europeana.eu/schemas/edm/";
    public static readonly XNamespace Ore = "http://www.openarchives.org/ore/terms/";
    public static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary>The assertions that do not hold for a record.</summary>
    public static List<string> Failed(XElement record, bool isSingle = true)
    {
        var failed = new List<string>();
        var works = record.Elements(Edm + "ProvidedCHO").ToList();
        var aggregations = record.Elements(Ore + "Aggregation").ToList();
        Check(!isSingle || works.Count == 1, "one ProvidedCHO");
        Check(!isSingle || aggregations.Count == 1, "one Aggregation");
        foreach (var element in record.DescendantsAndSelf())
        {
            Check(element.Attribute(Rdf + "resource")?.Value != "", "no empty rdf:resource");
            Check(element.Attribute(Rdf + "about")?.Value != "", "no empty rdf:about");
            Check(element.Attribute(XNamespace.Xml + "lang")?.Value != "", "no empty xml:lang");
            Check(element.Attribute(Rdf + "resource") is null || element.Value.Length == 0, "a link or a text, not both");
        }

        foreach (var work in works)
        {
            Check(work.Elements().Any(e => e.Name == Dc + "subject" || e.Name == Dc + "type" || e.Name == DcTerms + "temporal" || e.Name == DcTerms + "spatial"), "subject, type, temporal or spatial");
            Check(Has(work, Dc + "title") || Has(work, Dc + "description"), "title or description");
            Check(work.Elements(Dc + "title").Concat(work.Elements(Dc + "description")).All(e => e.Value.Trim().Length > 0), "no empty title or description");
            Check(work.Element(Edm + "type")?.Value is "TEXT" or "VIDEO" or "IMAGE" or "SOUND" or "3D", "a type of edm:type");
            Check(work.Element(Edm + "type")?.Value != "TEXT" || Has(work, Dc + "language"), "a text has a language");
        }

        foreach (var aggregation in aggregations)
        {
            Check(Has(aggregation, Edm + "dataProvider"), "dataProvider");
            Check(Has(aggregation, Edm + "provider"), "provider");
            Check(aggregation.Elements().Any(e => e.Name == Edm + "isShownAt" || e.Name == Edm + "isShownBy"), "isShownAt or isShownBy");
            Check(aggregation.Element(Edm + "rights")?.Attribute(Rdf + "resource") is not null, "rights as a link");
            Check(aggregation.Element(Edm + "ugc")?.Value is null or "true", "ugc is true or not there");
            Check(works.Any(w => w.Attribute(Rdf + "about")!.Value == aggregation.Element(Edm + "aggregatedCHO")?.Attribute(Rdf + "resource")?.Value), "aggregates the work");
        }

        foreach (var rights in record.Descendants(Edm + "rights"))
        {
            Check(RightsPattern().IsMatch(rights.Attribute(Rdf + "resource")?.Value ?? ""), "a known rights statement");
        }

        Check(record.Descendants(DcTerms + "hasPart").All(p => p.Parent!.Name != Edm + "WebResource" || p.Value.Length == 0), "no literal hasPart of a WebResource");
        return failed;

        void Check(bool holds, string assertion)
        {
            if (!holds)
            {
                failed.Add(assertion);
            }
        }

        static bool Has(XElement element, XName name) => element.Elements(name).Any(e => e.Value.Trim().Length > 0 || e.Attribute(Rdf + "resource") is not null);
    }

    [GeneratedRegex(@"^http://(creativecommons\.org/(licenses/(by|by-sa|by-nd|by-nc|by-nc-sa|by-nc-nd)/(4\.0|[123]\.\d(/\w+)?)|publicdomain/(mark|zero)/1\.0)|rightsstatements\.org/vocab/(NoC-NC|NoC-OKLR|InC|InC-EDU|InC-OW-EU|CNE)/1\.0)/\z")]
    private static partial Regex RightsPattern();
}
