using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Store.Documents;

/// <summary>Snapshots as sorted documents: the bytes that <see cref="SortedWriter"/> gives for the same statements, without collecting them.</summary>
public static class SnapshotDocument
{
    /// <summary>Writes all graphs of a snapshot, in a syntax without graphs their union.</summary>
    /// <param name="snapshot">What is to be written.</param>
    /// <param name="output">Where to.</param>
    /// <param name="format">The syntax.</param>
    /// <param name="options">How to write.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RdfWriteException">The syntax cannot say it.</exception>
    public static void Write(Snapshot snapshot, Stream output, RdfFormat format, WriterOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(format);
        using var rows = SnapshotRows.Of(snapshot, format.SupportsDatasets, Omissions.None, cancellation);
        rows.WriteTo(output, format, options);
    }
}
