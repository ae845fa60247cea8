using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.OData;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.OData.Requests;
using MuseumXtd.Sparql;

namespace MuseumXtd.Server.OData;

/// <summary>Several requests in one (Protocol, section 11.7), as multipart or JSON, answered from one state of the dataset.</summary>
internal sealed class ODataBatch(ODataService service)
{
    public async Task<ODataAnswer> AnswerAsync(HttpRequest request, ODataCall call, DatasetState state, CancellationToken cancellation)
    {
        var isJson = request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;
        if (!isJson && request.ContentType?.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ODataRequestException(415, "A batch is multipart/mixed or application/json.");
        }

        using var body = await ReadAsync(request, cancellation).ConfigureAwait(false);
        using var answer = new BatchResponse();
        try
        {
            await AnswerAsync(new BatchRequest(body, request.ContentType!), answer, call, state, cancellation).ConfigureAwait(false);
        }
        catch (ODataException e)
        {
            throw new ODataRequestException(400, e.Message);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or NotSupportedException or System.Text.Json.JsonException or NullReferenceException or InvalidCastException or KeyNotFoundException)
        {
            throw new ODataRequestException(400, "The batch cannot be read.");
        }

        var result = ODataAnswer.Bytes(answer.GetHeader("Content-Type") ?? "application/json", answer.Bytes.ToArray());
        result.Headers.Add(("OData-Version", Preferences.VersionOf(call)));
        return result;
    }

    private async Task AnswerAsync(BatchRequest request, BatchResponse response, ODataCall call, DatasetState state, CancellationToken cancellation)
    {
        using var input = new ODataMessageReader(request, new ODataMessageReaderSettings { BaseUri = call.Root, EnableMessageStreamDisposal = false }, service.Model.Edm);
        var settings = new ODataMessageWriterSettings { BaseUri = call.Root, EnableMessageStreamDisposal = false, Version = ODataVersion.V401 };
        settings.SetContentType(request.IsJson ? ODataFormat.Json : ODataFormat.Batch);
        using var output = new ODataMessageWriter(response, settings, service.Model.Edm);
        ODataUtils.SetHeadersForPayload(output, ODataPayloadKind.Batch);
        var reader = await input.CreateODataBatchReaderAsync().ConfigureAwait(false);
        var writer = await output.CreateODataBatchWriterAsync().ConfigureAwait(false);
        await writer.WriteStartBatchAsync().ConfigureAwait(false);
        var (count, started) = (0, Stopwatch.GetTimestamp());
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            switch (reader.State)
            {
                case ODataBatchReaderState.Operation:
                    if (++count > service.Limits.MaxBatchRequests)
                    {
                        throw new ODataRequestException(413, $"A batch may have {service.Limits.MaxBatchRequests} requests.");
                    }

                    var operation = await reader.CreateOperationRequestMessageAsync().ConfigureAwait(false);
                    await AnswerAsync(operation, writer, call with { TimeLeft = service.Timeout - Stopwatch.GetElapsedTime(started) }, state, cancellation).ConfigureAwait(false);
                    break;
                case ODataBatchReaderState.ChangesetStart:
                    await writer.WriteStartChangesetAsync().ConfigureAwait(false);
                    break;
                case ODataBatchReaderState.ChangesetEnd:
                    await writer.WriteEndChangesetAsync().ConfigureAwait(false);
                    break;
            }
        }

        await writer.WriteEndBatchAsync().ConfigureAwait(false);
        await writer.FlushAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(ODataBatchOperationRequestMessage operation, ODataBatchWriter writer, ODataCall batch, DatasetState state, CancellationToken cancellation)
    {
        ODataAnswer answer;
        if (operation.Method != "GET")
        {
            answer = ODataService.Refused(Writing.ErrorJson.Answer(new ODataRequestException(405, "The service is for reading.")));
        }
        else if (!operation.Url.IsAbsoluteUri || !batch.Root.IsBaseOf(operation.Url))
        {
            answer = ODataService.Refused(Writing.ErrorJson.Answer(new ODataRequestException(404, "The URL is not of this service.")));
        }
        else
        {
            var relative = operation.Url.AbsoluteUri[batch.Root.AbsoluteUri.Length..];
            var question = relative.IndexOf('?', StringComparison.Ordinal);
            var call = new ODataCall(
                question < 0 ? relative : relative[..question],
                question < 0 ? "" : relative[(question + 1)..],
                batch.Root,
                name => operation.Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? (name.StartsWith("Accept", StringComparison.Ordinal) ? null : batch.Header(name) is { } value && name.StartsWith("OData", StringComparison.Ordinal) ? value : null));
            answer = service.Answer(call with { TimeLeft = batch.TimeLeft }, state, cancellation);
        }

        using var buffer = new MemoryStream();
        try
        {
            await WriteAsync(answer, buffer, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is QueryBudgetException or ODataRequestException)
        {
            buffer.SetLength(0);
            answer = ODataService.Refused(e);
            await WriteAsync(answer, buffer, cancellation).ConfigureAwait(false);
        }

        var response = await writer.CreateOperationResponseMessageAsync(operation.ContentId).ConfigureAwait(false);
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.SetHeader(name, value);
        }

        if (answer.ContentType is not null)
        {
            response.SetHeader("Content-Type", answer.ContentType);
        }

        if (answer.Body is not null)
        {
            var stream = await response.GetStreamAsync().ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteAsync(ODataAnswer answer, MemoryStream buffer, CancellationToken cancellation)
    {
        if (answer.Body is not null)
        {
            var pipe = PipeWriter.Create(buffer, new StreamPipeWriterOptions(leaveOpen: true));
            await answer.Body(pipe, static _ => { }, cancellation).ConfigureAwait(false);
            await pipe.FlushAsync(cancellation).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<MemoryStream> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var buffer = new MemoryStream();
        var block = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (buffer.Length + read > service.Limits.MaxBatchBytes)
            {
                await buffer.DisposeAsync().ConfigureAwait(false);
                throw new ODataRequestException(413, $"A batch may have {service.Limits.MaxBatchBytes} bytes.");
            }

            buffer.Write(block, 0, read);
        }

        buffer.Position = 0;
        return buffer;
    }

    private sealed class BatchRequest(Stream body, string contentType) : IODataRequestMessageAsync
    {
        public bool IsJson { get; } = contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

        public IEnumerable<KeyValuePair<string, string>> Headers => [new("Content-Type", contentType)];

        public Uri Url { get; set; } = new("http://localhost/");

        public string Method { get; set; } = "POST";

        public string? GetHeader(string headerName) => headerName.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? contentType : null;

        public void SetHeader(string headerName, string headerValue)
        {
        }

        public Stream GetStream() => body;

        public Task<Stream> GetStreamAsync() => Task.FromResult(body);
    }

    private sealed class BatchResponse : IODataResponseMessageAsync, IDisposable
    {
        private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);
        private readonly MemoryStream _body = new();

        public ReadOnlyMemory<byte> Bytes => _body.GetBuffer().AsMemory(0, (int)_body.Length);

        public IEnumerable<KeyValuePair<string, string>> Headers => _headers;

        public int StatusCode { get; set; } = 200;

        public string? GetHeader(string headerName) => _headers.GetValueOrDefault(headerName);

        public void SetHeader(string headerName, string headerValue) => _headers[headerName] = headerValue;

        public Stream GetStream() => _body;

        public Task<Stream> GetStreamAsync() => Task.FromResult<Stream>(_body);

        public void Dispose() => _body.Dispose();
    }
}
