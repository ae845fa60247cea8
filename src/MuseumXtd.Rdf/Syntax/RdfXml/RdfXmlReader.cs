using System.Xml;

namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>
/// Reads RDF/XML (RDF 1.2 XML Syntax), streaming. A document type may declare entities, as ontologies do; nothing outside the document is
/// ever fetched.
/// </summary>
internal sealed class RdfXmlReader : IRdfReader
{
    private const long MaxExpandedCharacters = 16 * 1024 * 1024;

    public void Read(Stream input, IQuadSink sink, ReaderOptions options, CancellationToken cancellation = default)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = MaxExpandedCharacters,
            CheckCharacters = true,
        };
        using var xml = XmlReader.Create(LimitedInput.Of(input, options, "rdfxml-"), settings);
        try
        {
            using var parser = new RdfXmlParser(xml, sink, options, cancellation);
            parser.ReadDocument();
        }
        catch (XmlException e)
        {
            throw new RdfSyntaxException("rdfxml-not-well-formed", "Not well-formed XML. " + e.Message, Math.Max(1, e.LineNumber), Math.Max(1, e.LinePosition));
        }
    }
}
