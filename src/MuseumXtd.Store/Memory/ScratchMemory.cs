using System.Buffers;
using System.Runtime.InteropServices;

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

    /// <summary>Room for a number of values, which are not cleared.</summary>
    public ScratchMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _length = length;
        _address = (T*)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T));
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
        NativeMemory.Free(_address);
        _address = null;
    }
}
