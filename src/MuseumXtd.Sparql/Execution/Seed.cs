using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Where a pipeline begins: one row without columns, or rows that an operator puts in, batch by batch, with their row numbers in a
/// hidden column that comes last.
/// </summary>
internal sealed class Seed : Operator
{
    /// <summary>The hidden column of row numbers.</summary>
    public static readonly Variable RowNumber = new(".row");

    private Batch? _batch;
    private readonly uint[] _numbers;

    private Seed(QueryContext context, Schema schema, VariableSet certain)
        : base(context, schema, certain)
    {
        // Not only when it is filled: a plan gives back what it took when it was made.
        _numbers = schema.SlotOf(RowNumber) < 0 ? [] : NumbersFromZero();
    }

    /// <summary>One empty row, once.</summary>
    public static Seed Unit(QueryContext context) =>
        new(context, Schema.Empty, VariableSet.Empty) { _batch = new Batch([], 1), Estimate = 1 };

    /// <summary>A seed for rows of a schema.</summary>
    public static Seed For(QueryContext context, Schema schema, VariableSet certain) =>
        new(context, new Schema([.. schema.Variables.Where(v => v != RowNumber), RowNumber]), certain) { Estimate = Batch.Capacity };

    /// <summary>Puts the rows of a batch in, numbered from 0. The columns are those of the seed's schema without the last.</summary>
    public void Fill(Batch batch, Schema schema)
    {
        var columns = ImmutableArray.CreateBuilder<uint[]>(Schema.Width);
        foreach (var variable in Schema.Variables)
        {
            columns.Add(variable == RowNumber ? _numbers : batch.Columns[schema.SlotOf(variable)]);
        }

        _batch = new Batch([.. columns], batch.Count);
    }

    private uint[] NumbersFromZero()
    {
        var numbers = Context.NewColumn();
        for (var row = 0; row < numbers.Length; row++)
        {
            numbers[row] = (uint)row;
        }

        return numbers;
    }

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new Seed(to.Context, Schema, Certain);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        var batch = _batch;
        _batch = null;
        return batch;
    }
}
