using MuseumXtd.Rdf.Syntax.JsonLd;
using MuseumXtd.Rdf.Syntax.NTriples;
using MuseumXtd.Rdf.Syntax.RdfXml;
using MuseumXtd.Rdf.Syntax.Turtle;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>The registry of RDF syntaxes; a new syntax is one entry here.</summary>
public static class RdfFormats
{
    /// <summary>Turtle (RDF 1.2 Turtle).</summary>
    public static RdfFormat Turtle { get; } = new()
    {
        Name = "turtle",
        Label = "Turtle",
        MediaTypes = ["text/turtle", "application/x-turtle"],
        Suffixes = ["ttl"],
        SupportsDatasets = false,
        SupportsTripleTerms = true,
        IsStreaming = true,
        CreateReader = () => new TurtleReader(trig: false),
        CreateWriter = (output, options) => new TurtleWriter(output, options, trig: false),
        WriteSorted = PrettyTurtleWriter.Write,
    };

    /// <summary>N-Triples (RDF 1.2 N-Triples).</summary>
    public static RdfFormat NTriples { get; } = new()
    {
        Name = "ntriples",
        Label = "N-Triples",
        MediaTypes = ["application/n-triples"],
        Suffixes = ["nt"],
        SupportsDatasets = false,
        SupportsTripleTerms = true,
        IsStreaming = true,
        IsLineBased = true,
        CreateReader = () => new NTriplesReader(quads: false),
        CreateWriter = (output, options) => new NTriplesWriter(output, quads: false, options.IsCanonical),
    };

    /// <summary>TriG (RDF 1.2 TriG).</summary>
    public static RdfFormat TriG { get; } = new()
    {
        Name = "trig",
        Label = "TriG",
        MediaTypes = ["application/trig", "application/x-trig"],
        Suffixes = ["trig"],
        SupportsDatasets = true,
        SupportsTripleTerms = true,
        IsStreaming = true,
        CreateReader = () => new TurtleReader(trig: true),
        CreateWriter = (output, options) => new TurtleWriter(output, options, trig: true),
        WriteSorted = PrettyTurtleWriter.Write,
    };

    /// <summary>N-Quads (RDF 1.2 N-Quads).</summary>
    public static RdfFormat NQuads { get; } = new()
    {
        Name = "nquads",
        Label = "N-Quads",
        MediaTypes = ["application/n-quads", "text/x-nquads"],
        Suffixes = ["nq"],
        SupportsDatasets = true,
        SupportsTripleTerms = true,
        IsStreaming = true,
        IsLineBased = true,
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
        SupportsTripleTerms = true,
        IsStreaming = true,
        CreateReader = () => new RdfXmlReader(),
        CreateWriter = (output, options) => new RdfXmlWriter(output, options),
        WriteSorted = SortedRdfXml.Write,
    };

    /// <summary>JSON-LD 1.1.</summary>
    public static RdfFormat JsonLd { get; } = new()
    {
        Name = "jsonld",
        Label = "JSON-LD",
        MediaTypes = ["application/ld+json", "application/json"],
        Suffixes = ["jsonld", "json"],
        SupportsDatasets = true,
        CreateReader = () => new JsonLdReader(new JsonLdOptions { Direction = RdfDirection.DirectionalLiteral }),
        CreateWriter = (output, options) => new JsonLdWriter(output, options),
        WriteSorted = SortedJsonLd.Write,
    };

    /// <summary>All formats, the preferred one first.</summary>
    public static IReadOnlyList<RdfFormat> All { get; } = [Turtle, NTriples, TriG, NQuads, RdfXml, JsonLd];

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

    /// <summary>The format that a file's name tells, also where its last suffix is that of a compression, as in <c>a.ttl.gz</c>, or null.</summary>
    public static RdfFormat? ByFileName(string path) =>
        BySuffix(Compression.BySuffix(path) is { } compression ? path[..^(compression.Suffix.Length + 1)] : path);

    /// <summary>Reads a file whose name tells its format, compressed or not; relative IRIs are resolved against its place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sink">Takes the statements.</param>
    /// <param name="options">Limits and the blank node scope; a base IRI in it takes the place of the file's.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">
    /// The file cannot be used: its name tells no format, it is damaged, or it is not well formed. The message begins with the path, and a
    /// syntax error is the inner exception.
    /// </exception>
    public static void ReadFile(string path, IQuadSink sink, ReaderOptions options, CancellationToken cancellation = default)
    {
        var format = ByFileName(path) ?? throw new InvalidDataException($"{path}: the name tells no RDF format.");
        using var file = File.OpenRead(path);
        ReadFile(path, file, options, (input, known) => format.CreateReader().Read(input, sink, known, cancellation));
    }

    /// <summary>The same with a reader of one's own, for an open file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">The same, open.</param>
    /// <param name="options">Limits and the blank node scope.</param>
    /// <param name="read">Reads what the file holds, decompressed, with the options that it needs.</param>
    /// <exception cref="InvalidDataException">As for the other.</exception>
    public static void ReadFile(string path, Stream file, ReaderOptions options, Action<Stream, ReaderOptions> read)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            using var input = Compression.Decompress(file);
            read(input, options with { BaseIri = options.BaseIri ?? new Uri(Path.GetFullPath(path)).AbsoluteUri });
        }
        catch (RdfSyntaxException e)
        {
            throw new InvalidDataException($"{path}:{e.Message} [{e.Code}]", e);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}
