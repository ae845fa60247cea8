using System.Globalization;
using System.Text;
using System.Xml;

namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>
/// Writes RDF/XML (RDF 1.2 XML Syntax) as statements come: those with one subject that follow each other become one node element, named by
/// its class where that is known first.
/// </summary>
/// <remarks>
/// RDF/XML cannot say everything: a predicate must end with an XML name, and text must consist of XML's characters. What cannot be said is
/// an <see cref="RdfWriteException"/>, never a changed statement.
/// </remarks>
internal sealed class RdfXmlWriter : IRdfWriter
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string TypeIri = "<" + Rdf + "type";

    private readonly StreamWriter _output;
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal) { [Rdf] = "rdf" };
    private readonly Dictionary<string, (string Name, string? Declaration)> _names = new(StringComparer.Ordinal);
    private byte[] _subject = [];
    private string? _element;
    private bool _begun;

    /// <summary>A label for an encoded blank node.</summary>
    internal delegate string Labels(ReadOnlySpan<byte> node);

    /// <summary>Gives blank nodes their labels; null for labels made of their own.</summary>
    internal Labels? LabelOf { get; init; }

    /// <summary>A writer; the prefixes are declared at the top, whether they are used or not.</summary>
    public RdfXmlWriter(Stream output, WriterOptions options)
    {
        _output = new StreamWriter(output, new UTF8Encoding(false), 32 * 1024, leaveOpen: true) { NewLine = "\n" };
        foreach (var (prefix, iri) in options.Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Declare(prefix, iri);
        }
    }

    /// <inheritdoc/>
    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
    {
        if (!_begun)
        {
            Declare(Encoding.UTF8.GetString(prefix), Encoding.UTF8.GetString(iri));
        }
    }

    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        Begin();
        if (!subject.SequenceEqual(_subject))
        {
            EndNode();
            _subject = subject.ToArray();
            if (Encoding.UTF8.GetString(predicate) == TypeIri && TryName(@object, out var type))
            {
                StartNode(type, subject, "  ");
                return;
            }

            StartNode(("rdf:Description", null), subject, "  ");
        }

        WriteProperty(predicate, @object, "    ");
    }

    /// <inheritdoc/>
    public void Complete()
    {
        Begin();
        EndNode();
        _output.Write("</rdf:RDF>\n");
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What is still buffered belongs to a document that was not completed.
    }

    private void Declare(string prefix, string iri)
    {
        if (XmlNames.IsPrefix(prefix) && prefix != "rdf" && iri.Length > 0 && !_prefixes.ContainsValue(prefix))
        {
            _prefixes.TryAdd(iri, prefix);
        }
    }

    /// <summary>Writes the start of the document, once.</summary>
    internal void Begin()
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        _output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
        foreach (var (iri, prefix) in _prefixes.OrderBy(p => p.Value, StringComparer.Ordinal))
        {
            _output.Write($"\n    xmlns:{prefix}=\"");
            WriteText(iri, inAttribute: true);
            _output.Write('"');
        }

        _output.Write(">\n");
    }

    private void StartNode((string Name, string? Declaration) element, ReadOnlySpan<byte> subject, string indent)
    {
        _output.Write($"{indent}<{element.Name}{element.Declaration}");
        WriteReference(subject, "rdf:about");
        _output.Write(">\n");
        _element = element.Name;
    }

    private void EndNode()
    {
        if (_element is not null)
        {
            _output.Write($"  </{_element}>\n");
            _element = null;
        }
    }

    /// <summary>Writes a property with a value that is named or said in full.</summary>
    internal void WriteProperty(ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> value, string indent)
    {
        var element = StartProperty(predicate, indent);
        var term = new EncodedTerm(value);
        switch (term.Kind)
        {
            case TermKind.Literal:
                WriteLiteral(term);
                _output.Write($"</{element.Name}>\n");
                break;
            case TermKind.TripleTerm:
                _output.Write(" rdf:version=\"1.2\" rdf:parseType=\"Triple\">\n");
                var outer = _element;
                StartNode(("rdf:Description", null), term.Subject, indent + "  ");
                WriteProperty(term.Predicate, term.Object, indent + "    ");
                _element = outer;
                _output.Write($"{indent}  </rdf:Description>\n{indent}</{element.Name}>\n");
                break;
            default:
                WriteReference(value, "rdf:resource");
                _output.Write("/>\n");
                break;
        }
    }

    /// <summary>Writes the start of a property's element, open for attributes.</summary>
    internal (string Name, string? Declaration) StartProperty(ReadOnlySpan<byte> predicate, string indent)
    {
        if (!TryName(predicate, out var element))
        {
            throw new RdfWriteException(
                $"The predicate {Encoding.UTF8.GetString(predicate)}> does not end with an XML name; RDF/XML cannot write it. Choose another syntax, such as Turtle.");
        }

        _output.Write($"{indent}<{element.Name}{element.Declaration}");
        return element;
    }

    /// <summary>Writes markup.</summary>
    internal void Write(string markup) => _output.Write(markup);

    /// <summary>Writes the attribute that names a node.</summary>
    internal void WriteReference(ReadOnlySpan<byte> node, string attribute)
    {
        if (EncodedTerm.KindOf(node) == TermKind.BlankNode)
        {
            _output.Write($" rdf:nodeID=\"{LabelOf?.Invoke(node) ?? XmlNames.OfLabel(node[2..])}\"");
            return;
        }

        _output.Write($" {attribute}=\"");
        WriteText(Encoding.UTF8.GetString(node[1..]), inAttribute: true);
        _output.Write('"');
    }

    private void WriteLiteral(in EncodedTerm literal)
    {
        if (!literal.Language.IsEmpty)
        {
            if (literal.Direction != BaseDirection.None)
            {
                var direction = literal.Direction == BaseDirection.LeftToRight ? "ltr" : "rtl";
                _output.Write($" xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\" its:dir=\"{direction}\" rdf:version=\"1.2\"");
            }

            _output.Write($" xml:lang=\"{Encoding.UTF8.GetString(literal.Language)}\"");
        }
        else if (!literal.Suffix.IsEmpty)
        {
            _output.Write(" rdf:datatype=\"");
            WriteText(Encoding.UTF8.GetString(literal.Datatype), inAttribute: true);
            _output.Write('"');
        }

        _output.Write('>');
        WriteText(Encoding.UTF8.GetString(literal.LexicalForm), inAttribute: false);
    }

    /// <summary>The element name of an IRI, with the declaration of its prefix where the top has none.</summary>
    internal bool TryName(ReadOnlySpan<byte> encoded, out (string Name, string? Declaration) name)
    {
        name = default;
        if (EncodedTerm.KindOf(encoded) != TermKind.Iri)
        {
            return false;
        }

        var iri = Encoding.UTF8.GetString(encoded[1..]);
        if (_names.TryGetValue(iri, out name))
        {
            return true;
        }

        var start = XmlNames.LocalStart(iri);
        if (start == iri.Length)
        {
            return false;
        }

        // Names that mean something in the syntax are no classes and no properties there.
        var (space, local) = (iri[..start], iri[start..]);
        if (space == Rdf && local is not ("type" or "value" or "first" or "rest" or "subject" or "predicate" or "object" or "reifies" or "language" or "direction"
            or "Statement" or "Property" or "Bag" or "Seq" or "Alt" or "List" or "CompoundLiteral" or "nil" or "langString" or "HTML" or "XMLLiteral" or "JSON")
            && !(local[0] == '_' && int.TryParse(local.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return false;
        }

        if (_prefixes.TryGetValue(space, out var prefix))
        {
            name = ($"{prefix}:{local}", null);
        }
        else
        {
            var declared = new StringBuilder(" xmlns:ns=\"");
            Append(space, inAttribute: true, declared);
            name = ("ns:" + local, declared.Append('"').ToString());
        }

        _names.Add(iri, name);
        return true;
    }

    private void WriteText(string text, bool inAttribute)
    {
        var escaped = new StringBuilder(text.Length);
        Append(text, inAttribute, escaped);
        _output.Write(escaped);
    }

    private static void Append(string text, bool inAttribute, StringBuilder output)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                output.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' when inAttribute => output.Append("&quot;"),
                '\t' when inAttribute => output.Append("&#x9;"),
                '\n' when inAttribute => output.Append("&#xA;"),
                '\r' => output.Append("&#xD;"),
                _ when XmlConvert.IsXmlChar(c) => output.Append(c),
                _ => throw new RdfWriteException(
                    $"A text holds U+{(int)c:X4}, which XML cannot; RDF/XML cannot write it. Choose another syntax, such as Turtle."),
            };
        }
    }
}
