using MuseumXtd.Rdf.Syntax.NTriples;
using MuseumXtd.Rdf.Syntax.RdfXml;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>The registry of RDF syntaxes; a new syntax is one entry here.</summary>
public static class RdfFormats
{
    /// <summary>Turtle (RDF 1.1 Turtle).</summary>
    public static RdfFormat Turtle { get; } = new()
    {
        Name = "turtle",
        Label = "Turtle",
        MediaTypes = ["text/turtle", "application/x-turtle"],
        Suffixes = ["ttl"],
        SupportsDatasets = false,
        CreateReader = () => new TurtleReader(trig: false),
        CreateWriter = (output, options) => new TurtleWriter(output, options, trig: false),
    };

    /// <summary>N-Triples (RDF 1.1 N-Triples).</summary>
    public static RdfFormat NTriples { get; } = new()
    {
        Name = "ntriples",
        Label = "N-Triples",
        MediaTypes = ["application/n-triples"],
        Suffixes = ["nt"],
        SupportsDatasets = false,
        CreateReader = () => new NTriplesReader(quads: false),
        CreateWriter = (output, options) => new NTriplesWriter(output, quads: false, options.IsCanonical),
    };

    /// <summary>TriG (RDF 1.1 TriG).</summary>
    public static RdfFormat TriG { get; } = new()
    {
        Name = "trig",
        Label = "TriG",
        MediaTypes = ["application/trig", "application/x-trig"],
        Suffixes = ["trig"],
        SupportsDatasets = true,
        CreateReader = () => new TurtleReader(trig: true),
        CreateWriter = (output, options) => new TurtleWriter(output, options, trig: true),
    };

    /// <summary>N-Quads (RDF 1.1 N-Quads).</summary>
    public static RdfFormat NQuads { get; } = new()
    {
        Name = "nquads",
        Label = "N-Quads",
        MediaTypes = ["application/n-quads", "text/x-nquads"],
        Suffixes = ["nq"],
        SupportsDatasets = true,
        CreateReader = () => new NTriplesReader(quads: true),
        CreateWriter = (output, options) => new NTriplesWriter(output, quads: true, options.IsCanonical),
    };

    /// <summary>RDF/XML (RDF 1.2 XML Syntax).</summary>
    public static RdfFormat RdfXml { get; } = new()
    {
        Name = "rdfxml",
        Label = "RDF/XML",
        MediaTypes = ["application/rdf+xml"],
        Suffixes = ["rdf", "owl", "xml"],
        SupportsDatasets = false,
        CreateReader = () => new RdfXmlReader(),
        CreateWriter = (output, options) => new RdfXmlWriter(output, options),
    };

    /// <summary>All formats, the preferred one first.</summary>
    public static IReadOnlyList<RdfFormat> All { get; } = [Turtle, NTriples, TriG, NQuads, RdfXml];

    /// <summary>The formats that can be written.</summary>
    public static IReadOnlyList<RdfFormat> Writable { get; } = [.. All.Where(f => f.CreateWriter is not null)];

    /// <summary>The format with a name, or null.</summary>
    public static RdfFormat? ByName(string name) =>
        All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format with a media type, whose parameters are ignored, or null.</summary>
    public static RdfFormat? ByMediaType(string mediaType)
    {
        var essence = mediaType.Split(';')[0].Trim();
        return All.FirstOrDefault(f => f.MediaTypes.Contains(essence, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The format with a file suffix, or of a file's or URL's name, or null.</summary>
    public static RdfFormat? BySuffix(string nameOrSuffix)
    {
        var suffix = nameOrSuffix[(nameOrSuffix.LastIndexOf('.') + 1)..];
        return All.FirstOrDefault(f => f.Suffixes.Contains(suffix, StringComparer.OrdinalIgnoreCase));
    }
}
