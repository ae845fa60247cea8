using System.Globalization;
using System.Xml;
using Microsoft.OData.Edm;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Writing;

/// <summary>Writes literals as values of primitive types (OData JSON Format 4.01, section 7.1), from their bytes.</summary>
internal sealed class ValueJson(TermDictionary dictionary, JsonOutput json, bool longsAsText) : IDisposable
{
    private readonly ByteBuffer _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Whether a term has a value of a type; others are null.</summary>
    public bool Fits(uint id, EdmPrimitiveTypeKind kind)
    {
        if (kind == EdmPrimitiveTypeKind.String)
        {
            return true;
        }

        var tag = new TermId(id).Tag;
        if (tag is TermTag.InlineInteger or TermTag.InlineBoolean or TermTag.InlineDate)
        {
            return tag switch
            {
                TermTag.InlineInteger => IsNumber(kind) && IsWithin(InlineValue.Integer(new TermId(id)), kind),
                TermTag.InlineBoolean => kind == EdmPrimitiveTypeKind.Boolean,
                _ => kind == EdmPrimitiveTypeKind.Date,
            };
        }

        return Term(id) is Literal literal && Convert(literal, kind) is not null;
    }

    /// <summary>Writes a term as a value of a type; null where it has none.</summary>
    public void Write(uint id, EdmPrimitiveTypeKind kind)
    {
        var term = new TermId(id);
        if (kind == EdmPrimitiveTypeKind.String)
        {
            WriteText(term);
            return;
        }

        switch (term.Tag)
        {
            case TermTag.InlineInteger when IsNumber(kind) && IsWithin(InlineValue.Integer(term), kind):
                WriteNumber(InlineValue.Integer(term), kind);
                break;
            case TermTag.InlineBoolean when kind == EdmPrimitiveTypeKind.Boolean:
                json.Boolean(InlineValue.Boolean(term));
                break;
            case TermTag.InlineDate when kind == EdmPrimitiveTypeKind.Date:
                WriteText(term);
                break;
            default:
                Write(Term(id), kind);
                break;
        }
    }

    /// <summary>Writes a term that a query made.</summary>
    public void Write(Term? term, EdmPrimitiveTypeKind? kind)
    {
        switch (term)
        {
            case null:
                json.Null();
                break;
            case Literal literal when kind != EdmPrimitiveTypeKind.String:
                WriteConverted(Convert(literal, kind ?? KindOf(literal)), kind ?? KindOf(literal));
                break;
            case Literal literal:
                json.Text(literal.LexicalForm);
                break;
            case Iri iri:
                json.Text(iri.Value);
                break;
            default:
                json.Text(term.ToString());
                break;
        }
    }

    /// <summary>Writes the value of a text or an IRI, without quotes and language; of others their encoded form.</summary>
    public void WriteText(TermId id)
    {
        switch (id.Tag)
        {
            case TermTag.InlineInteger or TermTag.InlineBoolean or TermTag.InlineDate:
                Span<byte> form = stackalloc byte[32];
                json.Text(form[..InlineValue.WriteLexicalForm(id, form)]);
                break;
            default:
                var encoded = dictionary.Encoded(id, _scratch);
                json.Text(EncodedTerm.KindOf(encoded) switch
                {
                    TermKind.Literal => new EncodedTerm(encoded).LexicalForm,
                    TermKind.Iri => new EncodedTerm(encoded).Iri,
                    _ => encoded,
                });
                break;
        }
    }

    /// <summary>The language of a text; empty for none.</summary>
    public ReadOnlySpan<byte> Language(TermId id) =>
        id.Tag == TermTag.LangString ? new EncodedTerm(dictionary.Encoded(id, _scratch)).Language : default;

    /// <summary>The type that a computed literal has by itself.</summary>
    public static EdmPrimitiveTypeKind KindOf(Literal literal) => literal.Datatype.Value.Split('#')[^1] switch
    {
        "integer" or "long" or "int" or "short" or "byte" => EdmPrimitiveTypeKind.Int64,
        "decimal" => EdmPrimitiveTypeKind.Decimal,
        "double" => EdmPrimitiveTypeKind.Double,
        "float" => EdmPrimitiveTypeKind.Single,
        "boolean" => EdmPrimitiveTypeKind.Boolean,
        "date" => EdmPrimitiveTypeKind.Date,
        "dateTime" => EdmPrimitiveTypeKind.DateTimeOffset,
        "time" => EdmPrimitiveTypeKind.TimeOfDay,
        "dayTimeDuration" => EdmPrimitiveTypeKind.Duration,
        _ => EdmPrimitiveTypeKind.String,
    };

