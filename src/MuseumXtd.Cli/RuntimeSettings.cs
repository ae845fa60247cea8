using System.Diagnostics;

namespace MuseumXtd.Cli;

/// <summary>
/// Settings that the runtime takes from the environment only, and differ from command to command. Where they are missing, the process begins anew in its
/// place, with them.
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

        ProcessImage.Replace("/proc/self/exe", given => given, [.. missing, $"{Begun}=set"]);
    }

    /// <summary>
    /// Whether a path is a folder with so many notes that other settings of the runtime are worth a new beginning of the process, which takes 0.08 s.
    /// </summary>
    public static bool IsSecondsOfWork(string path)
    {
        const int Many = 2000;
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        try
        {
            return Directory.Exists(path) && Directory.EnumerateFiles(path, "*", everywhere).Take(40 * Many)
                .Where(f => f.EndsWith(".md", StringComparison.OrdinalIgnoreCase)).Skip(Many - 1).Any();
        }
        catch (IOException)
        {
            // Whoever reads the folder tells of it.
            return false;
        }
    }
}
