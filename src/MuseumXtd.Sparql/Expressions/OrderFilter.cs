using System.Runtime.CompilerServices;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// <c>&lt;</c>, <c>&gt;</c>, <c>&lt;=</c> or <c>&gt;=</c> of a column and a constant. For inline ids, which sort as their values, it is one
/// range of ids; for other numbers their doubles decide, unless they are so near that rounding could matter; for times the values that the
/// dictionary worked out when it took them in.
/// </summary>
internal sealed class OrderFilter : CompiledExpression
{
    // A float, the least precise type that a comparison may be made in, has 24 bits; twice its rounding error is near.
    private const double Near = 1.0 / (1 << 22);

    // Beyond this an exact number may have too many digits to be read as one.
    private const double Largest = 1e28;

    private readonly int _slot;
    private readonly Accepted _accepted;
    private readonly CompiledExpression _general;
    private readonly uint _firstInteger;
    private readonly uint _integers;
    private readonly uint _firstDate;
    private readonly uint _dates;
    private readonly double _number;
    private readonly double _margin;
    private readonly bool _isNumber;
    private readonly ValueKind _kind;
    private readonly bool _isDateTime;
    private readonly XsdDateTime _time;

    /// <summary>A filter in place of a general expression.</summary>
    public OrderFilter(int slot, ConstantExpression constant, Accepted accepted, CompiledExpression general, QueryTerms terms)
        : base(terms)
    {
        _slot = slot;
        _accepted = accepted;
        _general = general;
        var value = constant.Value;
        _kind = Comparison.ClassOf(value.Kind);
        if (value.IsNumeric)
        {
            (_firstInteger, _integers) = InlineIds(constant, accepted, TermTag.InlineInteger, terms);
            _number = Comparison.ToDouble(value);
            _margin = Math.Abs(_number) * Near;
            _isNumber = double.IsFinite(_number);
        }
        else if (_kind == ValueKind.DateTime)
        {
            (_firstDate, _dates) = InlineIds(constant, accepted, TermTag.InlineDate, terms);
            _isDateTime = Comparison.PrimitiveOf(value.Datatype) == XsdDatatype.DateTime;
            _time = value.AsDateTime;
        }
    }

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => _general.Evaluate(batch, row);

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row) => _general.Test(batch, row);

    /// <inheritdoc/>
    public override int Narrow(Batch batch, Span<int> selected, int count)
    {
        var ids = batch.Columns[_slot];
        var (firstInteger, integers, firstDate, dates) = (_firstInteger, _integers, _firstDate, _dates);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var row = selected[i];
            var id = new TermId(ids[row]);
            selected[kept] = row;
            if (id.Tag is TermTag.InlineInteger or TermTag.InlineDate)
            {
                // Without a branch: whether a row is kept cannot be foretold.
                var isInteger = id.Tag == TermTag.InlineInteger;
                kept += Unsafe.BitCast<bool, byte>(id.Value - (isInteger ? firstInteger : firstDate) < (isInteger ? integers : dates));
                continue;
            }

            switch (id.Tag)
            {
                case TermTag.Numeric:
                    kept += _kind == ValueKind.Integer && IsAccepted(batch, row, id) ? 1 : 0;
                    break;
                case TermTag.Local or TermTag.OtherLiteral:
                    kept += _general.Test(batch, row) == Truth.True ? 1 : 0;
                    break;
                case TermTag.String:
                    kept += _kind == ValueKind.String && _general.Test(batch, row) == Truth.True ? 1 : 0;
                    break;
                case TermTag.InlineBoolean:
                    kept += _kind == ValueKind.Boolean && _general.Test(batch, row) == Truth.True ? 1 : 0;
                    break;
                case TermTag.Temporal:
                    kept += _kind is ValueKind.DateTime or ValueKind.Duration && IsAcceptedTime(batch, row, id) ? 1 : 0;
                    break;
            }
        }

        return kept;
    }

    /// <summary>
    /// The ids of an inline tag whose values compare with a constant as accepted. Since the comparison is monotonic they are the first or the
    /// last ones, or, for equality, those in between.
    /// </summary>
    public static (uint First, uint Count) InlineIds(ConstantExpression constant, Accepted accepted, TermTag tag, QueryTerms terms)
    {
        if (accepted == Accepted.Equal)
        {
            var (from, all) = InlineIds(constant, Accepted.Equal | Accepted.Greater, tag, terms);
            var (_, greater) = InlineIds(constant, Accepted.Greater, tag, terms);
            return (from, all - greater);
        }

        var fromStart = (accepted & Accepted.Less) != 0;
        var end = tag == TermTag.InlineDate ? (uint)DateOnly.MaxValue.DayNumber + 1 : TermId.PayloadMask + 1;
        var (low, high) = (0u, end);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var order = Comparison.Compare(Value.Read(TermId.Of(tag, middle), terms), constant.Value);
            var isAccepted = OrderExpression.Accepts(order, accepted) == Truth.True;
            if (isAccepted == fromStart)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return fromStart
            ? (TermId.Of(tag, 0).Value, low)
            : (TermId.Of(tag, 0).Value + low, end - low);
    }

    private bool IsAcceptedTime(Batch batch, int row, TermId id)
    {
        if (!_isDateTime || !Terms.Dictionary.TryGetDateTime(id, out var time))
        {
            return _general.Test(batch, row) == Truth.True;
        }

        return XsdDateTime.TryCompare(time, _time, out var order)
            && (_accepted & (order < 0 ? Accepted.Less : order > 0 ? Accepted.Greater : Accepted.Equal)) != 0;
    }

    private bool IsAccepted(Batch batch, int row, TermId id)
    {
        if (!Terms.Dictionary.TryGetDouble(id, out var number))
        {
            return false;
        }

        var difference = number - _number;
        return _isNumber && Math.Abs(number) < Largest && Math.Abs(difference) > _margin
            ? (_accepted & (difference < 0 ? Accepted.Less : Accepted.Greater)) != 0
            : _general.Test(batch, row) == Truth.True;
    }
}
