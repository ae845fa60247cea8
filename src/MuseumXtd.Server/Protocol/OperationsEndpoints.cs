using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Protocol;

/// <summary>Health and diagnostics.</summary>
internal sealed class OperationsEndpoints(LiveDataset dataset, ServerOptions options)
{
    /// <summary><c>/healthz</c></summary>
    public Task HealthAsync(HttpContext http) => WriteAsync(http, json =>
    {
        var snapshot = dataset.Current.Snapshot;
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteNumber("generation", snapshot.Generation);
        json.WriteNumber("quads", snapshot.QuadCount);
        json.WriteNumber("notes", dataset.Current.Garden?.NoteCount ?? 0);
        json.WriteEndObject();
    });

    /// <summary><c>/diagnostics</c> as HTML or JSON.</summary>
    public Task DiagnosticsAsync(HttpContext http)
    {
        var state = dataset.Current;
        if (http.Request.Query["format"] != "json" && ContentNegotiation.Choose(http.Request.Headers.Accept, ["application/json", "text/html"]) == 1)
        {
            var list = new DiagnosticList(state, options.Gardens, options.BaseIri);
            return http.Request.Query["file"].ToString() is { Length: > 0 } file
                ? list.Of(file).Count == 0 ? new NotFoundPage(file).WriteAsync(http, 404) : new FileDiagnosticsPage(file, list, PageOf(http)).WriteAsync(http)
                : new DiagnosticsPage(list).WriteAsync(http);
        }

        var language = Page.LanguageOf(http);
        return WriteAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var d in state.Diagnostics)
            {
                json.WriteStartObject();
                json.WriteString("file", d.File);
                json.WriteNumber("line", d.Line);
                json.WriteNumber("column", d.Column);
                json.WriteString("severity", d.Severity.ToString().ToLowerInvariant());
                json.WriteString("code", d.Code);
                json.WriteString("message", d.Message(language));
                json.WriteString("hint", d.Hint(language));
                json.WriteString("help", "/diagnostics/" + d.Code);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>/diagnostics/{code}</c>: what a code means.</summary>
    public Task DiagnosticAsync(HttpContext http) =>
        DiagnosticCatalogue.Find((string)http.Request.RouteValues["code"]!) is { } article
            ? new DiagnosticPage(article, new DiagnosticList(dataset.Current, options.Gardens, options.BaseIri), PageOf(http)).WriteAsync(http)
            : new NotFoundPage(http.Request.Path.Value ?? "").WriteAsync(http, 404);

    /// <summary>The page that is asked for, from 1; what is no number is the first.</summary>
    private static int PageOf(HttpContext http) =>
        int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1;

    internal static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
        }
    }
}
