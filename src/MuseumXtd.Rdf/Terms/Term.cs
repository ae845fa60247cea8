using System.Buffers;

namespace MuseumXtd.Rdf;

/// <summary>
/// An RDF term as an object, for constants, tests and small results. Bulk data never takes this form:
/// readers, the store and writers pass terms as <see cref="EncodedTerm"/> bytes or as ids.
/// Two terms are equal when they are the same RDF term; lexical forms are compared as written.
/// </summary>
public abstract record Term
{
    private protected Term()
    {
    }

    /// <summary>The kind of this term.</summary>
    public abstract TermKind Kind { get; }

    /// <summary>Writes the encoded form of this term, as <see cref="EncodedTerm"/> describes it.</summary>
    public void Encode(IBufferWriter<byte> output) => EncodedTerm.Write(this, output);

    /// <summary>The encoded form of this term in a new array.</summary>
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>(64);
        EncodedTerm.Write(this, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a term from its encoded form.</summary>
    /// <exception cref="ArgumentException">The bytes are not an encoded term.</exception>
    public static Term Decode(ReadOnlySpan<byte> encoded) => EncodedTerm.Read(encoded);
}
