using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using ReaderOptions = MuseumXtd.Rdf.Syntax.ReaderOptions;

namespace MuseumXtd.Conformance.Tests.Sparql;

/// <summary>What a test expects: a table, a boolean, or a graph.</summary>
internal sealed record ExpectedResult(ResultTable? Table = null, bool? Boolean = null, Dataset? Graph = null);

/// <summary>Reads the results that tests expect.</summary>
internal static class ResultReader
{
    private const string Rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";
    private static readonly XNamespace Xml = "http://www.w3.org/2005/sparql-results#";
    private static readonly XNamespace RdfXml = RdfNames.Namespace;
    private static readonly XNamespace RsXml = Rs;

    public static ExpectedResult Read(string file, string iri) => Path.GetExtension(file) switch
    {
        ".srx" => ReadXml(XDocument.Load(file).Root!),
        ".srj" => ReadJson(File.ReadAllBytes(file)),
        ".tsv" => new ExpectedResult(ReadTsv(File.ReadAllLines(file))),
        ".rdf" => new ExpectedResult(ReadRdfXml(XDocument.Load(file).Root!)),
        _ => ReadRdf(file, iri),
    };

    private static ExpectedResult ReadXml(XElement root)
    {
        if (root.Element(Xml + "boolean") is { } boolean)
        {
            return new ExpectedResult(Boolean: boolean.Value.Trim() == "true");
        }

        var variables = root.Element(Xml + "head")!.Elements(Xml + "variable").Select(v => v.Attribute("name")!.Value).ToList();
        var rows = root.Element(Xml + "results")!.Elements(Xml + "result").Select(result =>
            (IReadOnlyDictionary<string, Term>)result.Elements(Xml + "binding")
                .ToDictionary(b => b.Attribute("name")!.Value, b => XmlTerm(b.Elements().Single())));
        return new ExpectedResult(new ResultTable(variables, [.. rows]));
    }

    private static Term XmlTerm(XElement element)
    {
        XNamespace its = "http://www.w3.org/2005/11/its";
        return element.Name.LocalName switch
        {
            "uri" => new Iri(element.Value),
            "bnode" => new BlankNode(element.Value),
            "triple" => new TripleTerm(
                XmlTerm(element.Element(Xml + "subject")!.Elements().Single()),
                (Iri)XmlTerm(element.Element(Xml + "predicate")!.Elements().Single()),
                XmlTerm(element.Element(Xml + "object")!.Elements().Single())),
            _ => Literal(
                element.Value, element.Attribute("datatype")?.Value, element.Attribute(XNamespace.Xml + "lang")?.Value, element.Attribute(its + "dir")?.Value),
        };
    }

    private static ExpectedResult ReadJson(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (root.TryGetProperty("boolean", out var boolean))
        {
            return new ExpectedResult(Boolean: boolean.GetBoolean());
        }

        var variables = root.GetProperty("head").GetProperty("vars").EnumerateArray().Select(v => v.GetString()!).ToList();
        var rows = root.GetProperty("results").GetProperty("bindings").EnumerateArray().Select(row =>
            (IReadOnlyDictionary<string, Term>)row.EnumerateObject().ToDictionary(b => b.Name, b => JsonTerm(b.Value)));
        return new ExpectedResult(new ResultTable(variables, [.. rows]));
    }

    private static Term JsonTerm(JsonElement element)
    {
        var value = element.GetProperty("value");
        return element.GetProperty("type").GetString() switch
        {
            "uri" => new Iri(value.GetString()!),
            "bnode" => new BlankNode(value.GetString()!),
            "triple" => new TripleTerm(
                JsonTerm(value.GetProperty("subject")), (Iri)JsonTerm(value.GetProperty("predicate")), JsonTerm(value.GetProperty("object"))),
            _ => Literal(value.GetString()!, Text(element, "datatype"), Text(element, "xml:lang"), Text(element, "its:dir")),
        };
    }

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static Literal Literal(string text, string? datatype, string? language, string? direction) =>
        language is not null
            ? new Literal(text, language, direction switch
            {
                "ltr" => BaseDirection.LeftToRight,
                "rtl" => BaseDirection.RightToLeft,
                _ => BaseDirection.None,
            })
            : datatype is null || datatype == Xsd.String.Value ? new Literal(text) : new Literal(text, new Iri(datatype));

    private static ResultTable ReadTsv(string[] lines)
    {
        var variables = lines[0].Split('\t').Select(v => v.TrimStart('?')).ToList();
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select(line =>
            (IReadOnlyDictionary<string, Term>)line.Split('\t')
                .Select((field, i) => (Name: variables[i], Field: field))
                .Where(cell => cell.Field.Length > 0)
                .ToDictionary(cell => cell.Name, cell => TurtleTerm(cell.Field)));
        return new ResultTable(variables, [.. rows]);
    }

    private static Term TurtleTerm(string text)
    {
        using var document = new MemoryStream(Encoding.UTF8.GetBytes($"<urn:s> <urn:p> {text} ."));
        return Dataset.Read(document, RdfFormats.Turtle).Single().Object;
    }

    private static ExpectedResult ReadRdf(string file, string iri)
    {
        using var stream = File.OpenRead(file);
        var graph = Dataset.Read(stream, RdfFormats.BySuffix(file)!, new ReaderOptions { BaseIri = iri });
        var set = graph.Subjects(RdfNames.Type, new Iri(Rs + "ResultSet")).FirstOrDefault();
        if (set is null)
        {
            return new ExpectedResult(Graph: graph);
        }

        if (graph.Objects(set, new Iri(Rs + "boolean")).FirstOrDefault() is Literal boolean)
        {
            return new ExpectedResult(Boolean: boolean.LexicalForm == "true");
        }

        var solutions = graph.Objects(set, new Iri(Rs + "solution"))
            .OrderBy(s => int.Parse((graph.Objects(s, new Iri(Rs + "index")).FirstOrDefault() as Literal)?.LexicalForm ?? "0", null));
        var rows = solutions.Select(solution => (IReadOnlyDictionary<string, Term>)graph.Objects(solution, new Iri(Rs + "binding")).ToDictionary(
            binding => ((Literal)graph.Objects(binding, new Iri(Rs + "variable")).Single()).LexicalForm,
            binding => graph.Objects(binding, new Iri(Rs + "value")).Single()));
        return new ExpectedResult(new ResultTable([.. graph.Objects(set, new Iri(Rs + "resultVariable")).Select(v => ((Literal)v).LexicalForm)], [.. rows]));
    }

    /// <summary>The one shape in which the suites write results as RDF/XML.</summary>
    private static ResultTable ReadRdfXml(XElement root)
    {
        var set = root.Element(RsXml + "ResultSet")!;
        var rows = set.Elements(RsXml + "solution").OrderBy(s => int.Parse(s.Element(RsXml + "index")?.Value ?? "0", null)).Select(solution =>
            (IReadOnlyDictionary<string, Term>)solution.Elements(RsXml + "binding").ToDictionary(
                binding => binding.Element(RsXml + "variable")!.Value,
                binding => RdfXmlTerm(binding.Element(RsXml + "value")!)));
        return new ResultTable([.. set.Elements(RsXml + "resultVariable").Select(v => v.Value)], [.. rows]);
    }

    private static Term RdfXmlTerm(XElement value) =>
        value.Attribute(RdfXml + "resource") is { } iri ? new Iri(iri.Value)
        : value.Attribute(RdfXml + "nodeID") is { } node ? new BlankNode(node.Value)
        : Literal(value.Value, value.Attribute(RdfXml + "datatype")?.Value, value.Attribute(XNamespace.Xml + "lang")?.Value, null);
}
