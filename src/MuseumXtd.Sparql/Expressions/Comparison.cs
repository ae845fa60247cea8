using System.Text;
using MuseumXtd.Rdf.Values;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>How two values compare.</summary>
internal enum Ordering : byte
{
    /// <summary>They do not compare: a type error.</summary>
    Error,

    /// <summary>The first is less.</summary>
    Less,

    /// <summary>They are equal.</summary>
    Equal,

    /// <summary>The first is greater.</summary>
    Greater,

    /// <summary>One is not a number: all comparisons are false.</summary>
    Unordered,
}

/// <summary>The operators <c>=</c>, <c>&lt;</c> and their kin (section 17.3), with the promotions of numeric types (section 17.1).</summary>
internal static class Comparison
{
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Which values compare with each other: two kinds of one class do.</summary>
    public static ValueKind ClassOf(ValueKind kind) =>
        kind is >= ValueKind.Integer and <= ValueKind.Double ? ValueKind.Integer : kind;

    /// <summary>
    /// <c>=</c>. Literals of known types compare by value. RDFterm-equal, for the rest, is an error for two literals that are not the
    /// same term where one has a datatype whose values are unknown (section 17.4.1.7): they might be equal.
    /// </summary>
    public static Truth Equal(scoped in Value left, scoped in Value right)
    {
        if (left.IsError || right.IsError)
        {
            return Truth.Error;
        }

        if (left.Id.IsBound && left.Id == right.Id && !IsNaN(left))
        {
            return Truth.True;
        }

        if (ClassOf(left.Kind) == ClassOf(right.Kind))
        {
            switch (left.Kind)
            {
                case ValueKind.BlankNode or ValueKind.Iri:
                    return Truths.Of(left.Text.SequenceEqual(right.Text));
                case ValueKind.TripleTerm:
                    return TripleEqual(left, right);
                case ValueKind.LangString:
                    return Truths.Of(left.Text.SequenceEqual(right.Text) && Ascii.EqualsIgnoreCase(left.Suffix, right.Suffix));
                case ValueKind.Duration:
                    return Truths.Of(left.AsDuration == right.AsDuration);
                case ValueKind.Other:
                    return left.Text.SequenceEqual(right.Text) && left.Suffix.SequenceEqual(right.Suffix) ? Truth.True : Truth.Error;
            }

            var order = Compare(left, right);
            if (order != Ordering.Error)
            {
                return Truths.Of(order == Ordering.Equal);
            }

            // Times with and without zone may or may not be the same; of two types of time, none is.
            return PrimitiveOf(left.Datatype) == PrimitiveOf(right.Datatype) ? Truth.Error : Truth.False;
        }

        // A value that is not known may be that of any other literal, but for those with a language.
        return left.IsLiteral && right.IsLiteral
            && (left.Kind == ValueKind.Other || right.Kind == ValueKind.Other)
            && left.Kind != ValueKind.LangString && right.Kind != ValueKind.LangString
                ? Truth.Error
                : Truth.False;
    }

    /// <summary>The order of two values of one of the types that have an order.</summary>
    public static Ordering Compare(scoped in Value left, scoped in Value right)
    {
        if (left.Kind == ValueKind.Integer && right.Kind == ValueKind.Integer)
        {
            return Of(left.AsInteger.CompareTo(right.AsInteger));
        }

        if (left.IsNumeric && right.IsNumeric)
        {
            return CompareNumbers(left, right);
        }

        if (left.Kind != right.Kind)
        {
            return Ordering.Error;
        }

        switch (left.Kind)
        {
            case ValueKind.String:
                // The order of UTF-8 bytes is the order of code points.
                return Of(left.Text.SequenceCompareTo(right.Text));
            case ValueKind.Boolean:
                return Of(left.AsBoolean.CompareTo(right.AsBoolean));
            case ValueKind.DateTime:
                return PrimitiveOf(left.Datatype) == PrimitiveOf(right.Datatype)
                    && XsdDateTime.TryCompare(left.AsDateTime, right.AsDateTime, out var timeOrder)
                        ? Of(timeOrder)
                        : Ordering.Error;
            case ValueKind.Duration:
                return XsdDuration.TryCompare(left.AsDuration, right.AsDuration, out var durationOrder)
                    ? Of(durationOrder)
                    : Ordering.Error;
            default:
                return Ordering.Error;
        }
    }

