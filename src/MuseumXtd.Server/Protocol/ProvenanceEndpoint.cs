using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Protocol;

/// <summary><c>/provenance?s=&amp;p=&amp;o=</c>: where a statement comes from. Terms are in N-Triples form; without <c>o</c> all values are meant.</summary>
internal sealed class ProvenanceEndpoint(LiveDataset dataset, ServerOptions options)
{
    /// <summary>Answers with a page or JSON.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.Vary = "Accept";
        var isForPeople = Representation.IsForPeople(http) && http.Request.Query["format"] != "json";
        if (isForPeople && Text("s").Length + Text("p").Length == 0)
        {
            await new ProvenancePage(dataset.Current, null, options.BaseIri).WriteAsync(http).ConfigureAwait(false);
            return;
        }

        var terms = new OneStatement();
        var hasValue = Text("o").Length > 0;
        try
        {
            var statement = $"{Text("s")} {Text("p")} {(hasValue ? Text("o") : "<urn:any>")} .";
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

        var state = dataset.Current;
        var statements = new StatementOrigins(state, quad.Subject, quad.Predicate, hasValue ? quad.Object : null);
        if (isForPeople)
        {
            await new ProvenancePage(state, statements, options.BaseIri).WriteAsync(http).ConfigureAwait(false);
            return;
        }

        await OperationsEndpoints.WriteAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var origin in statements.Values.SelectMany(v => v.Origins))
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

    /// <summary>Keeps the one statement that is read.</summary>
    private sealed class OneStatement : IQuadSink
    {
        public Quad? Quad { get; private set; }

        void IQuadSink.Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            Quad = new Quad(Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object));
    }
}

/// <summary>What is said of a property of a resource, each value with the words that say it.</summary>
internal sealed class StatementOrigins
{
    /// <summary>Finds them.</summary>
    /// <param name="state">What is served.</param>
    /// <param name="subject">The resource.</param>
    /// <param name="predicate">The property.</param>
    /// <param name="value">The value; null for all that it has.</param>
    public StatementOrigins(DatasetState state, Term subject, Iri predicate, Term? value)
    {
        (Subject, Predicate) = (subject, predicate);
        using var describer = new Describer(state.Snapshot);
        IEnumerable<Term> values = value is not null ? [value] : describer.Statements(subject).Where(s => s.Predicate == predicate).Select(s => s.Object);
        Values = [.. values.Select(v => (v, state.Garden?.Origins.Of(subject, predicate, v) ?? []))];
    }

    /// <summary>The resource.</summary>
    public Term Subject { get; }

    /// <summary>The property.</summary>
    public Iri Predicate { get; }

    /// <summary>The values, each with where it is said.</summary>
    public IReadOnlyList<(Term Value, IReadOnlyList<Origin> Origins)> Values { get; }
}
