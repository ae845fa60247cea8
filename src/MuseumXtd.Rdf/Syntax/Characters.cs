using System.Buffers;
using System.Text;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>The character classes of the Turtle family's grammars (RDF 1.1 Turtle, section 6.5).</summary>
internal static class Characters
{
    /// <summary>Bytes that end the plain part of an IRIREF: its end, an escape, or what may not stand in it.</summary>
    public static readonly SearchValues<byte> IriStops = SearchValues.Create(IriStopBytes());

    /// <summary>Bytes that end the plain part of a string in double quotes on one line.</summary>
    public static readonly SearchValues<byte> QuoteStops = SearchValues.Create("\"\\\n\r"u8);

    /// <summary>Bytes that end the plain part of a string in single quotes on one line.</summary>
    public static readonly SearchValues<byte> ApostropheStops = SearchValues.Create("'\\\n\r"u8);

    private static readonly SearchValues<byte> AsciiNameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    public static bool IsForbiddenInIri(int c) => c <= 0x20 || c is '<' or '>' or '"' or '{' or '}' or '|' or '^' or '`' or '\\';

    public static bool IsHexDigit(int c) => c is >= '0' and <= '9' or >= 'a' and <= 'f' or >= 'A' and <= 'F';

    public static bool IsAsciiLetter(int c) => (uint)((c | 0x20) - 'a') < 26;

    public static bool IsDigit(int c) => (uint)(c - '0') < 10;

    public static bool IsWhitespace(int c) => c is ' ' or '\t' or '\n' or '\r';

    /// <summary>PN_CHARS_BASE</summary>
    public static bool IsNameBase(int c) =>
        c < 0x80
            ? IsAsciiLetter(c)
            : c is (>= 0xC0 and <= 0x2FF and not 0xD7 and not 0xF7) or (>= 0x370 and <= 0x1FFF and not 0x37E)
                or 0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF)
                or (>= 0x3001 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD)
                or (>= 0x10000 and <= 0xEFFFF);

    /// <summary>PN_CHARS_U</summary>
    public static bool IsNameStart(int c) => c == '_' || IsNameBase(c);

    /// <summary>PN_CHARS</summary>
    public static bool IsName(int c) =>
        c is '-' or '_' or 0xB7 || IsDigit(c) || IsNameBase(c) || c is (>= 0x300 and <= 0x36F) or 0x203F or 0x2040;

    /// <summary>How many bytes at the start are ASCII letters, digits, <c>_</c> or <c>-</c>, all of which are PN_CHARS.</summary>
    public static int AsciiNameLength(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOfAnyExcept(AsciiNameBytes);
        return length < 0 ? bytes.Length : length;
    }

    /// <summary>The code point at the start of valid UTF-8.</summary>
    public static int Decode(ReadOnlySpan<byte> bytes, out int length)
    {
        if (bytes[0] < 0x80)
        {
            length = 1;
            return bytes[0];
        }

        Rune.DecodeFromUtf8(bytes, out var rune, out length);
        return rune.Value;
    }

    /// <summary>Whether a text begins with a scheme and a colon (RFC 3986, section 3.1), as absolute IRIs do.</summary>
    public static bool HasScheme(ReadOnlySpan<byte> iri)
    {
        if (iri.IsEmpty || !IsAsciiLetter(iri[0]))
        {
            return false;
        }

        for (var i = 1; i < iri.Length; i++)
        {
            var c = iri[i];
            if (c == (byte)':')
            {
                return true;
            }

            if (!IsAsciiLetter(c) && !IsDigit(c) && c is not ((byte)'+' or (byte)'-' or (byte)'.'))
            {
                return false;
            }
        }

        return false;
    }

    private static byte[] IriStopBytes()
    {
        var bytes = new List<byte>();
        for (var c = 0; c < 0x80; c++)
        {
            if (IsForbiddenInIri(c))
            {
                bytes.Add((byte)c);
            }
        }

        return [.. bytes];
    }
}
