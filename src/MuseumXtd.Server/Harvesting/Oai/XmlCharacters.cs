using System.Buffers;
using System.Xml;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>Text as XML can hold it.</summary>
internal static class XmlCharacters
{
    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r')), '\uFFFE', '\uFFFF', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    /// <summary>The text with the replacement character in place of what no XML document can hold (XML 1.0, section 2.2).</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAny(Suspects) < 0)
        {
            return text;
        }

        var cleaned = text.ToCharArray();
        for (var i = 0; i < cleaned.Length; i++)
        {
            if (i + 1 < cleaned.Length && char.IsSurrogatePair(cleaned[i], cleaned[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(cleaned[i]))
            {
                cleaned[i] = '\uFFFD';
            }
        }

        return new string(cleaned);
    }

    /// <summary>Writes an element that holds text.</summary>
    public static void Write(this XmlWriter xml, string prefix, string name, string ns, string text, string? language = null)
    {
        xml.WriteStartElement(prefix, name, ns);
        if (language is not null)
        {
            xml.WriteAttributeString("xml", "lang", null, language);
        }

        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    /// <summary>Where the last name that XML allows begins in an IRI, so that it can be an element; -1 when it ends with none.</summary>
    public static int LocalNameOf(string iri)
    {
        var at = iri.Length;
        while (at > 0 && XmlConvert.IsNCNameChar(iri[at - 1]))
        {
            at--;
        }

        while (at < iri.Length && !XmlConvert.IsStartNCNameChar(iri[at]))
        {
            at++;
        }

        return at == iri.Length || at == 0 ? -1 : at;
    }
}
