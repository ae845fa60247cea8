namespace MuseumXtd.Sparql.Results;

/// <summary>One format of query results: its names in the world and its writer.</summary>
/// <param name="Name">The name on command lines: <c>json</c>.</param>
/// <param name="Label">The name for people.</param>
/// <param name="MediaTypes">Media types, the registered one first.</param>
/// <param name="Suffixes">File suffixes without the dot, the usual one first.</param>
/// <param name="CreateWriter">Makes a writer, for one result.</param>
public sealed record ResultFormat(
    string Name, string Label, IReadOnlyList<string> MediaTypes, IReadOnlyList<string> Suffixes, Func<ResultWriter> CreateWriter);

/// <summary>The registry of formats of query results; a new format is one entry here.</summary>
public static class ResultFormats
{
    /// <summary>SPARQL 1.1 Query Results JSON Format.</summary>
    public static ResultFormat Json { get; } =
        new("json", "JSON", ["application/sparql-results+json", "application/json"], ["srj", "json"], () => new JsonWriter());

    /// <summary>SPARQL Query Results XML Format.</summary>
    public static ResultFormat Xml { get; } =
        new("xml", "XML", ["application/sparql-results+xml", "application/xml"], ["srx", "xml"], () => new XmlWriter());

    /// <summary>SPARQL 1.1 Query Results CSV.</summary>
    public static ResultFormat Csv { get; } = new("csv", "CSV", ["text/csv"], ["csv"], () => new CsvWriter());

    /// <summary>SPARQL 1.1 Query Results TSV.</summary>
    public static ResultFormat Tsv { get; } = new("tsv", "TSV", ["text/tab-separated-values"], ["tsv"], () => new TsvWriter());

    /// <summary>A table for people.</summary>
    public static ResultFormat Table { get; } = new("table", "Text", ["text/plain"], ["txt"], () => new TableWriter());

    /// <summary>All formats, the preferred one first.</summary>
    public static IReadOnlyList<ResultFormat> All { get; } = [Json, Xml, Csv, Tsv, Table];

    /// <summary>The format with a name, or null.</summary>
    public static ResultFormat? ByName(string name) => All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format with a media type, whose parameters are ignored, or null.</summary>
    public static ResultFormat? ByMediaType(string mediaType)
    {
        var essence = mediaType.Split(';')[0].Trim();
        return All.FirstOrDefault(f => f.MediaTypes.Contains(essence, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The format with a file suffix, or of a file's name, or null.</summary>
    public static ResultFormat? BySuffix(string nameOrSuffix)
    {
        var suffix = nameOrSuffix[(nameOrSuffix.LastIndexOf('.') + 1)..];
        return All.FirstOrDefault(f => f.Suffixes.Contains(suffix, StringComparer.OrdinalIgnoreCase));
    }
}
