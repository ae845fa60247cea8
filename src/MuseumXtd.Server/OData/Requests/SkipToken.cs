using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>
/// Where a page ended, for <c>$skiptoken</c>. Nobody but the service should read it: a checksum over the token and the request refuses what
/// was made up, cut or used with another request.
/// </summary>
/// <param name="State">The content of the snapshot that the pages are of.</param>
/// <param name="After">The IRI of the last entity, where entities come in the order of their IRIs; else empty.</param>
/// <param name="Delivered">How many were told before.</param>
/// <param name="PageSize">How many a page has.</param>
/// <param name="Count">The number of all, where it was asked for.</param>
internal sealed record SkipToken(string State, string After, long Delivered, int PageSize, long? Count)
{
    private const char Separator = '\n';

    public string Encode(string request)
    {
        var content = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{State}\n{Delivered}\n{PageSize}\n{Count}\n{After}"));
        var bytes = new byte[sizeof(ulong) + content.Length];
        BitConverter.TryWriteBytes(bytes, Checksum(content, request));
        content.CopyTo(bytes, sizeof(ulong));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token of a request.</summary>
    /// <exception cref="ODataRequestException">It is none that was given for this request.</exception>
    public static SkipToken Decode(string text, string request)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length > sizeof(ulong)
            && BitConverter.ToUInt64(bytes) == Checksum(bytes.AsSpan(sizeof(ulong)..length), request))
        {
            var parts = Encoding.UTF8.GetString(bytes, sizeof(ulong), length - sizeof(ulong)).Split(Separator, 5);
            return new SkipToken(
                parts[0],
                parts[4],
                long.Parse(parts[1], CultureInfo.InvariantCulture),
                int.Parse(parts[2], CultureInfo.InvariantCulture),
                parts[3].Length == 0 ? null : long.Parse(parts[3], CultureInfo.InvariantCulture));
        }

        throw new ODataRequestException(400, "The token is none that this service gave for this request: follow @odata.nextLink as it is.", "$skiptoken");
    }

    private static ulong Checksum(ReadOnlySpan<byte> content, string request) =>
        XxHash64.HashToUInt64(content, unchecked((long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(request), 0x4d78)));
}
