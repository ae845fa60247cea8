using System.Globalization;
using System.Text.Json;

namespace MuseumXtd.Server.Harvesting.Mirroring;

/// <summary>
/// Harvests by a feed of activities (IIIF Change Discovery 1.0): from the newest page back to what is known, the last word on each resource counts, and
/// each resource is then asked for itself.
/// </summary>
internal sealed class FeedHarvest(ProviderClient client, MirrorFolder folder, Action<string>? progress)
{
    private const string Suffix = ".ttl";
    private const string Json = "application/ld+json, application/activity+json, application/json;q=0.9";

    private static readonly (string Role, bool IsGone)[] There = [("object", false)];
    private static readonly (string Role, bool IsGone)[] Gone = [("object", true)];
    private static readonly (string Role, bool IsGone)[] Moved = [("object", true), ("target", false)];

    public async Task<MirrorResult> RunAsync(MirrorState state, CancellationToken cancellation)
    {
        var (changes, newest) = await ChangesAsync(state, cancellation).ConfigureAwait(false);
        var (written, deleted) = (0, 0);
        foreach (var (resource, (isDeletion, document)) in changes.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            var answer = isDeletion ? null : await client.GetAsync(document, "text/turtle", cancellation).ConfigureAwait(false);
            if (answer is not var (content, mediaType))
            {
                deleted += folder.Delete(resource, Suffix) ? 1 : 0;
                continue;
            }

            if (mediaType is not "text/turtle" and not "application/n-triples")
            {
                throw new MirrorException($"{document} is {mediaType}, not Turtle.");
            }

            folder.Write(resource, Suffix, content);
            written++;
            progress?.Invoke($"{written} resources");
        }

        // What was known is known only now that all files are written; before, a broken harvest begins again at the same place.
        folder.WriteState(state with { From = newest ?? state.From });
        return new MirrorResult(written, deleted, folder.Count);
    }

    private async Task<(Dictionary<string, (bool IsDeletion, string Document)> Changes, string? Newest)> ChangesAsync(MirrorState state, CancellationToken cancellation)
    {
        using var collection = await JsonAsync(state.Url, cancellation).ConfigureAwait(false);
        var changes = new Dictionary<string, (bool, string)>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? newest = null;
        for (var page = IdOf(collection.RootElement, "last"); page is not null;)
        {
            if (!seen.Add(page))
            {
                throw new MirrorException($"The pages of {state.Url} go round in a circle.");
            }

            using var json = await JsonAsync(page, cancellation).ConfigureAwait(false);
            var items = json.RootElement.TryGetProperty("orderedItems", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Reverse().ToList() : [];
            foreach (var item in items)
            {
                var time = Text(item, "endTime") ?? Text(item, "published") ?? "";
                newest ??= time;

                // The last second is looked at again: more may have happened in it.
                if (state.From is not null && IsBefore(time, state.From))
                {
                    return (changes, newest);
                }

                var type = Text(item, "type");
                foreach (var (role, isGone) in type == "Move" ? Moved : type is "Delete" or "Remove" ? Gone : There)
                {
                    if (item.TryGetProperty(role, out var changed) && IdOf(changed) is { } resource)
                    {
                        var document = changed.TryGetProperty("seeAlso", out var also) && IdOf(also) is { } address ? address : resource;
                        changes.TryAdd(resource, (isGone, document));
                    }
                }
            }

            page = IdOf(json.RootElement, "prev");
        }

        return (changes, newest);
    }

    private async Task<JsonDocument> JsonAsync(string url, CancellationToken cancellation)
    {
        var answer = await client.GetAsync(url, Json, cancellation).ConfigureAwait(false) ?? throw new MirrorException($"There is nothing at {url}.");
        try
        {
            var json = JsonDocument.Parse(answer.Content);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new MirrorException($"{url} is no page of a feed.");
        }
        catch (JsonException e)
        {
            throw new MirrorException($"{url} is no JSON: {e.Message}", e);
        }
    }

    private static bool IsBefore(string time, string other) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var a)
        && DateTimeOffset.TryParse(other, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var b) && a < b;

    private static string? IdOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? IdOf(value) : null;

    private static string? IdOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : value.ValueKind == JsonValueKind.Object ? Text(value, "id") : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
