using System.Collections.Immutable;
using CsvHelper;
using MuseumXtd.Server.OData.Writing;

namespace MuseumXtd.Server.OData.Tables;

/// <summary>Comma-separated values (RFC 4180) in UTF-8, without a byte order mark.</summary>
internal sealed class CsvTable(Stream output) : ITableWriter
{
    private readonly CsvWriter _csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);

    public ValueTask BeginAsync(ImmutableArray<string> columns, CancellationToken cancellation) => WriteAsync(columns.CastArray<object?>().AsMemory(), cancellation);

    public async ValueTask WriteAsync(ReadOnlyMemory<object?> row, CancellationToken cancellation)
    {
        for (var i = 0; i < row.Length; i++)
        {
            _csv.WriteField(row.Span[i] is { } value ? ValueJson.TextOf(value) : "");
        }

        await _csv.EndRecordAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await _csv.FlushAsync(cancellation).ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();
}
