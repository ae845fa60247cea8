using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MuseumXtd.Cli;

/// <summary>
/// The program of machine code beside this one, to which the commands that it has are handed over: it starts at once and takes a third less time. Where it is missing
/// (without a C compiler it is not made) or cannot be started, they run here.
/// </summary>
/// <remarks>MUSEUMXTD_NATIVE=off keeps them here.</remarks>
internal static class NativeProgram
{
    /// <summary>The names of the commands that it has.</summary>
    public static IReadOnlyList<string> Commands { get; } = ["build", "check", "convert", "validate"];

    private static string Program => Path.Combine(AppContext.BaseDirectory, "museumxtd-native");

    // It is compiled for x86-64-v3, of which these are what older processors lack.
    private static bool HasItsInstructions => RuntimeInformation.ProcessArchitecture != Architecture.X64 || (Avx2.IsSupported && Bmi2.IsSupported && Fma.IsSupported && Lzcnt.IsSupported);

    /// <summary>Hands over to it. Returns where there is nothing to hand over, or nobody to hand over to.</summary>
    public static void TakeOver(string[] args)
    {
        if (args.Length == 0 || !Commands.Contains(args[0]) || !OperatingSystem.IsLinux() || !HasItsInstructions || Debugger.IsAttached
            || Environment.GetEnvironmentVariable("MUSEUMXTD_NATIVE") == "off" || !File.Exists(Program))
        {
            return;
        }

        ProcessImage.Replace(Program, given => [.. "museumxtd\0"u8, .. Last(given, args.Length)], []);
    }

    /// <summary>The last arguments: in front of them stand the host of the runtime, its options and the assembly.</summary>
    private static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> arguments, int count)
    {
        var start = arguments.Length;
        for (var i = 0; i < count; i++)
        {
            start = arguments[..(start - 1)].LastIndexOf((byte)0) + 1;
        }

        return arguments[start..];
    }
}
