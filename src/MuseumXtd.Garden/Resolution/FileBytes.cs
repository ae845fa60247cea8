namespace MuseumXtd.Garden.Resolution;

/// <summary>The bytes of small files, for which a thread uses the same room again and again: to touch fresh memory takes longer than to read a note.</summary>
internal static class FileBytes
{
    private const int Room = 64 * 1024;

    [ThreadStatic]
    private static byte[]? _room;

    /// <summary>The bytes of a file; they are there until the thread reads the next one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How long it is supposed to be.</param>
    public static ReadOnlySpan<byte> Read(string path, long length)
    {
        if (length >= Room)
        {
            return File.ReadAllBytes(path);
        }

        var room = _room ??= GC.AllocateUninitializedArray<byte>(Room);
        using var file = File.OpenHandle(path);
        for (var count = 0; count < room.Length;)
        {
            var read = RandomAccess.Read(file, room.AsSpan(count), count);
            if (read == 0)
            {
                return room.AsSpan(0, count);
            }

            count += read;
        }

        // It has grown since.
        return File.ReadAllBytes(path);
    }
}
