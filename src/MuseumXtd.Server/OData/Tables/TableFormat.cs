namespace MuseumXtd.Server.OData.Tables;

/// <summary>A format for tables.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Suffix">The suffix of its files, which <c>$format</c> takes as well.</param>
/// <param name="Create">Makes a writer.</param>
internal sealed record TableFormat(string MediaType, string Suffix, Func<Stream, CancellationToken, ValueTask<ITableWriter>> Create)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TableFormat> All { get; } =
    [
        new("text/csv", "csv", (output, _) => ValueTask.FromResult<ITableWriter>(new CsvTable(output))),
        new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", ExcelTable.CreateAsync),
    ];

    /// <summary>The format of a media type or suffix, without parameters; null for others.</summary>
    public static TableFormat? Find(string name)
    {
        var bare = name.Split(';')[0].Trim();
        return All.FirstOrDefault(f => f.MediaType.Equals(bare, StringComparison.OrdinalIgnoreCase) || f.Suffix.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }
}
