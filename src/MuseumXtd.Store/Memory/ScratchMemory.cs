using System.Buffers;

namespace MuseumXtd.Store.Memory;

/// <summary>
/// Room for many values outside the heap, for as long as one piece of work takes: it is given back at once, where a large array would wait for a
/// collection that seldom comes. Whoever disposes of it sees to it that nobody reads it any more.
/// </summary>
public sealed unsafe class ScratchMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly int _length;
    private T* _address;

    private nuint Bytes => checked((nuint)_length * (nuint)sizeof(T));

    /// <summary>Room for a number of values, which are not cleared.</summary>
    public ScratchMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _length = length;
        _address = (T*)SystemMemory.Allocate(Bytes);
    }

    /// <inheritdoc/>
    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_address is null, this);
        return new Span<T>(_address, _length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_address + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
        // It never moves.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_address is not null)
        {
            SystemMemory.Free(_address, Bytes);
            _address = null;
        }
    }
}
