using System.Buffers.Text;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store.Loading;

namespace MuseumXtd.Store;

/// <summary>
/// Changes that become visible together, or not at all. It is a sink: quads sent to it are added. Not for use by several
/// threads at once. Disposing without <see cref="Commit(CancellationToken)"/> drops the changes.
/// </summary>
public sealed class StoreTransaction : INumberedQuadSink, IDisposable
{
    // What a transaction that came to nothing has added to the dictionary is worth to be given back: a dictionary of its own wastes up to a megabyte.
    private const long MuchText = 4L << 20;

    private readonly QuadStore _store;
    private readonly Snapshot _before;
    private readonly FrozenSet<uint> _outside;
    private readonly TermDictionary _dictionary;
    private readonly Dictionary<uint, GraphChange> _changes = [];
    private (uint Name, GraphChange? Change) _last;
    private uint _numbered;
    private readonly List<GraphDelta> _deltas = [];
    private readonly RecentTerm _subject = new();
    private readonly RecentTerm _predicate = new();
    private readonly RecentTerm _graph = new();
    private Snapshot _state;
    private readonly (int Terms, long Bytes) _dictionaryBefore;
    private long _blankNodes;
    private long _generation;
    private bool _committed;
    private bool _ended;

    internal StoreTransaction(QuadStore store, Snapshot before, FrozenSet<uint> outside)
    {
        _store = store;
        _before = before;
        _state = before;
        _generation = before.Generation + 1;
        _outside = outside;
        _dictionary = before.Dictionary;
        _dictionaryBefore = (_dictionary.Count, _dictionary.Bytes);
    }

    /// <summary>The state that the transaction began from.</summary>
    public Snapshot Before => _before;

