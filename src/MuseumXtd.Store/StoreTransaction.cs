using System.Collections.Frozen;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Store;

/// <summary>
/// Changes that become visible together, or not at all. It is a sink: quads sent to it are added. Not for use by several
/// threads at once. Disposing without <see cref="Commit"/> drops the changes.
/// </summary>
public sealed class StoreTransaction : IQuadSink, IDisposable
{
    private readonly QuadStore _store;
    private readonly Snapshot _before;
    private readonly FrozenSet<uint> _outside;
    private readonly TermDictionary _dictionary;
    private readonly Dictionary<uint, GraphChange> _changes = [];
    private readonly RecentTerm _subject = new();
    private readonly RecentTerm _predicate = new();
    private readonly RecentTerm _graph = new();
    private bool _ended;

    internal StoreTransaction(QuadStore store, Snapshot before, FrozenSet<uint> outside)
    {
        _store = store;
        _before = before;
        _outside = outside;
        _dictionary = before.Dictionary;
    }

    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        ThrowIfEnded();
        var triple = new Triple(_subject.Get(subject, _dictionary), _predicate.Get(predicate, _dictionary), _dictionary.GetOrAdd(@object).Value);
        ChangeOf(graph).Add(triple);
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

    /// <summary>Removes all quads of a graph, empty for the unnamed one. What is added to it afterwards replaces it in one step.</summary>
    public void Clear(ReadOnlySpan<byte> graph)
    {
        ThrowIfEnded();
        ChangeOf(graph).Clear();
    }

    /// <summary>Publishes the changes as one new snapshot and ends the transaction. When they change nothing, the snapshot stays the same.</summary>
    public Snapshot Commit(CancellationToken cancellation = default)
    {
        ThrowIfEnded();
        var graphs = new Dictionary<uint, TripleIndex>(_before.Graphs);
        var deltas = new List<GraphDelta>();
        var hash = _before.ContentHash;
        using var hasher = new QuadHasher(_dictionary);
        foreach (var (name, change) in _changes)
        {
            cancellation.ThrowIfCancellationRequested();
            var delta = change.ApplyTo(name, graphs.GetValueOrDefault(name, TripleIndex.Empty));
            if (delta.IsEmpty)
            {
                continue;
            }

            deltas.Add(delta);
            hash += hasher.Sum(name, delta.Added, cancellation) - hasher.Sum(name, delta.Removed, cancellation);
            if (delta.Index.Count == 0)
            {
                graphs.Remove(name);
            }
            else
            {
                graphs[name] = delta.Index;
            }
        }

        if (deltas.Count == 0)
        {
            Dispose();
            return _before;
        }

        var snapshot = new Snapshot(_before.Generation + 1, hash, _dictionary, graphs, _outside);
        snapshot.DeriveFrom(_before, deltas);
        cancellation.ThrowIfCancellationRequested();
        _store.Publish(snapshot);
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
            _store.End();
        }
    }

    private void ThrowIfEnded() => ObjectDisposedException.ThrowIf(_ended, this);

    private GraphChange ChangeOf(ReadOnlySpan<byte> graph)
    {
        var name = graph.IsEmpty ? 0 : _graph.Get(graph, _dictionary);
        if (!_changes.TryGetValue(name, out var change))
        {
            change = new GraphChange();
            _changes.Add(name, change);
        }

        return change;
    }
}
