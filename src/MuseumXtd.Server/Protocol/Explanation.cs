using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Pages;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.Protocol;

/// <summary>How a query was answered: it is run to its end, or to the end of its budget, and its plan shown in place of the answer.</summary>
/// <param name="Plan">The plan, with what it did; null where the query failed before there was one to show.</param>
/// <param name="Rows">How many solutions or triples there are.</param>
/// <param name="Time">How long planning and running took.</param>
/// <param name="Failure">The budget that ended the query, or null.</param>
internal sealed record Explanation(PlanNode? Plan, long Rows, TimeSpan Time, QueryBudgetException? Failure)
{
    /// <summary>Runs a query.</summary>
    public static Explanation Of(Func<QueryResults> execute)
    {
        var start = Stopwatch.GetTimestamp();
        long rows = 0;
        QueryBudgetException? failure = null;
        QueryResults? results = null;
        try
        {
            results = execute();
            switch (results)
            {
                case SolutionResults solutions:
                    while (solutions.NextBatch())
                    {
                        rows += solutions.RowCount;
                    }

                    break;
                case GraphResults graph:
                    var sink = new CountingSink();
                    graph.WriteTo(sink);
                    rows = sink.Count;
                    break;
                case BooleanResults boolean:
                    _ = boolean.Value;
                    rows = 1;
                    break;
            }
        }
        catch (QueryBudgetException e)
        {
            failure = e;
        }

        using (results)
        {
            return new Explanation(results?.Plan, rows, Stopwatch.GetElapsedTime(start), failure);
        }
    }

    /// <summary>Writes it as <c>text</c>, <c>json</c> or <c>html</c>.</summary>
    public async Task WriteAsync(HttpContext http, string form, SparqlRequest request, ServerOptions options)
    {
        if (form == "html")
        {
            await new QueryPage(options) { Query = request.Query, ResultFormat = request.Format, Explanation = this }.WriteAsync(http).ConfigureAwait(false);
            return;
        }

        var bytes = form == "json" ? ToJson() : Encoding.UTF8.GetBytes(ToString());
        http.Response.ContentType = form == "json" ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Rows:N0} {(Rows == 1 ? "row" : "rows")} in {Time.TotalMilliseconds:N2} ms{(Failure is null ? "" : $"; ended: {Failure.Message}")}\n\n{Plan}");

    private byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", Rows);
            json.WriteNumber("milliseconds", Rounded(Time));
            if (Failure is not null)
            {
                json.WriteString("ended", Failure.Message);
            }

            if (Plan is not null)
            {
                json.WritePropertyName("plan");
                Write(json, Plan);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, PlanNode node)
    {
        json.WriteStartObject();
        json.WriteString("operator", node.Operator);
        json.WriteString("details", node.Details);
        json.WriteNumber("rows", node.Rows);
        json.WriteNumber("expected", double.IsFinite(node.Expected) ? Math.Round(node.Expected, 1) : double.MaxValue);
        json.WriteNumber("milliseconds", Rounded(node.Time));
        json.WriteNumber("ownMilliseconds", Rounded(node.OwnTime));
        json.WriteStartArray("children");
        foreach (var child in node.Children)
        {
            Write(json, child);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    /// <summary>Counts triples.</summary>
    private sealed class CountingSink : IQuadSink
    {
        public long Count { get; private set; }

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) => Count++;

        public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
        {
        }
    }
}
