using System.Text.RegularExpressions;
using MuseumXtd.Server.Harvesting.Descriptions;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>Periods as EDM tells them, from expressions in EDTF.</summary>
internal static partial class EdmPeriod
{
    /// <summary>The period, or null when the expression is none that has a beginning or an end.</summary>
    public static EdmEntity? Of(string edtf, string iri)
    {
        var match = Interval().Match(edtf);
        if (!match.Success)
        {
            return null;
        }

        var isInterval = match.Groups[2].Success;
        var begin = match.Groups[1].Value is { Length: > 0 } b and not ".." ? b : null;
        var end = !isInterval ? begin : match.Groups[3].Value is { Length: > 0 } e and not ".." ? e : null;
        (string En, string Fr)? label = (begin, end) switch
        {
            (null, null) => null,
            _ when begin == end => (begin!, begin!),
            (null, _) => ($"until {end}", $"jusqu’en {end}"),
            (_, null) => ($"since {begin}", $"depuis {begin}"),
            _ => ($"{begin} to {end}", $"de {begin} à {end}"),
        };
        return label is not var (en, fr) ? null : new EdmEntity(EdmClass.TimeSpan, iri)
        {
            Labels = [new Text(en, "en"), new Text(fr, "fr")],
            Begin = begin,
            End = end,
        };
    }

    [GeneratedRegex(@"^(\d{4}(?:-\d\d){0,2}|\.\.|)(?:(/)(\d{4}(?:-\d\d){0,2}|\.\.|))?\z")]
    private static partial Regex Interval();
}
