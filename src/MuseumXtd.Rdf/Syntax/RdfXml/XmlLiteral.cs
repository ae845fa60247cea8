using System.Text;
using System.Xml;

namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>
/// The content of an element as the lexical form of an <c>rdf:XMLLiteral</c>: Exclusive XML Canonicalization 1.0 with comments (RDF 1.2 XML
/// Syntax, section 7.2.17).
/// </summary>
internal sealed class XmlLiteral(XmlReader xml)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Depth, string Prefix, string Namespace)> _rendered = [];

    /// <summary>Reads the content of the element that the reader is on, to its end tag.</summary>
    public static string ReadContent(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var literal = new XmlLiteral(xml);
        var end = xml.Depth;
        while (xml.Read() && xml.Depth > end)
        {
            literal.Append();
        }

        return literal._text.ToString();
    }

    private void Append()
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                AppendStart();
                break;
            case XmlNodeType.EndElement:
                AppendEnd(xml.Depth);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                Escape(xml.Value, inAttribute: false);
                break;
            case XmlNodeType.Comment:
                _text.Append("<!--").Append(xml.Value).Append("-->");
                break;
            case XmlNodeType.ProcessingInstruction:
                _text.Append("<?").Append(xml.Name).Append(xml.Value.Length > 0 ? " " : "").Append(xml.Value).Append("?>");
                break;
            default:
                break;
        }
    }

    private void AppendStart()
    {
        var (depth, isEmpty) = (xml.Depth, xml.IsEmptyElement);
        _text.Append('<').Append(xml.Name);
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal) { [xml.Prefix] = xml.NamespaceURI };
        var attributes = new List<(string Namespace, string LocalName, string Name, string Value)>();
        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI == "http://www.w3.org/2000/xmlns/")
            {
                continue;
            }

            attributes.Add((xml.NamespaceURI, xml.LocalName, xml.Name, xml.Value));
            if (xml.Prefix.Length > 0 && xml.Prefix != "xml")
            {
                used[xml.Prefix] = xml.NamespaceURI;
            }
        }

        xml.MoveToElement();
        foreach (var (prefix, uri) in used)
        {
            // A namespace is written where it is first used and no ancestor within the literal has written the same.
            var last = _rendered.FindLastIndex(r => r.Prefix == prefix);
            if ((last < 0 ? "" : _rendered[last].Namespace) != uri && prefix != "xml")
            {
                _text.Append(prefix.Length == 0 ? " xmlns=\"" : $" xmlns:{prefix}=\"");
                Escape(uri, inAttribute: true);
                _text.Append('"');
                _rendered.Add((depth, prefix, uri));
            }
        }

        attributes.Sort((a, b) => string.CompareOrdinal(a.Namespace, b.Namespace) is var order and not 0
            ? order : string.CompareOrdinal(a.LocalName, b.LocalName));
        foreach (var (_, _, name, value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"");
            Escape(value, inAttribute: true);
            _text.Append('"');
        }

        _text.Append('>');
        if (isEmpty)
        {
            AppendEnd(depth);
        }
    }

    private void AppendEnd(int depth)
    {
        _text.Append("</").Append(xml.Name).Append('>');
        _rendered.RemoveAll(r => r.Depth >= depth);
    }

    private void Escape(string text, bool inAttribute)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' when !inAttribute => _text.Append("&gt;"),
                '"' when inAttribute => _text.Append("&quot;"),
                '\t' when inAttribute => _text.Append("&#x9;"),
                '\n' when inAttribute => _text.Append("&#xA;"),
                '\r' => _text.Append("&#xD;"),
                _ => _text.Append(c),
            };
        }
    }
}
