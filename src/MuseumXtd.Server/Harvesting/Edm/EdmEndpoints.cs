using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Server.Harvesting.Oai;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>All EDM records in one file, and what each of them is worth to Europeana.</summary>
internal sealed class EdmEndpoints(ChangeLog log, RecordSources sources, EdmCrosswalk crosswalk, HarvestOptions options)
{
    private const int Piece = 32 * 1024;

    // Another version of the program, or one told otherwise, writes other records of the same graph.
    private readonly string _version = Convert.ToHexStringLower(XxHash3.Hash(Encoding.UTF8.GetBytes(typeof(EdmEndpoints).Assembly.ManifestModule.ModuleVersionId + options.Fingerprint)));

    /// <summary>
    /// <c>/dump.edm.rdf</c>: RDF/XML in which each record stands by itself: whoever follows its links meets neither another record nor the rest of the graph.
    /// </summary>
    public async Task DumpAsync(HttpContext http)
    {
        var view = await log.ViewAsync(http.RequestAborted).ConfigureAwait(false);
        http.Response.Headers.Link = $"<{HarvestOptions.MetadataLicence}>; rel=\"license\", <http://www.europeana.eu/schemas/edm/>; rel=\"profile\"";
        if (Caching.IsUnchanged(http, ETag(view, "edm")))
        {
            return;
        }

        http.Response.ContentType = "application/rdf+xml";
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        var output = new Rdf.Buffers.ByteBuffer(2 * Piece);
        using var stream = new ByteBufferStream(output);
        using var xml = System.Xml.XmlWriter.Create(stream, new System.Xml.XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true, IndentChars = " " });
        try
        {
            xml.WriteStartDocument();
            EdmFormat.Begin(xml);
            var described = new HashSet<string>(StringComparer.Ordinal);
            foreach (var change in Records(view))
            {
                sources.Of(view).Source.Read(change.Resource, facts => EdmFormat.WriteRecord(xml, crosswalk.Of(facts), described));
                if (output.Length > Piece)
                {
                    xml.Flush();
                    await http.Response.Body.WriteAsync(output.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
                    output.Clear();
                }
            }

            xml.WriteEndDocument();
            xml.Flush();
            await http.Response.Body.WriteAsync(output.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary><c>/quality</c>: the metadata tier of each record, as HTML or JSON.</summary>
    public async Task QualityAsync(HttpContext http)
    {
        var view = await log.ViewAsync(http.RequestAborted).ConfigureAwait(false);
        var isJson = http.Request.Query["format"] == "json" || ContentNegotiation.Choose(http.Request.Headers.Accept, ["application/json", "text/html"]) == 0;
        var language = isJson ? "" : Pages.Page.LanguageOf(http);
        http.Response.Headers.Vary = "Accept, Accept-Language";
        if (Caching.IsUnchanged(http, ETag(view, "quality-" + isJson + language)))
        {
            return;
        }

        var records = new List<(string Resource, string Name, MetadataTier Tier)>();
        foreach (var change in Records(view))
        {
            sources.Of(view).Source.Read(change.Resource, facts => records.Add((change.Resource, facts.Labels(facts.Resource)[0].Value, MetadataTier.Of(crosswalk.Of(facts)))));
        }

        if (!isJson)
        {
            http.Response.Headers.Remove("Vary");
            await new QualityPage(records).WriteAsync(http).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var (resource, name, tier) in records)
            {
                json.WriteStartObject();
                json.WriteString("record", resource);
                json.WriteString("name", name);
                json.WriteString("tier", QualityPage.Name(tier.Overall));
                json.WriteString("language", QualityPage.Name(tier.Language));
                json.WriteString("enablingElements", QualityPage.Name(tier.Enabling));
                json.WriteString("contextualClasses", QualityPage.Name(tier.Contextual));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        http.Response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Sorted by IRI: the same graph gives the same bytes, whatever the log went through.</summary>
    private static IEnumerable<ResourceChange> Records(ChangeLogView view) =>
        view.Latest.Where(c => !c.IsDeletion && SetMembership.HasEdm(c.Traits.Types)).OrderBy(c => c.Resource, StringComparer.Ordinal);

    private string ETag(ChangeLogView view, string name) => $"\"{view.Snapshot.ContentHash:x32}-{_version}-{name}\"";
}
