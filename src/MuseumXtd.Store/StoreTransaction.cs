using System.Collections.Frozen;
using System.IO.Hashing;
using MuseumXtd.Rdf.Buffers;
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

    /// <summary>Publishes the changes as one new snapshot and ends the transaction.</summary>
    public Snapshot Commit(CancellationToken cancellation = default)
    {
        ThrowIfEnded();
        var graphs = new Dictionary<uint, TripleIndex>(_before.Graphs);
        var added = new List<(Triple Triple, uint Graph)>();
        var removed = new List<(Triple Triple, uint Graph)>();
        var hash = _before.ContentHash;
        using var hasher = new QuadHasher(_dictionary);
        foreach (var (name, change) in _changes)
        {
            cancellation.ThrowIfCancellationRequested();
            var old = graphs.GetValueOrDefault(name, TripleIndex.Empty);
            var index = change.ApplyTo(old, out var adds, out var removes);
            foreach (var triple in removes)
            {
                hash -= hasher.Hash(triple, name);
                removed.Add((triple, name));
            }

            foreach (var triple in adds)
            {
                hash += hasher.Hash(triple, name);
                added.Add((triple, name));
            }

            if (index.Count == 0)
            {
                graphs.Remove(name);
            }
            else
            {
                graphs[name] = index;
            }
        }

        if (added.Count == 0 && removed.Count == 0)
        {
            Dispose();
            return _before;
        }

        var snapshot = new Snapshot(_before.Generation + 1, hash, _dictionary, graphs, _outside);
        snapshot.DeriveFrom(_before, added, removed);
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

    /// <summary>Remembers the last term in a position: statements in a row mostly share subject, graph or predicate.</summary>
    private sealed class RecentTerm : IDisposable
    {
        private readonly ByteBuffer _bytes = new();
        private uint _id;

        public uint Get(ReadOnlySpan<byte> encoded, TermDictionary dictionary)
        {
            if (!encoded.SequenceEqual(_bytes.Written))
            {
                _id = dictionary.GetOrAdd(encoded).Value;
                _bytes.Clear();
                _bytes.Append(encoded);
            }

            return _id;
        }

        public void Dispose() => _bytes.Dispose();
    }

    /// <summary>Hashes quads by their text, so that the sum over a set says the same whatever the ids.</summary>
    private sealed class QuadHasher(TermDictionary dictionary) : IDisposable
    {
        private readonly ByteBuffer _text = new();

        public UInt128 Hash(Triple triple, uint graph)
        {
            _text.Clear();
            dictionary.Append(new TermId(triple.A), _text);
            _text.Append(0xFF);
            dictionary.Append(new TermId(triple.B), _text);
            _text.Append(0xFF);
            dictionary.Append(new TermId(triple.C), _text);
            _text.Append(0xFF);
            if (graph != 0)
            {
                dictionary.Append(new TermId(graph), _text);
            }

            return XxHash128.HashToUInt128(_text.Written);
        }

        public void Dispose() => _text.Dispose();
    }
}
