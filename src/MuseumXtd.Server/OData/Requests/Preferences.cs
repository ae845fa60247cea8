using System.Globalization;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.OData.Tables;
using MuseumXtd.Server.OData.Writing;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>What a client wants of the form of an answer: version, format, preferences (Protocol, section 8.2).</summary>
internal sealed record Preferences(string Version, JsonFormat Json, TableFormat? Table, int? MaxPageSize, string? Applied)
{
    private static readonly string[] MediaTypes = ["application/json", .. TableFormat.All.Select(f => f.MediaType)];
    private static readonly string Available = string.Join(", ", MediaTypes);

    /// <summary>Reads the headers and <c>$format</c> of a request whose answer is JSON or, of an entity set, a table.</summary>
    /// <exception cref="ODataRequestException">A version or format that there is not.</exception>
    public static Preferences Of(ODataCall call, string? format)
    {
        var version = VersionOf(call);
        var (level, longs, table) = format is not null ? FormatOf(format) : AcceptOf(call.Header("Accept"));
        int? pageSize = null;
        var omits = false;
        var applied = new List<string>();
        foreach (var preference in (call.Header("Prefer") ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            var name = parts[0].ToLowerInvariant();
            name = name.StartsWith("odata.", StringComparison.Ordinal) ? name["odata.".Length..] : name;
            if (parts.Length == 2 && name == "maxpagesize" && int.TryParse(parts[1].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0)
            {
                pageSize = size;
                applied.Add($"{parts[0]}={size}");
            }
            else if (parts.Length == 2 && name == "omit-values" && parts[1].Trim('"').Equals("nulls", StringComparison.OrdinalIgnoreCase))
            {
                omits = true;
                applied.Add("omit-values=nulls");
            }
        }

        return new Preferences(version, new JsonFormat(level, longs, omits), table, pageSize, applied.Count == 0 ? null : string.Join(", ", applied));
    }

    /// <summary>The version to answer in: 4.01, or 4.0 where the client knows no later one.</summary>
    public static string VersionOf(ODataCall call)
    {
        if (call.Header("OData-Version") is { } sent && sent.Trim() is not ("4.0" or "4.01"))
        {
            throw new ODataRequestException(400, $"OData-Version {sent} is not known: 4.0 and 4.01 are.");
        }

        if (call.Header("OData-MaxVersion") is not { } most)
        {
            return "4.01";
        }

        return decimal.TryParse(most.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= 4.0m
            ? (number >= 4.01m ? "4.01" : "4.0")
            : throw new ODataRequestException(400, $"OData-MaxVersion {most} is below 4.0, which this service does not speak.");
    }

    private static (MetadataLevel Level, bool LongsAsText, TableFormat? Table) FormatOf(string format)
    {
        var parts = format.Split(';', StringSplitOptions.TrimEntries);
        return parts[0].ToLowerInvariant() is "json" or "application/json" ? ParametersOf(parts)
            : TableFormat.Find(parts[0]) is { } table ? (MetadataLevel.Minimal, false, table)
            : throw new ODataRequestException(406, $"The format '{format}' is not available here; these are: {Available}.", "$format");
    }

    private static (MetadataLevel Level, bool LongsAsText, TableFormat? Table) AcceptOf(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept))
        {
            return (MetadataLevel.Minimal, false, null);
        }

        var ranges = accept.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var place = ContentNegotiation.Choose(string.Join(',', ranges.Select(WithoutParameters)), MediaTypes);
        if (place != 0)
        {
            return place > 0
                ? (MetadataLevel.Minimal, false, TableFormat.Find(MediaTypes[place]))
                : throw new ODataRequestException(406, $"Available: {Available}.");
        }

        var chosen = ranges.Select(r => r.Split(';', StringSplitOptions.TrimEntries)).FirstOrDefault(r => r[0].Equals("application/json", StringComparison.OrdinalIgnoreCase));
        return chosen is null ? (MetadataLevel.Minimal, false, null) : ParametersOf(chosen);
    }

    /// <summary>A range with its quality only.</summary>
    private static string WithoutParameters(string range)
    {
        var parts = range.Split(';', StringSplitOptions.TrimEntries);
        return string.Join(';', parts.Where((p, i) => i == 0 || p.StartsWith("q=", StringComparison.OrdinalIgnoreCase)));
    }

    private static (MetadataLevel Level, bool LongsAsText, TableFormat? Table) ParametersOf(string[] parts)
    {
        var (level, longs) = (MetadataLevel.Minimal, false);
        foreach (var part in parts.Skip(1))
        {
            var (name, value) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var n, var v] ? (n.ToLowerInvariant(), v.Trim('"').ToLowerInvariant()) : (part, "");
            switch (name)
            {
                case "odata.metadata" or "metadata":
                    level = value switch
                    {
                        "none" => MetadataLevel.None,
                        "minimal" => MetadataLevel.Minimal,
                        "full" => MetadataLevel.Full,
                        _ => throw new ODataRequestException(406, $"odata.metadata={value} is not known: none, minimal and full are."),
                    };
                    break;
                case "ieee754compatible":
                    longs = value == "true";
                    break;
            }
        }

        return (level, longs, null);
    }
}
