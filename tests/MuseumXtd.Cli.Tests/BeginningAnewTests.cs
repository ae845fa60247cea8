using System.Diagnostics;
using System.Globalization;

namespace MuseumXtd.Cli.Tests;

/// <summary>Where there is no program of machine code, a build or check of some thousand notes begins anew with other settings of the runtime, and nobody who started it sees a difference.</summary>
public sealed class BeginningAnewTests : IDisposable
{
    private const string Begun = "MUSEUMXTD_RUNTIME_SETTINGS=set";

    // Whatever bytes its name has, it comes through.
    private readonly string _garden = Directory.CreateTempSubdirectory("museumxtd jardin d'été\n").FullName;

    public BeginningAnewTests()
    {
        for (var i = 0; i < 2000; i++)
        {
            File.WriteAllText(Path.Combine(_garden, string.Create(CultureInfo.InvariantCulture, $"n{i:0000}.md")), $"---\ntype: projet\nnom: Projet {i}\n---\nDu texte.\n");
        }

        File.WriteAllBytes(Path.Combine(_garden, "image.md"), [0, 1, 2, 3]);
    }

    public void Dispose() => Directory.Delete(_garden, recursive: true);

    [Theory]
    [InlineData("check", "--format", "json")]
    [InlineData("build", "-o", "-", "--format", "ntriples")]
    [InlineData("build", "-o", "-", "--format", "none")]
    [InlineData("build", "-o", "/none/x.ttl")]
    public async Task Answer_messages_and_exit_code_are_the_same(string command, params string[] options)
    {
        if (!IsPossible())
        {
            return;
        }

        // What stands in the input is left to whoever reads it next.
        string[] arguments = ["-c", "\"$@\"; code=$?; cat; exit $code", "sh", .. Command(command, options)];
        var anew = await RunAsync("sh", arguments, mayBeginAnew: true);
        Assert.Equal(await RunAsync("sh", arguments, mayBeginAnew: false), anew);
        Assert.EndsWith("rest of the input", anew.Output, StringComparison.Ordinal);
        Assert.Equal(command == "check" ? ExitCode.Problems : options.Contains("none") ? ExitCode.Usage : options.Contains("/none/x.ttl") ? ExitCode.Problems : ExitCode.Fine, anew.Code);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_begins_anew_once_and_signals_reach_it(string signal)
    {
        if (!IsPossible())
        {
            return;
        }

        var anew = await EndedBySignalAsync(signal, mayBeginAnew: true);
        Assert.Equal(await EndedBySignalAsync(signal, mayBeginAnew: false), anew);
        Assert.NotEqual(ExitCode.Fine, anew);
    }

    private static bool IsPossible()
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("Skipped: only Linux puts a process in its own place.");
        }

        return OperatingSystem.IsLinux();
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments, bool mayBeginAnew)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in RuntimeSettings.OfSecondsOfWork.Keys)
        {
            start.Environment.Remove(setting);
        }

        start.Environment.Remove("MUSEUMXTD_RUNTIME_SETTINGS");
        start.Environment["MUSEUMXTD_NATIVE"] = "off";
        if (!mayBeginAnew)
        {
            start.Environment["MUSEUMXTD_RUNTIME_SETTINGS"] = "keep";
        }

        return start;
    }

    private static async Task<(int Code, string Output, string Messages)> RunAsync(string program, IEnumerable<string> arguments, bool mayBeginAnew)
    {
        using var process = Process.Start(Start(program, arguments, mayBeginAnew))!;
        await process.StandardInput.WriteAsync("rest of the input");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var messages = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, messages);
    }

    /// <summary>The exit code of a build that gets a signal while it writes.</summary>
    private async Task<int> EndedBySignalAsync(string signal, bool mayBeginAnew)
    {
        var command = Command("build", ["-o", "-", "--format", "ntriples"]);

        // Shells have what they run beside them ignore SIGINT, and so a test run that was started in this way would.
        using var process = Process.Start(Start("env", [$"--default-signal={signal}", .. command], mayBeginAnew))!;

        // It has begun to write, and cannot end as long as nobody reads more than a pipe holds.
        Assert.Equal('<', (char)process.StandardOutput.Read());
        var environment = (await File.ReadAllTextAsync($"/proc/{process.Id}/environ")).Split('\0');
        Assert.All(RuntimeSettings.OfSecondsOfWork, s => Assert.Equal(mayBeginAnew ? 1 : 0, environment.Count(v => v == $"{s.Key}={s.Value}")));
        Assert.Equal(mayBeginAnew ? 1 : 0, environment.Count(v => v == Begun));
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await output;
        return process.ExitCode;
    }

    private string[] Command(string command, string[] options) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "museumxtd.dll"), command, _garden, .. options];
}
