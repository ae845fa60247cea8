using System.Runtime.InteropServices;

namespace MuseumXtd.Store.Durability;

/// <summary>
/// A thread that works for microseconds and then waits says so to the scheduler. Linux (since 6.12) gives it a processor as soon as it wakes in return, where otherwise it
/// would wait until a busy thread's slice is over, which is several milliseconds.
/// </summary>
internal static class ShortSlice
{
    // The class library has no such calls, and the C library has them only lately: sched_setattr(2) and, with the number after it, sched_getattr(2).
    private const long SetOnX64 = 314;
    private const long SetOnArm64 = 274;
    private const uint UsualPolicy = 0;

    // The shortest that the scheduler takes.
    private const ulong Nanoseconds = 100_000;

    /// <summary>Asks it for this thread. Where the system has no such thing, all stays as it is.</summary>
    public static void Ask()
    {
        long? set = !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => SetOnX64,
            Architecture.Arm64 => SetOnArm64,
            _ => null,
        };
        var attributes = default(Attributes);
        if (set is { } number
            && Native.Call(number + 1, 0, ref attributes, (uint)Marshal.SizeOf<Attributes>(), 0) == 0
            && attributes.Policy == UsualPolicy)
        {
            attributes.Runtime = Nanoseconds;
            _ = Native.Call(number, 0, ref attributes, 0, 0);
        }
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "syscall")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern long Call(long number, long thread, ref Attributes attributes, long third, long fourth);
    }

    /// <summary>struct sched_attr, as the first version of the call has it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
