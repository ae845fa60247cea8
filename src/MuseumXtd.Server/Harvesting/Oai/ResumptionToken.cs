using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>
/// Where a list goes on. The list is the one that the log made up when it was first asked for, up to <paramref name="Bound"/>, and the place in it is the
/// sequence that was given last: so the same token gives the same page, whatever is written meanwhile.
/// </summary>
/// <param name="Verb">What is listed.</param>
/// <param name="Prefix">The metadata prefix.</param>
/// <param name="From">The first second, if one was named.</param>
/// <param name="Until">The last second, if one was named.</param>
/// <param name="Set">The set, or an empty text.</param>
/// <param name="Bound">The last sequence that the list knows of.</param>
/// <param name="After">The last sequence that was given.</param>
/// <param name="Cursor">How many were given.</param>
/// <param name="Size">How many there are.</param>
/// <param name="Expires">When the token ends.</param>
internal sealed record ResumptionToken(
    string Verb, string Prefix, DateTime? From, DateTime? Until, string Set, long Bound, long After, int Cursor, int Size, DateTime Expires)
{
    private const int SignatureLength = 16;

    /// <summary>The token as text that tells who has not the key nothing that he may change.</summary>
    public string Sign(ReadOnlySpan<byte> key)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Verb}|{Prefix}|{Seconds(From)}|{Seconds(Until)}|{Set}|{Bound}|{After}|{Cursor}|{Size}|{Seconds(Expires)}");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Base64Url.EncodeToString([.. Signature(key, bytes), .. bytes]);
    }

    /// <summary>Reads a token of a verb.</summary>
    /// <exception cref="OaiException">It is not one of ours, is for another verb, or has expired.</exception>
    public static ResumptionToken Read(string token, string verb, ReadOnlySpan<byte> key, DateTime now)
    {
        const int Longest = 2048;
        var bytes = token.Length is > 0 and <= Longest && Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : [];
        if (bytes.Length <= SignatureLength || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureLength), Signature(key, bytes.AsSpan(SignatureLength))))
        {
            throw OaiException.BadToken("This token is not from here, or from before the log began anew. Begin the list again.");
        }

        // What is signed was written by Sign.
        var parts = Encoding.UTF8.GetString(bytes, SignatureLength, bytes.Length - SignatureLength).Split('|');
        var read = new ResumptionToken(
            parts[0], parts[1], Time(parts[2]), Time(parts[3]), parts[4], Number(parts[5]), Number(parts[6]), (int)Number(parts[7]), (int)Number(parts[8]), Time(parts[9])!.Value);
        if (read.Verb != verb)
        {
            throw OaiException.BadToken($"This token is for {read.Verb}.");
        }

        return read.Expires > now ? read : throw OaiException.BadToken("This token has expired. Begin the list again.");
    }

    private static byte[] Signature(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(key, bytes)[..SignatureLength];

    private static string Seconds(DateTime? time) =>
        time is { } t ? ((t - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture) : "";

    private static DateTime? Time(string text) => text.Length == 0 ? null : DateTime.UnixEpoch.AddSeconds(Number(text));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