    /// <summary>The value of a literal as the type has it, or null when it is none of the type.</summary>
    public static object? Convert(Literal literal, EdmPrimitiveTypeKind kind)
    {
        var text = literal.LexicalForm.AsSpan().Trim();
        switch (kind)
        {
            case EdmPrimitiveTypeKind.String:
                return literal.LexicalForm;
            case EdmPrimitiveTypeKind.Boolean:
                return text is "true" or "1" ? true : text is "false" or "0" ? false : null;
            case EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64:
                // Sums and quotients may come as decimals without a fraction.
                return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var whole)
                    && whole == decimal.Truncate(whole) && whole >= long.MinValue && whole <= long.MaxValue && IsWithin((long)whole, kind) ? (long)whole : null;
            case EdmPrimitiveTypeKind.Decimal:
                return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
            case EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Single:
                return text is "INF" or "+INF" ? double.PositiveInfinity : text is "-INF" ? double.NegativeInfinity : text is "NaN" ? double.NaN
                    : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var floating) ? floating : null;
            case EdmPrimitiveTypeKind.Date:
                // A zone is left out: Edm.Date has none.
                return text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
            case EdmPrimitiveTypeKind.DateTimeOffset:
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
            case EdmPrimitiveTypeKind.TimeOfDay:
                return text.Length >= 8 && TimeOnly.TryParse(text.TrimEnd('Z'), CultureInfo.InvariantCulture, out var hour) ? hour : null;
            case EdmPrimitiveTypeKind.Duration:
                try
                {
                    return XmlConvert.ToTimeSpan(literal.LexicalForm);
                }
                catch (Exception e) when (e is FormatException or OverflowException)
                {
                    return null;
                }

            default:
                return null;
        }
    }

    private static bool IsNumber(EdmPrimitiveTypeKind kind) =>
        kind is EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64
            or EdmPrimitiveTypeKind.Decimal or EdmPrimitiveTypeKind.Double or EdmPrimitiveTypeKind.Single;

    private static bool IsWithin(long value, EdmPrimitiveTypeKind kind) => kind switch
    {
        EdmPrimitiveTypeKind.Byte => value is >= byte.MinValue and <= byte.MaxValue,
        EdmPrimitiveTypeKind.SByte => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        EdmPrimitiveTypeKind.Int16 => value is >= short.MinValue and <= short.MaxValue,
        EdmPrimitiveTypeKind.Int32 => value is >= int.MinValue and <= int.MaxValue,
        _ => true,
    };

    private Term Term(uint id) => Rdf.Term.Decode(dictionary.Encoded(new TermId(id), _scratch));

    private void WriteNumber(long value, EdmPrimitiveTypeKind kind)
    {
        if (longsAsText && kind is EdmPrimitiveTypeKind.Int64 or EdmPrimitiveTypeKind.Decimal && longsAsText)
        {
            Span<byte> digits = stackalloc byte[24];
            value.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
            json.Text(digits[..written]);
            return;
        }

        json.Number(value);
    }

    private void WriteConverted(object? value, EdmPrimitiveTypeKind kind)
    {
        switch (value)
        {
            case null:
                json.Null();
                break;
            case bool flag:
                json.Boolean(flag);
                break;
            case long number:
                WriteNumber(number, kind);
                break;
            case decimal number when longsAsText:
                json.Text(number.ToString(CultureInfo.InvariantCulture));
                break;
            case decimal number:
                json.Number(number);
                break;
            case double number when double.IsFinite(number):
                json.Number(number);
                break;
            case double number:
                json.Text(double.IsNaN(number) ? "NaN" : number > 0 ? "INF" : "-INF");
                break;
            default:
                json.Text(TextOf(value));
                break;
        }
    }

    /// <summary>A value as text, as <c>$value</c> and tables have it.</summary>
    public static string TextOf(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan duration => XmlConvert.ToString(duration),
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : double.IsNaN(number) ? "NaN" : number > 0 ? "INF" : "-INF",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
