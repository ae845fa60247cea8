using System.Runtime.CompilerServices;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// <c>SUM</c> and <c>AVG</c>. Each numeric type is summed on its own and the sums are added at the end, so that exact numbers stay exact as
/// long as they can and the result has the type that adding one by one would give. A value that is no number makes the group an error.
/// </summary>
internal sealed class SumAccumulator(CompiledExpression argument, bool distinct, bool isAverage, QueryTerms terms)
    : ValueAccumulator(argument, distinct)
{
    private Int128[] _integers = [];
    private long[] _counts = [];
    private Sums[] _others = [];

    /// <inheritdoc/>
    public override long Bytes =>
        base.Bytes + (3L * sizeof(long) * _integers.Length) + (_others.Length * (long)Unsafe.SizeOf<Sums>());

    /// <inheritdoc/>
    public override TermId Result(int group)
    {
        if (group >= _counts.Length || _counts[group] == 0)
        {
            return Integer(0, terms);
        }

        var sum = Value.Of(_integers[group]);
        if (group < _others.Length)
        {
            sum = _others[group].AddTo(sum);
        }

        return (isAverage ? Arithmetic.Divide(sum, Value.Of((Int128)_counts[group])) : sum).ToId(terms);
    }

    /// <inheritdoc/>
    protected override void Reserve(int groupCount)
    {
        Reserve(ref _integers, groupCount);
        Reserve(ref _counts, groupCount);
    }

    /// <inheritdoc/>
    protected override void Add(ReadOnlySpan<uint> ids, ReadOnlySpan<int> groups, long[]? weights)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            var id = new TermId(ids[i]);
            var group = groups[i];
            var weight = weights is null ? 1 : weights[i];
            _counts[group] += weight;
            if (id.Tag == TermTag.InlineInteger)
            {
                _integers[group] += (Int128)InlineValue.Integer(id) * weight;
            }
            else
            {
                Reserve(ref _others, _counts.Length);
                _others[group].Add(Value.Read(id, terms), weight);
            }
        }
    }

    private struct Sums
    {
        private Int128 _integer;
        private decimal _decimal;
        private double _double;
        private float _float;
        private bool _hasDecimal;
        private bool _hasDouble;
        private bool _hasFloat;
        private bool _isError;

        public void Add(scoped in Value value, long weight)
        {
            try
            {
                switch (value.Kind)
                {
                    case ValueKind.Integer:
                        _integer = checked(_integer + (value.AsInteger * weight));
                        break;
                    case ValueKind.Decimal:
                        _decimal += value.AsDecimal * weight;
                        _hasDecimal = true;
                        break;
                    case ValueKind.Float:
                        _float += (float)value.AsDouble * weight;
                        _hasFloat = true;
                        break;
                    case ValueKind.Double:
                        _double += value.AsDouble * weight;
                        _hasDouble = true;
                        break;
                    default:
                        _isError = true;
                        break;
                }
            }
            catch (OverflowException)
            {
                _isError = true;
            }
        }

        public readonly Value AddTo(Value sum)
        {
            sum = Arithmetic.Add(sum, Value.Of(_integer));
            sum = _hasDecimal ? Arithmetic.Add(sum, Value.Of(_decimal)) : sum;
            sum = _hasFloat ? Arithmetic.Add(sum, Value.Of(_float)) : sum;
            sum = _hasDouble ? Arithmetic.Add(sum, Value.Of(_double)) : sum;
            return _isError ? Value.Error : sum;
        }
    }
}
