using System.Globalization;
using System.Text;
using System.Xml;

namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>IRIs and labels as names of XML.</summary>
internal static class XmlNames
{
    /// <summary>Where the local part of an IRI begins: its longest end that is an XML name. The IRI's length where there is none.</summary>
    public static int LocalStart(string iri)
    {
        var start = iri.Length;
        for (var i = iri.Length - 1; i > 0 && XmlConvert.IsNCNameChar(iri[i]); i--)
        {
            if (XmlConvert.IsStartNCNameChar(iri[i]))
            {
                start = i;
            }
        }

        return start;
    }

    /// <summary>Whether a text can be the prefix of an element's name.</summary>
    public static bool IsPrefix(string text) =>
        text.Length > 0 && XmlConvert.IsStartNCNameChar(text[0]) && text.All(XmlConvert.IsNCNameChar)
        && !text.StartsWith("xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>A blank node's label as an XML name. Different labels give different names: what is not plain is written as <c>_HEX_</c>.</summary>
    public static string OfLabel(ReadOnlySpan<byte> label)
    {
        var name = new StringBuilder();
        foreach (var c in Encoding.UTF8.GetString(label))
        {
            if (char.IsAsciiLetter(c) || (name.Length > 0 && (char.IsAsciiDigit(c) || c == '-')))
            {
                name.Append(c);
            }
            else if (c == '_' && name.Length > 0)
            {
                name.Append("__");
            }
            else
            {
                name.Append('_').Append(((int)c).ToString("x", CultureInfo.InvariantCulture)).Append('_');
            }
        }

        return name.ToString();
    }
}
