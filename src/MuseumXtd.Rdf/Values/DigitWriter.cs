using System.Buffers.Text;

namespace MuseumXtd.Rdf.Values;

/// <summary>Writes the parts of dates, times and durations.</summary>
internal ref struct DigitWriter(Span<byte> output)
{
    private readonly Span<byte> _output = output;

    public int Length { get; private set; }

    public void Literal(char literal) => _output[Length++] = (byte)literal;

    public void TwoDigits(int value)
    {
        _output[Length++] = (byte)('0' + (value / 10));
        _output[Length++] = (byte)('0' + (value % 10));
    }

    public void Part(char separator, int value)
    {
        Literal(separator);
        TwoDigits(value);
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _output[Length..], out var written);
        Length += written;
    }

    public void Year(long year)
    {
        if (year < 0)
        {
            Literal('-');
            year = -year;
        }

        Utf8Formatter.TryFormat(year, _output[Length..], out var written, new System.Buffers.StandardFormat('D', 4));
        Length += written;
    }

    public void Fraction(long attoseconds)
    {
        if (attoseconds == 0)
        {
            return;
        }

        Literal('.');
        Utf8Formatter.TryFormat(attoseconds, _output[Length..], out var written, new System.Buffers.StandardFormat('D', 18));
        Length += _output.Slice(Length, written).TrimEnd((byte)'0').Length;
    }

    public void Zone(int minutes)
    {
        if (minutes == 0)
        {
            Literal('Z');
            return;
        }

        Literal(minutes < 0 ? '-' : '+');
        TwoDigits(Math.Abs(minutes) / 60);
        Part(':', Math.Abs(minutes) % 60);
    }
}
