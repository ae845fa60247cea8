using System.Security.Cryptography;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>
/// An immutable named graph without duplicates, in an order that depends on nothing but its statements. The graphs about all notes are made of
/// parts, one a note or a resource, which have no statement in common; a part that did not change is the same object in the next graph.
/// </summary>
public sealed class NamedGraph
{
    private readonly GraphPart[] _parts;
    private readonly byte[] _name;
    private readonly Lazy<string> _hash;

    private NamedGraph(string iri, bool inUnion, GraphPart[] parts)
    {
        Iri = iri;
        InUnion = inUnion;
        _parts = parts;
        _name = new Iri(iri).Encode();
        Count = parts.Sum(p => p.Count);
        _hash = new Lazy<string>(() => HashOf(parts));
    }

    /// <summary>The name of the graph.</summary>
    public string Iri { get; }

    /// <summary>Whether the graph belongs to the union that is served as the default graph.</summary>
    public bool InUnion { get; }

    /// <summary>The number of statements.</summary>
    public int Count { get; }

    /// <summary>SHA-256 of the statements, in hexadecimal: equal for equal content.</summary>
    public string ContentHash => _hash.Value;

    /// <summary>Writes all statements, as quads of this graph or as triples of the default graph.</summary>
    public void WriteTo(IQuadSink sink, bool asDefaultGraph = false)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ReadOnlySpan<byte> name = asDefaultGraph ? default : _name;
        foreach (var part in _parts)
        {
            part.WriteTo(sink, name);
        }
    }

    /// <summary>
    /// Writes what to remove from an earlier graph of this name and what to add to it to make this one; a statement may be in both, and is
    /// then to be added after it was removed.
    /// </summary>
    /// <param name="before">The earlier graph, or null when there was none.</param>
    /// <param name="removed">Takes the statements to remove, all of them before the first to add.</param>
    /// <param name="added">Takes the statements to add.</param>
    public void WriteChangesTo(NamedGraph? before, IQuadSink removed, IQuadSink added)
    {
        ArgumentNullException.ThrowIfNull(removed);
        ArgumentNullException.ThrowIfNull(added);
        if (before is null)
        {
            WriteTo(added);
            return;
        }

        // Parts are in order, and most are the same objects as before: only those between the first and the last change are looked up.
        var (first, last, lastBefore) = (0, _parts.Length, before._parts.Length);
        while (first < Math.Min(last, lastBefore) && ReferenceEquals(_parts[first], before._parts[first]))
        {
            first++;
        }

        while (first < Math.Min(last, lastBefore) && ReferenceEquals(_parts[last - 1], before._parts[lastBefore - 1]))
        {
            (last, lastBefore) = (last - 1, lastBefore - 1);
        }

        var old = before._parts[first..lastBefore].ToHashSet<GraphPart>(ReferenceEqualityComparer.Instance);
        var fresh = _parts[first..last].Where(p => !old.Remove(p)).ToList();
        foreach (var part in before._parts[first..lastBefore].Where(old.Contains))
        {
            part.WriteTo(removed, _name);
        }

        foreach (var part in fresh)
        {
            part.WriteTo(added, _name);
        }
    }

    /// <summary>The name, encoded.</summary>
    internal ReadOnlySpan<byte> Name => _name;

    /// <summary>The statements of each subject in each part, part by part.</summary>
    internal IEnumerable<SubjectRows> Subjects() => _parts.SelectMany(p => p.Subjects());

    internal static NamedGraph Create(string iri, bool inUnion, IEnumerable<(Term Subject, Iri Predicate, Term Object)> statements) =>
        new(iri, inUnion, [GraphPart.Create([.. statements])]);

    /// <summary>A graph of parts that have no statement in common, in an order that depends on their contents only.</summary>
    internal static NamedGraph Of(string iri, bool inUnion, params GraphPart[] parts) => new(iri, inUnion, parts);

    private static string HashOf(GraphPart[] parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            part.AppendTo(hash);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
