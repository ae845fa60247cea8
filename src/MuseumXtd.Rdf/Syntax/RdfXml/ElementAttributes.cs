namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>The attributes of an element, sorted out: those of the syntax by name, all others as properties.</summary>
internal sealed class ElementAttributes
{
    public string? Id { get; set; }

    public string? About { get; set; }

    public string? NodeId { get; set; }

    public string? Resource { get; set; }

    public string? Datatype { get; set; }

    public string? ParseType { get; set; }

    public string? Annotation { get; set; }

    public string? AnnotationNodeId { get; set; }

    /// <summary>Properties with text as their value: namespace, name, text.</summary>
    public List<(string Namespace, string Name, string Value)> Properties { get; } = [];

    /// <summary>What the element hands down.</summary>
    public required XmlScope Scope { get; init; }
}
