using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.Http;

/// <summary>Errors as <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>What an overdrawn budget says of itself beside its message.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(QueryBudgetException e) =>
        e.Operator is null ? [new("budget", e.Budget)] : [new("budget", e.Budget), new("operator", e.Operator)];

    /// <summary>Answers with a problem; nothing may have been sent before.</summary>
    public static async Task WriteAsync(
        HttpContext http, int status, string title, string detail, int? line = null, int? column = null, string? hint = null,
        IReadOnlyList<KeyValuePair<string, string>>? more = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            if (line is not null)
            {
                json.WriteNumber("line", line.Value);
                json.WriteNumber("column", column ?? 0);
            }

            if (hint is not null)
            {
                json.WriteString("hint", hint);
            }

            foreach (var (name, value) in more ?? [])
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }
}
