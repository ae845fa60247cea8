using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MuseumXtd.Server.Search;

/// <summary>What a search asks for.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Filters">The chosen value of each facet that has one, an IRI.</param>
/// <param name="Offset">How many hits are skipped.</param>
/// <param name="Limit">How many are wanted.</param>
internal sealed record SearchRequest(string Text, IReadOnlyDictionary<string, string> Filters, int Offset, int Limit)
{
    public const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const int MaxOffset = 1_000_000;

    /// <summary>Reads <c>q</c>, <c>offset</c>, <c>limit</c> and the facets; or tells what is wrong with them.</summary>
    public static (SearchRequest? Request, string? Problem) Read(HttpRequest http)
    {
        var filters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var facet in Facet.All)
        {
            var value = http.Query[facet.Name].ToString();
            if (value.Length > 0)
            {
                filters.Add(facet.Name, value);
            }
        }

        return !TryRead("offset", 0, MaxOffset, out var offset) ? (null, $"offset is a whole number from 0 to {MaxOffset}.")
            : !TryRead("limit", DefaultLimit, MaxLimit, out var limit) || limit == 0 ? (null, $"limit is a whole number from 1 to {MaxLimit}.")
            : (new SearchRequest(http.Query["q"].ToString(), filters, offset, limit), null);

        bool TryRead(string name, int otherwise, int most, out int value)
        {
            var text = http.Query[name].ToString();
            value = otherwise;
            return text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= most);
        }
    }

    /// <summary>The address of this search with something changed; what is not given stays.</summary>
    public string Link(string? facet = null, string? value = null, int offset = 0, string? text = null)
    {
        var parts = new List<string> { "q=" + Uri.EscapeDataString(text ?? Text) };
        foreach (var (name, chosen) in Filters)
        {
            if (name != facet)
            {
                parts.Add(name + "=" + Uri.EscapeDataString(chosen));
            }
        }

        if (facet is not null && value is not null)
        {
            parts.Add(facet + "=" + Uri.EscapeDataString(value));
        }

        if (offset > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"offset={offset}"));
        }

        if (Limit != DefaultLimit)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"limit={Limit}"));
        }

        return "/search?" + string.Join('&', parts);
    }
}
