using System.Collections.Frozen;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>The tags of languages (BCP 47), as authors write them.</summary>
internal sealed partial class Languages
{
    private readonly FrozenDictionary<string, string> _tags;

    private Languages(FrozenDictionary<string, string> tags) => _tags = tags;

    public static Languages Read(string directory)
    {
        var file = Path.Combine(directory, "languages.csv");
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in File.Exists(file) ? CsvTable.Read("languages.csv", File.ReadAllBytes(file), "").Rows : [])
        {
            tags.TryAdd(TextFolding.Words(row.Cells[0].Text), row.Cells[1].Text);
        }

        return new Languages(tags.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The tag of a language that is told by its name or its tag, also as operating systems write it (fr_CH); null when it is neither.</summary>
    public string? Find(string value)
    {
        var tag = value.Trim().Replace('_', '-');
        if (!Tag().IsMatch(tag))
        {
            return _tags.GetValueOrDefault(TextFolding.Words(value));
        }

        var end = tag.IndexOf('-', StringComparison.Ordinal);
        return end < 0 ? Lower(tag) : Lower(tag[..end]) + tag[end..];

        // Tags are compared without regard to case, and the first part is written in small letters (RFC 5646, section 2.1.1).
        static string Lower(string part) => new([.. part.Select(char.ToLowerInvariant)]);
    }

    // What RDF takes for a tag (RDF 1.2 Turtle, LANG_DIR), of languages that have a code: longer first parts are reserved (RFC 5646, section 2.2.1).
    [GeneratedRegex(@"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
