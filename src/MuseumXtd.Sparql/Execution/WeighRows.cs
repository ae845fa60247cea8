using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Keeps the rows that can be completed by the parts of the pattern that hang on their variables, and tells in how many ways. So what
/// nobody asks for by name is counted instead of joined.
/// </summary>
internal sealed class WeighRows : Operator
{
    private readonly Operator _input;
    private readonly (int Slot, WeightTree Tree)[] _trees;
    private readonly bool _anyWillDo;
    private readonly Batch _output;

    /// <summary>Weighs rows.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="trees">What hangs on which variable; the input binds them all.</param>
    /// <param name="anyWillDo">Whether it only matters that there is a completion: then each row stands for itself.</param>
    public WeighRows(Operator input, IReadOnlyList<(Variable Variable, WeightTree Tree)> trees, bool anyWillDo)
        : base(input.Context, input.Schema, input.Certain, input)
    {
        _input = input;
        _trees = [.. trees.Select(t => (input.Schema.SlotOf(t.Variable), t.Tree))];
        _anyWillDo = anyWillDo;
        _output = Context.NewBatch(Schema.Width, anyWillDo ? null : new long[Batch.Capacity]);
    }

    /// <inheritdoc/>
    public override string Details => (_anyWillDo ? "exists by " : "ways by ") + string.Join(' ', _trees.Select(t => Schema.Variables[t.Slot]));

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new WeighRows(to.Of(_input), [.. _trees.Select(t => (Schema.Variables[t.Slot], t.Tree.CopyFor(to.Context)))], _anyWillDo);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        while (_input.Next() is { } rows)
        {
            _output.Count = 0;
            for (var row = 0; row < rows.Count; row++)
            {
                var ways = WaysOf(rows, row);
                if (ways == 0)
                {
                    continue;
                }

                var at = _output.Count++;
                for (var i = 0; i < rows.Columns.Length; i++)
                {
                    _output.Columns[i][at] = rows.Columns[i][row];
                }

                if (_output.Weights is { } weights)
                {
                    weights[at] = ways;
                }
            }

            if (_output.Count > 0)
            {
                return _output;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override long CountPulled()
    {
        long count = 0;
        while (_input.Next() is { } rows)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                count = checked(count + WaysOf(rows, row));
            }
        }

        return count;
    }

    private long WaysOf(Batch rows, int row)
    {
        long ways = 1;
        try
        {
            foreach (var (slot, tree) in _trees)
            {
                ways = checked(ways * tree.Of(rows.Columns[slot][row], _anyWillDo, this));
                if (ways == 0)
                {
                    break;
                }
            }
        }
        catch (OverflowException)
        {
            throw new QueryBudgetException("rows", "The query has more solutions than can be counted.");
        }

        return ways;
    }
}
