using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MuseumXtd.Store;

/// <summary>
/// An immutable state of the dataset. Whoever holds it reads it without locks for as long as needed, whatever is written
/// meanwhile.
/// </summary>
/// <remarks>
/// The graphs are the truth; what joins them (the union, who holds a triple) is derived: from the snapshot before by its changes when
/// that had it, else when it is first asked for. With a single graph, everything is that graph's index.
/// </remarks>
public sealed class Snapshot
{
    // What is gathered, a sort with its rows twice, and two columns; of quads, a sort and four columns.
    private const int BytesOfSort = 44;
    private const int BytesOfQuadSort = 48;

    private readonly ImmutableDictionary<uint, TripleIndex> _graphs;
    private readonly FrozenSet<uint> _outside;
    private readonly bool _unionIsNamedGraphs;

    // As one number of 128 bits it would make the place of all fields uncertain to the compiler ahead, and whatever touches them would be compiled as it runs.
    private readonly (ulong High, ulong Low) _contentHash;
    private readonly Dictionary<string, TripleIndex> _merges = [];
    private readonly Lock _deriving = new();
    private uint[]? _names;
    private GraphsOfTriples? _graphsOf;
    private TripleIndex? _union;
    private TripleIndex? _named;

    internal Snapshot(
        long generation,
        UInt128 contentHash,
        TermDictionary dictionary,
        ImmutableDictionary<uint, TripleIndex> graphs,
        FrozenSet<uint> outside,
        TripleIndex? union = null,
        QuadOrder? quads = null,
        long? quadCount = null,
        TripleIndex? named = null)
    {
        Generation = generation;
        _contentHash = ((ulong)(contentHash >> 64), (ulong)contentHash);
        Dictionary = dictionary;
        _graphs = graphs;
        _outside = outside;
        _unionIsNamedGraphs = !graphs.ContainsKey(0) && !outside.Any(graphs.ContainsKey);
        QuadCount = quadCount ?? graphs.Values.Sum(g => (long)g.Count);
        _union = union;
        _named = named;
        _graphsOf = quads is null ? null : GraphsOfTriples.Of(quads);
    }

    /// <summary>Counts the states published since the store began, from 0 for the empty one.</summary>
    public long Generation { get; }

    /// <summary>A hash of the set of quads, independent of their order and of ids: the same data, the same hash.</summary>
    public UInt128 ContentHash => new(_contentHash.High, _contentHash.Low);

    /// <summary>The terms.</summary>
    public TermDictionary Dictionary { get; }

    /// <summary>The unnamed graph of the dataset.</summary>
    public TripleIndex DefaultGraph => WithRoom(_graphs.GetValueOrDefault(0u, TripleIndex.Empty));

    /// <summary>
    /// The union of the unnamed and all named graphs, each triple once; graphs that <see cref="StoreOptions.OutsideUnion"/>
    /// names are left out.
    /// </summary>
    public TripleIndex Union => WithRoom(Volatile.Read(ref _union) ?? Derive(ref _union, IsInUnion));

    /// <summary>The names of the named graphs, sorted by id; a graph without triples is among them only if it was made so.</summary>
    public ReadOnlySpan<uint> GraphNames
    {
        get
        {
            // Made on demand: with many graphs it costs more than a small change does.
            if (Volatile.Read(ref _names) is not { } names)
            {
                names = [.. _graphs.Keys.Where(g => g != 0).Order()];
                Volatile.Write(ref _names, names);
            }

            return names;
        }
    }

    /// <summary>How many quads.</summary>
    public long QuadCount { get; }

    /// <summary>
    /// The triples of all named graphs together, each once, to scan before <see cref="GraphsOf"/> for patterns in a variable graph.
    /// </summary>
    public TripleIndex NamedGraphs => _unionIsNamedGraphs ? Union : WithRoom(Volatile.Read(ref _named) ?? Derive(ref _named, IsNamed));

    internal ImmutableDictionary<uint, TripleIndex> Graphs => _graphs;

    internal IReadOnlySet<uint> OutsideUnion => _outside;

    /// <summary>The union, if somebody has asked for it.</summary>
    internal TripleIndex? MadeUnion => Volatile.Read(ref _union);

