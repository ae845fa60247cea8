using MuseumXtd.Rdf.Values;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>
/// Functions on dates and times (section 17.4.5). The standard defines them for <c>xsd:dateTime</c>; here they work on every type that
/// has the part asked for.
/// </summary>
internal static class DateFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.Now, FunctionEntry.Nullary(scope => Value.Of(XsdDateTime.From(scope.Context.Now), XsdDatatype.DateTime))),
        new(Function.Year, Part(HasYear, time => time.Year)),
        new(Function.Month, Part(HasMonth, time => time.Month)),
        new(Function.Day, Part(HasDay, time => time.Day)),
        new(Function.Hours, Part(HasTime, time => time.Hour)),
        new(Function.Minutes, Part(HasTime, time => time.Minute)),
        new(Function.Seconds, FunctionEntry.Unary(Seconds)),
        new(Function.Timezone, FunctionEntry.Unary(Timezone)),
        new(Function.Tz, FunctionEntry.Unary(Tz)),
    ];

    private static FunctionEntry Part(Func<XsdDatatype, bool> has, Func<XsdDateTime, long> part) =>
        FunctionEntry.Unary((scoped in Value time, FunctionScope _) =>
            time.Kind == ValueKind.DateTime && has(time.Datatype) ? Value.Of((Int128)part(time.AsDateTime)) : Value.Error);

    private static bool HasYear(XsdDatatype datatype) =>
        datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp or XsdDatatype.Date or XsdDatatype.GYear or XsdDatatype.GYearMonth;

    private static bool HasMonth(XsdDatatype datatype) =>
        datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp or XsdDatatype.Date
            or XsdDatatype.GYearMonth or XsdDatatype.GMonth or XsdDatatype.GMonthDay;

    private static bool HasDay(XsdDatatype datatype) =>
        datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp or XsdDatatype.Date or XsdDatatype.GMonthDay or XsdDatatype.GDay;

    private static bool HasTime(XsdDatatype datatype) =>
        datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp or XsdDatatype.Time;

    private static Value Seconds(scoped in Value time, FunctionScope scope) =>
        time.Kind == ValueKind.DateTime && HasTime(time.Datatype) ? Value.Of(time.AsDateTime.FractionalSecond) : Value.Error;

    private static Value Timezone(scoped in Value time, FunctionScope scope) =>
        time.Kind == ValueKind.DateTime && time.AsDateTime.HasZone
            ? Value.Of(new XsdDuration(0, time.AsDateTime.ZoneMinutes * 60L, 0), XsdDatatype.DayTimeDuration)
            : Value.Error;

    private static Value Tz(scoped in Value time, FunctionScope scope)
    {
        if (time.Kind != ValueKind.DateTime)
        {
            return Value.Error;
        }

        // The zone ends the lexical form, and is kept as it was written: Z and +00:00 are two zones here.
        var text = time.LexicalForm(scope.Result);
        return !time.AsDateTime.HasZone ? Value.String(default)
            : Value.String(text[^1] == (byte)'Z' ? text[^1..] : text[^6..]);
    }
}
