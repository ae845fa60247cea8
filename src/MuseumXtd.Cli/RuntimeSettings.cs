using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace MuseumXtd.Cli;

/// <summary>
/// Settings that the runtime takes from the environment only, and differ from command to command. Where they are missing, the process begins anew in its
/// place, with them: same number, same arguments, same files.
/// </summary>
/// <remarks>Whoever sets one of them, to whatever value, keeps it; <see cref="Begun"/> set to anything leaves the runtime as it is. Only Linux can do it.</remarks>
internal static class RuntimeSettings
{
    /// <summary>
    /// Long work on many requests: 32 MB of new objects are collected at a time. Where the sizes of the processor's caches are hidden, as in many virtual machines,
    /// the runtime would take 256 KB, and the memory that updates leave behind is cleared and touched again and again.
    /// </summary>
    public static IReadOnlyDictionary<string, string> OfServers { get; } = new Dictionary<string, string>
    {
        ["DOTNET_GCgen0size"] = "2000000",
    };

    /// <summary>
    /// Seconds of work, and then the end: what was compiled ahead runs as it is, and what was not is compiled well at once. To count calls and to compile anew what is
    /// called often took more time than better code gave back, up to a tenth; the loops where most of it is spent are compiled well from the beginning instead
    /// (<see cref="System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization"/>).
    /// </summary>
    public static IReadOnlyDictionary<string, string> OfSecondsOfWork { get; } = new Dictionary<string, string>
    {
        ["DOTNET_TieredCompilation"] = "0",

        // Arrays up to 4 MB (numbers are hexadecimal here) are collected with the other new objects. Large ones have a room of their own, and whenever that has grown by a few megabytes all objects
        // are collected, while both cores wait: five times in such a build, and twice with this.
        ["DOTNET_GCLOHThreshold"] = "400000",
    };

    /// <summary>The name of the variable that tells that the process has begun anew already.</summary>
    private const string Begun = "MUSEUMXTD_RUNTIME_SETTINGS";

    /// <summary>Begins anew with settings that are missing. To be called before anything is read or written; where it cannot be done, the process goes on as it is.</summary>
    public static void Require(IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!OperatingSystem.IsLinux() || Debugger.IsAttached || Environment.GetEnvironmentVariable(Begun) is not null)
        {
            return;
        }

        var missing = settings.Where(s => Environment.GetEnvironmentVariable(s.Key) is null).Select(s => $"{s.Key}={s.Value}").ToList();
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            // As they are, whatever bytes they have: the arguments and the environment of a process need not be text.
            var arguments = File.ReadAllBytes("/proc/self/cmdline");
            var environment = File.ReadAllBytes("/proc/self/environ");

            // The socket on which the runtime listens for tools such as dotnet-trace has the name of the process: it is not made where it lies already.
            var socket = Path.Combine(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-{BeginningOf(File.ReadAllText("/proc/self/stat"))}-socket");
            if (File.Exists(socket))
            {
                File.Delete(socket);
            }

            Replace(arguments, [.. environment, .. Encoding.UTF8.GetBytes(string.Concat(missing.Append($"{Begun}=set").Select(m => m + '\0')))]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc there is nothing to begin anew from.
        }
    }

    /// <summary>
    /// When a process began, as the system counts: field 22 of proc_pid_stat(5), of which the second may have spaces and brackets. Containers that share a folder for
    /// temporary files often have processes of the same number there, but not of the same time.
    /// </summary>
    private static string BeginningOf(string stat) => stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[22 - 3];

    /// <summary>Does not return unless it fails.</summary>
    private static unsafe void Replace(byte[] arguments, byte[] environment)
    {
        fixed (byte* path = "/proc/self/exe\0"u8, first = arguments, settings = environment)
        {
            fixed (byte** argumentList = Pointers(arguments, first), environmentList = Pointers(environment, settings))
            {
                _ = Native.Execute(path, argumentList, environmentList);
            }
        }
    }

    /// <summary>Where each string begins that a zero ends, and a null behind them.</summary>
    private static unsafe byte*[] Pointers(ReadOnlySpan<byte> strings, byte* first)
    {
        var pointers = new byte*[strings.Count((byte)0) + 1];
        var start = 0;
        for (var i = 0; i + 1 < pointers.Length; i++)
        {
            pointers[i] = first + start;
            start += strings[start..].IndexOf((byte)0) + 1;
        }

        return pointers;
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "execve")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern unsafe int Execute(byte* path, byte** arguments, byte** environment);
    }
}
