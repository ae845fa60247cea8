using System.ComponentModel;
using System.Diagnostics;

namespace MuseumXtd.Server.Tests.Tools;

/// <summary>A program of this machine that tests use where it is there.</summary>
/// <param name="Path">Its name or path.</param>
internal sealed record Tool(string Path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The first of some programs that runs with some arguments, or null; then the test says that it is skipped.</summary>
    public static async Task<Tool?> FindAsync(string[] names, params string[] arguments)
    {
        foreach (var name in names)
        {
            try
            {
                if ((await new Tool(name).RunAsync(null, arguments)).Status == 0)
                {
                    return new Tool(name);
                }
            }
            catch (Win32Exception)
            {
                // It is not installed.
            }
        }

        Console.WriteLine($"Skipped: there is no {string.Join(" or ", names)} that runs with {string.Join(' ', arguments)}.");
        return null;
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<(int Status, string Output, string Errors)> RunAsync(string? folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        using var process = Process.Start(start)!;
        using var end = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(end.Token);
        var errors = process.StandardError.ReadToEndAsync(end.Token);
        try
        {
            await process.WaitForExitAsync(end.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path} {string.Join(' ', arguments)} did not end.");
        }
    }

    /// <summary>Runs it, and fails with what it says where it fails.</summary>
    public async Task<string> OutputAsync(string? folder, params string[] arguments)
    {
        var (status, output, errors) = await RunAsync(folder, arguments);
        Assert.True(status == 0, $"{Path} {string.Join(' ', arguments)} ended with {status}: {errors}{output}");
        return output;
    }
}
