using System.Runtime.InteropServices;
using System.Text;

namespace MuseumXtd.Cli;

/// <summary>Puts a program in the place of this one: same number, same files, same arguments, whatever bytes those have, which need not be text. Only Linux can do it.</summary>
internal static class ProcessImage
{
    /// <summary>Begins another program. To be called before anything is read or written; where it cannot be done it returns, and the process goes on as it is.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments, made of those of this process: each ended by a zero, the program first.</param>
    /// <param name="settings">What is added to the environment, as NAME=VALUE.</param>
    public static void Replace(string path, Func<byte[], byte[]> arguments, IEnumerable<string> settings)
    {
        try
        {
            var given = arguments(File.ReadAllBytes("/proc/self/cmdline"));
            var environment = File.ReadAllBytes("/proc/self/environ");

            // The socket on which the runtime listens for tools such as dotnet-trace has the name of the process: it is not made where it lies already.
            var socket = Path.Combine(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-{BeginningOf(File.ReadAllText("/proc/self/stat"))}-socket");
            if (File.Exists(socket))
            {
                File.Delete(socket);
            }

            Replace(Encoding.UTF8.GetBytes(path + '\0'), given, [.. environment, .. Encoding.UTF8.GetBytes(string.Concat(settings.Select(s => s + '\0')))]);
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
    private static unsafe void Replace(byte[] path, byte[] arguments, byte[] environment)
    {
        fixed (byte* program = path, first = arguments, settings = environment)
        {
            fixed (byte** argumentList = Pointers(arguments, first), environmentList = Pointers(environment, settings))
            {
                _ = Native.Execute(program, argumentList, environmentList);
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
