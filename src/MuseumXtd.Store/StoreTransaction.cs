using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Store;

/// <summary>
/// Changes that become visible together, or not at all. It is a sink: quads sent to it are added. Not for use by several
/// threads at once. Disposing without <see cref="Commit"/> drops the changes.
/// </summary>
public sealed class StoreTransaction : IQuadSink, IDisposable
{
    /// <inheritdoc/>
    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        throw new NotImplementedException();

    /// <summary>Removes one quad, if it is there.</summary>
    public void Remove(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        throw new NotImplementedException();

    /// <summary>Removes all quads of a graph, empty for the unnamed one. What is added to it afterwards replaces it in one step.</summary>
    public void Clear(ReadOnlySpan<byte> graph) => throw new NotImplementedException();

    /// <summary>Publishes the changes as one new snapshot and ends the transaction.</summary>
    public Snapshot Commit(CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
