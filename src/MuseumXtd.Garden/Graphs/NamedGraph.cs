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
    private readonly IStatementSet[] _parts;
    private readonly byte[] _name;

    // Most graphs are never asked for these; what two threads find out at the same time is the same.
    private volatile string? _hash;
    private volatile int _count = -1;

    private NamedGraph(string iri, bool inUnion, IStatementSet[] parts)
    {
        Iri = iri;
        InUnion = inUnion;
        _parts = parts;
        _name = new Iri(iri).Encode();
    }

    /// <summary>The name of the graph.</summary>
    public string Iri { get; }

    /// <summary>Whether the graph belongs to the union that is served as the default graph.</summary>
    public bool InUnion { get; }

    /// <summary>The number of statements.</summary>
    public int Count => _count >= 0 ? _count : _count = _parts.Sum(p => p.Count);

    /// <summary>SHA-256 of the statements, in hexadecimal: equal for equal content.</summary>
    public string ContentHash => _hash ??= HashOf(_parts);

    /// <summary>Writes all statements, as quads of this graph or as triples of the default graph.</summary>
    public void WriteTo(IQuadSink sink, bool asDefaultGraph = false)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ReadOnlySpan<byte> name = asDefaultGraph ? default : _name;
        foreach (var part in _parts)
        {
            part.Part().WriteTo(sink, name);
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

        var (gone, fresh) = (new HashSet<IStatementSet>(ReferenceEqualityComparer.Instance), new HashSet<IStatementSet>(ReferenceEqualityComparer.Instance));
        Compare(before._parts, _parts, gone, fresh);
        foreach (var part in gone.Where(p => !fresh.Contains(p)))
        {
            part.Part().WriteTo(removed, _name);
        }

        foreach (var part in fresh.Where(p => !gone.Contains(p)))
        {
            part.Part().WriteTo(added, _name);
        }
    }

    /// <summary>The name, encoded.</summary>
    internal ReadOnlySpan<byte> Name => _name;

    /// <summary>Adds the statements of each subject in each part, part by part.</summary>
    internal void AddSubjectsTo(List<SubjectRows> subjects)
    {
        foreach (var part in _parts)
        {
            part.Part().AddSubjectsTo(subjects);
        }
    }

    /// <summary>The parts in the order of their subjects where each can be written by itself, else null.</summary>
    internal IOrderedStatements[]? OrderedParts()
    {
        if (!Array.TrueForAll(_parts, p => p is IOrderedStatements))
        {
            return null;
        }

        var parts = Array.ConvertAll(_parts, p => (IOrderedStatements)p);
        var prefixes = Array.ConvertAll(parts, p => p.SubjectPrefix());
        Array.Sort(prefixes, parts, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        for (var i = 1; i < prefixes.Length; i++)
        {
            if (prefixes[i].AsSpan().StartsWith(prefixes[i - 1]))
            {
                return null;
            }
        }

        return parts;
    }

    internal static NamedGraph Create(string iri, bool inUnion, IEnumerable<(Term Subject, Iri Predicate, Term Object)> statements) =>
        new(iri, inUnion, [GraphPart.Create([.. statements])]);

    /// <summary>A graph of parts that have no statement in common, in an order that depends on their contents only.</summary>
    internal static NamedGraph Of(string iri, bool inUnion, params IStatementSet[] parts) => new(iri, inUnion, parts);

    /// <summary>Parts are in order, and most are the same objects as before: behind a change both go on with the same ones soon.</summary>
    // An array may be one of parts that are all of one kind, over which there is no span that could be written to.
    private static void Compare(IStatementSet[] before, IStatementSet[] now, HashSet<IStatementSet> gone, HashSet<IStatementSet> fresh)
    {
        const int Farthest = 16;
        var (i, j) = (0, 0);
        while (i < before.Length && j < now.Length)
        {
            if (ReferenceEquals(before[i], now[j]))
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var (skipped, other) = (before.Length - i, now.Length - j);
            for (var distance = 1; distance <= Farthest && skipped == before.Length - i; distance++)
            {
                for (var k = 0; k <= distance; k++)
                {
                    if (i + k < before.Length && j + distance - k < now.Length && ReferenceEquals(before[i + k], now[j + distance - k]))
                    {
                        (skipped, other) = (k, distance - k);
                        break;
                    }
                }
            }

            Add(gone, new ReadOnlySpan<IStatementSet>(before, i, skipped));
            Add(fresh, new ReadOnlySpan<IStatementSet>(now, j, other));
            (i, j) = (i + skipped, j + other);
        }

        Add(gone, new ReadOnlySpan<IStatementSet>(before, i, before.Length - i));
        Add(fresh, new ReadOnlySpan<IStatementSet>(now, j, now.Length - j));

        static void Add(HashSet<IStatementSet> all, ReadOnlySpan<IStatementSet> parts)
        {
            foreach (var part in parts)
            {
                all.Add(part);
            }
        }
    }

    private static string HashOf(IStatementSet[] parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            part.Part().AppendTo(hash);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
