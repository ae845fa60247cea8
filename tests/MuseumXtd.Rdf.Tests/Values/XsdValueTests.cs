using System.Text;
using MuseumXtd.Rdf.Values;

namespace MuseumXtd.Rdf.Tests.Values;

public sealed class XsdValueTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("+007", "7")]
    [InlineData("-9223372036854775809", "-9223372036854775809")]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("1.0", null)]
    [InlineData(" 1", null)]
    [InlineData("999999999999999999999999999999999999999999", null)]
    public void Integers(string text, string? canonical)
    {
        Assert.Equal(canonical is not null, XsdNumbers.TryParseInteger(Utf8(text), out var value));
        Assert.Equal(canonical ?? "0", Written(output => XsdNumbers.Write(value, output)));
    }

    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("-0.0", "0")]
    [InlineData("100", "100")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("+1.0", "1")]
    [InlineData("1234567890.123456789012345678", "1234567890.123456789012345678")]
    [InlineData(".", null)]
    [InlineData("1e0", null)]
    [InlineData("1,5", null)]
    [InlineData("INF", null)]
    public void Decimals(string text, string? canonical)
    {
        Assert.Equal(canonical is not null, XsdNumbers.TryParseDecimal(Utf8(text), out var value));
        Assert.Equal(canonical ?? "0", Written(output => XsdNumbers.Write(value, output)));
    }

    [Theory]
    [InlineData("1", "1.0E0")]
    [InlineData("1000000", "1.0E6")]
    [InlineData("0.00001234", "1.234E-5")]
    [InlineData("-123.456e-300", "-1.23456E-298")]
    [InlineData("1e21", "1.0E21")]
    [InlineData("0.1", "1.0E-1")]
    [InlineData("1.7976931348623157E308", "1.7976931348623157E308")]
    [InlineData("4.9E-324", "5.0E-324")]
    [InlineData("-0", "-0.0E0")]
    [InlineData("INF", "INF")]
    [InlineData("+INF", "INF")]
    [InlineData("-INF", "-INF")]
    [InlineData("NaN", "NaN")]
    [InlineData("1e999", "INF")]
    [InlineData("inf", null)]
    [InlineData("Infinity", null)]
    [InlineData("1e", null)]
    [InlineData("e1", null)]
    [InlineData("0x1", null)]
    [InlineData("1_0", null)]
    public void Doubles(string text, string? canonical)
    {
        Assert.Equal(canonical is not null, XsdNumbers.TryParseDouble(Utf8(text), out var value));
        Assert.Equal(canonical ?? "0.0E0", Written(output => XsdNumbers.Write(value, output)));
    }

    [Fact]
    public void Doubles_and_floats_read_back_as_they_were()
    {
        var random = new Random(5);
        Span<byte> text = stackalloc byte[XsdNumbers.MaxLength];
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            Assert.True(XsdNumbers.TryParseDouble(text[..XsdNumbers.Write(value, text)], out var read));
            Assert.Equal(value, read);
            var single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            Assert.True(XsdNumbers.TryParseFloat(text[..XsdNumbers.Write(single, text)], out var readSingle));
            Assert.Equal(single, readSingle);
        }
    }

    [Theory]
    [InlineData(XsdDatatype.Byte, "-128", "127", "-129", "128")]
    [InlineData(XsdDatatype.UnsignedByte, "0", "255", "-1", "256")]
    [InlineData(XsdDatatype.Long, "-9223372036854775808", "9223372036854775807", "-9223372036854775809", "9223372036854775808")]
    [InlineData(XsdDatatype.UnsignedLong, "0", "18446744073709551615", "-1", "18446744073709551616")]
    [InlineData(XsdDatatype.PositiveInteger, "1", "99999999999999999999999", "0", "-1")]
    [InlineData(XsdDatatype.NonPositiveInteger, "0", "-5", "1", "2")]
    public void Derived_integers_have_ranges(XsdDatatype datatype, string first, string second, string below, string above)
    {
        Assert.True(datatype.Contains(Int128.Parse(first, null)));
        Assert.True(datatype.Contains(Int128.Parse(second, null)));
        Assert.False(datatype.Contains(Int128.Parse(below, null)));
        Assert.False(datatype.Contains(Int128.Parse(above, null)));
    }

    [Fact]
    public void Datatypes_are_found_by_their_IRIs()
    {
        foreach (var datatype in Enum.GetValues<XsdDatatype>().Where(datatype => datatype != XsdDatatype.None))
        {
            Assert.Equal(datatype, XsdDatatypes.Of(datatype.Iri()));
        }

        Assert.Equal("http://www.w3.org/2001/XMLSchema#gYearMonth", Encoding.UTF8.GetString(XsdDatatype.GYearMonth.Iri()));
        Assert.Equal(XsdDatatype.None, XsdDatatypes.Of("http://www.w3.org/2001/XMLSchema#"u8));
        Assert.Equal(XsdDatatype.None, XsdDatatypes.Of("http://www.w3.org/2001/XMLSchema#anyURI"u8));
        Assert.Equal(XsdDatatype.None, XsdDatatypes.Of("http://example.org/integer"u8));
    }

    [Theory]
    [InlineData(XsdDatatype.DateTime, "2020-02-29T23:59:59.5Z")]
    [InlineData(XsdDatatype.DateTime, "-0044-03-15T00:00:00")]
    [InlineData(XsdDatatype.DateTime, "0000-01-01T00:00:00")]
    [InlineData(XsdDatatype.DateTime, "12020-01-01T00:00:00.000000000000000001-14:00")]
    [InlineData(XsdDatatype.DateTime, "2019-12-31T24:00:00", "2020-01-01T00:00:00")]
    [InlineData(XsdDatatype.DateTime, "2020-01-01T00:00:00.500+00:00", "2020-01-01T00:00:00.5Z")]
    [InlineData(XsdDatatype.DateTimeStamp, "2020-01-01T00:00:00Z")]
    [InlineData(XsdDatatype.Date, "1583-10-15+05:30")]
    [InlineData(XsdDatatype.Time, "10:20:30.25")]
    [InlineData(XsdDatatype.Time, "24:00:00", "00:00:00")]
    [InlineData(XsdDatatype.GYear, "2020")]
    [InlineData(XsdDatatype.GYear, "-0001Z")]
    [InlineData(XsdDatatype.GYearMonth, "2020-12")]
    [InlineData(XsdDatatype.GMonth, "--12")]
    [InlineData(XsdDatatype.GMonthDay, "--02-29")]
    [InlineData(XsdDatatype.GDay, "---31")]
    public void Times_are_read_and_written(XsdDatatype datatype, string text, string? canonical = null)
    {
        Assert.True(XsdDateTime.TryParse(Utf8(text), datatype, out var value));
        Assert.Equal(canonical ?? text, Written(output => value.Write(datatype, output)));
    }

    [Theory]
    [InlineData(XsdDatatype.DateTime, "2020-01-01")]
    [InlineData(XsdDatatype.DateTime, "2020-01-01T25:00:00")]
    [InlineData(XsdDatatype.DateTime, "2020-01-01T24:00:01")]
    [InlineData(XsdDatatype.DateTime, "2020-01-01T00:00:60")]
    [InlineData(XsdDatatype.DateTime, "2020-01-01T00:00:00.")]
    [InlineData(XsdDatatype.DateTime, "2020-01-01T00:00:00+14:01")]
    [InlineData(XsdDatatype.DateTime, "20-01-01T00:00:00")]
    [InlineData(XsdDatatype.DateTime, "02020-01-01T00:00:00")]
    [InlineData(XsdDatatype.DateTimeStamp, "2020-01-01T00:00:00")]
    [InlineData(XsdDatatype.Date, "2019-02-29")]
    [InlineData(XsdDatatype.Date, "1900-02-29")]
    [InlineData(XsdDatatype.Date, "2020-1-1")]
    [InlineData(XsdDatatype.Date, "2020-01-01z")]
    [InlineData(XsdDatatype.GMonthDay, "--02-30")]
    [InlineData(XsdDatatype.GYear, "")]
    public void Ill_typed_times_are_refused(XsdDatatype datatype, string text) =>
        Assert.False(XsdDateTime.TryParse(Utf8(text), datatype, out _));

    [Fact]
    public void Dates_agree_with_the_calendar_of_the_platform()
    {
        Span<byte> text = stackalloc byte[XsdDateTime.MaxLength];
        for (var day = 0; day < DateOnly.MaxValue.DayNumber; day += 97)
        {
            var date = DateOnly.FromDayNumber(day);
            var value = XsdDateTime.From(date);
            Assert.Equal((date.Year, date.Month, date.Day), ((int)value.Year, value.Month, value.Day));
            Assert.True(XsdDateTime.TryParse(text[..value.Write(XsdDatatype.Date, text)], XsdDatatype.Date, out var read));
            Assert.Equal(value, read);
        }
    }

    [Theory]
    [InlineData("2000-01-15T00:00:00", "2000-02-15T00:00:00", -1)]
    [InlineData("2000-01-15T12:00:00", "2000-01-16T12:00:00Z", -1)]
    [InlineData("2000-01-01T12:00:00", "1999-12-31T23:00:00Z", null)]
    [InlineData("2000-01-16T12:00:00", "2000-01-16T12:00:00Z", null)]
    [InlineData("2000-01-16T00:00:00", "2000-01-16T12:00:00Z", null)]
    [InlineData("2000-01-16T12:00:00Z", "2000-01-16T13:00:00+01:00", 0)]
    public void Times_with_and_without_zone_compare_only_when_14_hours_apart(string left, string right, int? order)
    {
        XsdDateTime.TryParse(Utf8(left), XsdDatatype.DateTime, out var x);
        XsdDateTime.TryParse(Utf8(right), XsdDatatype.DateTime, out var y);
        Assert.Equal(order is not null, XsdDateTime.TryCompare(x, y, out var actual));
        Assert.Equal(order ?? actual, actual);
        Assert.Equal(order is not null, XsdDateTime.TryCompare(y, x, out var mirrored));
        Assert.Equal(-(order ?? -mirrored), mirrored);
    }

    [Theory]
    [InlineData(XsdDatatype.Duration, "P1Y2M3DT4H5M6.7S")]
    [InlineData(XsdDatatype.Duration, "-P1D")]
    [InlineData(XsdDatatype.Duration, "P14M", "P1Y2M")]
    [InlineData(XsdDatatype.Duration, "PT0S")]
    [InlineData(XsdDatatype.Duration, "P0Y", "PT0S")]
    [InlineData(XsdDatatype.DayTimeDuration, "PT36H", "P1DT12H")]
    [InlineData(XsdDatatype.DayTimeDuration, "PT90S", "PT1M30S")]
    [InlineData(XsdDatatype.YearMonthDuration, "P0M")]
    public void Durations_are_read_and_written(XsdDatatype datatype, string text, string? canonical = null)
    {
        Assert.True(XsdDuration.TryParse(Utf8(text), datatype, out var value));
        Assert.Equal(canonical ?? text, Written(output => value.Write(datatype, output)));
    }

    [Theory]
    [InlineData(XsdDatatype.Duration, "P")]
    [InlineData(XsdDatatype.Duration, "PT")]
    [InlineData(XsdDatatype.Duration, "P1DT")]
    [InlineData(XsdDatatype.Duration, "P1H")]
    [InlineData(XsdDatatype.Duration, "P1M1Y")]
    [InlineData(XsdDatatype.Duration, "P1.5D")]
    [InlineData(XsdDatatype.Duration, "1D")]
    [InlineData(XsdDatatype.Duration, "P1Y1Y")]
    [InlineData(XsdDatatype.YearMonthDuration, "P1D")]
    [InlineData(XsdDatatype.DayTimeDuration, "P1Y")]
    public void Ill_typed_durations_are_refused(XsdDatatype datatype, string text) =>
        Assert.False(XsdDuration.TryParse(Utf8(text), datatype, out _));

    [Theory]
    [InlineData("P1M", "P30D", null)]
    [InlineData("P1M", "P2M", -1)]
    [InlineData("PT60S", "PT1M", 0)]
    [InlineData("P1D", "PT23H", 1)]
    public void Months_and_days_do_not_compare(string left, string right, int? order)
    {
        XsdDuration.TryParse(Utf8(left), XsdDatatype.Duration, out var x);
        XsdDuration.TryParse(Utf8(right), XsdDatatype.Duration, out var y);
        Assert.Equal(order is not null, XsdDuration.TryCompare(x, y, out var actual));
        Assert.Equal(order ?? actual, actual);
    }

    [Theory]
    [InlineData("2020-01-31T10:00:00", "P1M", "2020-02-29T10:00:00")]
    [InlineData("2000-01-12T12:13:14Z", "P1Y3M5DT7H10M3.3S", "2001-04-17T19:23:17.3Z")]
    [InlineData("2020-01-01T00:00:00", "-PT0.5S", "2019-12-31T23:59:59.5")]
    public void Durations_are_added_to_times(string time, string duration, string expected)
    {
        XsdDateTime.TryParse(Utf8(time), XsdDatatype.DateTime, out var x);
        XsdDuration.TryParse(Utf8(duration), XsdDatatype.Duration, out var y);
        Assert.Equal(expected, Written(output => x.Add(y).Write(XsdDatatype.DateTime, output)));
    }

    private delegate int Writer(Span<byte> output);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Written(Writer write)
    {
        Span<byte> output = stackalloc byte[XsdDuration.MaxLength];
        return Encoding.UTF8.GetString(output[..write(output)]);
    }
}
