using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// The phrase files: per heading one expression that finds any of its phrases in folded text. <c>(a|b)</c> is a choice, <c>[x]</c> may be
/// missing, <c>~</c> stands for up to five words. Repetition is bounded, so that matching is linear in the text.
/// </summary>
internal sealed class Phrases
{
    private static readonly Regex Nothing = new("(?!)", RegexOptions.CultureInvariant);

    private readonly FrozenDictionary<string, Regex> _anywhere;
    private readonly FrozenDictionary<string, string[]> _words;

    private Phrases(Dictionary<string, List<string>> sections)
    {
        _anywhere = sections.ToFrozenDictionary(
            s => s.Key,
            s => new Regex(
                @"(?<![\p{L}\p{N}])(?:" + string.Join('|', s.Value.OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal).Select(Pattern)) +
                @")(?:(?<='\s?)|(?![\p{L}\p{N}]))",
                RegexOptions.CultureInvariant),
            StringComparer.Ordinal);
        _words = sections.ToFrozenDictionary(s => s.Key, s => s.Value.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The headings that begin with a prefix, in ordinal order.</summary>
    public IEnumerable<string> Headings(string prefix) =>
        _anywhere.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>What finds the phrases of a heading in folded text.</summary>
    public Regex this[string heading] => _anywhere.GetValueOrDefault(heading, Nothing);

    /// <summary>Whether a folded text is one of the phrases of a heading, taken literally.</summary>
    public bool Has(string heading, string words) =>
        _words.TryGetValue(heading, out var phrases) && phrases.Contains(words, StringComparer.Ordinal);

    public static Phrases Read(string directory)
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        if (!Directory.Exists(directory))
        {
            return new Phrases(sections);
        }

        foreach (var file in Directory.EnumerateFiles(directory, "phrases.*.txt").Order(StringComparer.Ordinal))
        {
            List<string>? section = null;
            foreach (var raw in File.ReadLines(file))
            {
                var line = raw.Trim();
                if (line.StartsWith('#') || line.Length == 0)
                {
                    continue;
                }

                if (line[0] == '[' && line[^1] == ']' && line.IndexOf(']', StringComparison.Ordinal) == line.Length - 1)
                {
                    var heading = line[1..^1];
                    if (!sections.TryGetValue(heading, out section))
                    {
                        sections.Add(heading, section = []);
                    }
                }
                else
                {
                    section?.Add(TextFolding.Fold(LatinLetters.Compose(line)));
                }
            }
        }

        return new Phrases(sections);
    }

    private static string Pattern(string phrase)
    {
        var result = new StringBuilder();
        for (var i = 0; i < phrase.Length; i++)
        {
            switch (phrase[i])
            {
                case '(':
                    result.Append("(?:");
                    break;
                case ')' or '|':
                    result.Append(phrase[i]);
                    break;
                case '[':
                    // An optional part takes its space with it.
                    result.Append("(?:");
                    break;
                case ']':
                    if (i + 1 < phrase.Length && phrase[i + 1] == ' ' && IsWholeWord(phrase, i))
                    {
                        result.Append(@"\s+)?");
                        i++;
                    }
                    else
                    {
                        result.Append(")?");
                    }

                    break;
                case ' ':
                    if (i + 1 < phrase.Length && phrase[i + 1] == '[' && phrase.IndexOf(']', i) == phrase.Length - 1)
                    {
                        result.Append(@"(?:\s+").Append(Pattern(phrase[(i + 2)..^1])).Append(")?");
                        return result.ToString();
                    }

                    result.Append(i > 0 && phrase[i - 1] == '\'' ? @"\s*" : @"\s+");
                    break;
                case '~':
                    result.Append(@"\S+(?:\s+\S+){0,4}?");
                    break;
                default:
                    result.Append(Regex.Escape(phrase[i].ToString()));
                    break;
            }
        }

        return result.ToString();
    }

    private static bool IsWholeWord(string phrase, int close)
    {
        var open = phrase.LastIndexOf('[', close);
        return open == 0 || phrase[open - 1] == ' ';
    }
}
