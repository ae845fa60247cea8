using System.Runtime.InteropServices;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden;

/// <summary>The side table from the statements of the note graphs to the words that say them.</summary>
public sealed class OriginTable
{
    private readonly Dictionary<(Term Subject, Iri Predicate, Term Object), List<Origin>> _origins;

    internal OriginTable(Dictionary<(Term, Iri, Term), List<Origin>> origins)
    {
        _origins = origins;
    }

    /// <summary>The number of statements that have an origin.</summary>
    public int Count => _origins.Count;

    /// <summary>Where a statement is said, in the order of files and lines; empty when no note says it.</summary>
    public IReadOnlyList<Origin> Of(Term subject, Iri predicate, Term @object)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentNullException.ThrowIfNull(@object);
        return _origins.TryGetValue((subject, predicate, @object), out var origins) ? origins : [];
    }

    internal static void Add(
        Dictionary<(Term, Iri, Term), List<Origin>> origins, Term subject, Iri predicate, Term @object, Origin origin)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(origins, (subject, predicate, @object), out _);
        list ??= [];
        if (!list.Contains(origin))
        {
            list.Add(origin);
        }
    }
}
