using System.Globalization;

namespace MuseumXtd.Store;

/// <summary>The values of numeric literals as doubles (XML Schema 1.1 Datatypes, sections 3.3.3 to 3.3.5 and 3.4.13 to 3.4.25).</summary>
internal static class NumericLiteral
{
    /// <summary>Whether the local name is that of a numeric datatype.</summary>
    public static bool IsNumeric(ReadOnlySpan<byte> datatype) => FormOf(datatype, out _, out _) != Form.None;

    /// <summary>The value of a literal; false when it is ill-typed: not in the form of its datatype, or out of its range.</summary>
    public static bool TryParse(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype, out double value)
    {
        // Whitespace around a number is collapsed before it is read (section 4.3.6).
        var text = lexicalForm.Trim(" \t\r\n"u8);
        var form = FormOf(datatype, out var least, out var most);
        if (form is Form.Float or Form.Double && TrySpecial(text, out value))
        {
            return true;
        }

        value = 0;
        if (form == Form.None || !IsInForm(text, form))
        {
            return false;
        }

        if (form == Form.Integer && (least is not null || most is not null))
        {
            return TryInteger(text, least, most, out value);
        }

        if (form == Form.Float)
        {
            var parsed = float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single);
            value = single;
            return parsed;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static Form FormOf(ReadOnlySpan<byte> datatype, out Int128? least, out Int128? most)
    {
        (least, most) = (null, null);
        switch (datatype)
        {
            case var d when d.SequenceEqual("integer"u8):
                return Form.Integer;
            case var d when d.SequenceEqual("decimal"u8):
                return Form.Decimal;
            case var d when d.SequenceEqual("double"u8):
                return Form.Double;
            case var d when d.SequenceEqual("float"u8):
                return Form.Float;
            case var d when d.SequenceEqual("long"u8):
                (least, most) = (long.MinValue, long.MaxValue);
                return Form.Integer;
            case var d when d.SequenceEqual("int"u8):
                (least, most) = (int.MinValue, int.MaxValue);
                return Form.Integer;
            case var d when d.SequenceEqual("short"u8):
                (least, most) = (short.MinValue, short.MaxValue);
                return Form.Integer;
            case var d when d.SequenceEqual("byte"u8):
                (least, most) = (sbyte.MinValue, sbyte.MaxValue);
                return Form.Integer;
            case var d when d.SequenceEqual("nonNegativeInteger"u8):
                least = 0;
                return Form.Integer;
            case var d when d.SequenceEqual("positiveInteger"u8):
                least = 1;
                return Form.Integer;
            case var d when d.SequenceEqual("nonPositiveInteger"u8):
                most = 0;
                return Form.Integer;
            case var d when d.SequenceEqual("negativeInteger"u8):
                most = -1;
                return Form.Integer;
            case var d when d.SequenceEqual("unsignedLong"u8):
                (least, most) = (0, ulong.MaxValue);
                return Form.Integer;
            case var d when d.SequenceEqual("unsignedInt"u8):
                (least, most) = (0, uint.MaxValue);
                return Form.Integer;
            case var d when d.SequenceEqual("unsignedShort"u8):
                (least, most) = (0, ushort.MaxValue);
                return Form.Integer;
            case var d when d.SequenceEqual("unsignedByte"u8):
                (least, most) = (0, byte.MaxValue);
                return Form.Integer;
            default:
                return Form.None;
        }
    }

    private static bool TrySpecial(ReadOnlySpan<byte> text, out double value)
    {
        value = text.SequenceEqual("NaN"u8) ? double.NaN
            : text.SequenceEqual("INF"u8) || text.SequenceEqual("+INF"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-INF"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }

    private static bool TryInteger(ReadOnlySpan<byte> text, Int128? least, Int128? most, out double value)
    {
        if (!Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            // Beyond 128 bits only a bound on the other side can hold.
            var isNegative = text[0] == (byte)'-';
            _ = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
            return isNegative ? least is null : most is null;
        }

        value = (double)integer;
        return !(integer < least) && !(integer > most);
    }

    private static bool IsInForm(ReadOnlySpan<byte> text, Form form)
    {
        var rest = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        var digits = SkipDigits(ref rest);
        if (form != Form.Integer && rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            digits += SkipDigits(ref rest);
        }

        if (digits > 0 && form is Form.Float or Form.Double && rest is [(byte)'e' or (byte)'E', ..])
        {
            rest = rest[1..];
            rest = rest is [(byte)'+' or (byte)'-', ..] ? rest[1..] : rest;
            digits = SkipDigits(ref rest);
        }

        return digits > 0 && rest.IsEmpty;
    }

    private static int SkipDigits(ref ReadOnlySpan<byte> text)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        text = text[digits..];
        return digits;
    }

    private enum Form : byte
    {
        None,
        Integer,
        Decimal,
        Float,
        Double,
    }
}
