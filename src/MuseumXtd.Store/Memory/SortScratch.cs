namespace MuseumXtd.Store.Memory;

/// <summary>
/// Room to sort many rows in: keys and rows, each twice. It lies outside the heap, since it is large and soon given back, on large pages where the
/// system has them: a sort writes to thousands of places in turn, and each small page would cost a look-up.
/// </summary>
internal sealed unsafe class SortScratch : IDisposable
{
    private readonly int _count;
    private readonly nuint _bytes;
    private byte* _memory;
    private bool _isSwapped;

    public SortScratch(int count)
    {
        _count = count;
        _bytes = (nuint)count * 2 * (sizeof(uint) + sizeof(ulong));
        _memory = (byte*)SystemMemory.Allocate(_bytes);
    }

    public Span<uint> Keys => new(_memory + (_isSwapped ? (nuint)_count * sizeof(uint) : 0), _count);

    public Span<ulong> Rows => new(_memory + ((nuint)_count * (_isSwapped ? 2u * sizeof(uint) + sizeof(ulong) : 2u * sizeof(uint))), _count);

    private Span<uint> OtherKeys => new(_memory + (_isSwapped ? 0 : (nuint)_count * sizeof(uint)), _count);

    private Span<ulong> OtherRows => new(_memory + ((nuint)_count * (_isSwapped ? 2u * sizeof(uint) : 2u * sizeof(uint) + sizeof(ulong))), _count);

    /// <summary>Sorts the rows by their keys; rows with equal keys keep their order.</summary>
    public void Sort() => _isSwapped ^= RadixSort.ByKey(Keys, Rows, OtherKeys, OtherRows);

    public void Dispose()
    {
        if (_memory is not null)
        {
            SystemMemory.Free(_memory, _bytes);
            _memory = null;
        }
    }
}
