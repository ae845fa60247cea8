using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Rdf.Values;

/// <summary>The datatypes of XML Schema 1.1 whose values are computed with, by their local names.</summary>
public enum XsdDatatype : byte
{
    /// <summary>Any other datatype.</summary>
    None,

    /// <summary><c>xsd:string</c></summary>
    String,

    /// <summary><c>xsd:boolean</c></summary>
    Boolean,

    /// <summary><c>xsd:decimal</c></summary>
    Decimal,

    /// <summary><c>xsd:integer</c>; the types derived from it follow, up to <see cref="PositiveInteger"/>.</summary>
    Integer,

    /// <summary><c>xsd:nonPositiveInteger</c></summary>
    NonPositiveInteger,

    /// <summary><c>xsd:negativeInteger</c></summary>
    NegativeInteger,

    /// <summary><c>xsd:long</c></summary>
    Long,

    /// <summary><c>xsd:int</c></summary>
    Int,

    /// <summary><c>xsd:short</c></summary>
    Short,

    /// <summary><c>xsd:byte</c></summary>
    Byte,

    /// <summary><c>xsd:nonNegativeInteger</c></summary>
    NonNegativeInteger,

    /// <summary><c>xsd:unsignedLong</c></summary>
    UnsignedLong,

    /// <summary><c>xsd:unsignedInt</c></summary>
    UnsignedInt,

    /// <summary><c>xsd:unsignedShort</c></summary>
    UnsignedShort,

    /// <summary><c>xsd:unsignedByte</c></summary>
    UnsignedByte,

    /// <summary><c>xsd:positiveInteger</c></summary>
    PositiveInteger,

    /// <summary><c>xsd:float</c></summary>
    Float,

    /// <summary><c>xsd:double</c></summary>
    Double,

    /// <summary><c>xsd:dateTime</c>; the other points and stretches of time follow, up to <see cref="GDay"/>.</summary>
    DateTime,

    /// <summary><c>xsd:dateTimeStamp</c></summary>
    DateTimeStamp,

    /// <summary><c>xsd:date</c></summary>
    Date,

    /// <summary><c>xsd:time</c></summary>
    Time,

    /// <summary><c>xsd:gYear</c></summary>
    GYear,

    /// <summary><c>xsd:gYearMonth</c></summary>
    GYearMonth,

    /// <summary><c>xsd:gMonth</c></summary>
    GMonth,

    /// <summary><c>xsd:gMonthDay</c></summary>
    GMonthDay,

    /// <summary><c>xsd:gDay</c></summary>
    GDay,

    /// <summary><c>xsd:duration</c></summary>
    Duration,

    /// <summary><c>xsd:yearMonthDuration</c></summary>
    YearMonthDuration,

    /// <summary><c>xsd:dayTimeDuration</c></summary>
    DayTimeDuration,
}

/// <summary>What is known of the datatypes.</summary>
public static class XsdDatatypes
{
    private const int TableBits = 7;

    private static readonly byte[][] Iris = [.. Enum.GetNames<XsdDatatype>().Select(IriOf)];

    private static readonly XsdDatatype[] ByHash = MakeTable();

    /// <summary>The datatype with an IRI, or <see cref="XsdDatatype.None"/>.</summary>
    public static XsdDatatype Of(ReadOnlySpan<byte> iri)
    {
        if (!iri.StartsWith("http://www.w3.org/2001/XMLSchema#"u8) || iri.Length == Xsd.Namespace.Length)
        {
            return XsdDatatype.None;
        }

        var datatype = ByHash[HashOf(iri)];
        return datatype != XsdDatatype.None && iri.SequenceEqual(Iris[(int)datatype]) ? datatype : XsdDatatype.None;
    }

    /// <summary>The IRI of a datatype that is not <see cref="XsdDatatype.None"/>.</summary>
    public static ReadOnlySpan<byte> Iri(this XsdDatatype datatype) => Iris[(int)datatype];

    /// <summary>Whether this is <c>xsd:integer</c> or derived from it.</summary>
    public static bool IsInteger(this XsdDatatype datatype) => datatype is >= XsdDatatype.Integer and <= XsdDatatype.PositiveInteger;

    /// <summary>Whether this is one of the four numeric types or derived from one.</summary>
    public static bool IsNumeric(this XsdDatatype datatype) => datatype is >= XsdDatatype.Decimal and <= XsdDatatype.Double;

    /// <summary>Whether values of this are a <see cref="XsdDateTime"/>.</summary>
    public static bool IsDateTime(this XsdDatatype datatype) => datatype is >= XsdDatatype.DateTime and <= XsdDatatype.GDay;

    /// <summary>Whether values of this are an <see cref="XsdDuration"/>.</summary>
    public static bool IsDuration(this XsdDatatype datatype) => datatype is >= XsdDatatype.Duration and <= XsdDatatype.DayTimeDuration;

    /// <summary>Whether an integer is in the value space of an integer type.</summary>
    public static bool Contains(this XsdDatatype datatype, Int128 value) => datatype switch
    {
        XsdDatatype.Integer => true,
        XsdDatatype.NonPositiveInteger => value <= 0,
        XsdDatatype.NegativeInteger => value < 0,
        XsdDatatype.Long => value >= long.MinValue && value <= long.MaxValue,
        XsdDatatype.Int => value >= int.MinValue && value <= int.MaxValue,
        XsdDatatype.Short => value >= short.MinValue && value <= short.MaxValue,
        XsdDatatype.Byte => value >= sbyte.MinValue && value <= sbyte.MaxValue,
        XsdDatatype.NonNegativeInteger => value >= 0,
        XsdDatatype.UnsignedLong => value >= 0 && value <= ulong.MaxValue,
        XsdDatatype.UnsignedInt => value >= 0 && value <= uint.MaxValue,
        XsdDatatype.UnsignedShort => value >= 0 && value <= ushort.MaxValue,
        XsdDatatype.UnsignedByte => value >= 0 && value <= byte.MaxValue,
        XsdDatatype.PositiveInteger => value > 0,
        _ => false,
    };

    /// <summary>The length and three letters of the local name tell all datatypes apart; making the table fails should they no longer.</summary>
    private static uint HashOf(ReadOnlySpan<byte> iri)
    {
        const uint Multiplier = 0x414C343D;
        var name = iri[Xsd.Namespace.Length..];
        var key = (uint)name.Length | ((uint)name[0] << 8) | ((uint)name[^1] << 16) | ((uint)name[Math.Min(3, name.Length - 1)] << 24);
        return (key * Multiplier) >> (32 - TableBits);
    }

    private static XsdDatatype[] MakeTable()
    {
        var table = new XsdDatatype[1 << TableBits];
        for (var i = 1; i < Iris.Length; i++)
        {
            ref var entry = ref table[HashOf(Iris[i])];
            entry = entry == XsdDatatype.None ? (XsdDatatype)i : throw new InvalidOperationException("Two datatypes have one hash.");
        }

        return table;
    }

    private static byte[] IriOf(string name)
    {
        // The Gregorian types begin with a small g and a capital; all others only with a small letter.
        var local = string.Concat(name[..1].ToLowerInvariant(), name.AsSpan(1));
        return System.Text.Encoding.UTF8.GetBytes(Xsd.Namespace + local);
    }
}
