using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Sorts rows, stably. With a limit it keeps only as many as can still be among the first: memory stays small, however many come.
/// A number that stands for the first key decides most comparisons; terms are read only where it does not.
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
    private readonly uint[][] _values;
    private ulong[] _first = new ulong[64];
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
        _rows = new RowTable(input.Schema.Width + _keys.Length, 0, this);
        _order = new TermOrder(input.Context.Terms);
        _output = Context.NewBatch(Schema.Width);
        _values = [.. _keys.Select(_ => Context.NewColumn())];
    }

    /// <inheritdoc/>
    public override string Details => _limit is null ? "all" : $"top {_limit}";

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _sorted ??= Read();
        _output.Count = Math.Min(Context.BatchRows, _sorted.Length - _next);
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
        // Rows are sorted out when there are several times as many as wanted; after that most new rows are seen to come too late at once.
        const int Enough = 1024;
        var wanted = _limit is null ? int.MaxValue : (int)Math.Min(_limit.Value, int.MaxValue / 8);
        var most = _limit is null ? int.MaxValue : Math.Max(4 * wanted, Enough);
        var (last, kept) = (ulong.MaxValue, 0);
        var values = _values;
        var isLate = _limit is not null && _keys.Length > 0 && _keys[0] is not (ColumnExpression or ConstantExpression);
        Span<uint> row = Schema.Width + _keys.Length <= Few ? stackalloc uint[Schema.Width + _keys.Length] : new uint[Schema.Width + _keys.Length];
        while (_input.Next() is { } batch)
        {
            for (var i = isLate ? 1 : 0; i < _keys.Length; i++)
            {
                _keys[i].EvaluateAll(batch, values[i].AsSpan(0, batch.Count));
            }

            var before = Bytes;
            for (var r = 0; r < batch.Count; r++)
            {
                ulong first = 0;
                if (isLate)
                {
                    // A computed value becomes a term only where its row may be among the first.
                    var value = _keys[0].Evaluate(batch, r);
                    first = NumberOf(TermOrder.Key(value));
                    if (first > last)
                    {
                        continue;
                    }

                    values[0][r] = value.ToId(Context.Terms).Value;
                }
                else if (_keys.Length > 0)
                {
                    first = NumberOf(_order.Key(new TermId(values[0][r])));
                }

                if (first > last || (first == last && kept > 0 && !IsBefore(values, r, kept - 1)))
                {
                    continue;
                }

                for (var i = 0; i < Schema.Width; i++)
                {
                    row[i] = batch.Columns[i][r];
                }

                for (var i = 0; i < _keys.Length; i++)
                {
                    row[Schema.Width + i] = values[i][r];
                }

                if (_rows.Count == _first.Length)
                {
                    Array.Resize(ref _first, 2 * _first.Length);
                }

                _first[_rows.Count] = first;
                _rows.Append(row);
                if (_rows.Count > most && wanted > 0)
                {
                    last = Keep(Sort().AsSpan(0, wanted));
                    kept = wanted;
                }
            }

            Context.Charge(Bytes - before, this);
        }

        var sorted = Sort();
        return sorted.Length > wanted ? sorted[..wanted] : sorted;
    }

    /// <summary>The platform's sort wraps what a comparison throws: the end of a query is to come out as itself.</summary>
    private static void SortByTerms(Span<int> rows, Comparison<int> comparison)
    {
        try
        {
            rows.Sort(comparison);
        }
        catch (InvalidOperationException e) when (e.InnerException is QueryBudgetException or OperationCanceledException)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }

    private long Bytes => _rows.Bytes + (_first.Length * (long)sizeof(ulong));

    /// <summary>A number that sorts as the first key does, as far as it goes.</summary>
    private ulong NumberOf(ulong key) => _descending[0] ? ~key : key;

    /// <summary>Whether a row that comes now sorts before one that is kept. Where they are equal it does not: it came later.</summary>
    private bool IsBefore(uint[][] values, int row, int kept)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            var order = _order.Compare(new TermId(values[i][row]), new TermId(_rows[Schema.Width + i, kept]));
            if (order != 0)
            {
                return _descending[i] ? order > 0 : order < 0;
            }
        }

        return false;
    }

    /// <summary>Forgets all rows but these; the number of the last one of them.</summary>
    private ulong Keep(ReadOnlySpan<int> rows)
    {
        var kept = new ulong[_first.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            kept[i] = _first[rows[i]];
        }

        _first = kept;
        _rows.Keep(rows);
        return kept[rows.Length - 1];
    }

    /// <summary>The rows in order: by the number of the first key, and where that is the same by the terms, and then as they came.</summary>
    private int[] Sort()
    {
        var rows = Enumerable.Range(0, _rows.Count).ToArray();
        var first = _first.AsSpan(0, rows.Length).ToArray();
        BlockSort.Sort(first, rows, this);
        var compared = 0;
        Comparison<int> byTerms = (x, y) =>
        {
            if ((++compared & 0xFFFF) == 0)
            {
                Context.Check(this);
            }

            for (var i = 0; i < _keys.Length; i++)
            {
                var order = _order.Compare(new TermId(_rows[Schema.Width + i, x]), new TermId(_rows[Schema.Width + i, y]));
                if (order != 0)
                {
                    return _descending[i] ? -order : order;
                }
            }

            return x.CompareTo(y);
        };
        for (var start = 0; start < rows.Length;)
        {
            var end = start + 1;
            while (end < rows.Length && first[end] == first[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                SortByTerms(rows.AsSpan(start, end - start), byTerms);
            }

            start = end;
        }

        return rows;
    }
}
