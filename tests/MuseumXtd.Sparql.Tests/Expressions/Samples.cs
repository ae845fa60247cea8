namespace MuseumXtd.Sparql.Tests.Expressions;

/// <summary>Terms of all kinds, near each other and at the ends of ranges.</summary>
internal static class Samples
{
    public static readonly string[] Terms =
    [
        "<http://a>", "<http://b>", "_:b1", "_:b2", "\"\"", "\"a\"", "\"b\"", "\"é\"", "\"a longer text\"", "\"a longer text too\"",
        "\"a\"@en", "\"a\"@EN", "\"a\"@fr", "\"b\"@en", "\"a\"@ar--rtl", "\"a\"@fr--ltr", "\"a\"@fr-BE",
        "0", "1", "-1", "2", "134217727", "134217728", "-134217728", "-134217729", "9007199254740993",
        "xsd:integer(01)", "xsd:integer(+1)", "xsd:integer(abc)", "xsd:byte(1)", "xsd:byte(1200)", "xsd:int(2)", "xsd:integer(123456789012345678901234567890)",
        "0.5", "1.0", "1.5", "-0.5", "xsd:decimal(9007199254740993.5)", "0.1", "xsd:decimal(x)", "xsd:integer( 1 )", "xsd:decimal(0.30000000000000000001)",
        "0.3", "3e-1", "xsd:decimal(123456789012345678.5)", "xsd:decimal(123456789012345679)", "xsd:integer(99999999999999999999999999999999999999999)",
        "1e0", "1.5e0", "1e-1", "xsd:double(-0.0E0)", "xsd:double(NaN)", "xsd:double(INF)", "xsd:double(-INF)", "9007199254740992e0",
        "xsd:float(0.1)", "xsd:float(1)", "xsd:float(16777217)", "xsd:float(NaN)",
        "true", "false", "xsd:boolean(1)", "xsd:boolean(no)",
        "xsd:date(2020-01-01)", "xsd:date(2020-01-02)", "xsd:date(2020-01-01Z)", "xsd:date(2020-01-03+14:00)", "xsd:date(0001-01-01)", "xsd:date(-0044-03-15)",
        "xsd:date(2020-13-01)", "xsd:dateTime(2020-01-01T00:00:00)", "xsd:dateTime(2020-01-01T00:00:00Z)", "xsd:dateTime(2020-01-01T00:00:00.5)",
        "xsd:dateTimeStamp(2020-01-01T00:00:00Z)", "xsd:time(10:00:00)", "xsd:time(10:00:00-05:00)", "xsd:gYear(2020)", "xsd:gYear(2021)", "xsd:gYearMonth(2020-02)",
        "xsd:duration(P1M)", "xsd:duration(P30D)", "xsd:dayTimeDuration(P30D)", "xsd:yearMonthDuration(P1M)",
        "\"a\"^^<http://t>", "\"b\"^^<http://t>", "\"a\"^^<http://u>",
    ];
}
