namespace MuseumXtd.Store.Memory;

/// <summary>
/// Values in a row that are not changed any more: in an array of their own, or in a mapped file, where nothing is copied to read them.
/// </summary>
/// <remarks>A mapping lasts as long as the process (<see cref="MappedFile"/>), so an address is as good as an array.</remarks>
internal readonly unsafe struct Column<T>
    where T : unmanaged
{
    private readonly T[]? _array;
    private readonly T* _address;

    public Column(T[] array)
    {
        _array = array;
        Length = array.Length;
    }

    public Column(T* address, int length)
    {
        _address = address;
        Length = length;
    }

    public int Length { get; }

    public ReadOnlySpan<T> Span => _array is null ? new ReadOnlySpan<T>(_address, Length) : _array;

    public static implicit operator Column<T>(T[] array) => new(array);

    /// <summary>A part of it, which is copied when it is not mapped.</summary>
    public Column<T> Slice(int start, int length) =>
        _array is null ? Checked(start, length) : Span.Slice(start, length).ToArray();

    private Column<T> Checked(int start, int length)
    {
        _ = Span.Slice(start, length);
        return new Column<T>(_address + start, length);
    }
}
