using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;

namespace MuseumXtd.Rdf;

/// <summary>
/// When encoded terms are the same term: their bytes are the same, but for the case of language tags, which means nothing (RDF 1.2 Concepts,
/// section 3.4). Tables of terms hash and compare by this, and keep the spelling that they met first.
/// </summary>
public static class TermEquality
{
    /// <summary>A hash that is the same for the same term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Hash(ReadOnlySpan<byte> encoded, long seed)
    {
        if (TagStart(encoded) is var tag and >= 0 && encoded[tag..].ContainsAnyInRange((byte)'A', (byte)'Z'))
        {
            var folded = ArrayPool<byte>.Shared.Rent(encoded.Length);
            encoded[..tag].CopyTo(folded);
            Ascii.ToLower(encoded[tag..], folded.AsSpan(tag), out _);
            var hash = XxHash3.HashToUInt64(folded.AsSpan(0, encoded.Length), seed);
            ArrayPool<byte>.Shared.Return(folded);
            return hash;
        }

        return XxHash3.HashToUInt64(encoded, seed);
    }

    /// <summary>Whether two encoded terms are the same.</summary>
    public static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right)
        || (left.Length == right.Length && TagStart(left) is var tag and >= 0 && TagStart(right) == tag
            && left[..tag].SequenceEqual(right[..tag]) && Ascii.EqualsIgnoreCase(left[tag..], right[tag..]));

    /// <summary>Where the language tag begins, or -1 where there is none.</summary>
    private static int TagStart(ReadOnlySpan<byte> encoded)
    {
        if (encoded[0] != (byte)'"' || encoded[^1] == (byte)'"')
        {
            return -1;
        }

        var at = encoded.LastIndexOf((byte)'"') + 1;
        return encoded[at] == (byte)'@' ? at : -1;
    }
}
