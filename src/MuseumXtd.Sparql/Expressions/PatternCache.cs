using System.Text;
using System.Text.RegularExpressions;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>The pattern of one call, compiled when it differs from the one before: once where it is constant.</summary>
internal sealed class PatternCache
{
    private byte[]? _pattern;
    private byte[] _flags = [];
    private byte[] _literal = [];
    private TextSearch _search;

    /// <summary>The compiled pattern; null when it is not valid.</summary>
    public Regex? Regex { get; private set; }

    /// <summary>Whether the replacement of REPLACE may not be made since the pattern matches the empty string.</summary>
    public bool MatchesEmpty => Regex!.IsMatch("");

    /// <summary>Makes pattern and flags the current ones; false when they are not valid.</summary>
    public bool TrySet(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> flags)
    {
        if (_pattern is null || !pattern.SequenceEqual(_pattern) || !flags.SequenceEqual(_flags))
        {
            _pattern = pattern.ToArray();
            _flags = flags.ToArray();
            var text = Encoding.UTF8.GetString(pattern);
            Regex = XPathRegex.Create(text, Encoding.UTF8.GetString(flags));
            _search = SearchFor(text, Encoding.UTF8.GetString(flags));
        }

        return Regex is not null;
    }

    /// <summary>Whether the text has a match of the current pattern.</summary>
    /// <exception cref="QueryBudgetException">The match took too long.</exception>
    public bool IsMatch(ReadOnlySpan<byte> text, FunctionScope scope)
    {
        switch (_search)
        {
            case TextSearch.Contains:
                return text.IndexOf(_literal) >= 0;
            case TextSearch.StartsWith:
                return text.StartsWith(_literal);
            case TextSearch.EndsWith:
                return text.EndsWith(_literal);
            case TextSearch.Equals:
                return text.SequenceEqual(_literal);
            case TextSearch.ContainsIgnoringCase when HasAsciiCaseOnly(text):
                return ContainsIgnoringCase(text);
            case TextSearch.Needs when text.IndexOf(_literal) < 0:
                return false;
            case TextSearch.NeedsIgnoringCase when HasAsciiCaseOnly(text) && !ContainsIgnoringCase(text):
                return false;
        }

        try
        {
            return Regex!.IsMatch(scope.ToUtf16(text));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw TookTooLong(e);
        }
    }

    /// <summary>The error for a match that was ended by its timeout.</summary>
    public static QueryBudgetException TookTooLong(RegexMatchTimeoutException e) =>
        new("time", $"Matching the pattern '{e.Pattern}' against one text took more than {e.MatchTimeout.TotalSeconds:0} s. Simplify the pattern.");

    /// <summary>
    /// A pattern without special characters, but for anchors, is a search for bytes. Ignoring case this holds for ASCII patterns, in texts
    /// without the letters beyond ASCII that have an ASCII letter as their other case.
    /// </summary>
    private TextSearch SearchFor(string pattern, string flags)
    {
        if (flags is not ("" or "i" or "s"))
        {
            return TextSearch.None;
        }

        var atStart = pattern.StartsWith('^');
        var atEnd = pattern.EndsWith('$');
        var literal = pattern[(atStart ? 1 : 0)..(atEnd && pattern.Length > (atStart ? 1 : 0) ? ^1 : ^0)];
        if (!XPathRegex.IsLiteral(literal))
        {
            // Texts without the literal that the pattern begins with need no automaton.
            _literal = Encoding.UTF8.GetBytes(XPathRegex.LiteralPrefix(pattern));
            return _literal.Length == 0 ? TextSearch.None
                : flags != "i" ? TextSearch.Needs
                : Ascii.IsValid(_literal) ? TextSearch.NeedsIgnoringCase
                : TextSearch.None;
        }

        _literal = Encoding.UTF8.GetBytes(literal);
        if (flags == "i")
        {
            return !atStart && !atEnd && _literal.Length > 0 && Ascii.IsValid(_literal) ? TextSearch.ContainsIgnoringCase : TextSearch.None;
        }

        return (atStart, atEnd) switch
        {
            (true, true) => TextSearch.Equals,
            (true, false) => TextSearch.StartsWith,
            (false, true) => TextSearch.EndsWith,
            _ => TextSearch.Contains,
        };
    }

    /// <summary>Whether no letter of the text but an ASCII letter may be the same as one when case is ignored: the Kelvin sign and the long s may.</summary>
    private static bool HasAsciiCaseOnly(ReadOnlySpan<byte> text) =>
        text.IndexOf("\u212A"u8) < 0 && text.IndexOf("\u017F"u8) < 0;

    private bool ContainsIgnoringCase(ReadOnlySpan<byte> text)
    {
        var lower = (byte)char.ToLowerInvariant((char)_literal[0]);
        var upper = (byte)char.ToUpperInvariant((char)_literal[0]);
        while (text.Length >= _literal.Length)
        {
            var at = text[..^(_literal.Length - 1)].IndexOfAny(lower, upper);
            if (at < 0)
            {
                return false;
            }

            if (Ascii.EqualsIgnoreCase(text.Slice(at, _literal.Length), _literal))
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }

    private enum TextSearch : byte
    {
        None,
        Contains,
        StartsWith,
        EndsWith,
        Equals,
        ContainsIgnoringCase,
        Needs,
        NeedsIgnoringCase,
    }
}
