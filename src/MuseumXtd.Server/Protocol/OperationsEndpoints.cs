using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Protocol;

/// <summary>Health, diagnostics and where statements come from.</summary>
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

    /// <summary><c>/provenance?s=&amp;p=&amp;o=</c>: terms in N-Triples form.</summary>
    public async Task ProvenanceAsync(HttpContext http)
    {
        var terms = new OneStatement();
        try
        {
            var statement = $"{Text("s")} {Text("p")} {Text("o")} .";
            using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(statement));
            RdfFormats.NTriples.CreateReader().Read(input, terms, ReaderOptions.Default, http.RequestAborted);
        }
        catch (RdfSyntaxException e)
        {
            await Problem.WriteAsync(
                http, 400, "Bad terms.", $"s, p and o are terms as in N-Triples, such as <https://...> or \"text\"@fr: {e.Detail}").ConfigureAwait(false);
            return;
        }

        if (terms.Quad is not { } quad)
        {
            await Problem.WriteAsync(http, 400, "Bad terms.", "Give s, p and o.").ConfigureAwait(false);
            return;
        }

        await WriteAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var origin in dataset.Current.Garden?.Origins.Of(quad.Subject, quad.Predicate, quad.Object) ?? [])
            {
                json.WriteStartObject();
                json.WriteString("file", origin.File);
                json.WriteNumber("line", origin.Line);
                json.WriteNumber("column", origin.Column);
                json.WriteString("words", origin.Words);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);

        string Text(string name)
        {
            var text = http.Request.Query[name].ToString();
            return text.Length == 0 || text[0] is '<' or '"' or '_' ? text : $"<{text}>";
        }
    }

    /// <summary>The page that is asked for, from 1; what is no number is the first.</summary>
    private static int PageOf(HttpContext http) =>
        int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 1_000_000) : 1;

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
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

    /// <summary>Keeps the one statement that is read.</summary>
    private sealed class OneStatement : IQuadSink
    {
        public Quad? Quad { get; private set; }

        void IQuadSink.Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            Quad = new Quad(Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object));
    }
}
