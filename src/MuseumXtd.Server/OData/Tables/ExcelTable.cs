using System.Collections.Immutable;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace MuseumXtd.Server.OData.Tables;

/// <summary>A workbook for Excel (Office Open XML) with one sheet: a bold first row that stays, numbers and dates as such.</summary>
internal sealed class ExcelTable : ITableWriter
{
    /// <summary>What a cell can hold (Excel's own limit).</summary>
    private const int MaxCellLength = 32_767;

    private readonly Spreadsheet _workbook;
    private readonly StyleId _bold;
    private readonly StyleId _date;

    private ExcelTable(Spreadsheet workbook)
    {
        _workbook = workbook;
        _bold = workbook.AddStyle(new Style { Font = { Bold = true } });
        _date = workbook.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd") });
    }

    public static async ValueTask<ITableWriter> CreateAsync(Stream output, CancellationToken cancellation) =>
        new ExcelTable(await Spreadsheet.CreateNewAsync(output, cancellationToken: cancellation).ConfigureAwait(false));

    public async ValueTask BeginAsync(ImmutableArray<string> columns, CancellationToken cancellation)
    {
        await _workbook.StartWorksheetAsync("Data", new WorksheetOptions { FrozenRows = 1 }, cancellation).ConfigureAwait(false);
        await _workbook.AddRowAsync([.. columns.Select(c => new Cell(c, _bold))], cancellation).ConfigureAwait(false);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<object?> row, CancellationToken cancellation)
    {
        var cells = new Cell[row.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = CellOf(row.Span[i]);
        }

        return _workbook.AddRowAsync(cells, cancellation);
    }

    public ValueTask CompleteAsync(CancellationToken cancellation) => _workbook.FinishAsync(cancellation);

    public ValueTask DisposeAsync() => _workbook.DisposeAsync();

    private Cell CellOf(object? value) => value switch
    {
        null => default,
        bool flag => new Cell(flag),
        // A number of Excel has 15 digits: longer ones stay exact as text.
        long number => Math.Abs((double)number) < 1e15 ? new Cell(number) : new Cell(Writing.ValueJson.TextOf(number)),
        decimal number => Math.Abs(number) < 1_000_000_000_000_000m ? new Cell(number) : new Cell(Writing.ValueJson.TextOf(number)),
        double number when double.IsFinite(number) => new Cell(number),
        float number when float.IsFinite(number) => new Cell(number),
        // Excel knows no day before 1900.
        DateOnly { Year: >= 1900 } date => new Cell(date.ToDateTime(default), _date),
        _ => new Cell(Shortened(Writing.ValueJson.TextOf(value))),
    };

    private static string Shortened(string text) => text.Length <= MaxCellLength ? text : string.Concat(text.AsSpan(0, MaxCellLength - 1), "…");
}
