using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Expressions;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Groups rows by their keys and works out aggregates, all groups at once.</summary>
internal sealed class GroupRows : Operator
{
    private readonly Operator _input;
    private readonly CompiledExpression[] _keys;
    private readonly Accumulator[] _accumulators;
    private readonly RowTable _groups;
    private readonly Batch _output;
    private readonly uint[][] _values;
    private bool _read;
    private int _next;

    public GroupRows(Operator input, Group group)
        : base(
            input.Context,
            new Schema([.. group.Keys.Select(k => k.Variable).Concat(group.Aggregates.Select(a => a.Variable))]),
            new VariableSet(group.Keys.Where(k => k.Expression is VariableExpression v && input.Certain.Contains(v.Variable)).Select(k => k.Variable)),
            input)
    {
        _input = input;
        var expressions = input.Context.Expressions;
        _keys = [.. group.Keys.Select(k => ExpressionCompiler.Compile(k.Expression, input.Schema, expressions))];
        _accumulators = [.. group.Aggregates.Select(a => Accumulator.Create(a.Aggregate, input.Schema, expressions))];
        _groups = new RowTable(_keys.Length, _keys.Length, this);
        _output = Context.NewBatch(Schema.Width);
        _values = [.. _keys.Select(_ => Context.NewColumn())];
    }

    /// <inheritdoc/>
    public override string Details => string.Join(' ', Schema.Variables);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (!_read)
        {
            Read();
            _read = true;
        }

        _output.Count = Math.Min(Context.BatchRows, _groups.Count - _next);
        for (var row = 0; row < _output.Count; row++)
        {
            var group = _next + row;
            for (var i = 0; i < _keys.Length; i++)
            {
                _output.Columns[i][row] = _groups[i, group];
            }

            for (var i = 0; i < _accumulators.Length; i++)
            {
                _output.Columns[_keys.Length + i][row] = _accumulators[i].Result(group).Value;
            }
        }

        _next += _output.Count;
        return _output.Count == 0 ? null : _output;
    }

    private void Read()
    {
        if (_keys.Length == 0)
        {
            _groups.Append([]);
        }

        var numbers = new int[Batch.Capacity];
        var values = _values;
        Span<uint> key = _keys.Length <= Few ? stackalloc uint[_keys.Length] : new uint[_keys.Length];
        long held = 0;
        while (_input.Next() is { } batch)
        {
            for (var i = 0; i < _keys.Length; i++)
            {
                _keys[i].EvaluateAll(batch, values[i].AsSpan(0, batch.Count));
            }

            for (var row = 0; row < batch.Count && _keys.Length > 0; row++)
            {
                for (var i = 0; i < key.Length; i++)
                {
                    key[i] = values[i][row];
                }

                numbers[row] = _groups.GetOrAdd(key, out _);
            }

            foreach (var accumulator in _accumulators)
            {
                accumulator.Add(batch, numbers.AsSpan(0, batch.Count), _groups.Count);
            }

            var now = _groups.Bytes + _accumulators.Sum(a => a.Bytes);
            Context.Charge(now - held, this);
            held = now;
        }
    }
}

/// <summary>COUNT(*) of one pattern, read off the index.</summary>
internal sealed class IndexCount(QueryContext context, Variable variable, long count)
    : Operator(context, new Schema([variable]), new VariableSet(variable))
{
    private bool _done;

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (_done)
        {
            return null;
        }

        _done = true;
        var id = Value.Of((Int128)count).ToId(Context.Terms);
        return new Batch([[id.Value]], 1);
    }
}

/// <summary>COUNT(*) of all rows, which their operator may know without making them.</summary>
internal sealed class RowCount(Operator input, Variable variable)
    : Operator(input.Context, new Schema([variable]), new VariableSet(variable), input)
{
    private bool _done;

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        if (_done)
        {
            return null;
        }

        _done = true;
        return new Batch([[Value.Of((Int128)input.CountRows()).ToId(Context.Terms).Value]], 1);
    }
}
