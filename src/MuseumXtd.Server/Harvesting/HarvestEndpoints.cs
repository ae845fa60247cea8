using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Edm;
using MuseumXtd.Server.Harvesting.Oai;

namespace MuseumXtd.Server.Harvesting;

/// <summary>The addresses at which records are harvested.</summary>
internal static class HarvestEndpoints
{
    private static readonly byte[] LaxSchema = Resource("rdf-lax.xsd");

    /// <summary>Maps them.</summary>
    public static void MapHarvesting(this WebApplication app, ChangeLog log, ServerOptions options)
    {
        var sources = new RecordSources(options.BaseIri);
        var crosswalk = new EdmCrosswalk(options.Harvest, options.BaseIri);
        IMetadataFormat[] formats = [new DublinCoreFormat(options.Harvest, options.BaseIri), new EdmFormat(crosswalk), new DescriptionFormat(options.Harvest, options.BaseIri)];
        var edm = new EdmEndpoints(log, sources, crosswalk, options.Harvest);
        string[] read = ["GET", "HEAD"];
        app.MapMethods("/dump.edm.rdf", read, edm.DumpAsync);
        app.MapMethods("/quality", read, edm.QualityAsync);
        app.MapMethods("/oai", ["GET", "HEAD", "POST"], new OaiEndpoint(log, sources, formats, options).AnswerAsync);
        app.MapMethods("/oai/rdf-lax.xsd", read, async http =>
        {
            http.Response.ContentType = "text/xml; charset=utf-8";
            http.Response.ContentLength = LaxSchema.Length;
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await http.Response.Body.WriteAsync(LaxSchema, http.RequestAborted).ConfigureAwait(false);
            }
        });
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(HarvestEndpoints).Assembly.GetManifestResourceStream("MuseumXtd.Server.Harvesting." + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
