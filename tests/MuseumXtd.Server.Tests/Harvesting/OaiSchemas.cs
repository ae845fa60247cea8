using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>The schemas of the protocol and of its records, where they are there.</summary>
internal sealed class OaiSchemas
{
    private readonly XmlSchemaSet _schemas;

    private OaiSchemas(XmlSchemaSet schemas) => _schemas = schemas;

    /// <summary>Reads a driver of schemas and the lax one for RDF/XML if asked; null when there are none.</summary>
    public static OaiSchemas? Read(string driver, bool withRdf = false)
    {
        if (SharedFolder.Find("harvest/xsd/" + driver) is not { } path)
        {
            return null;
        }

        var schemas = new XmlSchemaSet { XmlResolver = new FilesOnly() };
        schemas.ValidationEventHandler += (_, e) =>
        {
            if (e.Severity == XmlSeverityType.Error)
            {
                throw e.Exception;
            }
        };
        using (var reader = XmlReader.Create(Path.GetFullPath(path), new XmlReaderSettings { XmlResolver = new FilesOnly(), DtdProcessing = DtdProcessing.Ignore }))
        {
            schemas.Add(null, reader);
        }

        if (withRdf)
        {
            using var stream = typeof(MuseumXtdServer).Assembly.GetManifestResourceStream("MuseumXtd.Server.Harvesting.rdf-lax.xsd")!;
            using var lax = XmlReader.Create(stream);
            schemas.Add(null, lax);
        }

        schemas.Compile();
        return new OaiSchemas(schemas);
    }

    /// <summary>What is not valid in a document.</summary>
    public List<string> Errors(XDocument document)
    {
        var errors = new List<string>();
        document.Validate(_schemas, (_, e) => errors.Add(e.Message));
        return errors;
    }

    private sealed class FilesOnly : XmlUrlResolver
    {
        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            absoluteUri.IsFile ? base.GetEntity(absoluteUri, role, ofObjectToReturn) : new MemoryStream();
    }
}
