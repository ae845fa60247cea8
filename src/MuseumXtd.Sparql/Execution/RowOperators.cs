using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Sparql.Optimisation;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Keeps the rows for which a condition is true.</summary>
internal sealed class FilterRows(Operator input, Expression condition)
    : Operator(input.Context, input.Schema, input.Certain, input)
{
    private readonly CompiledExpression _condition = ExpressionCompiler.Compile(condition, input.Schema, input.Context.Expressions);
    private readonly uint[] _selected = input.Context.NewBatch(1).Columns[0];
    private readonly Batch _output = input.Context.NewBatch(input.Schema.Width);

    /// <inheritdoc/>
    public override string Details => AlgebraText.Of(condition);

    /// <inheritdoc/>
    public override bool IsRowwise => Certainty.IsRowwise(condition);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new FilterRows(to.Of(input), condition);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        var selected = MemoryMarshal.Cast<uint, int>(_selected.AsSpan());
        while (input.Next() is { } batch)
        {
            var kept = _condition.Select(batch, selected);
            if (kept == batch.Count)
            {
                return batch;
            }

            if (kept > 0)
            {
                for (var i = 0; i < _output.Columns.Length; i++)
                {
                    var (from, to) = (batch.Columns[i], _output.Columns[i]);
                    for (var row = 0; row < kept; row++)
                    {
                        to[row] = from[selected[row]];
                    }
                }

                _output.Count = kept;
                return _output;
            }
        }

        return null;
    }
}

/// <summary>Adds a column with the values of an expression; an error leaves it unbound.</summary>
internal sealed class ExtendRows(Operator input, Variable variable, Expression expression)
    : Operator(input.Context, new Schema([.. input.Schema.Variables.Where(v => v != variable), variable]), input.Certain, input)
{
    private readonly CompiledExpression _expression = ExpressionCompiler.Compile(expression, input.Schema, input.Context.Expressions);
    private readonly uint[] _values = input.Context.NewColumn();

    /// <inheritdoc/>
    public override string Details => $"{variable} = {AlgebraText.Of(expression)}";

    /// <inheritdoc/>
    public override bool IsRowwise => Certainty.IsRowwise(expression);

    /// <inheritdoc/>
    public override double WorkFor(double rows) => WorkInProportion(rows);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new ExtendRows(to.Of(input), variable, expression);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (input.Next() is not { } batch)
        {
            return null;
        }

        _expression.EvaluateAll(batch, _values.AsSpan(0, batch.Count));
        var columns = new uint[Schema.Width][];
        for (var i = 0; i < columns.Length - 1; i++)
        {
            columns[i] = batch.Columns[input.Schema.SlotOf(Schema.Variables[i])];
        }

        columns[^1] = _values;
        return new Batch(columns, batch.Count);
    }
}

/// <summary>The columns asked for, in their order; a variable that the input lacks is unbound.</summary>
internal sealed class ProjectColumns(Operator input, Schema schema)
    : Operator(input.Context, schema, new VariableSet(input.Certain.Where(v => schema.SlotOf(v) >= 0)), input)
{
    private readonly uint[] _unbound = schema.Variables.All(v => input.Schema.SlotOf(v) >= 0) ? [] : input.Context.NewColumn();
    private readonly int[] _slots = [.. schema.Variables.Select(input.Schema.SlotOf)];

    public ProjectColumns(Operator input, ImmutableArray<Variable> variables)
        : this(input, new Schema(variables))
    {
    }

    /// <inheritdoc/>
    public override string Details => string.Join(' ', Schema.Variables);

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override double WorkFor(double rows) => WorkInProportion(rows);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new ProjectColumns(to.Of(input), Schema);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (input.Next() is not { } batch)
        {
            return null;
        }

        var columns = new uint[_slots.Length][];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = _slots[i] < 0 ? _unbound : batch.Columns[_slots[i]];
        }

        return new Batch(columns, batch.Count);
    }
}

/// <summary>Rows of VALUES.</summary>
internal sealed class ValueRows : Operator
{
    private readonly uint[][] _rows;
    private readonly Batch _output;
    private int _next;

    public ValueRows(QueryContext context, Values values)
        : base(context, new Schema(values.Variables), new VariableSet(values.Variables.Where((_, i) => values.Rows.All(r => r[i] is not null))))
    {
        _rows = [.. values.Rows.Select(r => r.Select((Term? t) => t is null ? 0 : context.Terms.Intern(t).Value).ToArray())];
        _output = Context.NewBatch(Schema.Width);
        Estimate = _rows.Length;
    }

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _output.Count = Math.Min(Context.BatchRows, _rows.Length - _next);
        for (var row = 0; row < _output.Count; row++)
        {
            for (var i = 0; i < _output.Columns.Length; i++)
            {
                _output.Columns[i][row] = _rows[_next + row][i];
            }
        }

