using System.Collections.Immutable;
using System.IO.Pipelines;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Requests;
using MuseumXtd.Server.OData.Writing;

namespace MuseumXtd.Server.OData.Tables;

/// <summary>All entities or rows of a request as one table, written while they are read: a table has no pages.</summary>
/// <param name="request">What the request asks for.</param>
/// <param name="scope">Starts a budget: for finding the entities, then for each part of what is told of them.</param>
/// <param name="limits">How much may be asked for.</param>
internal sealed class TableAnswer(CollectionRequest request, Func<RequestScope> scope, ODataLimits limits)
{
    /// <summary>How many entities are read at a time.</summary>
    private const int Part = 500;

    /// <summary>How many rows a sheet of Excel has below its first.</summary>
    private const int MaxExcelRows = 1_048_575;

    /// <summary>The answer in a format, as a file to save.</summary>
    public ODataAnswer In(TableFormat format)
    {
        if (request.Shape is { HasSelections: true })
        {
            throw ODataRequestException.NotImplemented("A table of collections with options in $select", "$select");
        }

        var first = scope();
        var place = new PagePlace(null, request.Skip, (int)Math.Min(request.Top ?? int.MaxValue, int.MaxValue));
        var reader = new CollectionReader(first);
        var ids = request.Columns is null ? reader.Page(request, place).Ids : [];
        var rows = request.Columns is null ? [] : reader.Rows(request, place).Rows;
        if (format.Suffix == "xlsx" && Math.Max(ids.Length, rows.Count) > MaxExcelRows)
        {
            throw new ODataRequestException(400, $"A sheet of Excel has at most {MaxExcelRows} rows below its first. Ask for less with $top, or for text/csv.", "$format");
        }

        return new ODataAnswer
        {
            ContentType = format.Suffix == "csv" ? "text/csv;charset=utf-8;header=present" : format.MediaType,
            Headers = [("Content-Disposition", $"attachment; filename=\"{request.Target.Class.Set?.Name ?? "Resources"}.{format.Suffix}\"")],
            Body = (output, _, cancellation) => WriteAsync(format, ids, rows, output, cancellation),
        };
    }

    private async ValueTask WriteAsync(TableFormat format, uint[] ids, List<Term?[]> rows, PipeWriter output, CancellationToken cancellation)
    {
        var stream = output.AsStream(leaveOpen: true);
        var table = await format.Create(stream, cancellation).ConfigureAwait(false);
        await using (table.ConfigureAwait(false))
        {
            if (request.Columns is { } columns)
            {
                await WriteRowsAsync(table, columns.Select(c => string.Join('/', c.Path)), rows, cancellation).ConfigureAwait(false);
            }
            else
            {
                await WriteEntitiesAsync(table, ids, cancellation).ConfigureAwait(false);
            }

            await table.CompleteAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask WriteRowsAsync(ITableWriter table, IEnumerable<string> columns, List<Term?[]> rows, CancellationToken cancellation)
    {
        await table.BeginAsync([.. columns], cancellation).ConfigureAwait(false);
        foreach (var row in rows)
        {
            await table.WriteAsync(Array.ConvertAll(row, PropertyValues.Of), cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteEntitiesAsync(ITableWriter table, uint[] ids, CancellationToken cancellation)
    {
        // A list that ends without a word would be wrong, so expansions have no pages here.
        var whole = limits with { NestedPageSize = int.MaxValue };
        TableColumns? columns = null;
        object?[] cells = [];
        for (var start = 0; columns is null || start < ids.Length; start += Part)
        {
            var part = scope();
            if (columns is null)
            {
                columns = new TableColumns(request.Shape!, part.View, part.Languages);
                cells = new object?[columns.Names.Length];
                await table.BeginAsync(columns.Names, cancellation).ConfigureAwait(false);
            }

            var entities = Fill(new EntityRows(request.Shape!, ids[start..Math.Min(start + Part, ids.Length)]), part, whole);
            for (var row = 0; row < entities.Count; row++)
            {
                columns.Fill(entities, row, cells);
                await table.WriteAsync(cells, cancellation).ConfigureAwait(false);
            }
        }
    }

    private EntityRows Fill(EntityRows rows, RequestScope part, ODataLimits whole)
    {
        if (!rows.Shape.Computed.IsEmpty && rows.Count > 0)
        {
            rows.Computed = part.Compute(rows.Ids, rows.Shape.Class, request.Computed, rows.Shape.Computed, request.Aliases);
        }

        new Expander(part, whole, request.Aliases).Expand(rows);
        return rows;
    }
}
