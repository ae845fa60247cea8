using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuseumXtd.Server.OData.Requests;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>Errors in the standard's form (OData JSON Format 4.01, section 21.1).</summary>
internal static class ErrorJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ODataAnswer Answer(ODataRequestException e)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", CodeOf(e.Status));
            json.WriteString("message", e.Column is { } column ? string.Create(CultureInfo.InvariantCulture, $"{e.Message.TrimEnd('.')} ({e.Target}, column {column}).") : e.Message);
            if (e.Target is not null)
            {
                json.WriteString("target", e.Target);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        var answer = new ODataAnswer
        {
            Status = e.Status,
            ContentType = "application/json;odata.metadata=minimal;charset=utf-8",
            Body = async (output, tellLength, cancellation) =>
            {
                tellLength(buffer.WrittenCount);
                await output.WriteAsync(buffer.WrittenMemory, cancellation).ConfigureAwait(false);
            },
        };
        if (e.Status == 405)
        {
            answer.Headers.Add(("Allow", "GET, HEAD, OPTIONS"));
        }
        else if (e.Status == 503)
        {
            answer.Headers.Add(("Retry-After", "5"));
        }

        return answer;
    }

    private static string CodeOf(int status) => status switch
    {
        400 => "BadRequest",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        410 => "Gone",
        413 => "PayloadTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        501 => "NotImplemented",
        503 => "ServiceUnavailable",
        _ => status.ToString(CultureInfo.InvariantCulture),
    };
}
