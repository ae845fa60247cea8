using System.Buffers;

namespace MuseumXtd.Rdf.Buffers;

/// <summary>A growable byte buffer on pooled arrays, to be reused: clearing it keeps its memory and touches none of it.</summary>
public sealed class ByteBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes;
    private int _length;

    /// <summary>An empty buffer with room for at least <paramref name="capacity"/> bytes.</summary>
    public ByteBuffer(int capacity = 256) => _bytes = ByteArrays.Rent(capacity);

    /// <summary>How many bytes are written.</summary>
    public int Length => _length;

    /// <summary>The bytes written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The bytes written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Shortens the buffer to its first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length);
        _length = length;
    }

    /// <summary>Adds one byte.</summary>
    public void Append(byte value)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[_length++] = value;
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> values)
    {
        if (values.Length > _bytes.Length - _length)
        {
            Grow(values.Length);
        }

        values.CopyTo(_bytes.AsSpan(_length));
        _length += values.Length;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - _length));
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _length = 0;
        ByteArrays.Return(bytes);
    }

    private void Reserve(int sizeHint)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (wanted > _bytes.Length - _length)
        {
            Grow(wanted);
        }
    }

    private void Grow(int more)
    {
        var doubled = (int)Math.Min(_bytes.Length * 2L, Array.MaxLength);
        var larger = ByteArrays.Rent(Math.Max(checked(_length + more), doubled));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ByteArrays.Return(_bytes);
        _bytes = larger;
    }
}