    /// <summary>The terms of the store.</summary>
    public TermDictionary Dictionary => _dictionary;

    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        ThrowIfEnded();
        var triple = new Triple(_subject.Get(subject, _dictionary), _predicate.Get(predicate, _dictionary), _dictionary.GetOrAdd(@object).Value);
        ChangeOf(graph).Add(triple);
    }

    /// <inheritdoc/>
    public uint NumberOf(ReadOnlySpan<byte> term) => Intern(term).Value;

    /// <inheritdoc/>
    public void NumbersOf(ReadOnlySpan<byte> terms, ReadOnlySpan<int> ends, Span<uint> numbers)
    {
        ThrowIfEnded();
        _dictionary.GetOrAdd(terms, ends, numbers);
    }

    /// <inheritdoc/>
    public void BeginGraph(ReadOnlySpan<byte> graph) => _numbered = graph.IsEmpty ? 0 : Intern(graph).Value;

    /// <inheritdoc/>
    public void Quad(uint subject, uint predicate, uint @object)
    {
        ThrowIfEnded();
        ChangeOf(_numbered).Add(new Triple(subject, predicate, @object));
    }

    /// <summary>Adds the quads of a batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(TermBatch batch)
    {
        ThrowIfEnded();
        _dictionary.GetOrAdd(batch);
        ReadOnlySpan<uint> ids = batch.Ids;
        GraphChange? change = null;
        var name = 0u;
        foreach (ref readonly var quad in batch.Quads)
        {
            var graph = quad.Graph < 0 ? 0 : ids[quad.Graph];
            if (change is null || graph != name)
            {
                (change, name) = (ChangeOf(graph), graph);
            }

            change.Add(new Triple(ids[quad.Subject], ids[quad.Predicate], ids[quad.Object]));
        }
    }

    /// <summary>Removes one quad, if it is there.</summary>
    public void Remove(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        ThrowIfEnded();
        if (_dictionary.TryGetId(subject, out var s) && _dictionary.TryGetId(predicate, out var p) && _dictionary.TryGetId(@object, out var o))
        {
            ChangeOf(graph).Remove(new Triple(s.Value, p.Value, o.Value));
        }
    }

    /// <summary>Removes all quads of a graph, empty for the unnamed one, and the graph with them. What is added to it afterwards replaces it in one step.</summary>
    public void Clear(ReadOnlySpan<byte> graph)
    {
        ThrowIfEnded();
        ChangeOf(graph).Clear();
    }

    /// <summary>The id of an encoded term, which the dictionary learns if it is new.</summary>
    public TermId Intern(ReadOnlySpan<byte> encoded)
    {
        ThrowIfEnded();
        return _dictionary.GetOrAdd(encoded);
    }

    /// <summary>Adds a quad of terms of the dictionary; an unbound graph is the unnamed one.</summary>
    public void Add(TermId subject, TermId predicate, TermId @object, TermId graph)
    {
        ThrowIfEnded();
        ChangeOf(graph.Value).Add(new Triple(subject.Value, predicate.Value, @object.Value));
    }

    /// <summary>Removes a quad of terms of the dictionary, if it is there; an unbound graph is the unnamed one.</summary>
    public void Remove(TermId subject, TermId predicate, TermId @object, TermId graph)
    {
        ThrowIfEnded();
        ChangeOf(graph.Value).Remove(new Triple(subject.Value, predicate.Value, @object.Value));
    }

    /// <summary>Makes a named graph that stays when it is empty, until it is cleared.</summary>
    public void Create(ReadOnlySpan<byte> graph)
    {
        ThrowIfEnded();
        ChangeOf(graph).Create();
    }

    /// <summary>A blank node that no snapshot of the store has.</summary>
    public TermId FreshBlankNode()
    {
        ThrowIfEnded();
        Span<byte> label = stackalloc byte[48];
        "_:b"u8.CopyTo(label);
        while (true)
        {
            // The dictionary grows with each node, so that the next search begins behind all nodes made before.
            var number = Math.Max(_blankNodes + 1, (long)_dictionary.Count);
            _blankNodes = number;
            Utf8Formatter.TryFormat(number, label[3..], out var digits);
            var encoded = label[..(3 + digits)];
            if (!_dictionary.TryGetId(encoded, out _))
            {
                return _dictionary.GetOrAdd(encoded);
            }
        }
    }

    /// <summary>The state with all changes so far, which nobody else sees. What comes next is changed in it.</summary>
    public Snapshot Preview(CancellationToken cancellation = default)
    {
        ThrowIfEnded();
        if (_changes.Count == 0)
        {
            return _state;
        }

        var graphs = _state.Graphs.ToBuilder();
        var quads = _state.QuadCount;
        var deltas = new List<GraphDelta>();
        var hash = _state.ContentHash;
        using var hasher = new QuadHasher(_dictionary);
        foreach (var (name, change) in _changes)
        {
            cancellation.ThrowIfCancellationRequested();
            var existed = graphs.TryGetValue(name, out var old);
            var wasEmpty = existed && old!.Count == 0;
            old ??= TripleIndex.Empty;
            old.Room = _dictionary.Room;
            var delta = change.ApplyTo(name, old);
            var isEmpty = delta.Index.Count == 0 && name != 0 && (change.IsCreated || (wasEmpty && !change.IsCleared));
            if (delta.IsEmpty && wasEmpty == isEmpty)
            {
                continue;
            }

            deltas.Add(delta with { StaysEmpty = isEmpty });
            quads += delta.Added.Count - delta.Removed.Count;
            hash += hasher.Sum(name, delta.Added, cancellation) - hasher.Sum(name, delta.Removed, cancellation);
            hash += (isEmpty ? hasher.Of(name) : 0) - (wasEmpty ? hasher.Of(name) : 0);
            if (delta.Index.Count > 0 || isEmpty)
            {
                graphs[name] = delta.Index;
            }
            else
            {
                graphs.Remove(name);
            }
        }

        _changes.Clear();
        _last = default;
        if (deltas.Count > 0)
        {
            var snapshot = new Snapshot(_generation, hash, _dictionary, graphs.ToImmutable(), _outside, quadCount: quads);
            snapshot.DeriveFrom(_state, deltas);
            _state = snapshot;
            _deltas.AddRange(deltas);
        }

        return _state;
    }

    /// <summary>
    /// Whether the changes so far, and <see cref="Commit(CancellationToken)"/>, take a moment only: they are few, and are kept beside what is there. Now and then
    /// even one change is followed by a merge of many.
    /// </summary>
    public bool IsBrief
    {
        get
        {
            const int Few = 64;
            var (count, removes) = (0, false);
            foreach (var (name, change) in _changes)
            {
                count += change.Count;
                removes |= change.RemovalCount > 0;
                if (change.IsCleared || count > Few || (_state.Graphs.TryGetValue(name, out var index) && !index.TakesInAMoment(change.Count)))
                {
                    return false;
                }
            }

            return _state.Graphs.Count + _changes.Count < 2 || _state.TakesInAMoment(count, removes);
        }
    }

    /// <summary>The names of the graphs that the changes so far have changed, unbound for the unnamed one.</summary>
    public IReadOnlyCollection<TermId> ChangedGraphs(CancellationToken cancellation = default)
    {
        Preview(cancellation);
        return [.. _deltas.Select(d => new TermId(d.Graph)).Distinct()];
    }

    /// <summary>What the changes so far come to, in order.</summary>
    internal IReadOnlyList<GraphDelta> Changes(CancellationToken cancellation)
    {
        Preview(cancellation);
        return _deltas;
    }

    internal void Clear(TermId graph) => ChangeOf(graph.Value).Clear();

    internal void Create(TermId graph) => ChangeOf(graph.Value).Create();

    /// <summary>Publishes the changes as one new snapshot and ends the transaction. When they change nothing, the snapshot stays the same.</summary>
    public Snapshot Commit(CancellationToken cancellation = default) => Commit(_before.Generation + 1, cancellation);

    /// <summary>The same as the state of a generation, which is not before the present one.</summary>
    internal Snapshot Commit(long generation, CancellationToken cancellation)
    {
        _generation = generation;
        var snapshot = Preview(cancellation);
        cancellation.ThrowIfCancellationRequested();
        _committed = true;
        if (snapshot.ContentHash == _before.ContentHash && snapshot.QuadCount == _before.QuadCount)
        {
            Dispose();
            return _before;
        }

        _store.Publish(snapshot, _deltas);
        Dispose();
        return snapshot;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _subject.Dispose();
            _predicate.Dispose();
            _graph.Dispose();
            if (!_committed && _dictionary.Bytes - _dictionaryBefore.Bytes > MuchText)
            {
                _store.Forget(_before, _dictionaryBefore.Terms);
            }

            _store.End();
        }
    }

    private void ThrowIfEnded() => ObjectDisposedException.ThrowIf(_ended, this);

    private GraphChange ChangeOf(ReadOnlySpan<byte> graph) => ChangeOf(graph.IsEmpty ? 0 : _graph.Get(graph, _dictionary));

    private GraphChange ChangeOf(uint name)
    {
        if (_last.Change is { } last && _last.Name == name)
        {
            return last;
        }

        if (!_changes.TryGetValue(name, out var change))
        {
            change = new GraphChange(_dictionary.Room);
            _changes.Add(name, change);
        }

        _last = (name, change);
        return change;
    }
}
