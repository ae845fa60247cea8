using System.IO.Pipelines;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>A request, however it came: by itself or in a batch.</summary>
/// <param name="Path">The path below the root of the service, as it was sent, without a slash before it.</param>
/// <param name="Query">The query as it was sent, without the question mark.</param>
/// <param name="Root">The root of the service, with a slash at its end.</param>
/// <param name="Header">A header's value, or null.</param>
internal sealed record ODataCall(string Path, string Query, Uri Root, Func<string, string?> Header)
{
    /// <summary>What is left of the time for several requests that came together; null where this is one by itself.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>A header that OData also has without <c>OData-</c> or <c>odata.</c> before its name.</summary>
    public string? HeaderOf(string name) => Header("OData-" + name) ?? Header(name);
}

/// <summary>What is answered.</summary>
internal sealed class ODataAnswer
{
    public int Status { get; init; } = 200;

    public string? ContentType { get; init; }

    public List<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Writes the body, and tells its length before, where it is known; null for none.</summary>
    public Func<PipeWriter, Action<long>, CancellationToken, ValueTask>? Body { get; init; }

    public static ODataAnswer Bytes(string contentType, ReadOnlyMemory<byte> bytes) => new()
    {
        ContentType = contentType,
        Body = async (output, tellLength, cancellation) =>
        {
            tellLength(bytes.Length);
            await output.WriteAsync(bytes, cancellation).ConfigureAwait(false);
        },
    };

    public static ODataAnswer Text(string text) => Bytes("text/plain;charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text));
}
