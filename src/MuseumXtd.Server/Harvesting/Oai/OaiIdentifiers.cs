namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>Identifiers of items (OAI Identifier Format): <c>oai:{domain}:{type}/{id}</c>; a resource of another base has its whole IRI behind <c>iri/</c>.</summary>
internal sealed class OaiIdentifiers(string domain, string baseIri)
{
    private const string Foreign = "iri/";
    private readonly string _prefix = $"oai:{domain}:";

    public string Of(string iri)
    {
        var isOurs = iri.StartsWith(baseIri, StringComparison.Ordinal) && iri.Length > baseIri.Length && !iri.AsSpan(baseIri.Length).StartsWith(Foreign, StringComparison.Ordinal);
        return _prefix + (isOurs ? string.Join('/', iri[baseIri.Length..].Split('/').Select(Uri.EscapeDataString)) : Foreign + Uri.EscapeDataString(iri));
    }

    /// <summary>The IRI that has an identifier, or null when none can have it.</summary>
    public string? IriOf(string identifier)
    {
        if (!identifier.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var local = identifier[_prefix.Length..];
        var iri = local.StartsWith(Foreign, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(local[Foreign.Length..])
            : baseIri + Uri.UnescapeDataString(local);

        // Only one way of writing it is right: identifiers are compared as they are written.
        return Of(iri) == identifier ? iri : null;
    }
}
