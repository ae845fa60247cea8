namespace MuseumXtd.Rdf.Values;

/// <summary>
/// A value of <c>xsd:dateTime</c>, <c>date</c>, <c>time</c> or a Gregorian type (XML Schema 1.1 Part 2, section 3.3.7 and following): a
/// local time on the timeline, exact to 18 digits of a second, and a time zone where it has one. Parts that a type lacks have the
/// values of the reference year (1972), 1 January, midnight.
/// </summary>
/// <param name="LocalSeconds">Seconds from 0001-01-01T00:00:00 in local time.</param>
/// <param name="Attoseconds">Fraction of a second, in 10^-18.</param>
/// <param name="ZoneMinutes">The offset from UTC, or <see cref="NoZone"/>.</param>
public readonly record struct XsdDateTime(long LocalSeconds, long Attoseconds, short ZoneMinutes)
{
    /// <summary>The offset of values without time zone.</summary>
    public const short NoZone = short.MinValue;

    /// <summary>Room that every value fits in when it is written.</summary>
    public const int MaxLength = 64;

    private const long SecondsPerDay = 86_400;
    private const int ReferenceYear = 1972;
    private const long MaxZoneSeconds = 14 * 3600;
    private const long AttosecondsPerSecond = 1_000_000_000_000_000_000;

    /// <summary>Whether the value has a time zone.</summary>
    public bool HasZone => ZoneMinutes != NoZone;

    /// <summary>The year; 0 is 1 BCE.</summary>
    public long Year => Calendar.Split(Days).Year;

    /// <summary>The month, from 1.</summary>
    public int Month => Calendar.Split(Days).Month;

    /// <summary>The day of the month, from 1.</summary>
    public int Day => Calendar.Split(Days).Day;

    /// <summary>The hour.</summary>
    public int Hour => (int)(SecondOfDay / 3600);

    /// <summary>The minute.</summary>
    public int Minute => (int)(SecondOfDay / 60 % 60);

    /// <summary>The whole second.</summary>
    public int Second => (int)(SecondOfDay % 60);

    /// <summary>The second with its fraction.</summary>
    public decimal FractionalSecond => Second + ((decimal)Attoseconds / AttosecondsPerSecond);

    /// <summary>The seconds at which the day of this value begins, in local time.</summary>
    public long Midnight => Days * SecondsPerDay;

    private long Days => Calendar.FloorDivide(LocalSeconds, SecondsPerDay);

    private long SecondOfDay => LocalSeconds - (Days * SecondsPerDay);

    /// <summary>Seconds from 0001-01-01T00:00:00Z, as if a time without zone were UTC.</summary>
    public long UniversalSeconds => LocalSeconds - (HasZone ? ZoneMinutes * 60L : 0);

    /// <summary>A value from a clock.</summary>
    public static XsdDateTime From(DateTimeOffset time) => new(
        time.Ticks / TimeSpan.TicksPerSecond,
        time.Ticks % TimeSpan.TicksPerSecond * (AttosecondsPerSecond / TimeSpan.TicksPerSecond),
        (short)time.TotalOffsetMinutes);

    /// <summary>A date without time zone.</summary>
    public static XsdDateTime From(DateOnly date) => new(date.DayNumber * SecondsPerDay, 0, NoZone);

    /// <summary>
    /// Reads the lexical form of a datatype for which <see cref="XsdDatatypes.IsDateTime"/> holds. False when it is ill-typed.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, XsdDatatype datatype, out XsdDateTime value)
    {
        value = default;
        var reader = new DigitReader(text);
        long year = ReferenceYear;
        var month = 1;
        var day = 1;
        long second = 0;
        long fraction = 0;
        var hasYear = datatype is XsdDatatype.DateTime or XsdDatatype.DateTimeStamp or XsdDatatype.Date or XsdDatatype.GYear or XsdDatatype.GYearMonth;
        var read = !hasYear || reader.TryYear(out year);
        read = read && datatype switch
        {
            XsdDatatype.DateTime or XsdDatatype.DateTimeStamp =>
                reader.TryLiteral('-') && reader.TryTwoDigits(1, 12, out month)
                && reader.TryLiteral('-') && reader.TryTwoDigits(1, 31, out day)
                && reader.TryLiteral('T') && reader.TryTime(out second, out fraction),
            XsdDatatype.Date =>
                reader.TryLiteral('-') && reader.TryTwoDigits(1, 12, out month)
                && reader.TryLiteral('-') && reader.TryTwoDigits(1, 31, out day),
            XsdDatatype.Time => reader.TryTime(out second, out fraction),
            XsdDatatype.GYear => true,
            XsdDatatype.GYearMonth => reader.TryLiteral('-') && reader.TryTwoDigits(1, 12, out month),
            XsdDatatype.GMonth => reader.TryLiteral('-') && reader.TryLiteral('-') && reader.TryTwoDigits(1, 12, out month),
            XsdDatatype.GMonthDay =>
                reader.TryLiteral('-') && reader.TryLiteral('-') && reader.TryTwoDigits(1, 12, out month)
                && reader.TryLiteral('-') && reader.TryTwoDigits(1, 31, out day),
            XsdDatatype.GDay =>
                reader.TryLiteral('-') && reader.TryLiteral('-') && reader.TryLiteral('-') && reader.TryTwoDigits(1, 31, out day),
            _ => false,
        };
        if (!read || day > Calendar.DaysInMonth(year, month) || !reader.TryZone(out var zone) || !reader.AtEnd
            || (datatype == XsdDatatype.DateTimeStamp && zone == NoZone))
        {
            return false;
        }

        if (datatype == XsdDatatype.Time)
        {
            second %= SecondsPerDay;
        }

        value = new XsdDateTime((Calendar.DayNumber(year, month, day) * SecondsPerDay) + second, fraction, zone);
        return true;
    }

    /// <summary>
    /// Compares two values of one datatype. False where the order is indeterminate: one has a time zone, the other has none, and they
    /// are less than 14 hours apart (section 3.3.7.4, and D.2.1 for the timeline).
    /// </summary>
    public static bool TryCompare(XsdDateTime left, XsdDateTime right, out int order)
    {
        order = Compare(left.UniversalSeconds, left.Attoseconds, right.UniversalSeconds, right.Attoseconds);
        if (left.HasZone == right.HasZone)
        {
            return true;
        }

        var latest = Compare(left.UniversalSeconds + MaxZoneSeconds, left.Attoseconds, right.UniversalSeconds, right.Attoseconds);
        var earliest = Compare(left.UniversalSeconds - MaxZoneSeconds, left.Attoseconds, right.UniversalSeconds, right.Attoseconds);
        return latest < 0 || earliest > 0;
    }

    /// <summary>A total order: by time as if times without zone were UTC, then those without zone first.</summary>
    public static int CompareTotally(XsdDateTime left, XsdDateTime right)
    {
        var order = Compare(left.UniversalSeconds, left.Attoseconds, right.UniversalSeconds, right.Attoseconds);
        return order != 0 ? order : left.HasZone.CompareTo(right.HasZone);
    }

    /// <summary>The time between two instants (XPath F&amp;O 9.7): from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static XsdDuration Difference(XsdDateTime left, XsdDateTime right)
    {
        var attoseconds = ((Int128)left.UniversalSeconds - right.UniversalSeconds) * AttosecondsPerSecond + left.Attoseconds - right.Attoseconds;
        return new XsdDuration(0, (long)(attoseconds / AttosecondsPerSecond), (long)(attoseconds % AttosecondsPerSecond));
    }

    /// <summary>The time after a duration (Part 2, appendix E.3.3: months first, the day clamped, then seconds).</summary>
    public XsdDateTime Add(XsdDuration duration)
    {
        var (year, month, day) = Calendar.Split(Days);
        var months = (year * 12) + month - 1 + duration.Months;
        year = Calendar.FloorDivide(months, 12);
        month = (int)(months - (year * 12)) + 1;
        day = Math.Min(day, Calendar.DaysInMonth(year, month));
        var attoseconds = Attoseconds + duration.Attoseconds;
        var carry = Calendar.FloorDivide(attoseconds, AttosecondsPerSecond);
        var seconds = (Calendar.DayNumber(year, month, day) * SecondsPerDay) + SecondOfDay + duration.Seconds + carry;
        return new XsdDateTime(seconds, attoseconds - (carry * AttosecondsPerSecond), ZoneMinutes);
    }

    /// <summary>Writes the canonical form in a datatype and returns its length.</summary>
    public int Write(XsdDatatype datatype, Span<byte> output)
    {
        var writer = new DigitWriter(output);
        var (year, month, day) = Calendar.Split(Days);
        switch (datatype)
        {
            case XsdDatatype.DateTime or XsdDatatype.DateTimeStamp:
                writer.Year(year);
                writer.Part('-', month);
                writer.Part('-', day);
                writer.Literal('T');
                WriteTime(ref writer);
                break;
            case XsdDatatype.Date:
                writer.Year(year);
                writer.Part('-', month);
                writer.Part('-', day);
                break;
            case XsdDatatype.Time:
                WriteTime(ref writer);
                break;
            case XsdDatatype.GYear:
                writer.Year(year);
                break;
            case XsdDatatype.GYearMonth:
                writer.Year(year);
                writer.Part('-', month);
                break;
            case XsdDatatype.GMonth:
                writer.Literal('-');
                writer.Part('-', month);
                break;
            case XsdDatatype.GMonthDay:
                writer.Literal('-');
                writer.Part('-', month);
                writer.Part('-', day);
                break;
            case XsdDatatype.GDay:
                writer.Literal('-');
                writer.Literal('-');
                writer.Part('-', day);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(datatype), datatype, "Not a type of points in time.");
        }

        if (HasZone)
        {
            writer.Zone(ZoneMinutes);
        }

        return writer.Length;
    }

    private void WriteTime(ref DigitWriter writer)
    {
        writer.TwoDigits(Hour);
        writer.Part(':', Minute);
        writer.Part(':', Second);
        writer.Fraction(Attoseconds);
    }

    private static int Compare(long leftSeconds, long leftFraction, long rightSeconds, long rightFraction)
    {
        var order = leftSeconds.CompareTo(rightSeconds);
        return order != 0 ? order : leftFraction.CompareTo(rightFraction);
    }
}
