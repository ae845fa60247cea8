namespace MuseumXtd.Rdf.Vocabulary;

/// <summary>Names of the RDF vocabulary itself.</summary>
public static class RdfNames
{
    /// <summary>The namespace.</summary>
    public const string Namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary><c>rdf:type</c></summary>
    public static readonly Iri Type = new(Namespace + "type");

    /// <summary><c>rdf:first</c></summary>
    public static readonly Iri First = new(Namespace + "first");

    /// <summary><c>rdf:rest</c></summary>
    public static readonly Iri Rest = new(Namespace + "rest");

    /// <summary><c>rdf:nil</c></summary>
    public static readonly Iri Nil = new(Namespace + "nil");

    /// <summary><c>rdf:langString</c></summary>
    public static readonly Iri LangString = new(Namespace + "langString");

    /// <summary><c>rdf:dirLangString</c></summary>
    public static readonly Iri DirLangString = new(Namespace + "dirLangString");

    /// <summary><c>rdf:reifies</c></summary>
    public static readonly Iri Reifies = new(Namespace + "reifies");
}
