using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Server.Pages;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.Http;

/// <summary>An error: <c>application/problem+json</c> (RFC 9457) for programs, a page for people.</summary>
internal sealed record Problem(
    int Status, string Title, string Detail, int? Line = null, int? Column = null, string? Hint = null, IReadOnlyList<KeyValuePair<string, string>>? More = null)
{
    /// <summary>What an overdrawn budget says of itself beside its message.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(QueryBudgetException e) =>
        e.Operator is null ? [new("budget", e.Budget)] : [new("budget", e.Budget), new("operator", e.Operator)];

    /// <summary>Answers with a problem; nothing may have been sent before.</summary>
    public static Task WriteAsync(
        HttpContext http, int status, string title, string detail, int? line = null, int? column = null, string? hint = null,
        IReadOnlyList<KeyValuePair<string, string>>? more = null)
    {
        var problem = new Problem(status, title, detail, line, column, hint, more);
        return problem.WriteAsync(http, new ProblemPage(problem));
    }

    /// <summary>Answers with this problem, people with a page that tells of it; nothing may have been sent before.</summary>
    public Task WriteAsync(HttpContext http, Page page) => Representation.IsForPeople(http) ? page.WriteAsync(http, Status) : WriteJsonAsync(http);

    private async Task WriteJsonAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", Title);
            json.WriteNumber("status", Status);
            json.WriteString("detail", Detail);
            if (Line is not null)
            {
                json.WriteNumber("line", Line.Value);
                json.WriteNumber("column", Column ?? 0);
            }

            if (Hint is not null)
            {
                json.WriteString("hint", Hint);
            }

            foreach (var (name, value) in More ?? [])
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/problem+json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }
}
