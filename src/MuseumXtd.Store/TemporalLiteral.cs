using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Values;

namespace MuseumXtd.Store;

/// <summary>
/// The values of <c>xsd:dateTime</c> literals in 64 bits each: local seconds, time zone. Those with a fraction of a second, and years so far away
/// that they do not fit, are left to whoever reads the text.
/// </summary>
internal static class TemporalLiteral
{
    /// <summary>No value is kept.</summary>
    public const ulong None = ulong.MaxValue;

    private const int ZoneBits = 12;
    private const int NoZone = (1 << ZoneBits) - 2;
    private const int ZoneMiddle = 1 << (ZoneBits - 1);
    private const long SecondsMiddle = 1L << (63 - ZoneBits);

    /// <summary>The bits of an encoded literal of a date, time or duration type.</summary>
    public static ulong BitsOf(ReadOnlySpan<byte> encoded)
    {
        var literal = new EncodedTerm(encoded);
        var datatype = XsdDatatypes.Of(literal.Datatype);
        if (datatype is not (XsdDatatype.DateTime or XsdDatatype.DateTimeStamp)
            || !XsdDateTime.TryParse(literal.LexicalForm, datatype, out var value)
            || value.Attoseconds != 0 || value.LocalSeconds is < -SecondsMiddle or >= SecondsMiddle)
        {
            return None;
        }

        var zone = value.HasZone ? value.ZoneMinutes + ZoneMiddle : NoZone;
        return ((ulong)(value.LocalSeconds + SecondsMiddle) << ZoneBits) | (uint)zone;
    }

    /// <summary>The value of the bits; false where there is none.</summary>
    public static bool TryRead(ulong bits, out XsdDateTime value)
    {
        var zone = (int)(bits & ((1 << ZoneBits) - 1));
        value = new XsdDateTime((long)(bits >> ZoneBits) - SecondsMiddle, 0, zone == NoZone ? XsdDateTime.NoZone : (short)(zone - ZoneMiddle));
        return bits != None;
    }
}
