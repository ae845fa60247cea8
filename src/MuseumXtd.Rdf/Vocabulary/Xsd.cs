namespace MuseumXtd.Rdf.Vocabulary;

/// <summary>Datatypes of XML Schema that RDF and SPARQL use.</summary>
public static class Xsd
{
    /// <summary>The namespace.</summary>
    public const string Namespace = "http://www.w3.org/2001/XMLSchema#";

    /// <summary><c>xsd:string</c></summary>
    public static readonly Iri String = new(Namespace + "string");

    /// <summary><c>xsd:boolean</c></summary>
    public static readonly Iri Boolean = new(Namespace + "boolean");

    /// <summary><c>xsd:integer</c></summary>
    public static readonly Iri Integer = new(Namespace + "integer");

    /// <summary><c>xsd:decimal</c></summary>
    public static readonly Iri Decimal = new(Namespace + "decimal");

    /// <summary><c>xsd:float</c></summary>
    public static readonly Iri Float = new(Namespace + "float");

    /// <summary><c>xsd:double</c></summary>
    public static readonly Iri Double = new(Namespace + "double");

    /// <summary><c>xsd:dateTime</c></summary>
    public static readonly Iri DateTime = new(Namespace + "dateTime");

    /// <summary><c>xsd:date</c></summary>
    public static readonly Iri Date = new(Namespace + "date");

    /// <summary><c>xsd:time</c></summary>
    public static readonly Iri Time = new(Namespace + "time");

    /// <summary><c>xsd:dayTimeDuration</c></summary>
    public static readonly Iri DayTimeDuration = new(Namespace + "dayTimeDuration");

    /// <summary><c>xsd:gYear</c></summary>
    public static readonly Iri GYear = new(Namespace + "gYear");

    /// <summary><c>xsd:anyURI</c></summary>
    public static readonly Iri AnyUri = new(Namespace + "anyURI");
}
