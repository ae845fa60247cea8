using System.Text;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Sparql;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Tests;

/// <summary>Data and shapes as Turtle, validated.</summary>
internal static class Validating
{
    private const string Prefixes = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix ex: <http://example.org/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        """;

    public static Dataset Read(string turtle, string scope = "")
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Prefixes + "\n" + turtle));
        return Dataset.Read(stream, RdfFormats.Turtle, new ReaderOptions { BlankNodeScope = scope });
    }

    public static QuadStore Store(Dataset data)
    {
        var store = new QuadStore();
        using var transaction = store.Begin();
        foreach (var quad in data)
        {
            transaction.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), quad.Graph?.Encode() ?? []);
        }

        transaction.Commit();
        return store;
    }

    public static ValidationReport Validate(string data, string shapes, ValidationOptions? options = null, CancellationToken cancellation = default)
    {
        using var store = Store(Read(data, "d."));
        return Validator.Validate(
            ShapeSet.Compile(Read(shapes, "s.")), store.Current, options ?? new ValidationOptions { DefaultGraph = DefaultGraphMode.Own }, cancellation);
    }

    public static string Text(ValidationReport report, string language = "en")
    {
        using var text = new StringWriter { NewLine = "\n" };
        ReportText.Write(report, text, language);
        return text.ToString();
    }
}
