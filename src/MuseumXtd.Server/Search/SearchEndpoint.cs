using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.Search;

/// <summary><c>/search</c> for people (HTML) and programs (JSON), and its description for browsers (OpenSearch 1.1).</summary>
internal sealed class SearchEndpoint(LiveDataset dataset, QueryEngine engine, ServerOptions options)
{
    private readonly ResourceSearch _search = new(engine, options);

    /// <summary>Adds the routes.</summary>
    public void Map(WebApplication app)
    {
        string[] read = ["GET", "HEAD"];
        app.MapMethods("/search", read, AnswerAsync);
        app.MapMethods("/opensearch.xml", read, DescribeAsync);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.Vary = "Accept, Accept-Language";
        string[] offered = ["application/json", "text/html"];
        var format = http.Request.Query["format"].ToString();
        var chosen = format switch
        {
            "json" => 0,
            "html" => 1,
            "" => ContentNegotiation.Choose(http.Request.Headers.Accept, offered),
            _ => -1,
        };
        if (chosen < 0)
        {
            await Problem.WriteAsync(http, 406, "Not acceptable.", "Available: " + string.Join(", ", offered)).ConfigureAwait(false);
            return;
        }

        var (request, problem) = SearchRequest.Read(http.Request);
        if (request is null)
        {
            await Problem.WriteAsync(http, 400, "This cannot be searched.", problem!).ConfigureAwait(false);
            return;
        }

        var state = dataset.Current;
        SearchAnswer answer;
        try
        {
            answer = _search.Answer(request, state.Snapshot, http.RequestAborted);
        }
        catch (QueryBudgetException e)
        {
            http.Response.Headers.RetryAfter = "5";
            await Problem.WriteAsync(http, 503, "The search went over its budget.", e.Message).ConfigureAwait(false);
            return;
        }

        if (chosen == 1)
        {
            http.Response.Headers.Remove("Vary");
            await new SearchPage(state, request, answer, options.BaseIri).WriteAsync(http).ConfigureAwait(false);
            return;
        }

        using var buffer = new MemoryStream();
        WriteJson(buffer, request, answer, state, Page.LanguageOf(http));
        await SendAsync(http, "application/json; charset=utf-8", buffer).ConfigureAwait(false);
    }

    private void WriteJson(MemoryStream output, SearchRequest request, SearchAnswer answer, DatasetState state, string language)
    {
        using var describer = new Describer(state.Snapshot);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("query", request.Text);
        json.WriteNumber("total", answer.Total);
        json.WriteNumber("offset", request.Offset);
        json.WriteNumber("limit", request.Limit);
        json.WriteString("matched", answer.IsOfBeginnings ? "beginnings" : "words");
        if (answer.Suggestion is not null)
        {
            json.WriteString("suggestion", answer.Suggestion);
        }

        if (request.Offset + answer.Hits.Count < answer.Total)
        {
            json.WriteString("next", request.Link(offset: request.Offset + request.Limit));
        }

        json.WriteStartObject("facets");
        foreach (var (name, values) in answer.Facets)
        {
            json.WriteStartArray(name);
            foreach (var (value, count) in values)
            {
                json.WriteStartObject();
                json.WriteString("value", value is Iri iri ? iri.Value : value.ToString());
                json.WriteString("name", describer.NameOf(value, language));
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartArray("hits");
        foreach (var hit in answer.Hits)
        {
            json.WriteStartObject();
            json.WriteString("iri", hit.Resource is Iri iri ? iri.Value : hit.Resource.ToString());
            if (hit.Resource is Iri page)
            {
                json.WriteString("url", ResourcePage.LinkOf(page, options.BaseIri));
            }

            json.WriteString("name", describer.NameOf(hit.Resource, language));
            json.WriteNumber("score", hit.Score);
            json.WriteStartArray("types");
            foreach (var type in hit.Types)
            {
                json.WriteStringValue(type.Value);
            }

            json.WriteEndArray();
            json.WriteString("property", hit.Property.Value);
            json.WriteString("text", hit.Snippet.Text);
            if (hit.Language is not null)
            {
                json.WriteString("language", hit.Language);
            }

            json.WriteStartArray("marks");
            foreach (var (start, length) in hit.Snippet.Marks)
            {
                json.WriteStartArray();
                json.WriteNumberValue(start);
                json.WriteNumberValue(length);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async Task DescribeAsync(HttpContext http)
    {
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            const string Namespace = "http://a9.com/-/spec/opensearch/1.1/";
            xml.WriteStartElement("OpenSearchDescription", Namespace);
            xml.WriteElementString("ShortName", Namespace, "MuseumXtd");
            xml.WriteElementString("Description", Namespace, "Initiatives, organisations, places and notes by their names and texts.");
            xml.WriteElementString("InputEncoding", Namespace, "UTF-8");
            foreach (var type in (string[])["text/html", "application/json"])
            {
                xml.WriteStartElement("Url", Namespace);
                xml.WriteAttributeString("type", type);
                xml.WriteAttributeString("indexOffset", "0");
                xml.WriteAttributeString("template", root + "/search?q={searchTerms}&offset={startIndex?}&limit={count?}" + (type == "text/html" ? "" : "&format=json"));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        await SendAsync(http, "application/opensearchdescription+xml; charset=utf-8", buffer).ConfigureAwait(false);
    }

    private static async Task SendAsync(HttpContext http, string mediaType, MemoryStream body)
    {
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted).ConfigureAwait(false);
        }
    }
}
