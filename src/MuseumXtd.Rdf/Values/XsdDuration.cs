namespace MuseumXtd.Rdf.Values;

/// <summary>
/// A value of <c>xsd:duration</c>, <c>yearMonthDuration</c> or <c>dayTimeDuration</c> (XML Schema 1.1 Part 2, section 3.3.6): months and
/// seconds, of one sign. Two durations are equal when both parts are; only durations with months alone, or with seconds alone, have an order.
/// </summary>
/// <param name="Months">Whole months.</param>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Attoseconds">Fraction of a second in 10^-18, with the sign of the whole.</param>
public readonly record struct XsdDuration(long Months, long Seconds, long Attoseconds)
{
    /// <summary>Room that every value fits in when it is written.</summary>
    public const int MaxLength = 96;

    private const long SecondsPerDay = 86_400;

    /// <summary>The duration of the opposite sign.</summary>
    public XsdDuration Negated => new(-Months, -Seconds, -Attoseconds);

    /// <summary>
    /// Reads the lexical form of a datatype for which <see cref="XsdDatatypes.IsDuration"/> holds. False when it is ill-typed.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, XsdDatatype datatype, out XsdDuration value)
    {
        value = default;
        var reader = new DigitReader(text);
        var isNegative = reader.TryLiteral('-');
        if (!reader.TryLiteral('P') || reader.AtEnd)
        {
            return false;
        }

        long months = 0;
        long seconds = 0;
        long fraction = 0;
        var hasMonths = false;
        var hasTime = false;
        var step = 0;
        while (!reader.AtEnd)
        {
            if (reader.TryLiteral('T'))
            {
                if (hasTime || reader.AtEnd)
                {
                    return false;
                }

                hasTime = true;
                step = Math.Max(step, 4);
                continue;
            }

            if (!reader.TryNumber(out var number))
            {
                return false;
            }

            int next;
            if (!hasTime && reader.TryLiteral('Y'))
            {
                next = 1;
                months += number * 12;
            }
            else if (!hasTime && reader.TryLiteral('M'))
            {
                next = 2;
                months += number;
            }
            else if (!hasTime && reader.TryLiteral('D'))
            {
                next = 3;
                seconds += number * SecondsPerDay;
            }
            else if (hasTime && reader.TryLiteral('H'))
            {
                next = 5;
                seconds += number * 3600;
            }
            else if (hasTime && reader.TryLiteral('M'))
            {
                next = 6;
                seconds += number * 60;
            }
            else if (hasTime && reader.TryLiteral('S'))
            {
                next = 7;
                seconds += number;
            }
            else if (hasTime && reader.TryLiteral('.') && reader.TryFraction(out fraction) && reader.TryLiteral('S'))
            {
                next = 7;
                seconds += number;
            }
            else
            {
                return false;
            }

            if (next <= step)
            {
                return false;
            }

            hasMonths |= next <= 2;
            step = next;
        }

        if ((datatype == XsdDatatype.YearMonthDuration && step > 2) || (datatype == XsdDatatype.DayTimeDuration && hasMonths))
        {
            return false;
        }

        value = new XsdDuration(months, seconds, fraction);
        value = isNegative ? value.Negated : value;
        return true;
    }

    /// <summary>The sum of two durations; false when its parts have different signs or are too large.</summary>
    public static bool TryAdd(XsdDuration left, XsdDuration right, out XsdDuration sum)
    {
        const long AttosecondsPerSecond = 1_000_000_000_000_000_000;
        var months = (Int128)left.Months + right.Months;
        var attoseconds = ((Int128)left.Seconds + right.Seconds) * AttosecondsPerSecond + left.Attoseconds + right.Attoseconds;
        var seconds = attoseconds / AttosecondsPerSecond;
        sum = default;
        if (months < long.MinValue || months > long.MaxValue || seconds < long.MinValue || seconds > long.MaxValue
            || (months > 0 && attoseconds < 0) || (months < 0 && attoseconds > 0))
        {
            return false;
        }

        sum = new XsdDuration((long)months, (long)seconds, (long)(attoseconds % AttosecondsPerSecond));
        return true;
    }

    /// <summary>Compares durations; false where neither is less (section 3.3.6.3), unless they are equal.</summary>
    public static bool TryCompare(XsdDuration left, XsdDuration right, out int order)
    {
        order = CompareSeconds(left, right);
        if (left.Months == right.Months)
        {
            return true;
        }

        var byMonths = left.Months.CompareTo(right.Months);
        var isOrdered = order == 0;
        order = byMonths;
        return isOrdered;
    }

    /// <summary>A total order: as if a month had 30 days, then by months.</summary>
    public static int CompareTotally(XsdDuration left, XsdDuration right)
    {
        const long SecondsPerMonth = 30 * SecondsPerDay;
        var order = (left.Seconds + (left.Months * SecondsPerMonth)).CompareTo(right.Seconds + (right.Months * SecondsPerMonth));
        order = order != 0 ? order : left.Attoseconds.CompareTo(right.Attoseconds);
        return order != 0 ? order : left.Months.CompareTo(right.Months);
    }

    /// <summary>Writes the canonical form and returns its length.</summary>
    public int Write(XsdDatatype datatype, Span<byte> output)
    {
        var writer = new DigitWriter(output);
        if (Months < 0 || Seconds < 0 || Attoseconds < 0)
        {
            writer.Literal('-');
        }

        writer.Literal('P');
        Part(ref writer, Math.Abs(Months) / 12, 'Y');
        Part(ref writer, Math.Abs(Months) % 12, 'M');
        var seconds = Math.Abs(Seconds);
        var fraction = Math.Abs(Attoseconds);
        Part(ref writer, seconds / SecondsPerDay, 'D');
        var ofDay = seconds % SecondsPerDay;
        if (ofDay > 0 || fraction > 0)
        {
            writer.Literal('T');
            Part(ref writer, ofDay / 3600, 'H');
            Part(ref writer, ofDay / 60 % 60, 'M');
            if (ofDay % 60 > 0 || fraction > 0)
            {
                writer.Number(ofDay % 60);
                writer.Fraction(fraction);
                writer.Literal('S');
            }
        }
        else if (Months == 0 && seconds == 0)
        {
            writer.Literal(datatype == XsdDatatype.YearMonthDuration ? '0' : 'T');
            if (datatype == XsdDatatype.YearMonthDuration)
            {
                writer.Literal('M');
            }
            else
            {
                writer.Literal('0');
                writer.Literal('S');
            }
        }

        return writer.Length;
    }

    private static int CompareSeconds(XsdDuration left, XsdDuration right)
    {
        var order = left.Seconds.CompareTo(right.Seconds);
        return order != 0 ? order : left.Attoseconds.CompareTo(right.Attoseconds);
    }

    private static void Part(ref DigitWriter writer, long value, char unit)
    {
        if (value > 0)
        {
            writer.Number(value);
            writer.Literal(unit);
        }
    }
}
