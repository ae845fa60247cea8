using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace MuseumXtd.Server.Harvesting.Mirroring;

/// <summary>What a harvest did.</summary>
/// <param name="Written">How many records were taken.</param>
/// <param name="Deleted">How many records of the replica are gone.</param>
/// <param name="Total">How many records the replica holds.</param>
public sealed record MirrorResult(int Written, int Deleted, int Total);

/// <summary>
/// Mirrors what a provider has into a folder of RDF files, by OAI-PMH or by a feed of changes. The first time everything is taken, then what changed; a
/// harvest that was broken off goes on where it was.
/// </summary>
public sealed class Mirror : IDisposable
{
    private readonly ProviderClient _client = new();
    private readonly MirrorFolder _folder;
    private readonly string _url;

    /// <summary>A replica of the provider at <paramref name="url"/> in a folder, which is made when it is not there.</summary>
    public Mirror(string url, string directory)
    {
        _url = url;
        _folder = new MirrorFolder(directory);
    }

    /// <summary>The metadata prefix; null: the richest RDF that the provider has.</summary>
    public string? Prefix { get; init; }

    /// <summary>The set; null for everything.</summary>
    public string? Set { get; init; }

    /// <summary>Told how far the harvest is.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Takes what is new.</summary>
    /// <exception cref="MirrorException">The provider cannot be harvested.</exception>
    public async Task<MirrorResult> RunAsync(CancellationToken cancellation)
    {
        var state = _folder.ReadState();
        if (state is not null && (state.Url != _url || state.Set != Set || (Prefix is not null && state.Prefix != Prefix)))
        {
            throw new MirrorException($"The folder holds another harvest: {state.Url}, {state.Prefix}, set {state.Set ?? "none"}. Take another folder.");
        }

        if (state is null)
        {
            state = new MirrorState(_url, await PrefixAsync(cancellation).ConfigureAwait(false), Set, null, null, null);
        }

        return state.Prefix is null
            ? await new FeedHarvest(_client, _folder, Progress).RunAsync(state, cancellation).ConfigureAwait(false)
            : await new OaiHarvest(_client, _folder, Progress).RunAsync(state, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Finds out what the provider is: a repository, and what it has, or a feed.</summary>
    private async Task<string?> PrefixAsync(CancellationToken cancellation)
    {
        var answer = await _client.GetAsync(OaiHarvest.With(_url, "verb=ListMetadataFormats"), "text/xml, application/ld+json;q=0.9, application/json;q=0.8", cancellation).ConfigureAwait(false)
            ?? throw new MirrorException($"There is nothing at {_url}.");
        if (IsFeed(answer.Content))
        {
            return Prefix is null && Set is null ? null : throw new MirrorException($"{_url} is a feed: it has no sets and no metadata prefixes.");
        }

        XDocument formats;
        try
        {
            formats = OaiHarvest.Parse(answer.Content);
        }
        catch (XmlException e)
        {
            throw new MirrorException($"{_url} is neither an OAI-PMH repository nor a feed of activities.", e);
        }

        var offered = formats.Descendants(OaiHarvest.Oai + "metadataPrefix").Select(p => p.Value).ToList();
        return Prefix is not null
            ? offered.Contains(Prefix) ? Prefix : throw new MirrorException($"{_url} has no records as {Prefix}; it has {string.Join(", ", offered)}.")
            : ((string[])["mxtd", "rdf", "edm", "oai_dc"]).FirstOrDefault(offered.Contains) ?? throw new MirrorException($"{_url} is no OAI-PMH repository.");
    }

    private static bool IsFeed(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("type", out var type) && type.ValueEquals("OrderedCollection");
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
