using System.Runtime.InteropServices;

namespace MuseumXtd.Commands;

/// <summary>What stands under a name on the disk. The class library tells files from folders and links, but not from devices and pipes.</summary>
internal static class FileKind
{
    /// <summary>Whether a device, a pipe or a socket stands there, perhaps at the end of links: what may be written into, but must not be replaced.</summary>
    public static bool IsSpecial(string path)
    {
        var status = default(Status);
        return OperatingSystem.IsLinux()
            && Native.Look(Native.CurrentFolder, path, 0, Native.Kind, ref status) == 0
            && (status.Mode & Native.KindBits) is not (Native.OrdinaryFile or Native.Folder);
    }

    private static class Native
    {
        public const int CurrentFolder = -100;
        public const uint Kind = 1;
        public const int KindBits = 0xF000;
        public const int OrdinaryFile = 0x8000;
        public const int Folder = 0x4000;

        // statx(2): unlike stat's, its structure is the same on all processors.
        [DllImport("libc", EntryPoint = "statx")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Look(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref Status status);
    }

    /// <summary>struct statx, of which only the mode is read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
