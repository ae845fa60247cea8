using System.Buffers;
using System.Runtime.CompilerServices;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// A value of an expression: a term read into what operators compute with, or a value computed. Text is a slice of the dictionary or of
/// the buffer of the expression that made it, valid until that expression is evaluated again.
/// </summary>
internal readonly ref struct Value
{
    private readonly long _high;
    private readonly long _low;
    private readonly int _months;
    private readonly short _zone;

    private Value(
        ValueKind kind, XsdDatatype datatype = XsdDatatype.None, TermId id = default, ReadOnlySpan<byte> text = default,
        ReadOnlySpan<byte> suffix = default, long high = 0, long low = 0, int months = 0, short zone = 0)
    {
        Kind = kind;
        Datatype = datatype;
        Id = id;
        Text = text;
        Suffix = suffix;
        _high = high;
        _low = low;
        _months = months;
        _zone = zone;
    }

    /// <summary>An error.</summary>
    public static Value Error => default;

    /// <summary>The kind.</summary>
    public ValueKind Kind { get; }

    /// <summary>
    /// The datatype, also a derived one, for kinds with values; for <see cref="ValueKind.Other"/> the known datatype of an ill-typed literal.
    /// </summary>
    public XsdDatatype Datatype { get; }

    /// <summary>The id, where this value is a term that has one already.</summary>
    public TermId Id { get; }

    /// <summary>
    /// The IRI, label, or lexical form. Empty for computed numbers, booleans, dates and durations, and for inline ids: see
    /// <see cref="LexicalForm"/>. For triple terms, the encoded form.
    /// </summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The language with its direction (<c>en</c>, <c>ar--rtl</c>) of a <see cref="ValueKind.LangString"/>; the datatype of <see cref="ValueKind.Other"/>.</summary>
    public ReadOnlySpan<byte> Suffix { get; }

    /// <summary>Whether this is an error.</summary>
    public bool IsError => Kind == ValueKind.Error;

    /// <summary>Whether this is any literal.</summary>
    public bool IsLiteral => Kind is >= ValueKind.String and <= ValueKind.Other;

    /// <summary>Whether this is a string with or without language.</summary>
    public bool IsString => Kind is ValueKind.String or ValueKind.LangString;

    /// <summary>Whether this is a valid number.</summary>
    public bool IsNumeric => Kind is >= ValueKind.Integer and <= ValueKind.Double;

    /// <summary>The value of an integer.</summary>
    public Int128 AsInteger => new((ulong)_high, (ulong)_low);

    /// <summary>The value of a boolean.</summary>
    public bool AsBoolean => _low != 0;

    /// <summary>The value of a decimal.</summary>
    public decimal AsDecimal => Unsafe.BitCast<Int128, decimal>(new Int128((ulong)_high, (ulong)_low));

    /// <summary>The value of a double or a float.</summary>
    public double AsDouble => BitConverter.Int64BitsToDouble(_low);

    /// <summary>The value of a date or time.</summary>
    public XsdDateTime AsDateTime => new(_high, _low, _zone);

    /// <summary>The value of a duration.</summary>
    public XsdDuration AsDuration => new(_months, _high, _low);

    /// <summary>Whether the effective boolean value (section 17.2.2) is true; false for false and for errors.</summary>
    public bool IsTrue => EffectiveBoolean == Truth.True;

    /// <summary>The effective boolean value (SPARQL 1.2 Query, section 17.2.2): of numbers, booleans and strings without language; else an error.</summary>
    public Truth EffectiveBoolean => Kind switch
    {
        ValueKind.Boolean => Truths.Of(_low != 0),
        ValueKind.String => Truths.Of(!Text.IsEmpty),
        ValueKind.Integer => Truths.Of((_high | _low) != 0),
        ValueKind.Decimal => Truths.Of(AsDecimal != 0),
        ValueKind.Float or ValueKind.Double => Truths.Of(AsDouble != 0 && !double.IsNaN(AsDouble)),
        _ => Truth.Error,
    };

    /// <summary>A boolean.</summary>
    public static Value Of(bool value) =>
        new(ValueKind.Boolean, XsdDatatype.Boolean, value ? InlineValue.True : InlineValue.False, low: value ? 1 : 0);

    /// <summary>A truth value or an error.</summary>
    public static Value Of(Truth truth) => truth == Truth.Error ? default : Of(truth == Truth.True);

    /// <summary>An integer.</summary>
    public static Value Of(Int128 value) => Of(value, XsdDatatype.Integer);

    /// <summary>An integer of a derived type, in whose range it is.</summary>
    public static Value Of(Int128 value, XsdDatatype datatype) =>
        new(ValueKind.Integer, datatype, high: (long)(ulong)(value >> 64), low: (long)(ulong)value);

    /// <summary>A decimal.</summary>
    public static Value Of(decimal value)
    {
        var bits = Unsafe.BitCast<decimal, Int128>(value);
        return new(ValueKind.Decimal, XsdDatatype.Decimal, high: (long)(ulong)(bits >> 64), low: (long)(ulong)bits);
    }

    /// <summary>A float.</summary>
    public static Value Of(float value) => new(ValueKind.Float, XsdDatatype.Float, low: BitConverter.DoubleToInt64Bits(value));

    /// <summary>A double.</summary>
    public static Value Of(double value) => new(ValueKind.Double, XsdDatatype.Double, low: BitConverter.DoubleToInt64Bits(value));

    /// <summary>A date or time.</summary>
    public static Value Of(XsdDateTime value, XsdDatatype datatype) =>
        new(ValueKind.DateTime, datatype, high: value.LocalSeconds, low: value.Attoseconds, zone: value.ZoneMinutes);

    /// <summary>A duration; an error when it has more months than are kept.</summary>
    public static Value Of(XsdDuration value, XsdDatatype datatype) =>
        value.Months is < int.MinValue or > int.MaxValue
            ? default
            : new(ValueKind.Duration, datatype, high: value.Seconds, low: value.Attoseconds, months: (int)value.Months);

    /// <summary>An <c>xsd:string</c>.</summary>
    public static Value String(ReadOnlySpan<byte> text) => new(ValueKind.String, XsdDatatype.String, text: text);

    /// <summary>A string with the language and direction of another, or none when it has none.</summary>
    public static Value StringLike(scoped in Value model, ReadOnlySpan<byte> text) =>
        model.Kind == ValueKind.LangString ? LangString(text, model.Suffix) : String(text);

    /// <summary>A string with a language, after which <c>--ltr</c> or <c>--rtl</c> may follow.</summary>
    public static Value LangString(ReadOnlySpan<byte> text, ReadOnlySpan<byte> language) => new(ValueKind.LangString, text: text, suffix: language);

    /// <summary>An IRI.</summary>
    public static Value Iri(ReadOnlySpan<byte> iri) => new(ValueKind.Iri, text: iri);

    /// <summary>A literal from its parts.</summary>
    public static Value Literal(ReadOnlySpan<byte> text, ReadOnlySpan<byte> datatype) => Literal(text, datatype, default);

    /// <summary>Reads a term.</summary>
    public static Value Read(TermId id, QueryTerms terms)
    {
        switch (id.Tag)
        {
            case TermTag.Unbound:
                return default;
            case TermTag.InlineInteger:
                var integer = InlineValue.Integer(id);
                return new(ValueKind.Integer, XsdDatatype.Integer, id, high: integer < 0 ? -1 : 0, low: integer);
            case TermTag.InlineBoolean:
                return Of(InlineValue.Boolean(id));
            case TermTag.InlineDate:
                return new(
                    ValueKind.DateTime, XsdDatatype.Date, id,
                    high: XsdDateTime.From(InlineValue.Date(id)).LocalSeconds, zone: XsdDateTime.NoZone);
            case TermTag.Temporal when terms.Dictionary.TryGetDateTime(id, out var time):
                var encoded = terms.Encoded(id, terms.Scratch);
                var quote = encoded.LastIndexOf((byte)'"');
                return new(
                    ValueKind.DateTime, XsdDatatypes.Of(encoded[(quote + 4)..]), id, encoded[1..quote],
                    high: time.LocalSeconds, low: time.Attoseconds, zone: time.ZoneMinutes);
            default:
                return Read(terms.Encoded(id, terms.Scratch), id);
        }
    }

    /// <summary>Reads an encoded term.</summary>
    public static Value Read(ReadOnlySpan<byte> encoded, TermId id)
    {
        switch (encoded[0])
        {
            case (byte)'<':
                return new(ValueKind.Iri, id: id, text: encoded[1..]);
            case (byte)'_':
                return new(ValueKind.BlankNode, id: id, text: encoded[2..]);
            case (byte)'"':
                var quote = encoded.LastIndexOf((byte)'"');
                var text = encoded[1..quote];
                var suffix = encoded[(quote + 1)..];
                if (suffix.IsEmpty)
                {
                    return new(ValueKind.String, XsdDatatype.String, id, text);
                }

                return suffix[0] == (byte)'@'
                    ? new(ValueKind.LangString, XsdDatatype.None, id, text, suffix[1..])
                    : Literal(text, suffix[3..], id);
            default:
                return new(ValueKind.TripleTerm, id: id, text: encoded);
        }
    }

    /// <summary>The id of this value as a term of the query; unbound for errors.</summary>
    public TermId ToId(QueryTerms terms)
    {
        if (Id.IsBound || Kind == ValueKind.Error)
        {
            return Id;
        }

        if (Kind == ValueKind.Integer && Datatype == XsdDatatype.Integer && Text.IsEmpty
            && _high == _low >> 63 && InlineValue.TryInteger(_low, out var id))
        {
            return id;
        }

        var scratch = terms.Scratch;
        scratch.Clear();
        WriteEncoded(scratch);
        return terms.Intern(scratch.Written);
    }

    /// <summary>Adds the encoded form of this value.</summary>
    public void WriteEncoded(ByteBuffer output)
    {
        switch (Kind)
        {
            case ValueKind.Iri:
                output.Append((byte)'<');
                output.Append(Text);
                return;
            case ValueKind.BlankNode:
                output.Append("_:"u8);
                output.Append(Text);
                return;
            case ValueKind.TripleTerm:
                output.Append(Text);
                return;
        }

        output.Append((byte)'"');
        WriteLexicalForm(output);
        output.Append((byte)'"');
        if (Kind == ValueKind.LangString)
        {
            output.Append((byte)'@');
            output.Append(Suffix);
        }
        else if (Kind != ValueKind.String)
        {
            output.Append("^^<"u8);
            output.Append(DatatypeIri);
        }
    }

    /// <summary>The datatype of a literal.</summary>
    public ReadOnlySpan<byte> DatatypeIri => Kind switch
    {
        ValueKind.LangString => LanguageEnd == Suffix.Length
            ? "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"u8
            : "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"u8,
        ValueKind.Other => Suffix,
        _ => Datatype.Iri(),
    };

    /// <summary>The language of a <see cref="ValueKind.LangString"/>, else empty.</summary>
    public ReadOnlySpan<byte> Language => Kind == ValueKind.LangString ? Suffix[..LanguageEnd] : default;

    /// <summary>The direction, <c>ltr</c> or <c>rtl</c>, of a <see cref="ValueKind.LangString"/>, else empty.</summary>
    public ReadOnlySpan<byte> Direction => Kind == ValueKind.LangString && LanguageEnd < Suffix.Length ? Suffix[^3..] : default;

    private int LanguageEnd => Suffix.Length > 5 && Suffix[^4] == (byte)'-' && Suffix[^5] == (byte)'-' ? Suffix.Length - 5 : Suffix.Length;

    /// <summary>The lexical form of a literal; it is written to <paramref name="scratch"/> where the value holds no text.</summary>
    public ReadOnlySpan<byte> LexicalForm(ByteBuffer scratch)
    {
        if (!Text.IsEmpty || IsString)
        {
            return Text;
        }

        scratch.Clear();
        WriteLexicalForm(scratch);
        return scratch.Written;
    }

    /// <summary>The text of an IRI or the lexical form of a literal.</summary>
    public ReadOnlySpan<byte> LexicalFormOrIri(ByteBuffer scratch) => Kind == ValueKind.Iri ? Text : LexicalForm(scratch);

    /// <summary>Adds the lexical form of a literal.</summary>
    public void WriteLexicalForm(ByteBuffer output)
    {
        if (!Text.IsEmpty)
        {
            output.Append(Text);
            return;
        }

        var room = output.GetSpan(XsdDuration.MaxLength);
        switch (Kind)
        {
            case ValueKind.Integer:
                output.Advance(XsdNumbers.Write(AsInteger, room));
                break;
            case ValueKind.Decimal:
                output.Advance(XsdNumbers.Write(AsDecimal, room));
                break;
            case ValueKind.Float:
                output.Advance(XsdNumbers.Write((float)AsDouble, room));
                break;
            case ValueKind.Double:
                output.Advance(XsdNumbers.Write(AsDouble, room));
                break;
            case ValueKind.Boolean:
                output.Append(AsBoolean ? "true"u8 : "false"u8);
                break;
            case ValueKind.DateTime:
                output.Advance(AsDateTime.Write(Datatype, room));
                break;
            case ValueKind.Duration:
                output.Advance(AsDuration.Write(Datatype, room));
                break;
        }
    }

    /// <summary>This value in a form that can be kept.</summary>
    public Kept Keep() => new(this);

    private static Value Literal(ReadOnlySpan<byte> text, ReadOnlySpan<byte> datatypeIri, TermId id)
    {
        var datatype = XsdDatatypes.Of(datatypeIri);
        if (datatype > XsdDatatype.String && text.Length > 0 && (text[0] <= (byte)' ' || text[^1] <= (byte)' '))
        {
            // White space around a value is no part of it (XML Schema 1.1 Part 2, section 4.3.6), but stays in the text.
            var inner = text.Trim(" \t\r\n"u8);
            var trimmed = inner.Length == text.Length ? default : Literal(inner, datatypeIri, id);
            return trimmed.Kind is ValueKind.Other or ValueKind.Error
                ? new(ValueKind.Other, datatype, id, text, datatypeIri)
                : new(trimmed.Kind, datatype, id, text, default, trimmed._high, trimmed._low, trimmed._months, trimmed._zone);
        }

        switch (datatype)
        {
            case XsdDatatype.None:
                break;
            case XsdDatatype.String:
                return new(ValueKind.String, datatype, id, text);
            case XsdDatatype.Boolean when XsdNumbers.TryParseBoolean(text, out var boolean):
                return new(ValueKind.Boolean, datatype, id, text, low: boolean ? 1 : 0);
            case XsdDatatype.Decimal when XsdNumbers.TryParseDecimal(text, out var number):
                var value = Of(number);
                return new(ValueKind.Decimal, datatype, id, text, high: value._high, low: value._low);
            case XsdDatatype.Float when XsdNumbers.TryParseFloat(text, out var number):
                return new(ValueKind.Float, datatype, id, text, low: BitConverter.DoubleToInt64Bits(number));
            case XsdDatatype.Double when XsdNumbers.TryParseDouble(text, out var number):
                return new(ValueKind.Double, datatype, id, text, low: BitConverter.DoubleToInt64Bits(number));
            default:
                if (datatype.IsInteger() && XsdNumbers.TryParseInteger(text, out var integer) && datatype.Contains(integer))
                {
                    return new(ValueKind.Integer, datatype, id, text, high: (long)(ulong)(integer >> 64), low: (long)(ulong)integer);
                }

                if (datatype.IsDateTime() && XsdDateTime.TryParse(text, datatype, out var time))
                {
                    return new(
                        ValueKind.DateTime, datatype, id, text, high: time.LocalSeconds, low: time.Attoseconds, zone: time.ZoneMinutes);
                }

                if (datatype.IsDuration() && XsdDuration.TryParse(text, datatype, out var duration)
                    && duration.Months is >= int.MinValue and <= int.MaxValue)
                {
                    return new(
                        ValueKind.Duration, datatype, id, text,
                        high: duration.Seconds, low: duration.Attoseconds, months: (int)duration.Months);
                }

                break;
        }

        return new(ValueKind.Other, datatype, id, text, datatypeIri);
    }

    /// <summary>A value with its own copy of the text.</summary>
    internal sealed class Kept(Value value)
    {
        private readonly ValueKind _kind = value.Kind;
        private readonly XsdDatatype _datatype = value.Datatype;
        private readonly TermId _id = value.Id;
        private readonly byte[] _text = value.Text.ToArray();
        private readonly byte[] _suffix = value.Suffix.ToArray();
        private readonly long _high = value._high;
        private readonly long _low = value._low;
        private readonly int _months = value._months;
        private readonly short _zone = value._zone;

        /// <summary>The value.</summary>
        public Value Value => new(_kind, _datatype, _id, _text, _suffix, _high, _low, _months, _zone);
    }
}
