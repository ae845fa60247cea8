using System.Text.RegularExpressions;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>The rights statements that Europeana knows: <c>http</c>, and a slash at the end.</summary>
internal static partial class EdmRights
{
    /// <summary>Copyright not evaluated: the honest word for pages of others.</summary>
    public const string NotEvaluated = "http://rightsstatements.org/vocab/CNE/1.0/";

    /// <summary>A licence in the form that is known, or null when it is none of them.</summary>
    public static string? Of(string licence)
    {
        var text = licence.Trim();
        text = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "http://" + text["https://".Length..] : text;
        text = text.Replace("://www.creativecommons.org/", "://creativecommons.org/", StringComparison.OrdinalIgnoreCase)
            .Replace("rightsstatements.org/page/", "rightsstatements.org/vocab/", StringComparison.OrdinalIgnoreCase);
        foreach (var end in (string[])["/deed.fr", "/deed.en", "/deed", "/legalcode"])
        {
            text = text.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? text[..^end.Length] : text;
        }

        text = ShortName().Match(text) is { Success: true } match
            ? match.Groups[1].Success
                ? $"http://creativecommons.org/licenses/{match.Groups[1].Value.ToLowerInvariant()}/{(match.Groups[2].Success ? match.Groups[2].Value : "4.0")}/"
                : "http://creativecommons.org/publicdomain/zero/1.0/"
            : text.TrimEnd('/') + "/";
        return Known().IsMatch(text) ? text : null;
    }

    /// <summary>Whether a statement is written as Europeana wants it.</summary>
    public static bool IsKnown(string statement) => Known().IsMatch(statement);

    [GeneratedRegex(@"^CC(?:[ -](BY(?:-NC)?(?:-SA|-ND)?)(?:[ -](\d\.\d))?|[ -]?0(?:[ -]1\.0)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex ShortName();

    [GeneratedRegex(@"^http://(?:creativecommons\.org/(?:licenses/(?:by|by-sa|by-nd|by-nc|by-nc-sa|by-nc-nd)/(?:4\.0|[123]\.\d(?:/[a-z]{2,3})?)|publicdomain/(?:mark|zero)/1\.0)|rightsstatements\.org/vocab/(?:NoC-NC|NoC-OKLR|InC|InC-EDU|InC-OW-EU|CNE)/1\.0)/\z")]
    private static partial Regex Known();
}
