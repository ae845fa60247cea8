using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// The phrases under one heading. Most texts hold none of them: a vectorised search for words that every phrase needs decides that
/// before the expression is asked, or even built.
/// </summary>
internal sealed class PhraseSet
{
    public static readonly PhraseSet Empty = new([]);

    private readonly string[] _phrases;
    private readonly HashSet<string> _whole;
    private readonly SearchValues<string>? _required;
    private Regex? _expression;

    public PhraseSet(IEnumerable<string> phrases)
    {
        _phrases = [.. phrases.OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal)];
        _whole = _phrases.ToHashSet(StringComparer.Ordinal);
        var words = _phrases.Select(RequiredWord).Distinct(StringComparer.Ordinal).ToArray();
        _required = Array.TrueForAll(words, w => w.Length > 1) ? SearchValues.Create(words, StringComparison.Ordinal) : null;
    }

    // Two threads may build the same expression; either is as good.
    private Regex Expression => _expression ??= _phrases.Length == 0
        ? new Regex("(?!)", RegexOptions.CultureInvariant)
        : new Regex(
            @"(?<![\p{L}\p{N}])(?:" + string.Join('|', _phrases.Select(Pattern)) + @")(?:(?<='\s?)|(?![\p{L}\p{N}]))",
            RegexOptions.CultureInvariant);

    /// <summary>Whether the folded words are one of the phrases, taken literally.</summary>
    public bool Has(string words) => _whole.Contains(words);

    public bool IsMatch(string folded) => MayMatch(folded) && Expression.IsMatch(folded);

    /// <summary>The first phrase in a range of folded text.</summary>
    public Match Match(string folded, int start, int length) =>
        MayMatch(folded.AsSpan(start, length)) ? Expression.Match(folded, start, length) : System.Text.RegularExpressions.Match.Empty;

    private bool MayMatch(ReadOnlySpan<char> folded) => _required is null || folded.ContainsAny(_required);

    /// <summary>The longest word that stands in every text that the phrase matches.</summary>
    private static string RequiredWord(string phrase)
    {
        var longest = "";
        var depth = 0;
        var word = new StringBuilder();
        foreach (var c in phrase + " ")
        {
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (depth == 0 && c is not ('(' or ')' or '[' or ']' or '~' or ' ' or '|'))
            {
                word.Append(c);
                continue;
            }

            longest = word.Length > longest.Length ? word.ToString() : longest;
            word.Clear();
        }

        return longest;
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
                    result.Append("(?:");
                    break;
                case ']':
                    // An optional word takes its space with it.
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
