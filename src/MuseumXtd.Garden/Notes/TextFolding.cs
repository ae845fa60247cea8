using System.Runtime.CompilerServices;
using System.Text;

namespace MuseumXtd.Garden.Notes;

/// <summary>
/// Folds text for comparison: case, accents, kinds of apostrophes, quotes, dashes and spaces. <see cref="Fold(string)"/> keeps the length, so
/// that an offset in folded text is an offset in the text.
/// </summary>
internal static class TextFolding
{
    private static readonly char[] Folded = BuildTable();

    /// <summary>Folds character by character; the result has the length of the text.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            span[i] = Folded[source[i]];
        }
    });

    /// <summary>
    /// A key for names: folded, without leading article, with one space between words and no other punctuation than <c>+</c> and <c>&amp;</c>.
    /// </summary>
    public static string NameKey(string name)
    {
        var key = Words(name);
        foreach (var article in (ReadOnlySpan<string>)["l ", "le ", "la ", "les ", "the ", "un ", "une "])
        {
            if (key.Length > article.Length && key.StartsWith(article, StringComparison.Ordinal))
            {
                return RepeatedWords.Of(key.AsSpan(article.Length));
            }
        }

        return key;
    }

    /// <summary>The folded words of a text, separated by single spaces.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string Words(string text)
    {
        // No character becomes more than two.
        const int OnStack = 256;
        var result = text.Length <= OnStack ? stackalloc char[2 * text.Length] : new char[2 * text.Length];
        var length = 0;
        foreach (var raw in LatinLetters.Compose(text))
        {
            var c = Folded[raw];
            switch (c)
            {
                case 'œ':
                    result[length++] = 'o';
                    result[length++] = 'e';
                    break;
                case 'æ':
                    result[length++] = 'a';
                    result[length++] = 'e';
                    break;
                case 'ß':
                    result[length++] = 's';
                    result[length++] = 's';
                    break;
                default:
                    if (char.IsLetterOrDigit(c) || c is '+' or '&')
                    {
                        result[length++] = c;
                    }
                    else if (c == '·')
                    {
                        // The median point of inclusive spelling is part of the word.
                    }
                    else if (length > 0 && result[length - 1] != ' ')
                    {
                        result[length++] = ' ';
                    }

                    break;
            }
        }

        var words = result[..length].TrimEnd(' ');
        return words.SequenceEqual(text) ? text : RepeatedWords.Of(words);
    }

    /// <summary>The words of a text with the plural's <c>s</c> or <c>x</c> removed from each: equal for singular and plural.</summary>
    public static string SingularWords(string text)
    {
        var words = Words(text);
        const int OnStack = 256;
        var result = words.Length <= OnStack ? stackalloc char[words.Length] : new char[words.Length];
        var length = 0;
        foreach (var range in words.AsSpan().Split(' '))
        {
            var word = words.AsSpan(range);
            if (range.Start.Value > 0)
            {
                result[length++] = ' ';
            }

            word = word.Length > 3 && word[^1] is 's' or 'x' ? word[..^1] : word;
            word.CopyTo(result[length..]);
            length += word.Length;
        }

        return length == words.Length ? words : result[..length].ToString();
    }

    /// <summary>An ASCII slug of at most 80 characters; empty when nothing remains.</summary>
    public static string Slug(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in Words(text))
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                result.Append(c);
            }
            else if (result.Length > 0 && result[^1] != '-')
            {
                result.Append('-');
            }
        }

        var slug = result.ToString().Trim('-');
        if (slug.Length <= 80)
        {
            return slug;
        }

        // Cut between words where there are words.
        var cut = slug.LastIndexOf('-', 80);
        return slug[..(cut > 40 ? cut : 80)];
    }

    /// <summary>The number of edits between two texts, at most <paramref name="limit"/> + 1.</summary>
    public static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        const int OnStack = 256;
        var previous = b.Length < OnStack ? stackalloc int[b.Length + 1] : new int[b.Length + 1];
        var current = b.Length < OnStack ? stackalloc int[b.Length + 1] : new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            var best = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                best = Math.Min(best, current[j]);
            }

            if (best > limit)
            {
                return limit + 1;
            }

            var next = previous;
            previous = current;
            current = next;
        }

        return previous[b.Length];
    }

    /// <summary>Whether two texts differ by two letters that changed places, the commonest slip of fingers.</summary>
    public static bool AreSwapped(string a, string b)
    {
        var at = a.AsSpan().CommonPrefixLength(b);
        return a.Length == b.Length && at + 1 < a.Length && a[at] == b[at + 1] && a[at + 1] == b[at] && a.AsSpan(at + 2).SequenceEqual(b.AsSpan(at + 2));
    }

    private static char[] BuildTable()
    {
        var table = new char[char.MaxValue + 1];
        for (var i = 0; i < table.Length; i++)
        {
            var c = (char)i;
            table[i] = c switch
            {
                '’' or '‘' or 'ʼ' or '`' or '´' => '\'',
                '«' or '»' or '“' or '”' or '„' => '"',
                '–' or '—' or '‑' or '‐' or '−' => '-',
                '\u00A0' or '\u202F' or '\u2009' or '\t' or '\n' or '\r' => ' ',
                _ when c < 0x80 => char.ToLowerInvariant(c),
                _ => char.ToLowerInvariant(LatinLetters.Base(c)),
            };
        }

        return table;
    }
}
