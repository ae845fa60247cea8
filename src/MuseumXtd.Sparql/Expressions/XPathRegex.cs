using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>Regular expressions of XPath (F&amp;O 5.6.1, XML Schema Part 2, appendix G) as expressions of .NET.</summary>
internal static class XPathRegex
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\^$.|?*+()[]{}");
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether the characters of a text mean themselves in a pattern.</summary>
    public static bool IsLiteral(ReadOnlySpan<char> pattern) => pattern.IndexOfAny(Special) < 0;

    /// <summary>The characters with which every match begins, as far as they are plain to see; none where the whole has alternatives.</summary>
    public static string LiteralPrefix(string pattern)
    {
        var depth = 0;
        foreach (var c in pattern)
        {
            depth += c is '(' ? 1 : c is ')' ? -1 : 0;
            if (c == '|' && (depth == 0 || pattern.AsSpan().ContainsAny('\\', '[')))
            {
                return "";
            }
        }

        var start = pattern.StartsWith('^') ? 1 : 0;
        var end = pattern.AsSpan(start).IndexOfAny(Special);
        var length = end < 0 ? pattern.Length - start : end;

        // A quantifier belongs to the character before it, which may then be missing.
        var isQuantified = end >= 0 && (pattern[start + end] is '?' or '*' or '{');
        length = isQuantified ? Math.Max(0, length - 1) : length;
        return length > 0 && char.IsHighSurrogate(pattern[start + length - 1]) ? "" : pattern.Substring(start, length);
    }

    /// <summary>Compiles a pattern, or gives null when it or the flags are not valid.</summary>
    public static Regex? Create(string pattern, string flags)
    {
        var options = RegexOptions.CultureInvariant;
        var isDotAll = false;
        var isQuoted = false;
        var isExtended = false;
        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 's':
                    options |= RegexOptions.Singleline;
                    isDotAll = true;
                    break;
                case 'm':
                    options |= RegexOptions.Multiline;
                    break;
                case 'x':
                    isExtended = true;
                    break;
                case 'q':
                    isQuoted = true;
                    break;
                default:
                    return null;
            }
        }

        var translated = isQuoted
            ? Regex.Escape(pattern)
            : Translate(pattern, isDotAll, (options & RegexOptions.Multiline) != 0, isExtended);
        if (translated is null)
        {
            return null;
        }

        try
        {
            return new Regex(translated, HasFewWays(translated) ? options : options | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            // Back-references and very large patterns need the other engine.
        }
        catch (ArgumentException)
        {
            return null;
        }

        return new Regex(translated, options, MatchTimeout);
    }

    /// <summary>
    /// Whether a pattern can match from one place in few ways only: then trying them in turn is quick on any text, and the automaton that looks at each character
    /// once need not be made, which costs a short command as much as all its other conditions.
    /// </summary>
    private static bool HasFewWays(string pattern)
    {
        const int MostWays = 16;
        const int MostTimes = 255;
        var (ways, isInClass) = (1, false);
        for (var i = 0; i < pattern.Length && ways <= MostWays; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                i++;
            }
            else if (c is '[' or ']')
            {
                isInClass = c == '[';
            }
            else if (isInClass)
            {
                continue;
            }
            else if (c is '*' or '+' or '|')
            {
                return false;
            }
            else if (c == '?')
            {
                ways *= 2;
            }
            else if (c == '{')
            {
                var end = pattern.IndexOf('}', i);
                var times = end < 0 ? [] : pattern[(i + 1)..end].Split(',');
                if (pattern[..i].EndsWith(')') || times.Length == 0
                    || !int.TryParse(times[0], out var least) || !int.TryParse(times[^1], out var most) || most is > MostTimes)
                {
                    return false;
                }

                ways *= Math.Clamp(most - least + 1, 1, MostTimes);
            }
        }

        return ways <= MostWays;
    }

    /// <summary>Rewrites what the two languages write in the same way but mean differently; null for what XPath does not allow.</summary>
    private static string? Translate(string pattern, bool isDotAll, bool isMultiline, bool isExtended)
    {
        var output = new StringBuilder(pattern.Length + 16);
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (isExtended && depth == 0 && (c is ' ' or '\t' or '\n' or '\r'))
            {
                continue;
            }

            switch (c)
            {
                case '\\':
                    if (++i == pattern.Length || !AppendEscape(pattern, ref i, depth > 0, output))
                    {
                        return null;
                    }

                    break;
                case '[':
                    depth++;
                    output.Append('[');
                    if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                    {
                        output.Append('^');
                        i++;
                    }

                    break;
                case ']' when depth > 0:
                    depth--;
                    output.Append(']');
                    break;
                case '.' when depth == 0:
                    output.Append(isDotAll ? "." : "[^\\n\\r]");
                    break;
                case '$' when depth == 0:
                    output.Append(isMultiline ? "$" : "\\z");
                    break;
                case '(' when depth == 0 && i + 1 < pattern.Length && pattern[i + 1] == '?':
                    if (i + 2 == pattern.Length || pattern[i + 2] != ':')
                    {
                        return null;
                    }

                    output.Append('(');
                    break;
                case '#' when depth == 0:
                    output.Append("\\#");
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        return depth == 0 ? output.ToString() : null;
    }

    private static bool AppendEscape(string pattern, ref int at, bool inClass, StringBuilder output)
    {
        const string NameStart = ":A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD";
        const string NameRest = "\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040";
        const string Word = "\\p{L}\\p{M}\\p{N}\\p{S}";
        const string NotWord = "\\p{P}\\p{Z}\\p{C}";
        var c = pattern[at];
        switch (c)
        {
            case 'w':
                output.Append(inClass ? Word : $"[{Word}]");
                return true;
            case 'W':
                output.Append(inClass ? NotWord : $"[{NotWord}]");
                return true;
            case 's':
                output.Append(inClass ? " \\t\\n\\r" : "[ \\t\\n\\r]");
                return true;
            case 'S' when !inClass:
                output.Append("[^ \\t\\n\\r]");
                return true;
            case 'i':
                output.Append(inClass ? NameStart : $"[{NameStart}]");
                return true;
            case 'I' when !inClass:
                output.Append($"[^{NameStart}]");
                return true;
            case 'c':
                output.Append(inClass ? NameStart + NameRest : $"[{NameStart}{NameRest}]");
                return true;
            case 'C' when !inClass:
                output.Append($"[^{NameStart}{NameRest}]");
                return true;
            case 'p' or 'P':
                var close = pattern.IndexOf('}', at);
                if (close < 0 || at + 1 >= pattern.Length || pattern[at + 1] != '{')
                {
                    return false;
                }

                output.Append('\\').Append(pattern, at, close - at + 1);
                at = close;
                return true;
            case 'n' or 'r' or 't' or 'd' or 'D' or 'S' or '\\' or '|' or '.' or '-' or '^' or '?' or '*' or '+'
                or '{' or '}' or '(' or ')' or '[' or ']' or '$':
                output.Append('\\').Append(c);
                return true;
            case >= '1' and <= '9' when !inClass:
                // A back-reference; the group keeps what follows from being read as part of its number.
                output.Append("(?:\\").Append(c).Append(')');
                return true;
            default:
                return false;
        }
    }
}
