using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Results;

namespace MuseumXtd.Server.Protocol;

/// <summary>The endpoint in its own terms (SPARQL 1.1 Service Description).</summary>
internal static class ServiceDescription
{
    private const string Sd = "http://www.w3.org/ns/sparql-service-description#";
    private const string Mxtd = "https://w3id.org/museumxtd/ns#";
    private const string Formats = "http://www.w3.org/ns/formats/";

    /// <summary>The prefixes that read well in it.</summary>
    public static IReadOnlyDictionary<string, string> Prefixes { get; } =
        new Dictionary<string, string> { ["sd"] = Sd, ["formats"] = Formats, ["mxtd"] = "https://w3id.org/museumxtd/ns#" };

    /// <summary>Writes the description.</summary>
    public static void WriteTo(IQuadSink sink, string endpoint, ServerOptions options)
    {
        var service = new Iri(endpoint);
        Add(RdfNames.Type, new Iri(Sd + "Service"));
        Add(new Iri(Sd + "endpoint"), service);
        Add(new Iri(Sd + "supportedLanguage"), new Iri(Sd + "SPARQL11Query"));
        Add(new Iri(Sd + "feature"), new Iri(Sd + "EmptyGraphs"));
        Add(new Iri(Sd + "propertyFeature"), new Iri(TextSearch.ResourceFunction));
        Add(new Iri(Sd + "propertyFeature"), new Iri(TextSearch.TextFunction));
        if (options.IsWritable)
        {
            Add(new Iri(Sd + "supportedLanguage"), new Iri(Sd + "SPARQL11Update"));
        }

        if (options.DefaultGraph == DefaultGraphMode.Union)
        {
            Add(new Iri(Sd + "feature"), new Iri(Sd + "UnionDefaultGraph"));
        }

        foreach (var name in RdfFormats.Writable.Select(f => f.Label.Replace('-', '_')).Concat(ResultFormats.All.Where(f => f != ResultFormats.Table).Select(f => "SPARQL_Results_" + f.Label)))
        {
            Add(new Iri(Sd + "resultFormat"), new Iri(Formats + name));
        }

        if (options.ServiceAllow.Count > 0)
        {
            Add(new Iri(Sd + "feature"), new Iri(Sd + "BasicFederatedQuery"));
            foreach (var prefix in options.ServiceAllow)
            {
                Add(new Iri(Mxtd + "federatesTo"), new Literal(prefix));
            }
        }

        // What a query may use; a request lowers these with timeout=, max-memory= and max-rows=.
        Limit("queryTimeoutSeconds", options.Timeout.TotalSeconds);
        Limit("queryMaxMemoryMegabytes", options.MaxMemoryBytes >> 20);
        Limit("queryMaxRows", options.MaxRows);

        void Limit(string name, double value)
        {
            var isWhole = value == Math.Floor(value);
            Add(
                new Iri(Mxtd + name),
                new Literal(value.ToString(isWhole ? "0" : "0.###", System.Globalization.CultureInfo.InvariantCulture), isWhole ? Xsd.Integer : Xsd.Decimal));
        }

        void Add(Iri predicate, Term value) => sink.Quad(service.Encode(), predicate.Encode(), value.Encode(), default);
    }
}