    /// <summary>The same of the named graphs.</summary>
    internal TripleIndex? MadeNamedGraphs => Volatile.Read(ref _named);

    /// <summary>The same of all quads in order.</summary>
    internal QuadOrder? MadeQuads => Volatile.Read(ref _graphsOf)?.ToOrder();

    /// <summary>The triples of a named graph.</summary>
    public bool TryGetGraph(TermId name, out TripleIndex graph)
    {
        if (name.IsBound && _graphs.TryGetValue(name.Value, out var found))
        {
            graph = WithRoom(found);
            return true;
        }

        graph = TripleIndex.Empty;
        return false;
    }

    /// <summary>Whether a graph is part of <see cref="Union"/>.</summary>
    public bool IsInUnion(TermId graph) => !_outside.Contains(graph.Value);

    /// <summary>The merge of some graphs, each triple once; <see cref="TermId.Unbound"/> stands for the unnamed graph. Kept for the next caller.</summary>
    public TripleIndex Merge(ReadOnlySpan<TermId> graphs)
    {
        var chosen = new SortedSet<uint>();
        foreach (var graph in graphs)
        {
            if (_graphs.ContainsKey(graph.Value))
            {
                chosen.Add(graph.Value);
            }
        }

        if (chosen.Count < 2)
        {
            return chosen.Count == 0 ? TripleIndex.Empty : WithRoom(_graphs[chosen.Min]);
        }

        var key = string.Join(' ', chosen);
        lock (_merges)
        {
            if (!_merges.TryGetValue(key, out var merged))
            {
                const int KeptMerges = 16;
                if (_merges.Count >= KeptMerges)
                {
                    _merges.Clear();
                }

                merged = Gather([.. chosen.Select(g => _graphs[g])]);
                _merges.Add(key, merged);
            }

            return WithRoom(merged);
        }
    }

    /// <summary>The names of the named graphs that hold a triple, sorted by id; the span is valid as long as the snapshot.</summary>
    public ReadOnlySpan<uint> GraphsOf(TermId subject, TermId predicate, TermId @object)
    {
        var graphs = GraphsOfTriples.Of(new Triple(subject.Value, predicate.Value, @object.Value));
        return !graphs.IsEmpty && graphs[0] == 0 ? graphs[1..] : graphs;
    }

    /// <summary>
    /// Makes all sorted orders of the union, on several cores: after a load, before the first query that needs them. Otherwise each is made
    /// when it is first asked for.
    /// </summary>
    public void MakeAllOrders() => Union.MakeAllOrders();

    /// <summary>The same state as the next generation, over another dictionary in which its terms have the same ids.</summary>
    internal Snapshot Over(TermDictionary dictionary) =>
        new(Generation + 1, ContentHash, dictionary, _graphs, _outside, MadeUnion, quadCount: QuadCount, named: MadeNamedGraphs)
        {
            _graphsOf = Volatile.Read(ref _graphsOf),
            _names = Volatile.Read(ref _names),
        };

    /// <summary>The same state with some of its graphs only.</summary>
    internal Snapshot With(Func<TermId, bool> isKept, CancellationToken cancellation)
    {
        var kept = _graphs.Where(g => isKept(new TermId(g.Key))).ToImmutableDictionary();
        if (kept.Count == _graphs.Count)
        {
            return this;
        }

        using var hasher = new QuadHasher(Dictionary);
        var hash = UInt128.Zero;
        foreach (var (name, index) in kept)
        {
            hash += index.Count == 0 ? hasher.Of(name) : hasher.Sum(name, index, cancellation);
        }

        return new Snapshot(Generation, hash, Dictionary, kept, _outside);
    }

    /// <summary>All quads in order.</summary>
    internal QuadOrder AllQuads() => GraphsOfTriples.ToOrder();

    /// <summary>
    /// Whether what was derived of all graphs follows from so many changes of some of them in a moment; see <see cref="TripleIndex.TakesInAMoment"/>.
    /// </summary>
    internal bool TakesInAMoment(int changes, bool removes)
    {
        var (union, named, graphsOf) = (Volatile.Read(ref _union), Volatile.Read(ref _named), Volatile.Read(ref _graphsOf));
        if (union is not null && !union.TakesInAMoment(changes) || (named is not null && !named.TakesInAMoment(changes)))
        {
            return false;
        }

        // Whether a triple that goes from one graph is left in another is looked up in all quads.
        return graphsOf?.TakesInAMoment(changes) ?? (!removes || (union is null && named is null));
    }

