using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace MuseumXtd.Rdf.Values;

/// <summary>
/// Reads and writes the lexical forms of numbers (XML Schema 1.1 Part 2, section 3.3), without allocating. Integers have 128 bits and
/// decimals 28 digits: the standard asks for 18 (section 5.4). An integer or the whole part of a decimal beyond that is not read.
/// </summary>
public static class XsdNumbers
{
    /// <summary>Room that every number fits in when it is written.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>Reads <c>[+-]?[0-9]+</c>.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out Int128 value)
    {
        value = 0;
        var digits = SkipSign(text);
        if (digits.IsEmpty || digits.ContainsAnyExcept(Digits))
        {
            return false;
        }

        if (digits.Length <= 18)
        {
            long small = 0;
            foreach (var digit in digits)
            {
                small = (small * 10) + (digit - '0');
            }

            value = text[0] == (byte)'-' ? -small : small;
            return true;
        }

        return Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a decimal; digits after the point beyond the precision are rounded.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        if (TryShortDecimal(text, out value))
        {
            return true;
        }

        return IsDecimal(SkipSign(text))
            && decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a double, also <c>INF</c>, <c>+INF</c>, <c>-INF</c> and <c>NaN</c>.</summary>
    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (TrySpecial(text, out value))
        {
            return true;
        }

        return IsFloating(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a float, also <c>INF</c>, <c>+INF</c>, <c>-INF</c> and <c>NaN</c>.</summary>
    public static bool TryParseFloat(ReadOnlySpan<byte> text, out float value)
    {
        if (TrySpecial(text, out var special))
        {
            value = (float)special;
            return true;
        }

        value = 0;
        return IsFloating(text)
            && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>1</c> or <c>0</c>.</summary>
    public static bool TryParseBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8);
        return value || text.SequenceEqual("false"u8) || text.SequenceEqual("0"u8);
    }

    /// <summary>Writes the canonical form of an integer and returns its length.</summary>
    public static int Write(Int128 value, Span<byte> output)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            Utf8Formatter.TryFormat((long)value, output, out var length);
            return length;
        }

        value.TryFormat(output, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Writes the canonical form of a decimal (section 3.3.3.2: no point where it is whole) and returns its length.</summary>
    public static int Write(decimal value, Span<byte> output)
    {
        value.TryFormat(output, out var length, default, CultureInfo.InvariantCulture);
        if (output[..length].Contains((byte)'.'))
        {
            length = output[..length].TrimEnd((byte)'0').Length;
            length -= output[length - 1] == (byte)'.' ? 1 : 0;
        }

        // Decimals know a negative zero; the value space of xsd:decimal does not.
        if (length == 2 && output[0] == (byte)'-' && output[1] == (byte)'0')
        {
            output[0] = (byte)'0';
            return 1;
        }

        return length;
    }

    /// <summary>Writes the canonical form of a double, such as <c>1.0E6</c> (section 3.3.5.2), and returns its length.</summary>
    public static int Write(double value, Span<byte> output)
    {
        if (!double.IsFinite(value))
        {
            return WriteSpecial(value, output);
        }

        Span<byte> text = stackalloc byte[MaxLength];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return WriteScientific(text[..length], output);
    }

    /// <summary>Writes the canonical form of a float, such as <c>1.0E6</c>, and returns its length.</summary>
    public static int Write(float value, Span<byte> output)
    {
        if (!float.IsFinite(value))
        {
            return WriteSpecial(value, output);
        }

        Span<byte> text = stackalloc byte[MaxLength];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return WriteScientific(text[..length], output);
    }

    private static int WriteSpecial(double value, Span<byte> output)
    {
        var text = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "INF"u8 : "-INF"u8;
        text.CopyTo(output);
        return text.Length;
    }

    /// <summary>From <c>123.45</c> or <c>1.2E-05</c> to <c>1.2345E2</c> and <c>1.2E-5</c>.</summary>
    private static int WriteScientific(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var at = 0;
        if (text[0] == (byte)'-')
        {
            output[at++] = (byte)'-';
            text = text[1..];
        }

        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0 && Utf8Parser.TryParse(text[(e + 1)..], out exponent, out _))
        {
            text = text[..e];
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text.Length : point;
        Span<byte> digits = stackalloc byte[MaxLength];
        text[..whole].CopyTo(digits);
        var count = whole;
        if (point >= 0)
        {
            text[(point + 1)..].CopyTo(digits[whole..]);
            count = text.Length - 1;
        }

        var leading = digits[..count].IndexOfAnyExcept((byte)'0');
        if (leading < 0)
        {
            "0.0E0"u8.CopyTo(output[at..]);
            return at + 5;
        }

        exponent += whole - 1 - leading;
        var significant = digits[leading..count].TrimEnd((byte)'0');
        output[at++] = significant[0];
        output[at++] = (byte)'.';
        if (significant.Length == 1)
        {
            output[at++] = (byte)'0';
        }
        else
        {
            significant[1..].CopyTo(output[at..]);
            at += significant.Length - 1;
        }

        output[at++] = (byte)'E';
        Utf8Formatter.TryFormat(exponent, output[at..], out var written);
        return at + written;
    }

    /// <summary>A decimal of at most 18 digits, which is nearly every one.</summary>
    private static bool TryShortDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        var digits = SkipSign(text);
        if (digits.Length is 0 or > 19)
        {
            return false;
        }

        long mantissa = 0;
        var point = -1;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[i] - '0';
            if ((uint)digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (digits[i] == (byte)'.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (digits.Length - (point >= 0 ? 1 : 0) is 0 or > 18)
        {
            return false;
        }

        var scale = point < 0 ? 0 : digits.Length - 1 - point;
        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, text[0] == (byte)'-' && mantissa != 0, (byte)scale);
        return true;
    }

    private static ReadOnlySpan<byte> SkipSign(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;

    private static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        var point = text.IndexOf((byte)'.');
        return point < 0
            ? !text.IsEmpty && !text.ContainsAnyExcept(Digits)
            : text.Length > 1 && !text[..point].ContainsAnyExcept(Digits) && !text[(point + 1)..].ContainsAnyExcept(Digits);
    }

    private static bool IsFloating(ReadOnlySpan<byte> text)
    {
        text = SkipSign(text);
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e < 0)
        {
            return IsDecimal(text);
        }

        var exponent = SkipSign(text[(e + 1)..]);
        return IsDecimal(text[..e]) && !exponent.IsEmpty && !exponent.ContainsAnyExcept(Digits);
    }

    private static bool TrySpecial(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length is not (3 or 4) || text[^1] is not ((byte)'F' or (byte)'N'))
        {
            return false;
        }

        if (text.SequenceEqual("NaN"u8))
        {
            value = double.NaN;
            return true;
        }

        if (!SkipSign(text).SequenceEqual("INF"u8))
        {
            return false;
        }

        value = text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }
}
