using System.Globalization;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>Values of the URL as literals.</summary>
internal static class Constants
{
    public static Expression Of(object? value) => value is null ? Patterns.Null : new TermExpression(LiteralOf(value));

#pragma warning disable CS0618 // The library still reads dates and times as its own types.
    public static Literal LiteralOf(object value) => value switch
    {
        string text => new Literal(text),
        bool flag => new Literal(flag ? "true" : "false", Xsd.Boolean),
        sbyte or byte or short or int or long => new Literal(Convert.ToString(value, CultureInfo.InvariantCulture)!, Xsd.Integer),
        decimal number => new Literal(number.ToString(CultureInfo.InvariantCulture) is var text && text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", Xsd.Decimal),
        float number => DoubleOf(number),
        double number => DoubleOf(number),
        Date date => new Literal(date.ToString(), Xsd.Date),
        DateOnly date => new Literal(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Xsd.Date),
        DateTimeOffset time => new Literal(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture), Xsd.DateTime),
        TimeOfDay time => new Literal(((TimeSpan)time).ToString(@"hh\:mm\:ss\.fffffff", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.'), Xsd.Time),
        TimeOnly time => new Literal(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), Xsd.Time),
        TimeSpan duration => new Literal(XmlConvert.ToString(duration), Xsd.DayTimeDuration),
        Guid guid => new Literal(guid.ToString()),
        _ => throw ODataRequestException.NotImplemented($"A constant of type {value.GetType().Name}"),
    };
#pragma warning restore CS0618

    /// <summary>The constant behind conversions, or null when the node is none.</summary>
    public static ConstantNode? Find(QueryNode node) => node switch
    {
        ConvertNode convert => Find(convert.Source),
        ConstantNode constant => constant,
        _ => null,
    };

    private static Literal DoubleOf(double number) => new(
        double.IsPositiveInfinity(number) ? "INF" : double.IsNegativeInfinity(number) ? "-INF" : number.ToString("E16", CultureInfo.InvariantCulture), Xsd.Double);
}
