using System.Collections.Immutable;

namespace MuseumXtd.Server.OData.Tables;

/// <summary>Writes a table to a stream, row after row.</summary>
internal interface ITableWriter : IAsyncDisposable
{
    /// <summary>Writes the names of the columns.</summary>
    ValueTask BeginAsync(ImmutableArray<string> columns, CancellationToken cancellation);

    /// <summary>Writes a row: text, numbers, truth values, dates and times, or null for an empty cell.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<object?> row, CancellationToken cancellation);

    /// <summary>Ends the table; without it what was written is no whole file.</summary>
    ValueTask CompleteAsync(CancellationToken cancellation);
}
