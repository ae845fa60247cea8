using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store;

/// <summary>
/// Terms to ids and back. It only grows: ids are never given anew, so every snapshot shares one dictionary. One writer
/// at a time adds terms; any number of readers look up at the same time without locks.
/// </summary>
public sealed class TermDictionary
{
    /// <summary>How many terms it holds; inline values are not counted.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The id of an encoded term, when it is an inline value or the dictionary holds it.</summary>
    public bool TryGetId(ReadOnlySpan<byte> encoded, out TermId id) => throw new NotImplementedException();

    /// <summary>The id of an encoded term, which is added when it is new. For the one writer.</summary>
    public TermId GetOrAdd(ReadOnlySpan<byte> encoded) => throw new NotImplementedException();

    /// <summary>
    /// The encoded form of a term. The span is valid until <paramref name="scratch"/> is used again; scratch is cleared
    /// and written only where the form is not stored in one piece.
    /// </summary>
    public ReadOnlySpan<byte> Encoded(TermId id, ByteBuffer scratch) => throw new NotImplementedException();

    /// <summary>Adds the encoded form of a term at the end of <paramref name="output"/>.</summary>
    public void Append(TermId id, ByteBuffer output) => throw new NotImplementedException();

    /// <summary>
    /// The value of a literal as a double, for ids with tag <see cref="TermTag.InlineInteger"/> or
    /// <see cref="TermTag.Numeric"/>; false when it is ill-typed. It is exact for doubles and for integers below 2^53.
    /// </summary>
    public bool TryGetDouble(TermId id, out double value) => throw new NotImplementedException();
}
