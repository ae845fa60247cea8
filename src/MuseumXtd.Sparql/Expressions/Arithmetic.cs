using MuseumXtd.Rdf.Values;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// The operators <c>+ - * /</c> (section 17.3) with the promotions of section 17.1, and on dates and durations as in XPath F&amp;O, sections 8 and 9.
/// Integers have 128 bits and decimals 28 digits; what does not fit is an error.
/// </summary>
internal static class Arithmetic
{
    /// <summary><c>+</c></summary>
    public static Value Add(scoped in Value left, scoped in Value right, FunctionScope scope) => Add(left, right);

    /// <summary><c>+</c></summary>
    public static Value Add(scoped in Value left, scoped in Value right)
    {
        if (!left.IsNumeric || !right.IsNumeric)
        {
            return left.Kind switch
            {
                ValueKind.DateTime when right.Kind == ValueKind.Duration => Shift(left, right.AsDuration),
                ValueKind.Duration when right.Kind == ValueKind.DateTime => Shift(right, left.AsDuration),
                ValueKind.Duration when right.Kind == ValueKind.Duration => Sum(left, right, right.AsDuration),
                _ => Value.Error,
            };
        }

        switch (Promoted(left.Kind, right.Kind))
        {
            case ValueKind.Integer:
                var x = left.AsInteger;
                var y = right.AsInteger;
                var sum = unchecked(x + y);
                return ((x ^ sum) & (y ^ sum)) < 0 ? Value.Error : Value.Of(sum);
            case ValueKind.Decimal:
                return Decimals(left, right, static (a, b) => a + b);
            case ValueKind.Float:
                return Value.Of((float)Comparison.ToDouble(left) + (float)Comparison.ToDouble(right));
            default:
                return Value.Of(Comparison.ToDouble(left) + Comparison.ToDouble(right));
        }
    }

    /// <summary><c>-</c></summary>
    public static Value Subtract(scoped in Value left, scoped in Value right, FunctionScope scope)
    {
        if (!left.IsNumeric || !right.IsNumeric)
        {
            return left.Kind switch
            {
                ValueKind.DateTime when right.Kind == ValueKind.Duration => Shift(left, right.AsDuration.Negated),
                ValueKind.Duration when right.Kind == ValueKind.Duration => Sum(left, right, right.AsDuration.Negated),
                ValueKind.DateTime when right.Kind == ValueKind.DateTime => Difference(left, right),
                _ => Value.Error,
            };
        }

        switch (Promoted(left.Kind, right.Kind))
        {
            case ValueKind.Integer:
                var x = left.AsInteger;
                var y = right.AsInteger;
                var difference = unchecked(x - y);
                return ((x ^ y) & (x ^ difference)) < 0 ? Value.Error : Value.Of(difference);
            case ValueKind.Decimal:
                return Decimals(left, right, static (a, b) => a - b);
            case ValueKind.Float:
                return Value.Of((float)Comparison.ToDouble(left) - (float)Comparison.ToDouble(right));
            default:
                return Value.Of(Comparison.ToDouble(left) - Comparison.ToDouble(right));
        }
    }

    /// <summary><c>*</c></summary>
    public static Value Multiply(scoped in Value left, scoped in Value right, FunctionScope scope)
    {
        if (!left.IsNumeric || !right.IsNumeric)
        {
            return Value.Error;
        }

        switch (Promoted(left.Kind, right.Kind))
        {
            case ValueKind.Integer:
                try
                {
                    return Value.Of(checked(left.AsInteger * right.AsInteger));
                }
                catch (OverflowException)
                {
                    return Value.Error;
                }

            case ValueKind.Decimal:
                return Decimals(left, right, static (a, b) => a * b);
            case ValueKind.Float:
                return Value.Of((float)Comparison.ToDouble(left) * (float)Comparison.ToDouble(right));
            default:
                return Value.Of(Comparison.ToDouble(left) * Comparison.ToDouble(right));
        }
    }

    /// <summary><c>/</c>; of two integers, a decimal.</summary>
    public static Value Divide(scoped in Value left, scoped in Value right, FunctionScope scope) => Divide(left, right);

