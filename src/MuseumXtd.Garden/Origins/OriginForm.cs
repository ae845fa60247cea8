namespace MuseumXtd.Garden;

/// <summary>How the origins of statements are written as RDF.</summary>
public enum OriginForm
{
    /// <summary>A reifier (RDF 1.2) for each place that says a statement.</summary>
    Reifiers,

    /// <summary>A Web Annotation for each place that speaks of a resource, with the words as its target.</summary>
    Annotations,
}
