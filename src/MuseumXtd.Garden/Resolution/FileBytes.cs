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
    /// <param name="most">How many bytes are wanted: of a file that has grown beyond them meanwhile there is one more.</param>
    public static ReadOnlySpan<byte> Read(string path, long length, int most)
    {
        // Pipes and devices have no length either: opening one could wait, and reading one go on, for ever.
        if (length == 0)
        {
            return [];
        }

        using var file = File.OpenHandle(path);
        var room = length < Room ? _room ??= GC.AllocateUninitializedArray<byte>(Room) : GC.AllocateUninitializedArray<byte>((int)Math.Min(length, most) + 1);
        var count = 0;
        while (true)
        {
            var read = RandomAccess.Read(file, room.AsSpan(count), count);
            count += read;
            if (read == 0 || count > most)
            {
                return room.AsSpan(0, Math.Min(count, most + 1));
            }

            if (count == room.Length)
            {
                // It has grown since.
                var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(2L * count, most + 1L));
                room.CopyTo(larger, 0);
                room = larger;
            }
        }
    }
}
