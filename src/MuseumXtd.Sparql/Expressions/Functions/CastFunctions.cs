using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Values;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>The casts of section 17.1, named by the IRIs of datatypes, and those to dates, times, durations and derived integers.</summary>
internal static class CastFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<string, FunctionEntry>> Entries =>
        Enum.GetValues<XsdDatatype>().Where(datatype => datatype != XsdDatatype.None).Select(datatype => KeyValuePair.Create(
            System.Text.Encoding.UTF8.GetString(datatype.Iri()),
            FunctionEntry.Unary((scoped in Value value, FunctionScope scope) => Cast(value, datatype, scope))));

    private static Value Cast(scoped in Value value, XsdDatatype target, FunctionScope scope)
    {
        if (target == XsdDatatype.String)
        {
            return ToText(value, scope.Result);
        }

        if (value.Kind == ValueKind.String)
        {
            var read = Value.Literal(value.Text.Trim(" \t\r\n"u8), target.Iri());
            return read.Kind == ValueKind.Other ? Value.Error : Canonical(read);
        }

        return target switch
        {
            XsdDatatype.Boolean => value.Kind == ValueKind.Boolean || value.IsNumeric ? Value.Of(value.IsTrue) : Value.Error,
            XsdDatatype.Double => TryNumber(value, out var number) ? Value.Of(number) : Value.Error,
            XsdDatatype.Float => TryNumber(value, out var number) ? Value.Of((float)number) : Value.Error,
            XsdDatatype.Decimal => ToDecimal(value),
            _ when target.IsInteger() => ToInteger(value, target),
            _ when target.IsDateTime() && value.Kind == ValueKind.DateTime => ToTime(value, target),
            _ when target.IsDuration() && value.Kind == ValueKind.Duration => ToDuration(value, target),
            _ => Value.Error,
        };
    }

    /// <summary>XPath F&amp;O 17.1.2: floating numbers that are neither large nor small are written without exponent.</summary>
    private static Value ToText(scoped in Value value, ByteBuffer result)
    {
        switch (value.Kind)
        {
            case ValueKind.Iri or ValueKind.String:
                return Value.String(value.Text);
            case ValueKind.Float or ValueKind.Double when value.AsDouble == 0:
                return Value.String(double.IsNegative(value.AsDouble) ? "-0"u8 : "0"u8);
            case ValueKind.Float or ValueKind.Double when Math.Abs(value.AsDouble) is >= 1e-6 and < 1e6:
                var text = result.GetSpan(XsdNumbers.MaxLength);
                int written;
                _ = value.Kind == ValueKind.Float
                    ? ((float)value.AsDouble).TryFormat(text, out written, "0.##########################", System.Globalization.CultureInfo.InvariantCulture)
                    : value.AsDouble.TryFormat(text, out written, "0.##########################", System.Globalization.CultureInfo.InvariantCulture);
                result.Advance(written);
                return Value.String(result.Written);
            case >= ValueKind.Integer and <= ValueKind.Duration:
                Canonical(value).WriteLexicalForm(result);
                return Value.String(result.Written);
            default:
                return Value.Error;
        }
    }

    /// <summary>The value without the text it was read from.</summary>
    private static Value Canonical(scoped in Value value) => value.Kind switch
    {
        ValueKind.Integer => value.Datatype == XsdDatatype.Integer
            ? Value.Of(value.AsInteger)
            : Value.Of(value.AsInteger, value.Datatype),
        ValueKind.Decimal => Value.Of(value.AsDecimal),
        ValueKind.Float => Value.Of((float)value.AsDouble),
        ValueKind.Double => Value.Of(value.AsDouble),
        ValueKind.Boolean => Value.Of(value.AsBoolean),
        ValueKind.DateTime => Value.Of(value.AsDateTime, value.Datatype),
        _ => Value.Of(value.AsDuration, value.Datatype),
    };

    private static bool TryNumber(scoped in Value value, out double number)
    {
        number = value.Kind == ValueKind.Boolean ? (value.AsBoolean ? 1 : 0) : value.IsNumeric ? Comparison.ToDouble(value) : 0;
        return value.Kind == ValueKind.Boolean || value.IsNumeric;
    }

    private static Value ToDecimal(scoped in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                return Value.Of(value.AsBoolean ? 1m : 0m);
            case ValueKind.Integer or ValueKind.Decimal:
                return Comparison.TryToDecimal(value, out var exact) ? Value.Of(exact) : Value.Error;
            case ValueKind.Float or ValueKind.Double:
                // The digits that the number is written with, not those of its binary expansion.
                Span<byte> text = stackalloc byte[XsdNumbers.MaxLength];
                var length = value.Kind == ValueKind.Float
                    ? XsdNumbers.Write((float)value.AsDouble, text)
                    : XsdNumbers.Write(value.AsDouble, text);
                return decimal.TryParse(
                    text[..length], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var read)
                        ? Value.Of(read)
                        : Value.Error;
            default:
                return Value.Error;
        }
    }

    private static Value ToInteger(scoped in Value value, XsdDatatype target)
    {
        Int128 integer;
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                integer = value.AsBoolean ? 1 : 0;
                break;
            case ValueKind.Integer:
                integer = value.AsInteger;
                break;
            case ValueKind.Decimal:
                integer = (Int128)decimal.Truncate(value.AsDecimal);
                break;
            case ValueKind.Float or ValueKind.Double when Math.Abs(value.AsDouble) < 1e38:
                integer = (Int128)Math.Truncate(value.AsDouble);
                break;
            default:
                return Value.Error;
        }

        return target.Contains(integer) ? Value.Of(integer, target) : Value.Error;
    }

    private static Value ToTime(scoped in Value value, XsdDatatype target)
    {
        var time = value.AsDateTime;
        var hasDate = value.Datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp or XsdDatatype.Date;
        if (value.Datatype == target)
        {
            return Value.Of(time, target);
        }

        return target switch
        {
            XsdDatatype.DateTime when hasDate => Value.Of(time, target),
            XsdDatatype.DateTimeStamp when hasDate && time.HasZone => Value.Of(time, target),
            XsdDatatype.Time when value.Datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp => Reread(time, target),
            XsdDatatype.Date or XsdDatatype.GYear or XsdDatatype.GYearMonth or XsdDatatype.GMonth or XsdDatatype.GMonthDay or XsdDatatype.GDay
                when hasDate => Reread(time, target),
            _ => Value.Error,
        };
    }

    /// <summary>The value with the parts that the target lacks set to those of the reference time.</summary>
    private static Value Reread(XsdDateTime time, XsdDatatype target)
    {
        Span<byte> text = stackalloc byte[XsdDateTime.MaxLength];
        var length = time.Write(target, text);
        return XsdDateTime.TryParse(text[..length], target, out var part) ? Value.Of(part, target) : Value.Error;
    }

    private static Value ToDuration(scoped in Value value, XsdDatatype target) => target switch
    {
        XsdDatatype.YearMonthDuration => Value.Of(new XsdDuration(value.AsDuration.Months, 0, 0), target),
        XsdDatatype.DayTimeDuration => Value.Of(value.AsDuration with { Months = 0 }, target),
        _ => Value.Of(value.AsDuration, target),
    };
}
