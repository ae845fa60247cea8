using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Cuts SPARQL text into tokens (SPARQL 1.1 Query, section 19.8).</summary>
internal sealed class Lexer
{
    private static readonly string[] LongPunctuation = ["<<(", ")>>", "<<", ">>", "{|", "|}", "^^", "||", "&&", "!=", "<=", ">="];

    /// <summary>Punctuation of one character as text.</summary>
    private static readonly string[] Characters = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    /// <summary>The words that most queries have: their texts need not be made each time.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.ToFrozenSet(
        [
            "SELECT", "DISTINCT", "WHERE", "PREFIX", "BASE", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "ORDER", "GROUP", "BY", "HAVING",
            "LIMIT", "OFFSET", "ASC", "DESC", "ASK", "CONSTRUCT", "DESCRIBE", "AS", "COUNT", "BIND", "VALUES", "EXISTS", "NOT", "a",
        ],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string _text;
    private int _at;

    public Lexer(string text) => _text = text;

    public Token Next()
    {
        SkipSpace();
        if (_at == _text.Length)
        {
            return new Token(TokenKind.End, _at, _at, "");
        }

        var c = _text[_at];
        if (c == '<' && TryIri(out var iri))
        {
            return iri;
        }

        return c switch
        {
            '?' or '$' when IsVariableStart(_at + 1) => Variable(),
            '@' when _at + 1 < _text.Length && char.IsAsciiLetter(_text[_at + 1]) => LanguageTag(),
            '"' or '\'' => String(c),
            '_' when Peek(1) == ':' => BlankNode(),
            '.' when char.IsAsciiDigit(Peek(1)) => Number(),
            >= '0' and <= '9' => Number(),
            ':' => PrefixedName(_at),
            _ when IsNameBase(CodePoint(_at)) || c == '_' => WordOrName(),
            _ => Punctuation(),
        };
    }

    /// <summary>The text between two places.</summary>
    public string Between(int start, int end) => _text[start..end];

    /// <summary>An error at a place of the text.</summary>
    public SparqlSyntaxException Error(int at, string message, string? hint = null)
    {
        var line = 1;
        var column = 1;
        for (var i = 0; i < at && i < _text.Length; i++)
        {
            if (_text[i] == '\n')
            {
                line++;
                column = 1;
            }
            else if (!char.IsLowSurrogate(_text[i]))
            {
                column++;
            }
        }

        return new SparqlSyntaxException(message, line, column, hint);
    }

