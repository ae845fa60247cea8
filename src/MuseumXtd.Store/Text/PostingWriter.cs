namespace MuseumXtd.Store.Text;

/// <summary>Writes the texts of words, word after word.</summary>
internal sealed class PostingWriter(int capacity)
{
    private byte[] _bytes = new byte[Math.Max(64, capacity)];
    private int _last = -1;

    public int Length { get; private set; }

    /// <summary>Begins the next word.</summary>
    public void Begin() => _last = -1;

    /// <summary>Adds a text, whose number is higher than those before.</summary>
    public void Add(int text, int occurrences)
    {
        Reserve(10);
        Varint(((uint)(text - _last) << 1) | (occurrences > 1 ? 1u : 0));
        if (occurrences > 1)
        {
            Varint((uint)occurrences);
        }

        _last = text;
    }

    /// <summary>Adds texts as they are stored, up to the one with a given number.</summary>
    public void Append(ReadOnlySpan<byte> stored, int last)
    {
        Reserve(stored.Length);
        stored.CopyTo(_bytes.AsSpan(Length));
        Length += stored.Length;
        _last = last;
    }

    public byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();

    private void Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, Math.Max(Length + size, checked((int)Math.Min(Array.MaxLength, _bytes.Length * 2L))));
        }
    }

    private void Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[Length++] = (byte)(value | 0x80);
        }

        _bytes[Length++] = (byte)value;
    }
}
