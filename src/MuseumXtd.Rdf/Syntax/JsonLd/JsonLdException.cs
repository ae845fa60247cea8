namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>An error of JSON-LD's algorithms, by the code that the specification gives it (JSON-LD 1.1 API, section 10.1).</summary>
public sealed class JsonLdException : Exception
{
    internal JsonLdException(string code, string detail)
        : base($"{detail} [{code}]")
    {
        Code = code;
        Detail = detail;
    }

    /// <summary>The specification's code, such as <c>invalid IRI mapping</c>.</summary>
    public string Code { get; }

    /// <summary>What is wrong, without the code.</summary>
    public string Detail { get; }

    /// <summary>Where the object begins in which the error is, in bytes; -1 where that is not known.</summary>
    internal long Offset { get; set; } = -1;
}
