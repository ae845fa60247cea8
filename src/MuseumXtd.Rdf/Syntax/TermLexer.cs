using System.Runtime.CompilerServices;
using System.Text;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// The terminals that N-Triples, N-Quads, Turtle and TriG share. Spans that are returned lie in the input's window where the text has no
/// escapes, else in the scratch buffer that was passed.
/// </summary>
internal sealed class TermLexer(Utf8Input input, string blankNodeScope)
{
    private readonly byte[] _scope = Encoding.UTF8.GetBytes(blankNodeScope);

    /// <summary>Why <see cref="IsOfLanguageStrings"/> is an error.</summary>
    public const string LanguageExpected = "A literal of this datatype has a language tag; write it after '@', in place of the datatype.";

    /// <summary>Whether an encoded IRI is a datatype that only language tags give (RDF 1.2 Concepts, section 3.4).</summary>
    public static bool IsOfLanguageStrings(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"u8)
        || type.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"u8);

    /// <summary>Reads an IRIREF at the position and returns it with its opening bracket: an encoded IRI, if it is absolute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> ReadIriRef(ByteBuffer scratch)
    {
        var start = input.Position - input.Mark;
        input.Position++;
        while (true)
        {
            var ahead = input.Ahead;
            var stop = ahead.IndexOfAny(Characters.IriStops);
            if (stop < 0)
            {
                input.Position += ahead.Length;
                if (!input.Refill())
                {
                    throw input.Error("unterminated-iri", "The input ends within an IRI; expected '>'.", input.Mark + start);
                }

                continue;
            }

            input.Position += stop;
            switch (ahead[stop])
            {
                case (byte)'>':
                    var iri = input.Slice(input.Mark + start, input.Position);
                    input.Position++;
                    return iri;
                case (byte)'\\':
                    return ReadEscapedIriRef(start, scratch);
                default:
                    throw ForbiddenInIri();
            }
        }
    }

    /// <summary>Reads a string in quotes at the position, and returns its characters unescaped, without quotes.</summary>
    /// <param name="scratch">Where an escaped string is put.</param>
    /// <param name="longForms">Whether single quotes and triple quotes are allowed, as in Turtle.</param>
    /// <param name="escaped">Whether the span lies in the scratch buffer.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> ReadString(ByteBuffer scratch, bool longForms, out bool escaped)
    {
        var quote = (byte)input.Peek();
        if (longForms && input.Peek(1) == quote && input.Peek(2) == quote)
        {
            return ReadLongString(quote, scratch, out escaped);
        }

        var start = input.Position - input.Mark;
        var stops = quote == (byte)'"' ? Characters.QuoteStops : Characters.ApostropheStops;
        escaped = false;
        input.Position++;
        while (true)
        {
            var ahead = input.Ahead;
            var stop = ahead.IndexOfAny(stops);
            if (stop < 0)
            {
                if (escaped)
                {
                    scratch.Append(ahead);
                }

                input.Position += ahead.Length;
                if (!input.Refill())
                {
                    throw input.Error("unterminated-string", $"The input ends within a string; expected '{(char)quote}'.", input.Mark + start);
                }

                continue;
            }

            var c = ahead[stop];
            if (c == quote)
            {
                if (escaped)
                {
                    scratch.Append(ahead[..stop]);
                }

                input.Position += stop + 1;
                return escaped ? scratch.Written : input.Slice(input.Mark + start + 1, input.Position - 1);
            }

            if (c != (byte)'\\')
            {
                input.Position += stop;
                throw input.Error("newline-in-string", "A string in single quote marks ends on its line; write the line break as \\n.");
            }

            if (!escaped)
            {
                escaped = true;
                scratch.Clear();
                scratch.Append(input.Slice(input.Mark + start + 1, input.Position));
            }

            scratch.Append(ahead[..stop]);
            input.Position += stop;
            AppendEscape(scratch, allowCharacterEscapes: true);
        }
    }

    /// <summary>Reads a language tag at the position, with its <c>@</c> and, where there is one, its base direction.</summary>
    public ReadOnlySpan<byte> ReadLanguageTag()
    {
        var start = input.Position - input.Mark;
        input.Position++;
        var letters = 0;
        for (; Characters.IsAsciiLetter(input.Peek()); letters++)
        {
            input.Position++;
        }

        if (letters is 0 or > 8)
        {
            throw input.Error("bad-language", "Expected a language tag of one to eight letters after '@', such as @fr or @en-GB.");
        }

        while (input.Peek() == '-' && input.Peek(1) is var c && (Characters.IsAsciiLetter(c) || Characters.IsDigit(c)))
        {
            input.Position++;
            while (input.Peek() is var d && (Characters.IsAsciiLetter(d) || Characters.IsDigit(d)))
            {
                input.Position++;
            }
        }

        if (input.Peek() == '-')
        {
            var direction = input.Peek(1) == '-' && input.Peek(3) == 't' && input.Peek(2) is 'l' or 'r' ? input.Peek(4) : -1;
            if (direction != 'r' && direction != 'l' || (input.Peek(2) == 'l') != (direction == 'r'))
            {
                throw input.Error("bad-language", "Expected letters or digits after '-' in a language tag, or --ltr or --rtl.");
            }

            input.Position += 5;
        }

        return input.Slice(input.Mark + start, input.Position);
    }

    /// <summary>Reads a blank node label at the position and returns the encoded node.</summary>
    public ReadOnlySpan<byte> ReadBlankNode(ByteBuffer scratch)
    {
        var start = input.Position - input.Mark;
        if (input.Peek(1) != ':')
        {
            throw input.Error("bad-blank-node", "Expected ':' after '_' and then a label.");
        }

        input.Position += 2;
        var first = PeekCodePoint(out var length);
        if (!Characters.IsNameStart(first) && !Characters.IsDigit(first))
        {
            throw input.Error("bad-blank-node", "A blank node label begins with a letter, a digit or '_'.");
        }

        input.Position += length;
        SkipName();
        var node = input.Slice(input.Mark + start, input.Position);
        if (_scope.Length == 0)
        {
            return node;
        }

        scratch.Clear();
        scratch.Append("_:"u8);
        scratch.Append(_scope);
        scratch.Append(node[2..]);
        return scratch.Written;
    }

    /// <summary>Writes an encoded blank node with a label that no document can write: it holds a tilde.</summary>
    public void WriteAnonymousNode(long number, ByteBuffer output)
    {
        output.Clear();
        output.Append("_:"u8);
        output.Append(_scope);
        output.Append((byte)'~');
        System.Buffers.Text.Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    /// <summary>Skips <c>((PN_CHARS | '.')* PN_CHARS)?</c>: a name may hold dots but not end with one.</summary>
    public void SkipName()
    {
        while (true)
        {
            var run = Characters.AsciiNameLength(input.Ahead);
            input.Position += run;
            var c = PeekCodePoint(out var length);
            if (c == '.')
            {
                var dots = 1;
                while (input.Peek(dots) == '.')
                {
                    dots++;
                }

                if (!IsNameAt(dots))
                {
                    return;
                }

                input.Position += dots;
            }
            else if (c >= 0 && Characters.IsName(c))
            {
                input.Position += length;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The code point at the position, or -1 at the end.</summary>
    public int PeekCodePoint(out int length)
    {
        var c = input.Peek();
        if (c < 0x80)
        {
            length = 1;
            return c;
        }

        return Characters.Decode(input.Ahead, out length);
    }

    /// <summary>Reads <c>\uXXXX</c>, <c>\UXXXXXXXX</c> and, where allowed, <c>\n</c> and the like.</summary>
    public void AppendEscape(ByteBuffer output, bool allowCharacterEscapes)
    {
        var kind = input.Peek(1);
        if (kind is 'u' or 'U')
        {
            AppendCodePointEscape(kind == 'u' ? 4 : 8, output);
            return;
        }

        var plain = kind switch
        {
            't' => (byte)'\t',
            'b' => (byte)'\b',
            'n' => (byte)'\n',
            'r' => (byte)'\r',
            'f' => (byte)'\f',
            '"' or '\'' or '\\' => (byte)kind,
            _ => (byte)0,
        };
        if (plain == 0 || !allowCharacterEscapes)
        {
            throw input.Error("bad-escape", allowCharacterEscapes
                ? "Unknown escape; expected one of \\t \\b \\n \\r \\f \\\" \\' \\\\ \\uXXXX \\UXXXXXXXX."
                : "Only \\uXXXX and \\UXXXXXXXX are escapes here.");
        }

        output.Append(plain);
        input.Position += 2;
    }

    private bool IsNameAt(int offset)
    {
        var first = input.Peek(offset);
        return first >= 0 && Characters.IsName(first < 0x80 ? first : Characters.Decode(input.Ahead[offset..], out _));
    }

    private void AppendCodePointEscape(int digits, ByteBuffer output)
    {
        long value = 0;
        for (var i = 0; i < digits; i++)
        {
            var c = input.Peek(2 + i);
            if (!Characters.IsHexDigit(c))
            {
                throw input.Error("bad-escape", $"Expected {digits} hexadecimal digits after \\{(char)input.Peek(1)}.");
            }

            value = (value << 4) | (uint)Convert.ToInt32(((char)c).ToString(), 16);
        }

        if (value > 0x10FFFF || !Rune.IsValid((int)value))
        {
            throw input.Error("bad-escape", $"U+{value:X} is not a character.");
        }

        output.Advance(new Rune((int)value).EncodeToUtf8(output.GetSpan(4)));
        input.Position += 2 + digits;
    }

    private ReadOnlySpan<byte> ReadEscapedIriRef(int start, ByteBuffer scratch)
    {
        scratch.Clear();
        scratch.Append(input.Slice(input.Mark + start, input.Position));
        while (true)
        {
            var c = input.Peek();
            if (c < 0)
            {
                throw input.Error("unterminated-iri", "The input ends within an IRI; expected '>'.", input.Mark + start);
            }

            if (c == '>')
            {
                input.Position++;
                return scratch.Written;
            }

            if (c == '\\')
            {
                var at = input.Position - input.Mark;
                var before = scratch.Length;
                AppendEscape(scratch, allowCharacterEscapes: false);
                if (scratch.Length == before + 1 && Characters.IsForbiddenInIri(scratch.Written[before]))
                {
                    throw input.Error("bad-iri", "This character may not stand in an IRI, also not escaped.", input.Mark + at);
                }

                continue;
            }

            if (Characters.IsForbiddenInIri(c))
            {
                throw ForbiddenInIri();
            }

            scratch.Append((byte)c);
            input.Position++;
        }
    }

    private RdfSyntaxException ForbiddenInIri()
    {
        var c = input.Peek();
        var name = c is '\n' or '\r' ? "A line break" : c <= 0x20 ? "A space or control character" : $"'{(char)c}'";
        return input.Error("bad-iri", $"{name} may not stand in an IRI; percent-encode it or close the IRI with '>'.");
    }

    private ReadOnlySpan<byte> ReadLongString(byte quote, ByteBuffer scratch, out bool escaped)
    {
        var start = input.Position - input.Mark;
        escaped = false;
        input.Position += 3;
        while (true)
        {
            var ahead = input.Ahead;
            var stop = ahead.IndexOfAny(quote, (byte)'\\');
            if (stop < 0)
            {
                if (escaped)
                {
                    scratch.Append(ahead);
                }

                input.Position += ahead.Length;
                if (!input.Refill())
                {
                    throw input.Error(
                        "unterminated-string", $"The input ends within a string; expected {new string((char)quote, 3)}.", input.Mark + start);
                }

                continue;
            }

            if (escaped)
            {
                scratch.Append(ahead[..stop]);
            }

            var isQuote = ahead[stop] == quote;
            input.Position += stop;
            if (isQuote)
            {
                if (input.Peek(1) == quote && input.Peek(2) == quote)
                {
                    input.Position += 3;
                    return escaped ? scratch.Written : input.Slice(input.Mark + start + 3, input.Position - 3);
                }

                if (escaped)
                {
                    scratch.Append(quote);
                }

                input.Position++;
                continue;
            }

            if (!escaped)
            {
                escaped = true;
                scratch.Clear();
                scratch.Append(input.Slice(input.Mark + start + 3, input.Position));
            }

            AppendEscape(scratch, allowCharacterEscapes: true);
        }
    }
}
