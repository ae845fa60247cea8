using System.Xml;
using System.Xml.Linq;

namespace MuseumXtd.Server.Harvesting.Mirroring;

/// <summary>Harvests by OAI-PMH: ListRecords, page after page.</summary>
internal sealed class OaiHarvest(ProviderClient client, MirrorFolder folder, Action<string>? progress)
{
    public static readonly XNamespace Oai = "http://www.openarchives.org/OAI/2.0/";

    private const string Suffix = ".rdf";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    public static string With(string url, string query) => url + (url.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;

    /// <summary>Reads XML without looking anywhere else.</summary>
    public static XDocument Parse(byte[] content)
    {
        using var reader = XmlReader.Create(new MemoryStream(content), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader);
    }

    public async Task<MirrorResult> RunAsync(MirrorState state, CancellationToken cancellation)
    {
        var (written, deleted) = (0, 0);
        var met = state is { From: null, Token: null } ? new HashSet<string>(StringComparer.Ordinal) : null;
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var page = await PageAsync(state, cancellation).ConfigureAwait(false);
            var code = page.Root?.Element(Oai + "error")?.Attribute("code")?.Value;
            if (code == "badResumptionToken" && state.Token is not null)
            {
                // Too late, or the provider began anew: the list from its beginning, which writes the same files again.
                state = state with { Token = null };
                continue;
            }

            if (code is not null and not "noRecordsMatch")
            {
                throw new MirrorException($"{state.Url} answers {code}: {page.Root!.Element(Oai + "error")!.Value}");
            }

            var next = state.Next ?? page.Root?.Element(Oai + "responseDate")?.Value
                ?? throw new MirrorException($"{state.Url} gives no answer of OAI-PMH.");
            foreach (var record in page.Descendants(Oai + "record"))
            {
                var header = record.Element(Oai + "header");
                var identifier = header?.Element(Oai + "identifier")?.Value ?? throw new MirrorException($"{state.Url} gives a record without an identifier.");
                if (header.Attribute("status")?.Value == "deleted")
                {
                    deleted += folder.Delete(identifier, Suffix) ? 1 : 0;
                }
                else if (record.Element(Oai + "metadata")?.Elements().FirstOrDefault() is { } metadata)
                {
                    folder.Write(identifier, Suffix, ToRdf(metadata, identifier));
                    met?.Add(identifier);
                    written++;
                }
            }

            var token = page.Descendants(Oai + "resumptionToken").FirstOrDefault()?.Value.Trim() ?? "";
            if (token.Length == 0)
            {
                // A repository need not remember what it deleted: what a whole harvest did not meet is gone.
                deleted += met is null ? 0 : folder.DeleteOthers(met, Suffix);
                folder.WriteState(state with { From = next, Token = null, Next = null });
                return new MirrorResult(written, deleted, folder.Count);
            }

            if (!tokens.Add(token))
            {
                throw new MirrorException($"{state.Url} gives the same resumption token twice: its list has no end.");
            }

            state = state with { Token = token, Next = next };
            folder.WriteState(state);
            progress?.Invoke($"{written} records");
        }
    }

    private async Task<XDocument> PageAsync(MirrorState state, CancellationToken cancellation)
    {
        var query = state.Token is { } token
            ? $"verb=ListRecords&resumptionToken={Uri.EscapeDataString(token)}"
            : $"verb=ListRecords&metadataPrefix={Uri.EscapeDataString(state.Prefix!)}"
                + (state.Set is { } set ? $"&set={Uri.EscapeDataString(set)}" : "")
                + (state.From is { } from ? $"&from={Uri.EscapeDataString(from)}" : "");
        var answer = await client.GetAsync(With(state.Url, query), "text/xml", cancellation).ConfigureAwait(false)
            ?? throw new MirrorException($"There is nothing at {state.Url}.");
        try
        {
            return Parse(answer.Content);
        }
        catch (XmlException e)
        {
            throw new MirrorException($"{state.Url} answers what is no XML: {e.Message}", e);
        }
    }

    /// <summary>Metadata that is no RDF becomes the properties of its record.</summary>
    private static byte[] ToRdf(XElement metadata, string identifier)
    {
        var rdf = metadata.Name == Rdf + "RDF"
            ? metadata
            : new XElement(Rdf + "RDF", new XElement(Rdf + "Description", new XAttribute(Rdf + "about", identifier), metadata.Elements()));
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, IndentChars = " " }))
        {
            rdf.Save(xml);
        }

        return output.ToArray();
    }
}