    /// <summary>Takes over what the snapshot before had derived, changed by what changed between them.</summary>
    internal void DeriveFrom(Snapshot before, IReadOnlyCollection<GraphDelta> deltas)
    {
        if (deltas.All(d => _graphs.ContainsKey(d.Graph) == before._graphs.ContainsKey(d.Graph)))
        {
            _names = Volatile.Read(ref before._names);
        }

        // Beyond this share of changes, sorting afresh on demand costs no more than merging.
        if (_graphs.Count < 2 || deltas.Sum(d => (long)d.Added.Count + d.Removed.Count) > before.QuadCount / 4)
        {
            return;
        }

        try
        {
            if (Volatile.Read(ref before._graphsOf) is { } graphsOf)
            {
                _graphsOf = graphsOf.Apply(QuadsOf(deltas, d => d.Added), QuadsOf(deltas, d => d.Removed));
            }

            if (Volatile.Read(ref before._union) is { } union)
            {
                _union = Carry(union, deltas, IsInUnion);
            }

            if (Volatile.Read(ref before._named) is { } named && !_unionIsNamedGraphs)
            {
                _named = Carry(named, deltas, IsNamed);
            }
        }
        catch (StoreFullException)
        {
            // The change itself has room. What joins the graphs is made when somebody asks for it, or where there is none, that question is refused.
        }
    }

    private static QuadOrder QuadsOf(IEnumerable<GraphDelta> deltas, Func<GraphDelta, TripleIndex> part) =>
        QuadOrder.Build([.. deltas.Select(d => KeyValuePair.Create(d.Graph, part(d)))]);

    private static bool IsNamed(uint graph) => graph != 0;

    private bool IsInUnion(uint graph) => !_outside.Contains(graph);

    /// <summary>Made on demand, because only questions about graphs need it.</summary>
    private GraphsOfTriples GraphsOfTriples
    {
        get
        {
            return Volatile.Read(ref _graphsOf) ?? Make();

            GraphsOfTriples Make()
            {
                lock (_deriving)
                {
                    if (_graphsOf is null)
                    {
                        Dictionary.Room?.Invoke(QuadCount * BytesOfQuadSort);
                        Volatile.Write(ref _graphsOf, GraphsOfTriples.Build(_graphs));
                    }

                    return _graphsOf!;
                }
            }
        }
    }

    /// <summary>A union as it was before, changed as the graphs that it joins were.</summary>
    private TripleIndex Carry(TripleIndex union, IEnumerable<GraphDelta> deltas, Func<uint, bool> joins)
    {
        var joined = deltas.Where(d => joins(d.Graph)).ToList();
        var added = TripleIndex.Gather([.. joined.Select(d => d.Added)]).Except(union);
        var removed = TripleIndex.Gather([.. joined.Select(d => d.Removed)]).Where(t => !IsHeld(t));
        return WithRoom(union).Apply(added, removed);

        bool IsHeld(Triple triple)
        {
            foreach (var graph in GraphsOfTriples.Of(triple))
            {
                if (joins(graph))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private TripleIndex Derive(ref TripleIndex? field, Func<uint, bool> joins)
    {
        lock (_deriving)
        {
            if (field is null)
            {
                Volatile.Write(ref field, Gather([.. _graphs.Where(g => joins(g.Key)).Select(g => g.Value)]));
            }

            return field!;
        }
    }

    private TripleIndex Gather(TripleIndex[] indexes)
    {
        if (indexes.Length > 1)
        {
            Dictionary.Room?.Invoke(indexes.Sum(g => (long)g.Count) * BytesOfSort);
        }

        return TripleIndex.Gather(indexes);
    }

    /// <summary>An index for whoever asks for it: the orders that it makes then are limited as the dictionary is.</summary>
    private TripleIndex WithRoom(TripleIndex index)
    {
        index.Room = Dictionary.Room;
        return index;
    }
}
