using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>Writes encoded terms as N-Triples does, which Turtle and the rest understand too (RDF 1.2 N-Triples, sections 2 to 4).</summary>
public static class TermWriter
{
    private const byte LeadOfNoncharacters = 0xEF;

    private static readonly SearchValues<byte> StringEscapes = SearchValues.Create(StringEscapeBytes());

    /// <summary>Writes a term.</summary>
    /// <param name="encoded">The term.</param>
    /// <param name="output">Where to.</param>
    /// <param name="canonical">Whether language tags are written in small letters, as canonical N-Triples has them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ReadOnlySpan<byte> encoded, ByteBuffer output, bool canonical = false)
    {
        var term = new EncodedTerm(encoded);
        switch (term.Kind)
        {
            case TermKind.Iri:
                output.Append(encoded);
                output.Append((byte)'>');
                break;
            case TermKind.BlankNode:
                WriteBlankNode(term.Label, output);
                break;
            case TermKind.Literal:
                var end = encoded.LastIndexOf((byte)'"');
                WriteString(encoded[1..end], output);
                var suffix = encoded[(end + 1)..];
                if (canonical && !suffix.IsEmpty && suffix[0] == (byte)'@')
                {
                    Ascii.ToLower(suffix, output.GetSpan(suffix.Length), out var length);
                    output.Advance(length);
                    break;
                }

                output.Append(suffix);
                if (!suffix.IsEmpty && suffix[0] == (byte)'^')
                {
                    output.Append((byte)'>');
                }

                break;
            default:
                output.Append("<<( "u8);
                Write(term.Subject, output, canonical);
                output.Append((byte)' ');
                Write(term.Predicate, output, canonical);
                output.Append((byte)' ');
                Write(term.Object, output, canonical);
                output.Append(" )>>"u8);
                break;
        }
    }

    /// <summary>Writes a string in double quotes; control characters that may not or should not stand in a line are escaped.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        output.Append((byte)'"');
        while (true)
        {
            var next = text.IndexOfAny(StringEscapes);
            if (next < 0)
            {
                output.Append(text);
                break;
            }

            output.Append(text[..next]);
            text = text[next..];
            if (text[0] != LeadOfNoncharacters)
            {
                WriteEscape(text[0], output);
                text = text[1..];
            }
            else
            {
                // U+FFFE and U+FFFF are no characters; others with this first byte are written as they are.
                var isNone = text.StartsWith("\uFFFE"u8) || text.StartsWith("\uFFFF"u8);
                output.Append(!isNone ? text[..3] : text[2] == 0xBE ? "\\uFFFE"u8 : "\\uFFFF"u8);
                text = text[3..];
            }
        }

        output.Append((byte)'"');
    }

    /// <summary>
    /// Writes a label that every document may hold. Anonymous node <c>~N</c> becomes <c>aN</c>; a label that already looks so gets one
    /// more <c>a</c>: two nodes never get one label.
    /// </summary>
    public static void WriteBlankNode(ReadOnlySpan<byte> label, ByteBuffer output)
    {
        output.Append("_:"u8);
        var tilde = label.LastIndexOf((byte)'~');
        if (tilde >= 0)
        {
            output.Append(label[..tilde]);
            output.Append((byte)'a');
            output.Append(label[(tilde + 1)..]);
            return;
        }

        var letter = label.LastIndexOf((byte)'a');
        if (letter >= 0 && IsNumber(label[(letter + 1)..]))
        {
            output.Append(label[..letter]);
            output.Append((byte)'a');
            label = label[letter..];
        }

        output.Append(label);
    }

    private static bool IsNumber(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static void WriteEscape(byte c, ByteBuffer output)
    {
        var escape = c switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\r' => "\\r"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\f' => "\\f"u8,
            _ => default,
        };
        if (!escape.IsEmpty)
        {
            output.Append(escape);
            return;
        }

        output.Append("\\u00"u8);
        output.Append("0123456789ABCDEF"u8[c >> 4]);
        output.Append("0123456789ABCDEF"u8[c & 15]);
    }

    private static byte[] StringEscapeBytes()
    {
        var bytes = new List<byte> { (byte)'"', (byte)'\\', 0x7F, LeadOfNoncharacters };
        for (byte c = 0; c < 0x20; c++)
        {
            bytes.Add(c);
        }

        return [.. bytes];
    }
}
