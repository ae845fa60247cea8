using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using MuseumXtd.Sparql.Expressions;

namespace MuseumXtd.Sparql;

/// <summary>A pattern of REGEX (SPARQL 1.1 Query, section 17.4.3.14), compiled. Safe for any number of threads.</summary>
public sealed class TextPattern
{
    private readonly Regex _regex;

    private TextPattern(Regex regex) => _regex = regex;

    /// <summary>Compiles a pattern; null when it or its flags are not valid.</summary>
    public static TextPattern? Create(string pattern, string flags) =>
        XPathRegex.Create(pattern, flags) is { } regex ? new TextPattern(regex) : null;

    /// <summary>Whether the pattern matches somewhere in a text of UTF-8.</summary>
    /// <exception cref="QueryBudgetException">The match took too long.</exception>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        const int Short = 512;
        var rented = text.Length > Short ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        var characters = rented ?? stackalloc char[Short];
        try
        {
            return _regex.IsMatch(characters[..Encoding.UTF8.GetChars(text, characters)]);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw PatternCache.TookTooLong(e);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }
}