    /// <summary>The number as the nearest double.</summary>
    public static double ToDouble(scoped in Value number) => number.Kind switch
    {
        ValueKind.Integer => (double)number.AsInteger,
        ValueKind.Decimal => ToDouble(number.AsDecimal),
        _ => number.AsDouble,
    };

    /// <summary>
    /// The nearest double, as the dictionary reads it from the text. With a mantissa and a power of ten that doubles hold exactly, one division
    /// rounds once; the platform's own conversion does not promise that.
    /// </summary>
    private static double ToDouble(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        var scale = (bits[3] >> 16) & 0xFF;
        if (bits[2] == 0 && mantissa < 1UL << 53 && scale < PowersOfTen.Length)
        {
            var magnitude = mantissa / PowersOfTen[scale];
            return bits[3] < 0 ? -magnitude : magnitude;
        }

        Span<byte> text = stackalloc byte[XsdNumbers.MaxLength];
        return XsdNumbers.TryParseDouble(text[..XsdNumbers.Write(value, text)], out var nearest) ? nearest : double.NaN;
    }

    /// <summary>The integer or decimal as a decimal; false when it has too many digits.</summary>
    public static bool TryToDecimal(scoped in Value number, out decimal value)
    {
        if (number.Kind == ValueKind.Decimal)
        {
            value = number.AsDecimal;
            return true;
        }

        var integer = number.AsInteger;
        var fits = integer >= (Int128)decimal.MinValue && integer <= (Int128)decimal.MaxValue;
        value = fits ? (decimal)integer : 0;
        return fits;
    }

    /// <summary><c>dateTimeStamp</c> is derived from <c>dateTime</c>; all others of its class are types of their own.</summary>
    public static XsdDatatype PrimitiveOf(XsdDatatype datatype) =>
        datatype == XsdDatatype.DateTimeStamp ? XsdDatatype.DateTime : datatype;

    private static Ordering CompareNumbers(scoped in Value left, scoped in Value right)
    {
        if (left.Kind <= ValueKind.Decimal && right.Kind <= ValueKind.Decimal)
        {
            if (TryToDecimal(left, out var x) && TryToDecimal(right, out var y))
            {
                return Of(x.CompareTo(y));
            }

            return Of(ToDouble(left).CompareTo(ToDouble(right)));
        }

        var isFloat = left.Kind != ValueKind.Double && right.Kind != ValueKind.Double;
        var first = isFloat ? (float)ToDouble(left) : ToDouble(left);
        var second = isFloat ? (float)ToDouble(right) : ToDouble(right);
        return double.IsNaN(first) || double.IsNaN(second) ? Ordering.Unordered
            : first < second ? Ordering.Less
            : first > second ? Ordering.Greater
            : Ordering.Equal;
    }

    private static Ordering Of(int order) => order < 0 ? Ordering.Less : order > 0 ? Ordering.Greater : Ordering.Equal;

    private static bool IsNaN(scoped in Value value) =>
        value.Kind is ValueKind.Double or ValueKind.Float && double.IsNaN(value.AsDouble);

    /// <summary>Triple terms are equal when their parts are (SPARQL 1.2, section 17.4.1.7).</summary>
    private static Truth TripleEqual(scoped in Value left, scoped in Value right)
    {
        var x = new Rdf.EncodedTerm(left.Text);
        var y = new Rdf.EncodedTerm(right.Text);
        if (!x.Subject.SequenceEqual(y.Subject) || !x.Predicate.SequenceEqual(y.Predicate))
        {
            return Truth.False;
        }

        return Equal(Value.Read(x.Object, default), Value.Read(y.Object, default));
    }
}
