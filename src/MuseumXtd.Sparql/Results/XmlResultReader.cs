using System.Xml;
using MuseumXtd.Rdf;

namespace MuseumXtd.Sparql.Results;

/// <summary>Reads SPARQL Query Results XML, element by element. Document type declarations, and with them entities, are refused.</summary>
internal sealed class XmlResultReader(Stream input, IResultSink sink, CancellationToken cancellation)
{
    private const string Namespace = "http://www.w3.org/2005/sparql-results#";
    private const string Its = "http://www.w3.org/2005/11/its";
    private const string Xml = "http://www.w3.org/XML/1998/namespace";
    private const int Deepest = 64;

    private readonly List<KeyValuePair<string, Term>> _row = [];

    public void Read()
    {
        try
        {
            using var reader = XmlReader.Create(input, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true });
            var hasResults = false;
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.NamespaceURI == Namespace)
                {
                    hasResults |= reader.LocalName == "results";
                    if (reader.LocalName == "result")
                    {
                        ReadRow(reader);
                    }
                }
            }

            if (!hasResults)
            {
                throw new InvalidDataException("there are no results in it");
            }
        }
        catch (XmlException e)
        {
            throw new InvalidDataException(e.Message);
        }
    }

    private void ReadRow(XmlReader reader)
    {
        cancellation.ThrowIfCancellationRequested();
        _row.Clear();
        if (!reader.IsEmptyElement)
        {
            while (NextChild(reader))
            {
                var name = reader.LocalName == "binding" ? reader.GetAttribute("name") : null;
                if (name is null || reader.IsEmptyElement || !NextChild(reader))
                {
                    throw new InvalidDataException($"a binding with a name and a term was expected, not <{reader.Name}>");
                }

                _row.Add(new(name, ReadTerm(reader, 0)));
                if (NextChild(reader))
                {
                    throw new InvalidDataException("a binding has more than one term");
                }
            }
        }

        sink.Row(_row);
    }

    /// <summary>Reads a term; the reader is at its element, and is at its end afterwards.</summary>
    private static Term ReadTerm(XmlReader reader, int depth)
    {
        var name = reader.LocalName;
        if (name == "triple" && depth < Deepest)
        {
            return ReadTriple(reader, depth);
        }

        var (datatype, language, direction) = (reader.GetAttribute("datatype"), reader.GetAttribute("lang", Xml), reader.GetAttribute("dir", Its));
        var text = "";
        if (!reader.IsEmptyElement)
        {
            var builder = new System.Text.StringBuilder();
            while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    throw new InvalidDataException($"text was expected in <{name}>, not <{reader.Name}>");
                }

                builder.Append(reader.Value);
            }

            text = builder.ToString();
        }

        return name switch
        {
            "uri" => new Iri(text),
            "bnode" => new BlankNode(text),
            "literal" => ResultTerms.Literal(text, datatype, language, direction),
            _ => throw new InvalidDataException($"<{name}> is no term"),
        };
    }

    private static TripleTerm ReadTriple(XmlReader reader, int depth)
    {
        Term? subject = null, predicate = null, @object = null;
        while (!reader.IsEmptyElement && NextChild(reader))
        {
            var part = reader.LocalName;
            if (reader.IsEmptyElement || !NextChild(reader))
            {
                throw new InvalidDataException($"<{part}> has no term");
            }

            var term = ReadTerm(reader, depth + 1);
            _ = part switch
            {
                "subject" => subject = term,
                "predicate" => predicate = term,
                "object" => @object = term,
                _ => throw new InvalidDataException($"<{part}> is no part of a triple"),
            };
            if (NextChild(reader))
            {
                throw new InvalidDataException($"<{part}> has more than one term");
            }
        }

        return ResultTerms.Triple(subject, predicate, @object);
    }

    /// <summary>Goes to the next element within the current one; false at its end.</summary>
    private static bool NextChild(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
            {
                return reader.NodeType == XmlNodeType.Element;
            }

            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                throw new InvalidDataException("text stands where an element was expected");
            }
        }

        return false;
    }
}