    private static bool IsNameBase(int c) =>
        c < 0x80
            ? char.IsAsciiLetter((char)c)
            : c is (>= 0xC0 and <= 0x2FF and not 0xD7 and not 0xF7) or (>= 0x370 and <= 0x1FFF and not 0x37E) or 0x200C or 0x200D
                or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF) or (>= 0x3001 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF)
                or (>= 0xFDF0 and <= 0xFFFD) or (>= 0x10000 and <= 0xEFFFF);

    private static bool IsName(int c) =>
        c is '_' or '-' or 0xB7 or (>= '0' and <= '9') or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040 || IsNameBase(c);

    /// <summary>A codepoint escape at the place, which is skipped (SPARQL 1.2 Query, section 19.2: in IRIs and strings only).</summary>
    private bool TryCodePoint(out Rune rune)
    {
        rune = default;
        var digits = Peek(1) switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            return false;
        }

        if (_at + 2 + digits > _text.Length
            || !int.TryParse(_text.AsSpan(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Error(_at, $"Expected {digits} hexadecimal digits after \\{Peek(1)}.");
        }

        if (!Rune.IsValid(value))
        {
            throw Error(_at, $"U+{value:X4} is no character; write a pair of surrogates as one \\U escape.");
        }

        rune = new Rune(value);
        _at += 2 + digits;
        return true;
    }

    private char Peek(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private int CodePoint(int at) =>
        at >= _text.Length ? -1
        : char.IsHighSurrogate(_text[at]) && at + 1 < _text.Length && char.IsLowSurrogate(_text[at + 1]) ? char.ConvertToUtf32(_text, at)
        : _text[at];

    private static int Width(int codePoint) => codePoint > 0xFFFF ? 2 : 1;

    private bool IsVariableStart(int at)
    {
        var c = CodePoint(at);
        return c >= 0 && (c == '_' || char.IsAsciiDigit((char)Math.Min(c, 0xFFFF)) || IsNameBase(c));
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r')
            {
                _at++;
            }
            else if (_text[_at] == '#')
            {
                var end = _text.AsSpan(_at).IndexOfAny('\n', '\r');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else
            {
                return;
            }
        }
    }

    private bool TryIri(out Token token)
    {
        StringBuilder? unescaped = null;
        var start = _at;
        var run = _at + 1;
        for (_at = run; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '>')
            {
                var iri = Content(unescaped, run);
                token = new Token(TokenKind.Iri, start, ++_at, iri);
                return true;
            }

            if (c == '\\' && Peek(1) is 'u' or 'U')
            {
                var before = _at;
                (unescaped ??= new StringBuilder()).Append(_text, run, before - run);
                TryCodePoint(out var rune);
                if (rune.Value <= ' ' || "<>\"{}|^`\\".Contains((char)Math.Min(rune.Value, char.MaxValue), StringComparison.Ordinal))
                {
                    throw Error(before, "This character may not stand in an IRI, also not escaped.");
                }

                unescaped.Append(rune.ToString());
                run = _at--;
            }
            else if (c <= ' ' || c is '<' or '"' or '{' or '}' or '|' or '^' or '`' or '\\')
            {
                break;
            }
        }

        _at = start;
        token = default;
        return false;
    }

    private Token Variable()
    {
        var start = _at++;
        while (_at < _text.Length && CodePoint(_at) is var c && c != '-' && IsName(c))
        {
            _at += Width(c);
        }

        return new Token(TokenKind.Variable, start, _at, _text[(start + 1).._at]);
    }

    private Token LanguageTag()
    {
        var start = _at++;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || (_text[_at] == '-' && (char.IsAsciiLetterOrDigit(Peek(1)) || Peek(1) == '-'))))
        {
            _at++;
        }

        return new Token(TokenKind.LanguageTag, start, _at, _text[(start + 1).._at]);
    }

    private Token BlankNode()
    {
        var start = _at;
        _at += 2;
        var c = CodePoint(_at);
        if (c < 0 || !(IsNameBase(c) || c == '_' || char.IsAsciiDigit((char)Math.Min(c, 0xFFFF))))
        {
            throw Error(start, "Expected a blank node label after '_:'.");
        }

        SkipName();
        return new Token(TokenKind.BlankNodeLabel, start, _at, _text[(start + 2).._at]);
    }

    /// <summary>Skips name characters and dots that are not at the end.</summary>
    private void SkipName()
    {
        while (_at < _text.Length)
        {
            var c = CodePoint(_at);
            if (IsName(c))
            {
                _at += Width(c);
                continue;
            }

            var after = _at;
            while (after < _text.Length && _text[after] == '.')
            {
                after++;
            }

            if (after == _at || after == _text.Length || !IsName(CodePoint(after)))
            {
                return;
            }

            _at = after;
        }
    }

    private Token WordOrName()
    {
        var start = _at;
        SkipName();
        if (Peek(0) == ':')
        {
            return PrefixedName(start);
        }

        // Words are ASCII letters, digits and underscores: a dot or hyphen that SkipName took belongs to what follows.
        var end = start;
        while (end < _at && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        if (end == start)
        {
            throw Error(start, $"Unexpected '{_text[start]}'.");
        }

        _at = end;
        return new Token(TokenKind.Word, start, _at, Words.TryGetValue(_text.AsSpan(start, end - start), out var word) ? word : _text[start..end]);
    }

    private Token PrefixedName(int start)
    {
        _at++;
        StringBuilder? unescaped = null;
        var run = start;
        var first = true;
        while (_at < _text.Length)
        {
            var c = CodePoint(_at);
            if (c == '\\')
            {
                if (!"_~.-!$&'()*+,;=/?#@%".Contains(Peek(1), StringComparison.Ordinal) || Peek(1) == '\0')
                {
                    throw Error(_at, "Unknown escape in a prefixed name.");
                }

                (unescaped ??= new StringBuilder()).Append(_text, run, _at - run);
                run = _at + 1;
                _at += 2;
            }
            else if (c == '%')
            {
                if (!char.IsAsciiHexDigit(Peek(1)) || !char.IsAsciiHexDigit(Peek(2)))
                {
                    throw Error(_at, "Expected two hexadecimal digits after '%' in a prefixed name.");
                }

                _at += 3;
            }
            else if (c == ':' || (IsName(c) && !(first && c is '-' or 0xB7)))
            {
                _at += Width(c);
            }
            else if (c == '.' && !first)
            {
                var after = _at;
                while (after < _text.Length && _text[after] == '.')
                {
                    after++;
                }

                if (after == _text.Length || !(IsName(CodePoint(after)) || _text[after] is ':' or '%' or '\\'))
                {
                    break;
                }

                _at = after;
            }
            else
            {
                break;
            }

            first = false;
        }

        return new Token(TokenKind.PrefixedName, start, _at, Content(unescaped, run));
    }

    /// <summary>A token's text: what was unescaped before, and all since then.</summary>
    private string Content(StringBuilder? unescaped, int run) =>
        unescaped is null ? _text[run.._at] : unescaped.Append(_text, run, _at - run).ToString();

    private Token Number()
    {
        var start = _at;
        var kind = TokenKind.Integer;
        SkipDigits();
        if (Peek(0) == '.' && (char.IsAsciiDigit(Peek(1)) || IsExponent(1)))
        {
            kind = TokenKind.Decimal;
            _at++;
            SkipDigits();
        }

        if (IsExponent(0))
        {
            kind = TokenKind.Double;
            _at += Peek(1) is '+' or '-' ? 2 : 1;
            SkipDigits();
        }

        return new Token(kind, start, _at, _text[start.._at]);
    }

    private bool IsExponent(int offset) =>
        Peek(offset) is 'e' or 'E' && (char.IsAsciiDigit(Peek(offset + 1)) || (Peek(offset + 1) is '+' or '-' && char.IsAsciiDigit(Peek(offset + 2))));

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _at++;
        }
    }

    private Token String(char quote)
    {
        var start = _at;
        var isLong = Peek(1) == quote && Peek(2) == quote;
        _at += isLong ? 3 : 1;
        StringBuilder? unescaped = null;
        var run = _at;
        while (true)
        {
            if (_at >= _text.Length)
            {
                throw Error(start, "A string is not closed; expected " + (isLong ? new string(quote, 3) : quote) + ".");
            }

            var c = _text[_at];
            if (c == quote && (!isLong || (Peek(1) == quote && Peek(2) == quote)))
            {
                var content = Content(unescaped, run);
                _at += isLong ? 3 : 1;
                return new Token(TokenKind.String, start, _at, content) { IsLongString = isLong };
            }

            if (c == '\\')
            {
                (unescaped ??= new StringBuilder()).Append(_text, run, _at - run);
                if (TryCodePoint(out var rune))
                {
                    unescaped.Append(rune.ToString());
                    run = _at;
                    continue;
                }

                var escape = "tbnrf\\\"'".IndexOf(Peek(1), StringComparison.Ordinal);
                if (escape < 0 || Peek(1) == '\0')
                {
                    throw Error(_at, "Unknown escape in a string; expected one of \\t \\b \\n \\r \\f \\\\ \\\" \\'.");
                }

                unescaped.Append("\t\b\n\r\f\\\"'"[escape]);
                _at += 2;
                run = _at;
                continue;
            }

            if (!isLong && c is '\n' or '\r')
            {
                throw Error(_at, "A string in single quote marks ends on its line; write \\n or use three quote marks.");
            }

            _at++;
        }
    }

    private Token Punctuation()
    {
        foreach (var candidate in LongPunctuation)
        {
            if (string.CompareOrdinal(_text, _at, candidate, 0, candidate.Length) == 0)
            {
                _at += candidate.Length;
                return new Token(TokenKind.Punctuation, _at - candidate.Length, _at, candidate);
            }
        }

        if (!"{}()[].,;*/|^!=<>+-?&@~".Contains(_text[_at], StringComparison.Ordinal))
        {
            throw Error(
                _at,
                $"Unexpected character '{(Rune.TryGetRuneAt(_text, _at, out var rune) ? rune : Rune.ReplacementChar)}'.",
                _text[_at] is >= '\u2018' and <= '\u201F' or '\u00AB' or '\u00BB' ? "Texts stand in straight quotation marks: \" or '." : null);
        }

        _at++;
        return new Token(TokenKind.Punctuation, _at - 1, _at, Characters[_text[_at - 1]]);
    }
}
