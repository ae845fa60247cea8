using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Results;

/// <summary>Takes the solutions of a result as they are read.</summary>
public interface IResultSink
{
    /// <summary>A solution: the variables that are bound. The list is good until the call returns.</summary>
    void Row(IReadOnlyList<KeyValuePair<string, Term>> bindings);
}

/// <summary>Reads solutions from the syntaxes in which endpoints send them, as they come in.</summary>
public static class ResultReaders
{
    /// <summary>The media types that are read, the preferred one first.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = ["application/sparql-results+json", "application/sparql-results+xml"];

    /// <summary>Reads a result.</summary>
    /// <exception cref="InvalidDataException">The document is no result with solutions, or the media type is none of <see cref="MediaTypes"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Read(Stream input, string mediaType, IResultSink sink, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(mediaType);
        ArgumentNullException.ThrowIfNull(sink);
        switch (mediaType.ToLowerInvariant())
        {
            case "application/sparql-results+json" or "application/json":
                new JsonResultReader(input, sink, cancellation).Read();
                break;
            case "application/sparql-results+xml" or "application/xml" or "text/xml":
                new XmlResultReader(input, sink, cancellation).Read();
                break;
            default:
                throw new InvalidDataException($"solutions are read as {string.Join(" or ", MediaTypes)}, not as {mediaType}");
        }
    }
}
