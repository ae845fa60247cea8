namespace MuseumXtd.Server.Federation;

/// <summary>The beginning of the IRIs of endpoints that may be asked: scheme, host and port as a whole, and the beginning of the path.</summary>
internal sealed class ServicePrefix
{
    private readonly Uri _uri;

    private ServicePrefix(Uri uri) => _uri = uri;

    /// <summary>Reads a prefix.</summary>
    /// <exception cref="ArgumentException">It is no absolute http or https IRI without user, query and fragment.</exception>
    public static ServicePrefix Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? new ServicePrefix(uri)
            : throw new ArgumentException($"'{text}' is no http or https IRI of endpoints, such as https://query.wikidata.org/sparql.", nameof(text));

    /// <summary>Whether an endpoint is among them. Both are in normal form: no path leads out of the prefix by its dots.</summary>
    public bool Covers(Uri endpoint) =>
        endpoint.Scheme == _uri.Scheme && endpoint.IdnHost.Equals(_uri.IdnHost, StringComparison.OrdinalIgnoreCase) && endpoint.Port == _uri.Port
        && endpoint.AbsolutePath.StartsWith(_uri.AbsolutePath, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _uri.AbsoluteUri;
}
