using System.Text.RegularExpressions;

namespace MuseumXtd.Server.Descriptions;

/// <summary>Finds the licence that a garden is given away under.</summary>
internal static partial class NotesLicense
{
    private static readonly string[] Names = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "LICENCE.txt"];

    /// <summary>
    /// The one that is configured, else the Creative Commons licence whose address the LICENSE files of all gardens name, else the one that harvesters are told.
    /// </summary>
    public static string Of(ServerOptions options)
    {
        if (options.NotesLicense is { } configured)
        {
            return configured;
        }

        var found = options.Gardens.Select(InFolder).Distinct(StringComparer.Ordinal).ToList();
        return found is [{ } only] ? only : options.Harvest.NoteLicence;
    }

    private static string? InFolder(string garden)
    {
        const int MaxBytes = 1 << 16;
        foreach (var name in Names)
        {
            var file = new FileInfo(Path.Combine(garden, name));
            if (file is { Exists: true, Length: <= MaxBytes } && Address().Match(File.ReadAllText(file.FullName)) is { Success: true } match)
            {
                return $"http://creativecommons.org/{match.Groups[1].Value}/";
            }
        }

        return null;
    }

    [GeneratedRegex(@"creativecommons\.org/((?:licenses/[a-z-]+|publicdomain/(?:zero|mark))/[0-9]\.[0-9])")]
    private static partial Regex Address();
}
