using System.Globalization;
using System.Text;
using System.Xml;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>The grammar of RDF/XML (RDF 1.2 XML Syntax, section 7) by recursive descent over the elements as they come.</summary>
internal sealed class RdfXmlParser(XmlReader xml, IQuadSink sink, ReaderOptions options, CancellationToken cancellation) : IDisposable
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string Its = "http://www.w3.org/2005/11/its";

    private static readonly HashSet<string> SyntaxNames =
        ["RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "annotation", "annotationNodeID", "version"];

    private static readonly HashSet<string> OldNames = ["bagID", "aboutEach", "aboutEachPrefix"];

    private static readonly byte[] Type = Encode(Rdf + "type");
    private static readonly byte[] Reifies = Encode(Rdf + "reifies");
    private static readonly byte[] First = Encode(Rdf + "first");
    private static readonly byte[] Rest = Encode(Rdf + "rest");
    private static readonly byte[] Nil = Encode(Rdf + "nil");

    private readonly IXmlLineInfo _lines = (IXmlLineInfo)xml;
    private readonly Dictionary<(string Namespace, string Name), byte[]> _names = [];
    private readonly HashSet<string> _ids = [];
    private readonly ByteBuffer _buffer = new();
    private List<(byte[] Subject, byte[] Predicate, byte[] Object)>? _captured;
    private long _anonymous;
    private int _depth;
    private int _count;

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    /// <summary>Reads the whole document: <c>rdf:RDF</c> with nodes, or one node.</summary>
    public void ReadDocument()
    {
        var scope = new XmlScope(options.BaseIri is null ? null : new IriResolver(Encoding.UTF8.GetBytes(options.BaseIri)), "", "", false);
        if (xml.MoveToContent() != XmlNodeType.Element)
        {
            throw Error("expected-element", "Expected an element.");
        }

        if (xml is { NamespaceURI: Rdf, LocalName: "RDF" })
        {
            var root = ReadAttributes(scope);
            if (root is not { Id: null, About: null, NodeId: null, Resource: null, Properties: [] })
            {
                throw Error("bad-attribute", "rdf:RDF has no properties of its own.");
            }

            ReadNodes(root.Scope, _ => { });
        }
        else
        {
            ReadNode(scope);
        }

        while (xml.Read())
        {
            // What follows the root is read too, so that a second root is an error.
        }
    }

    private static byte[] Encode(string iri) => Encoding.UTF8.GetBytes("<" + iri);

    /// <summary>Reads the node elements within the current element, to its end tag.</summary>
    private void ReadNodes(XmlScope scope, Action<byte[]> each)
    {
        ForEachChild("a node element", () => each(ReadNode(scope)));
    }

    private void ForEachChild(string expected, Action read)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    read();
                    break;
                case XmlNodeType.EndElement:
                    return;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    throw Error("unexpected-text", $"Expected {expected}, not text.");
                default:
                    break;
            }
        }
    }

    /// <summary>Reads the node element that the reader is on, to its end tag, and returns the node.</summary>
    private byte[] ReadNode(XmlScope outer)
    {
        Enter();
        var (uri, name) = (xml.NamespaceURI, xml.LocalName);
        if (uri == Rdf && (SyntaxNames.Contains(name) || OldNames.Contains(name) || name == "li"))
        {
            throw Error("bad-node", $"rdf:{name} is no class; a node element names the class of its node, or is rdf:Description.");
        }

        var attributes = ReadAttributes(outer);
        if (attributes is not { Resource: null, Datatype: null, ParseType: null, Annotation: null, AnnotationNodeId: null })
        {
            throw Error("bad-attribute", "rdf:resource, rdf:datatype, rdf:parseType and rdf:annotation belong to property elements.");
        }

        if ((attributes.Id is null ? 0 : 1) + (attributes.About is null ? 0 : 1) + (attributes.NodeId is null ? 0 : 1) > 1)
        {
            throw Error("bad-attribute", "A node has one of rdf:about, rdf:ID and rdf:nodeID.");
        }

        var node = attributes.About is not null ? Resolve(attributes.About, attributes.Scope)
            : attributes.Id is not null ? ResolveId(attributes.Id, attributes.Scope)
            : attributes.NodeId is not null ? Labelled(attributes.NodeId)
            : Fresh();
        if (uri != Rdf || name != "Description")
        {
            Emit(node, Type, Name(uri, name));
        }

        EmitProperties(node, attributes);
        ReadProperties(node, attributes.Scope);
        _depth--;
        return node;
    }

    private void ReadProperties(byte[] subject, XmlScope scope)
    {
        var members = 0;
        ForEachChild("a property element", () => ReadProperty(subject, scope, ref members));
    }

    private void ReadProperty(byte[] subject, XmlScope outer, ref int members)
    {
        Enter();
        var (uri, name) = (xml.NamespaceURI, xml.LocalName);
        if (uri == Rdf && (SyntaxNames.Contains(name) || OldNames.Contains(name) || name == "Description"))
        {
            throw Error("bad-property", $"rdf:{name} is no property.");
        }

        if (uri.Length == 0)
        {
            throw Error("bad-property", $"The element {name} has no namespace; a property is an IRI.");
        }

        var predicate = uri == Rdf && name == "li"
            ? Encode(Rdf + "_" + (++members).ToString(CultureInfo.InvariantCulture)) : Name(uri, name);
        var attributes = ReadAttributes(outer);
        if (attributes.About is not null)
        {
            throw Error("bad-attribute", "rdf:about belongs to node elements; write rdf:resource here.");
        }

        if (attributes.Resource is not null && attributes.NodeId is not null)
        {
            throw Error("bad-attribute", "A property has rdf:resource or rdf:nodeID, not both.");
        }

        var names = attributes.Resource is not null || attributes.NodeId is not null || attributes.Properties.Count > 0;
        if ((attributes.ParseType is not null && (names || attributes.Datatype is not null)) || (attributes.Datatype is not null && names))
        {
            throw Error("bad-attribute", "rdf:parseType, rdf:datatype, and rdf:resource, rdf:nodeID or properties exclude each other.");
        }

        var id = attributes.Id is null ? null : ResolveId(attributes.Id, attributes.Scope);
        var value = attributes.ParseType switch
        {
            null when names => ReadNamed(attributes),
            null => ReadContent(attributes),
            "Resource" => null,
            "Collection" => null,
            "Triple" when attributes.Scope.IsVersion12 => ReadTripleTerm(attributes.Scope),
            "Triple" => Skip(),
            _ => Literal(XmlLiteral.ReadContent(xml), Rdf + "XMLLiteral"),
        };
        if (attributes.ParseType == "Resource")
        {
            value = Fresh();
            EmitProperty(subject, predicate, value, id, attributes);
            ReadProperties(value, attributes.Scope);
        }
        else if (attributes.ParseType == "Collection")
        {
            ReadCollection(subject, predicate, id, attributes);
        }
        else if (value is not null)
        {
            EmitProperty(subject, predicate, value, id, attributes);
        }

        _depth--;
    }

    /// <summary>A value named by attributes: the element is empty.</summary>
    private byte[] ReadNamed(ElementAttributes attributes)
    {
        ForEachChild("the end of the element", () => throw Error("unexpected-element", "An element with rdf:resource, rdf:nodeID or properties is empty."));
        var node = attributes.Resource is not null ? Resolve(attributes.Resource, attributes.Scope)
            : attributes.NodeId is not null ? Labelled(attributes.NodeId) : Fresh();
        EmitProperties(node, attributes);
        return node;
    }

    /// <summary>A value that is the element's text, or the one node within it.</summary>
    private byte[] ReadContent(ElementAttributes attributes)
    {
        var text = "";
        StringBuilder? longer = null;
        byte[]? node = null;
        if (!xml.IsEmptyElement)
        {
            while (xml.Read() && xml.NodeType != XmlNodeType.EndElement)
            {
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element when attributes.Datatype is not null:
                        throw Error("unexpected-element", "A property with rdf:datatype holds text only.");
                    case XmlNodeType.Element when node is not null:
                        throw Error("unexpected-element", "A property element holds one node; repeat the property for another.");
                    case XmlNodeType.Element when !string.IsNullOrWhiteSpace(longer?.ToString() ?? text):
                        throw Error("unexpected-element", "A property element holds text or a node, not both; for markup write rdf:parseType=\"Literal\".");
                    case XmlNodeType.Element:
                        node = ReadNode(attributes.Scope);
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                        if (node is not null && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                        {
                            throw Error("unexpected-text", "A property element holds text or a node, not both; for markup write rdf:parseType=\"Literal\".");
                        }

                        if (text.Length == 0)
                        {
                            text = xml.Value;
                        }
                        else
                        {
                            (longer ??= new StringBuilder(text)).Append(xml.Value);
                        }

                        break;
                    default:
                        break;
                }
            }
        }

        return node ?? Literal(longer?.ToString() ?? text, attributes.Datatype, attributes.Scope);
    }

    private void ReadCollection(byte[] subject, byte[] predicate, byte[]? id, ElementAttributes attributes)
    {
        byte[]? last = null;
        ReadNodes(attributes.Scope, item =>
        {
            var cell = Fresh();
            if (last is null)
            {
                EmitProperty(subject, predicate, cell, id, attributes);
            }
            else
            {
                Emit(last, Rest, cell);
            }

            Emit(cell, First, item);
            last = cell;
        });
        if (last is null)
        {
            EmitProperty(subject, predicate, Nil, id, attributes);
        }
        else
        {
            Emit(last, Rest, Nil);
        }
    }

    /// <summary>The one statement within the element, as a term (RDF 1.2 XML Syntax, parseTypeTriplePropertyElt).</summary>
    private byte[] ReadTripleTerm(XmlScope scope)
    {
        var outer = _captured;
        var captured = _captured = [];
        ReadNodes(scope, _ => { });
        _captured = outer;
        if (captured is not [var (subject, predicate, @object)])
        {
            throw Error("bad-triple-term", $"rdf:parseType=\"Triple\" holds a node with exactly one statement, not {captured.Count}.");
        }

        _buffer.Clear();
        EncodedTerm.WriteTriple(subject, predicate, @object, _buffer);
        return _buffer.Written.ToArray();
    }

    private byte[]? Skip()
    {
        // Before version 1.2 this means nothing.
        if (!xml.IsEmptyElement)
        {
            var end = xml.Depth;
            while (xml.Read() && xml.Depth > end)
            {
            }
        }

        return null;
    }

    private ElementAttributes ReadAttributes(XmlScope outer)
    {
        var (baseIri, language, direction, isVersion12) = outer;
        var id = default(string);
        List<(string Namespace, string Name, string Value)>? all = null;
        while (xml.MoveToNextAttribute())
        {
            var (uri, name, value) = (xml.NamespaceURI, xml.LocalName, xml.Value);
            switch (uri)
            {
                case "http://www.w3.org/2000/xmlns/":
                    if (xml.Depth == 1)
                    {
                        sink.Prefix(Encoding.UTF8.GetBytes(name == "xmlns" ? "" : name), Encoding.UTF8.GetBytes(value));
                    }

                    break;
                case "http://www.w3.org/XML/1998/namespace":
                    language = name == "lang" ? value : language;
                    if (name == "base")
                    {
                        baseIri = new IriResolver(Resolve(value, outer).AsSpan(1));
                    }

                    break;
                case Its:
                    direction = name == "dir" ? value : direction;
                    break;
                case Rdf when name == "version":
                    isVersion12 = value.StartsWith("1.2", StringComparison.Ordinal);
                    break;
                case "" when name.StartsWith("xml", StringComparison.OrdinalIgnoreCase):
                    break;
                default:
                    (all ??= []).Add((uri, name, value));
                    break;
            }
        }

        xml.MoveToElement();
        var scope = baseIri == outer.Base && ReferenceEquals(language, outer.Language) && ReferenceEquals(direction, outer.Direction) && isVersion12 == outer.IsVersion12
            ? outer : new XmlScope(baseIri, language, direction, isVersion12);
        var attributes = new ElementAttributes { Scope = scope, Id = id };
        foreach (var (uri, name, value) in all ?? [])
        {
            Sort(uri, name, value, attributes);
        }

        return attributes;
    }

    private void Sort(string uri, string name, string value, ElementAttributes attributes)
    {
        // Attributes without a namespace were allowed for these names in the first version of the syntax, and are still met.
        if (uri.Length == 0 && name is not ("ID" or "about" or "resource" or "parseType" or "type"))
        {
            throw Error("bad-attribute", $"The attribute {name} has no namespace; a property is an IRI.");
        }

        if (uri.Length > 0 && uri != Rdf)
        {
            attributes.Properties.Add((uri, name, value));
            return;
        }

        switch (name)
        {
            case "ID":
                attributes.Id = value;
                break;
            case "about":
                attributes.About = value;
                break;
            case "nodeID":
                attributes.NodeId = value;
                break;
            case "resource":
                attributes.Resource = value;
                break;
            case "datatype":
                attributes.Datatype = value;
                break;
            case "parseType":
                attributes.ParseType = value;
                break;
            case "annotation":
                attributes.Annotation = value;
                break;
            case "annotationNodeID":
                attributes.AnnotationNodeId = value;
                break;
            case "RDF" or "Description" or "li":
            case var old when OldNames.Contains(old):
                throw Error("bad-attribute", $"rdf:{name} is no attribute.");
            default:
                attributes.Properties.Add((Rdf, name, value));
                break;
        }
    }

    private void EmitProperties(byte[] subject, ElementAttributes attributes)
    {
        foreach (var (uri, name, value) in attributes.Properties)
        {
            Emit(subject, Name(uri, name), uri == Rdf && name == "type" ? Resolve(value, attributes.Scope) : Literal(value, null, attributes.Scope));
        }
    }

    private void EmitProperty(byte[] subject, byte[] predicate, byte[] value, byte[]? id, ElementAttributes attributes)
    {
        Emit(subject, predicate, value);
        if (id is not null)
        {
            Emit(id, Type, Encode(Rdf + "Statement"));
            Emit(id, Encode(Rdf + "subject"), subject);
            Emit(id, Encode(Rdf + "predicate"), predicate);
            Emit(id, Encode(Rdf + "object"), value);
        }

        var reifier = attributes.Annotation is not null ? Resolve(attributes.Annotation, attributes.Scope)
            : attributes.AnnotationNodeId is not null ? Labelled(attributes.AnnotationNodeId) : null;
        if (reifier is not null)
        {
            _buffer.Clear();
            EncodedTerm.WriteTriple(subject, predicate, value, _buffer);
            Emit(reifier, Reifies, _buffer.Written.ToArray());
        }
    }

    private void Emit(byte[] subject, byte[] predicate, byte[] value)
    {
        if (_captured is not null)
        {
            _captured.Add((subject, predicate, value));
            return;
        }

        sink.Quad(subject, predicate, value, default);
        if ((++_count & 0xFFF) == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private byte[] Name(string uri, string name)
    {
        if (!_names.TryGetValue((uri, name), out var iri))
        {
            iri = uri.Length == 0
                ? throw Error("bad-node", $"The element {name} has no namespace; a class is an IRI.")
                : Absolute(uri + name);
            _names.Add((uri, name), iri);
        }

        return iri;
    }

    private byte[] Resolve(string reference, XmlScope scope)
    {
        var bytes = Encode(reference);
        CheckIri(bytes);
        if (Characters.HasScheme(bytes.AsSpan(1)))
        {
            return bytes;
        }

        if (scope.Base is null)
        {
            throw Error("relative-iri", $"The relative IRI '{reference}' needs a base: add xml:base, or give the document's IRI.");
        }

        _buffer.Clear();
        _buffer.Append((byte)'<');
        scope.Base.Resolve(bytes.AsSpan(1), _buffer);
        return _buffer.Written.ToArray();
    }

    private byte[] Absolute(string iri)
    {
        var bytes = Encode(iri);
        CheckIri(bytes);
        return Characters.HasScheme(bytes.AsSpan(1)) ? bytes : throw Error("relative-iri", $"The namespace of '{iri}' is no absolute IRI.");
    }

    private void CheckIri(byte[] encoded)
    {
        foreach (var c in encoded.AsSpan(1))
        {
            if (Characters.IsForbiddenInIri(c))
            {
                throw Error("bad-iri", $"{(c <= 0x20 ? "A space or control character" : $"'{(char)c}'")} may not stand in an IRI; percent-encode it.");
            }
        }
    }

    private byte[] ResolveId(string id, XmlScope scope)
    {
        CheckName(id);
        var iri = Resolve("#" + id, scope);
        return _ids.Add(Encoding.UTF8.GetString(iri)) ? iri : throw Error("duplicate-id", $"rdf:ID=\"{id}\" is there twice with this base.");
    }

    private byte[] Labelled(string label)
    {
        CheckName(label);
        return Encoding.UTF8.GetBytes("_:" + options.BlankNodeScope + label.TrimEnd('.'));
    }

    private void CheckName(string name)
    {
        if (name.Length == 0 || !XmlConvert.IsStartNCNameChar(name[0]) || !name.All(XmlConvert.IsNCNameChar))
        {
            throw Error("bad-name", $"'{name}' is no XML name: it begins with a letter or '_', and holds letters, digits, '-', '_' and '.'.");
        }
    }

    private byte[] Fresh() => Encoding.UTF8.GetBytes("_:" + options.BlankNodeScope + "~" + (_anonymous++).ToString(CultureInfo.InvariantCulture));

    private byte[] Literal(string text, string? datatype, XmlScope scope)
    {
        if (datatype is not null)
        {
            var type = Encoding.UTF8.GetString(Resolve(datatype, scope).AsSpan(1));
            return type is Rdf + "langString" or Rdf + "dirLangString"
                ? throw Error("bad-datatype", TermLexer.LanguageExpected.Replace("'@'", "xml:lang", StringComparison.Ordinal))
                : Literal(text, type);
        }

        if (scope.Language.Length == 0)
        {
            return Literal(text, "http://www.w3.org/2001/XMLSchema#string");
        }

        var direction = scope.IsVersion12 && scope.Direction is "ltr" or "rtl" ? "--" + scope.Direction : "";
        return Encoding.UTF8.GetBytes($"\"{text}\"@{scope.Language}{direction}");
    }

    private static byte[] Literal(string text, string type) =>
        Encoding.UTF8.GetBytes(type == "http://www.w3.org/2001/XMLSchema#string" ? $"\"{text}\"" : $"\"{text}\"^^<{type}");

    private void Enter()
    {
        if (++_depth > options.MaxDepth)
        {
            throw Error("too-deep", $"Nested more than {options.MaxDepth} levels deep.");
        }
    }

    private RdfSyntaxException Error(string code, string message) =>
        new("rdfxml-" + code, message, _lines.LineNumber, _lines.LinePosition);
}
