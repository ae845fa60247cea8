using System.Buffers.Text;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Store;

/// <summary>
/// Literals whose value is in their id, so that filters, sums and joins read no text. Only canonical lexical forms are
/// inlined: the text is rebuilt from the value exactly as it was read. Ids of one inline tag sort as their values.
/// </summary>
public static class InlineValue
{
    /// <summary>The largest inline integer; the smallest is <see cref="MinInteger"/>.</summary>
    public const int MaxInteger = (1 << (TermId.PayloadBits - 1)) - 1;

    /// <summary>The smallest inline integer.</summary>
    public const int MinInteger = -(1 << (TermId.PayloadBits - 1));

    private const int Bias = 1 << (TermId.PayloadBits - 1);

    /// <summary>The id of <c>true</c>.</summary>
    public static TermId True => TermId.Of(TermTag.InlineBoolean, 1);

    /// <summary>The id of <c>false</c>.</summary>
    public static TermId False => TermId.Of(TermTag.InlineBoolean, 0);

    /// <summary>The id of an integer, when it is small enough.</summary>
    public static bool TryInteger(long value, out TermId id)
    {
        if (value is < MinInteger or > MaxInteger)
        {
            id = default;
            return false;
        }

        id = TermId.Of(TermTag.InlineInteger, (uint)((int)value + Bias));
        return true;
    }

    /// <summary>The value of an id with tag <see cref="TermTag.InlineInteger"/>.</summary>
    public static int Integer(TermId id) => (int)id.Payload - Bias;

    /// <summary>The value of an id with tag <see cref="TermTag.InlineBoolean"/>.</summary>
    public static bool Boolean(TermId id) => id.Payload != 0;

    /// <summary>The id of a date without time zone; years 1 to 9999.</summary>
    public static TermId Date(DateOnly date) => TermId.Of(TermTag.InlineDate, (uint)date.DayNumber);

    /// <summary>The value of an id with tag <see cref="TermTag.InlineDate"/>.</summary>
    public static DateOnly Date(TermId id) => DateOnly.FromDayNumber((int)id.Payload);

    /// <summary>The id of an encoded literal, when it is one that is inlined.</summary>
    public static bool TryEncode(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype, out TermId id)
    {
        id = default;
        if (!datatype.StartsWith("http://www.w3.org/2001/XMLSchema#"u8))
        {
            return false;
        }

        var name = datatype[Xsd.Namespace.Length..];
        if (name.SequenceEqual("integer"u8))
        {
            return IsCanonicalInteger(lexicalForm)
                && Utf8Parser.TryParse(lexicalForm, out int value, out var used)
                && used == lexicalForm.Length
                && TryInteger(value, out id);
        }

        if (name.SequenceEqual("boolean"u8))
        {
            var isTrue = lexicalForm.SequenceEqual("true"u8);
            id = isTrue ? True : False;
            return isTrue || lexicalForm.SequenceEqual("false"u8);
        }

        if (name.SequenceEqual("date"u8) && TryDate(lexicalForm, out var date))
        {
            id = Date(date);
            return true;
        }

        return false;
    }

    /// <summary>Writes the lexical form of an inline id and returns its length; 16 bytes are enough.</summary>
    public static int WriteLexicalForm(TermId id, Span<byte> output)
    {
        int written;
        switch (id.Tag)
        {
            case TermTag.InlineInteger:
                Utf8Formatter.TryFormat(Integer(id), output, out written);
                return written;
            case TermTag.InlineBoolean:
                var text = Boolean(id) ? "true"u8 : "false"u8;
                text.CopyTo(output);
                return text.Length;
            case TermTag.InlineDate:
                Date(id).TryFormat(output, out written, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
                return written;
            default:
                throw new ArgumentOutOfRangeException(nameof(id), id, "Not an inline value.");
        }
    }

    /// <summary>The part of the encoded literal that follows the lexical form, for an inline tag.</summary>
    public static ReadOnlySpan<byte> Suffix(TermTag tag) => tag switch
    {
        TermTag.InlineInteger => "\"^^<http://www.w3.org/2001/XMLSchema#integer"u8,
        TermTag.InlineBoolean => "\"^^<http://www.w3.org/2001/XMLSchema#boolean"u8,
        TermTag.InlineDate => "\"^^<http://www.w3.org/2001/XMLSchema#date"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(tag), tag, "Not an inline tag."),
    };

    private static bool IsCanonicalInteger(ReadOnlySpan<byte> text)
    {
        var digits = text.Length > 1 && text[0] == (byte)'-' ? text[1..] : text;
        return digits.Length is > 0 and <= 10
            && (digits[0] != (byte)'0' || text.Length == 1)
            && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != 10 || text[4] != (byte)'-' || text[7] != (byte)'-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