    /// <summary><c>/</c>; of two integers, a decimal.</summary>
    public static Value Divide(scoped in Value left, scoped in Value right)
    {
        if (!left.IsNumeric || !right.IsNumeric)
        {
            return Value.Error;
        }

        return Promoted(left.Kind, right.Kind) switch
        {
            ValueKind.Integer or ValueKind.Decimal => Decimals(left, right, static (a, b) => a / b),
            ValueKind.Float => Value.Of((float)Comparison.ToDouble(left) / (float)Comparison.ToDouble(right)),
            _ => Value.Of(Comparison.ToDouble(left) / Comparison.ToDouble(right)),
        };
    }

    /// <summary><c>+x</c></summary>
    public static Value Plus(scoped in Value operand, FunctionScope scope) => operand.Kind switch
    {
        ValueKind.Integer => Value.Of(operand.AsInteger),
        ValueKind.Decimal => Value.Of(operand.AsDecimal),
        ValueKind.Float => Value.Of((float)operand.AsDouble),
        ValueKind.Double => Value.Of(operand.AsDouble),
        ValueKind.Duration => Value.Of(operand.AsDuration, operand.Datatype),
        _ => Value.Error,
    };

    /// <summary><c>-x</c></summary>
    public static Value Minus(scoped in Value operand, FunctionScope scope) => operand.Kind switch
    {
        ValueKind.Integer => operand.AsInteger == Int128.MinValue ? Value.Error : Value.Of(-operand.AsInteger),
        ValueKind.Decimal => Value.Of(-operand.AsDecimal),
        ValueKind.Float => Value.Of(-(float)operand.AsDouble),
        ValueKind.Double => Value.Of(-operand.AsDouble),
        ValueKind.Duration => Value.Of(operand.AsDuration.Negated, operand.Datatype),
        _ => Value.Error,
    };

    /// <summary>The type in which two numbers are computed: the later of integer, decimal, float, double.</summary>
    private static ValueKind Promoted(ValueKind left, ValueKind right) => left > right ? left : right;

    private static Value Decimals(scoped in Value left, scoped in Value right, Func<decimal, decimal, decimal> operation)
    {
        if (!Comparison.TryToDecimal(left, out var x) || !Comparison.TryToDecimal(right, out var y))
        {
            return Value.Error;
        }

        try
        {
            return Value.Of(operation(x, y));
        }
        catch (ArithmeticException)
        {
            // Overflow or a division by zero.
            return Value.Error;
        }
    }

    private static Value Shift(scoped in Value time, XsdDuration duration)
    {
        var hasDate = time.Datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp or XsdDatatype.Date;
        if (!hasDate && (time.Datatype != XsdDatatype.Time || duration.Months != 0))
        {
            return Value.Error;
        }

        const long SecondsPerDay = 86_400;
        var shifted = time.AsDateTime.Add(duration);
        return time.Datatype switch
        {
            XsdDatatype.Date => Value.Of(
                shifted with { LocalSeconds = shifted.LocalSeconds - Mod(shifted.LocalSeconds, SecondsPerDay), Attoseconds = 0 },
                XsdDatatype.Date),
            XsdDatatype.Time => Value.Of(
                shifted with { LocalSeconds = time.AsDateTime.Midnight + Mod(shifted.LocalSeconds, SecondsPerDay) }, XsdDatatype.Time),
            _ => Value.Of(shifted, time.Datatype),
        };
    }

    private static Value Sum(scoped in Value left, scoped in Value right, XsdDuration addend)
    {
        if (left.Datatype != right.Datatype || left.Datatype == XsdDatatype.Duration)
        {
            return Value.Error;
        }

        return XsdDuration.TryAdd(left.AsDuration, addend, out var sum) ? Value.Of(sum, left.Datatype) : Value.Error;
    }

    private static Value Difference(scoped in Value left, scoped in Value right)
    {
        var datatype = Comparison.PrimitiveOf(left.Datatype);
        return datatype != Comparison.PrimitiveOf(right.Datatype)
            || datatype is not (XsdDatatype.DateTime or XsdDatatype.Date or XsdDatatype.Time)
            || left.AsDateTime.HasZone != right.AsDateTime.HasZone
                ? Value.Error
                : Value.Of(XsdDateTime.Difference(left.AsDateTime, right.AsDateTime), XsdDatatype.DayTimeDuration);
    }

    private static long Mod(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
