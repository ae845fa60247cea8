using System.Buffers;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Sparql.Results;

/// <summary>Text in the clothes of JSON and XML.</summary>
internal static class Escapes
{
    private static readonly SearchValues<byte> JsonStops =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private static readonly SearchValues<byte> XmlStops =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(c => c is not (0x09 or 0x0A)).Select(c => (byte)c), .. "<>&\""u8]);

    /// <summary>Writes the characters of a JSON string (RFC 8259, section 7), without its quotes.</summary>
    public static void Json(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        for (var next = text.IndexOfAny(JsonStops); next >= 0; next = text.IndexOfAny(JsonStops))
        {
            output.Append(text[..next]);
            var c = text[next];
            switch (c)
            {
                case (byte)'"':
                    output.Append("\\\""u8);
                    break;
                case (byte)'\\':
                    output.Append("\\\\"u8);
                    break;
                case (byte)'\n':
                    output.Append("\\n"u8);
                    break;
                case (byte)'\r':
                    output.Append("\\r"u8);
                    break;
                case (byte)'\t':
                    output.Append("\\t"u8);
                    break;
                default:
                    output.Append("\\u00"u8);
                    output.Append("0123456789ABCDEF"u8[c >> 4]);
                    output.Append("0123456789ABCDEF"u8[c & 15]);
                    break;
            }

            text = text[(next + 1)..];
        }

        output.Append(text);
    }

    /// <summary>
    /// Writes text or an attribute of XML 1.0. A carriage return is escaped, since parsers change it; other control characters cannot
    /// stand in XML at all and become the replacement character.
    /// </summary>
    public static void Xml(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        for (var next = text.IndexOfAny(XmlStops); next >= 0; next = text.IndexOfAny(XmlStops))
        {
            output.Append(text[..next]);
            output.Append(text[next] switch
            {
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'&' => "&amp;"u8,
                (byte)'"' => "&quot;"u8,
                (byte)'\r' => "&#13;"u8,
                _ => "\uFFFD"u8,
            });
            text = text[(next + 1)..];
        }

        output.Append(text);
    }

    /// <summary>Writes the label of a blank node as RDF documents have it, without <c>_:</c>.</summary>
    public static void Label(ReadOnlySpan<byte> label, ByteBuffer output)
    {
        using var written = new ByteBuffer();
        TermWriter.WriteBlankNode(label, written);
        output.Append(written.Written[2..]);
    }
}
