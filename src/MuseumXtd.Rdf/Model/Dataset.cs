using System.Collections;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Rdf.Model;

/// <summary>A small dataset of term objects, for tests, configuration and vocabularies; bulk data belongs in a store.</summary>
public sealed class Dataset : IQuadSink, IReadOnlyCollection<Quad>
{
    private readonly HashSet<Quad> _quads = [];

    /// <summary>How many quads.</summary>
    public int Count => _quads.Count;

    /// <summary>The prefixes that the documents read into it declared.</summary>
    public Dictionary<string, string> Prefixes { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a document.</summary>
    /// <exception cref="RdfSyntaxException">The input is not well formed.</exception>
    public static Dataset Read(Stream input, RdfFormat format, ReaderOptions? options = null)
    {
        var dataset = new Dataset();
        format.CreateReader().Read(input, dataset, options ?? ReaderOptions.Default);
        return dataset;
    }

    /// <summary>Adds a quad, if it is not there.</summary>
    public bool Add(Quad quad) => _quads.Add(quad);

    /// <summary>Whether the quad is there.</summary>
    public bool Contains(Quad quad) => _quads.Contains(quad);

    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _quads.Add(new Quad(
            Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object), graph.IsEmpty ? null : Term.Decode(graph)));

    /// <inheritdoc/>
    public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) =>
        Prefixes[System.Text.Encoding.UTF8.GetString(prefix)] = System.Text.Encoding.UTF8.GetString(iri);

    /// <summary>The objects of a subject's property in any graph.</summary>
    public IEnumerable<Term> Objects(Term subject, Iri predicate) =>
        _quads.Where(q => q.Subject == subject && q.Predicate == predicate).Select(q => q.Object);

    /// <summary>The subjects that have an object for a property in any graph.</summary>
    public IEnumerable<Term> Subjects(Iri predicate, Term @object) =>
        _quads.Where(q => q.Predicate == predicate && q.Object == @object).Select(q => q.Subject);

    /// <inheritdoc/>
    public IEnumerator<Quad> GetEnumerator() => _quads.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
