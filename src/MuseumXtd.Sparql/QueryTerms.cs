using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql;

/// <summary>
/// The terms of one running query: those of the store's dictionary and, with tag <see cref="TermTag.Local"/>, those that the
/// query itself makes. A made term that the dictionary holds gets the dictionary's id, so equal terms have equal ids throughout
/// the query and joins compare ids only.
/// </summary>
public sealed class QueryTerms
{
    /// <summary>The terms of a query on a dictionary.</summary>
    public QueryTerms(TermDictionary dictionary) => Dictionary = dictionary;

    /// <summary>The store's dictionary.</summary>
    public TermDictionary Dictionary { get; }

    /// <summary>The id of an encoded term: inline, the dictionary's, or a local one.</summary>
    public TermId Intern(ReadOnlySpan<byte> encoded) => throw new NotImplementedException();

    /// <summary>The id of a term: inline, the dictionary's, or a local one.</summary>
    public TermId Intern(Term term) => throw new NotImplementedException();

    /// <summary>The encoded form of a bound id; valid until <paramref name="scratch"/> is used again.</summary>
    public ReadOnlySpan<byte> Encoded(TermId id, ByteBuffer scratch) => throw new NotImplementedException();

    /// <summary>The kind of a bound id's term.</summary>
    public TermKind KindOf(TermId id) => throw new NotImplementedException();

    /// <summary>The tag that the term of a bound id has or, for a local one, would have in a dictionary.</summary>
    public TermTag TagOf(TermId id) => throw new NotImplementedException();

    /// <summary>The term as an object.</summary>
    public Term Decode(TermId id) => throw new NotImplementedException();

    /// <summary>A blank node that is no other.</summary>
    public TermId FreshBlankNode() => throw new NotImplementedException();
}
