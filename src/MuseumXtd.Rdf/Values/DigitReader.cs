namespace MuseumXtd.Rdf.Values;

/// <summary>Reads the parts of dates, times and durations, left to right.</summary>
internal ref struct DigitReader(ReadOnlySpan<byte> text)
{
    private const int MaxYearDigits = 9;
    private const int FractionDigits = 18;

    private ReadOnlySpan<byte> _rest = text;

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool TryLiteral(char literal)
    {
        if (_rest.IsEmpty || _rest[0] != literal)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public bool TryTwoDigits(int least, int most, out int value)
    {
        value = 0;
        if (_rest.Length < 2 || !IsDigit(_rest[0]) || !IsDigit(_rest[1]))
        {
            return false;
        }

        value = ((_rest[0] - '0') * 10) + _rest[1] - '0';
        _rest = _rest[2..];
        return value >= least && value <= most;
    }

    /// <summary><c>-?([1-9][0-9]{3,}|0[0-9]{3})</c></summary>
    public bool TryYear(out long year)
    {
        var isNegative = TryLiteral('-');
        var length = DigitCount();
        year = 0;
        if (length < 4 || length > MaxYearDigits || (length > 4 && _rest[0] == (byte)'0'))
        {
            return false;
        }

        TryNumber(out year);
        year = isNegative ? -year : year;
        return true;
    }

    /// <summary><c>hh:mm:ss(.s+)?</c>, with <c>24:00:00</c> for the end of the day.</summary>
    public bool TryTime(out long seconds, out long attoseconds)
    {
        seconds = 0;
        attoseconds = 0;
        if (!TryTwoDigits(0, 24, out var hour) || !TryLiteral(':') || !TryTwoDigits(0, 59, out var minute)
            || !TryLiteral(':') || !TryTwoDigits(0, 59, out var second)
            || (TryLiteral('.') && !TryFraction(out attoseconds)))
        {
            return false;
        }

        seconds = (hour * 3600L) + (minute * 60L) + second;
        return hour < 24 || (minute == 0 && second == 0 && attoseconds == 0);
    }

    /// <summary>Nothing, <c>Z</c> or an offset of 14 hours at most.</summary>
    public bool TryZone(out short minutes)
    {
        minutes = XsdDateTime.NoZone;
        if (AtEnd)
        {
            return true;
        }

        if (TryLiteral('Z'))
        {
            minutes = 0;
            return true;
        }

        var isNegative = _rest[0] == (byte)'-';
        if ((!TryLiteral('+') && !TryLiteral('-'))
            || !TryTwoDigits(0, 14, out var hour) || !TryLiteral(':') || !TryTwoDigits(0, hour == 14 ? 0 : 59, out var minute))
        {
            return false;
        }

        minutes = (short)((hour * 60) + minute);
        minutes = isNegative ? (short)-minutes : minutes;
        return true;
    }

    /// <summary>Digits as a number of at most 13 of them, so that as many days are still a number of seconds.</summary>
    public bool TryNumber(out long value)
    {
        value = 0;
        var length = DigitCount();
        if (length is 0 or > 13)
        {
            return false;
        }

        foreach (var digit in _rest[..length])
        {
            value = (value * 10) + (digit - '0');
        }

        _rest = _rest[length..];
        return true;
    }

    /// <summary>The digits after a point; those beyond the eighteenth are dropped.</summary>
    public bool TryFraction(out long attoseconds)
    {
        attoseconds = 0;
        var length = DigitCount();
        for (var i = 0; i < FractionDigits; i++)
        {
            attoseconds = (attoseconds * 10) + (i < length ? _rest[i] - '0' : 0);
        }

        _rest = _rest[length..];
        return length > 0;
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    private readonly int DigitCount()
    {
        var length = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? _rest.Length : length;
    }
}
