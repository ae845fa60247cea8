using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Sorts rows, stably. With a limit it keeps only as many as can still be among the first: memory stays small, however many come.
/// </summary>
internal sealed class SortRows : Operator
{
    private readonly Operator _input;
    private readonly CompiledExpression[] _keys;
    private readonly bool[] _descending;
    private readonly long? _limit;
    private readonly RowTable _rows;
    private readonly TermOrder _order;
    private readonly Batch _output;
    private int[]? _sorted;
    private int _next;

    /// <summary>A sort.</summary>
    /// <param name="input">What is sorted.</param>
    /// <param name="conditions">By what.</param>
    /// <param name="limit">How many of the first rows are wanted; null for all.</param>
    public SortRows(Operator input, ImmutableArray<OrderCondition> conditions, long? limit)
        : base(input.Context, input.Schema, input.Certain, input)
    {
        _input = input;
        _keys = [.. conditions.Select(c => ExpressionCompiler.Compile(c.Expression, input.Schema, input.Context.Expressions))];
        _descending = [.. conditions.Select(c => c.Descending)];
        _limit = limit;
        _rows = new RowTable(input.Schema.Width + _keys.Length, 0);
        _order = new TermOrder(input.Context.Terms);
        _output = new Batch(Schema.Width);
    }

    /// <inheritdoc/>
    public override string Details => _limit is null ? "all" : $"top {_limit}";

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _sorted ??= Read();
        _output.Count = Math.Min(Batch.Capacity, _sorted.Length - _next);
        for (var row = 0; row < _output.Count; row++)
        {
            for (var i = 0; i < Schema.Width; i++)
            {
                _output.Columns[i][row] = _rows[i, _sorted[_next + row]];
            }
        }

        _next += _output.Count;
        return _output.Count == 0 ? null : _output;
    }

    private int[] Read()
    {
        var wanted = _limit is null ? int.MaxValue : (int)Math.Min(_limit.Value, int.MaxValue / 8);
        var most = _limit is null ? int.MaxValue : Math.Max(4 * wanted, 4 * Batch.Capacity);
        var values = new uint[_keys.Length][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new uint[Batch.Capacity];
        }

        Span<uint> row = stackalloc uint[Schema.Width + _keys.Length];
        while (_input.Next() is { } batch)
        {
            for (var i = 0; i < _keys.Length; i++)
            {
                _keys[i].EvaluateAll(batch, values[i].AsSpan(0, batch.Count));
            }

            var before = _rows.Bytes;
            for (var r = 0; r < batch.Count; r++)
            {
                for (var i = 0; i < Schema.Width; i++)
                {
                    row[i] = batch.Columns[i][r];
                }

                for (var i = 0; i < _keys.Length; i++)
                {
                    row[Schema.Width + i] = values[i][r];
                }

                _rows.Append(row);
            }

            if (_rows.Count > most)
            {
                _rows.Keep(Sort().AsSpan(0, wanted));
            }

            Context.Charge(_rows.Bytes - before, this);
        }

        var sorted = Sort();
        return sorted.Length > wanted ? sorted[..wanted] : sorted;
    }

    private int[] Sort()
    {
        var rows = Enumerable.Range(0, _rows.Count).ToArray();
        if (_keys.Length == 0)
        {
            return rows;
        }

        // The number that stands for the first key decides most comparisons; terms are read only where it does not.
        var first = new ulong[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            first[i] = _order.Key(new TermId(_rows[Schema.Width, i]));
        }

        var compared = 0;
        Array.Sort(rows, (x, y) =>
        {
            if ((++compared & 0xFFFF) == 0)
            {
                Context.Check(this);
            }

            var order = first[x].CompareTo(first[y]);
            if (order != 0)
            {
                return _descending[0] ? -order : order;
            }

            for (var i = 0; i < _keys.Length; i++)
            {
                order = _order.Compare(new TermId(_rows[Schema.Width + i, x]), new TermId(_rows[Schema.Width + i, y]));
                if (order != 0)
                {
                    return _descending[i] ? -order : order;
                }
            }

            return x.CompareTo(y);
        });
        return rows;
    }
}
