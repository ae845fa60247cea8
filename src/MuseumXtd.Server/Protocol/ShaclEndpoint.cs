using System.Text;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;
using MuseumXtd.Shacl;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Sparql;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Protocol;

/// <summary>Validation over HTTP: shapes are sent to <c>/shacl?graph=default|union|IRI</c>, and the report comes back.</summary>
internal sealed class ShaclEndpoint(LiveDataset dataset, ServerOptions options)
{
    private const long MaxShapesBytes = 16L << 20;
    // Some nine triples, which are put in order before they are written.
    private const int BytesOfResult = 2048;

    private const string PlainText = "text/plain";

    public async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "POST";
            await Problem.WriteAsync(http, 405, "Method not allowed.", "Shapes are sent by POST.").ConfigureAwait(false);
            return;
        }

        http.Response.Headers.Vary = "Accept, Accept-Language";
        string[] offered = [.. RdfFormats.Writable.SelectMany(f => f.MediaTypes), PlainText];
        var chosen = ContentNegotiation.Choose(http.Request.Headers.Accept, offered);
        if (chosen < 0)
        {
            await Problem.WriteAsync(http, 406, "Not acceptable.", "Available: " + string.Join(", ", offered)).ConfigureAwait(false);
            return;
        }

        var snapshot = dataset.Current.Snapshot;
        if (OptionsFor(http.Request.Query["graph"].ToString(), snapshot) is not { } validation)
        {
            await Problem.WriteAsync(http, 404, "No such graph.", "graph= wants default, union, or the IRI of a graph that is there.").ConfigureAwait(false);
            return;
        }

        var upload = new Upload(http, Math.Min(options.MaxRequestBytes, MaxShapesBytes)) { MaxDocumentBytes = MaxShapesBytes };
        if (!await upload.ReadAsync().ConfigureAwait(false))
        {
            return;
        }

        try
        {
            var shapes = new Rdf.Model.Dataset();
            upload.Parse(shapes, null, options.BaseIri, "shapes");
            var report = Validator.Validate(ShapeSet.Compile(shapes), snapshot, validation, http.RequestAborted);
            if (offered[chosen] != PlainText && report.Results.Length > options.MaxMemoryBytes / BytesOfResult)
            {
                throw new QueryBudgetException(
                    "memory", $"The report has {report.Results.Length} results, which need more than {options.MaxMemoryBytes >> 20} MB as {offered[chosen]}. Ask for {PlainText}, or validate fewer shapes at once.");
            }

            await WriteAsync(http, report, offered[chosen]).ConfigureAwait(false);
        }
        catch (RdfSyntaxException e)
        {
            await Problem.WriteAsync(http, 400, "The shapes are not well formed.", e.Detail, (int)e.Line, (int)e.Column).ConfigureAwait(false);
        }
        catch (ShapesException e)
        {
            await Problem.WriteAsync(http, 400, "The shapes cannot be used.", e.Message).ConfigureAwait(false);
        }
        catch (QueryBudgetException e)
        {
            http.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(http, 503, "The validation went over its budget.", e.Message).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(HttpContext http, ValidationReport report, string mediaType)
    {
        using var buffer = new MemoryStream();
        if (mediaType == PlainText)
        {
            var text = new StreamWriter(buffer, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            await using (text.ConfigureAwait(false))
            {
                ReportText.Write(report, text, Page.LanguageOf(http));
            }
        }
        else
        {
            using var writer = new SortedWriter(buffer, RdfFormats.ByMediaType(mediaType)!, new WriterOptions { Prefixes = ReportGraph.PrefixesOf(report) });
            ReportGraph.Write(report, writer, http.RequestAborted);
            writer.Complete();
        }

        http.Response.ContentType = mediaType + "; charset=utf-8";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What to validate; null when there is no such graph.</summary>
    private ValidationOptions? OptionsFor(string graph, Snapshot snapshot)
    {
        var validation = new ValidationOptions { DefaultGraph = options.DefaultGraph, Timeout = options.Timeout, MaxMemoryBytes = options.MaxMemoryBytes };
        if (graph is "" or "default")
        {
            return validation;
        }

        if (graph == "union")
        {
            return validation with { DefaultGraph = DefaultGraphMode.Union };
        }

        var name = new Iri(graph);
        return snapshot.Dictionary.TryGetId(name.Encode(), out var id) && snapshot.TryGetGraph(id, out _) ? validation with { DataGraph = name } : null;
    }
}