        _next += _output.Count;
        return _output.Count == 0 ? null : _output;
    }
}

/// <summary>Sends each batch of its input through several pipelines and gives out what comes out of all of them.</summary>
internal sealed class SeededUnion(Operator input, IReadOnlyList<Seed> seeds, UnionRows pipelines)
    : Operator(
        input.Context,
        new Schema([.. input.Schema.Variables.Concat(pipelines.Schema.Variables.Where(v => v != Seed.RowNumber)).Distinct()]),
        pipelines.Certain,
        input,
        pipelines)
{
    private Batch? _rows;

    /// <inheritdoc/>
    public override bool IsRowwise => pipelines.Children.All(IsRowwiseFromSeed);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new SeededUnion(to.Of(input), [.. seeds.Select(to.Of)], (UnionRows)to.Of((Operator)pipelines));

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        while (true)
        {
            if (_rows is null)
            {
                _rows = input.Next();
                if (_rows is null)
                {
                    return null;
                }

                foreach (var seed in seeds)
                {
                    seed.Fill(_rows, input.Schema);
                }
            }

            if (pipelines.Next() is { } batch)
            {
                var numbers = batch.Columns[pipelines.Schema.SlotOf(Seed.RowNumber)];
                var columns = new uint[Schema.Width][];
                for (var i = 0; i < columns.Length; i++)
                {
                    columns[i] = Schema.Variables[i] == Seed.RowNumber
                        ? OuterNumbers(numbers, batch.Count)
                        : batch.Columns[pipelines.Schema.SlotOf(Schema.Variables[i])];
                }

                return new Batch(columns, batch.Count);
            }

            _rows = null;
        }
    }

    private uint[] OuterNumbers(uint[] numbers, int count)
    {
        var outer = _rows!.Columns[input.Schema.SlotOf(Seed.RowNumber)];
        var result = new uint[Batch.Capacity];
        for (var i = 0; i < count; i++)
        {
            result[i] = outer[numbers[i]];
        }

        return result;
    }
}

/// <summary>Skips rows and ends after a number of them.</summary>
internal sealed class SliceRows(Operator input, long offset, long? limit) : Operator(input.Context, input.Schema, input.Certain, input)
{
    private readonly Batch _output = input.Context.NewBatch(input.Schema.Width);
    private long _skip = offset;
    private readonly double _last = offset + (limit ?? double.PositiveInfinity);
    private long _left = limit ?? long.MaxValue;

    /// <inheritdoc/>
    public override string Details { get; } = $"offset {offset} limit {limit}";

    /// <inheritdoc/>
    public override double WorkFor(double rows) => Estimate + input.WorkFor(_last);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        while (_left > 0 && input.Next() is { } batch)
        {
            var from = (int)Math.Min(_skip, batch.Count);
            _skip -= from;
            var count = (int)Math.Min(batch.Count - from, _left);
            if (count == 0)
            {
                continue;
            }

            _left -= count;
            for (var i = 0; i < _output.Columns.Length; i++)
            {
                batch.Columns[i].AsSpan(from, count).CopyTo(_output.Columns[i]);
            }

            _output.Count = count;
            if (_left == 0)
            {
                input.End();
            }

            return _output;
        }

        return null;
    }
}

/// <summary>Each row once.</summary>
internal sealed class DistinctRowsOperator(Operator input) : Operator(input.Context, input.Schema, input.Certain, input)
{
    private readonly Batch _output = input.Context.NewBatch(input.Schema.Width);
    private RowTable? _seen;

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _seen ??= new RowTable(Schema.Width, Schema.Width, this);
        Span<uint> values = Schema.Width <= Few ? stackalloc uint[Schema.Width] : new uint[Schema.Width];
        while (input.Next() is { } batch)
        {
            var before = _seen.Bytes;
            _output.Count = 0;
            for (var row = 0; row < batch.Count; row++)
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = batch.Columns[i][row];
                }

                _seen.GetOrAdd(values, out var added);
                if (added)
                {
                    for (var i = 0; i < values.Length; i++)
                    {
                        _output.Columns[i][_output.Count] = values[i];
                    }

                    _output.Count++;
                }
            }

            Context.Charge(_seen.Bytes - before, this);
            if (_output.Count > 0)
            {
                return _output;
            }
        }

        return null;
    }
}

/// <summary>The names of the named graphs.</summary>
internal sealed class GraphNameRows(QueryContext context, Variable name)
    : Operator(context, new Schema([name]), new VariableSet(name))
{
    private readonly uint[] _names = context.Dataset.Names();
    private readonly Batch _output = context.NewBatch(1);
    private int _next;

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _output.Count = Math.Min(Context.BatchRows, _names.Length - _next);
        _names.AsSpan(_next, _output.Count).CopyTo(_output.Columns[0]);
        _next += _output.Count;
        return _output.Count == 0 ? null : _output;
    }
}
