using System.Buffers;

namespace MuseumXtd.Rdf.Buffers;

/// <summary>
/// Arrays of bytes that are used again and again. Of large ones only a few are kept, for all threads together: the shared pool would keep some for every thread that ever
/// gave one back.
/// </summary>
internal static class ByteArrays
{
    // Arrays of the shared pool have lengths that are powers of two: up to this one they are its own.
    private const int LongestShared = 1 << 17;
    private const int LongestKept = 1 << 20;

    private static readonly ArrayPool<byte> Large = ArrayPool<byte>.Create(LongestKept, 2 * Environment.ProcessorCount);

    /// <summary>An array of some length at least, with any content.</summary>
    public static byte[] Rent(int length) => length <= LongestShared ? ArrayPool<byte>.Shared.Rent(length) : Large.Rent(length);

    /// <summary>Gives an array back.</summary>
    public static void Return(byte[] array)
    {
        if (array.Length > LongestShared)
        {
            Large.Return(array);
        }
        else if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
