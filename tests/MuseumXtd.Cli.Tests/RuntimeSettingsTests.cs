using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MuseumXtd.Cli.Tests;

/// <summary>The server begins anew with the settings of the runtime that it wants, and is the same process for whoever started it.</summary>
public sealed partial class RuntimeSettingsTests
{
    [Theory]
    [InlineData(null, "DOTNET_GCgen0size=2000000")]
    [InlineData("400000", "DOTNET_GCgen0size=400000")]
    public async Task A_server_has_its_settings_and_those_that_are_given_stay(string? given, string expected)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("Skipped: only Linux puts a process in its own place.");
            return;
        }

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "museumxtd.dll"), "serve", "--no-garden", "--port", "0"]) { RedirectStandardError = true };
        start.Environment["ÀRGUMENT"] = "déjà=vu";
        if (given is not null)
        {
            start.Environment["DOTNET_GCgen0size"] = given;
        }

        using var process = Process.Start(start)!;
        try
        {
            var address = Address().Match(await process.StandardError.ReadLineAsync() ?? "").Value;
            using var client = new HttpClient();
            Assert.StartsWith("{\"status\":\"ok\"", await client.GetStringAsync(new Uri(address + "healthz")), StringComparison.Ordinal);
            var environment = (await File.ReadAllTextAsync($"/proc/{process.Id}/environ")).Split('\0');
            Assert.Equal(expected, Assert.Single(environment, v => v.StartsWith("DOTNET_GCgen0size=", StringComparison.Ordinal)));
            Assert.Contains("ÀRGUMENT=déjà=vu", environment);
            Assert.Contains($"PATH={Environment.GetEnvironmentVariable("PATH")}", environment);

            // Tools of the runtime still reach it.
            Assert.Contains($"dotnet-diagnostic-{process.Id}-", await File.ReadAllTextAsync("/proc/net/unix"), StringComparison.Ordinal);
        }
        finally
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync();
        }

        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_leaves_the_sockets_of_others_and_needs_no_folder_for_temporary_files(bool hasFolder)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("Skipped: only Linux puts a process in its own place.");
            return;
        }

        // As another container leaves it that shares the folder, and has a process of the same number.
        const string Script = "if [ -d \"$TMPDIR\" ]; then : > \"$TMPDIR/dotnet-diagnostic-$$-1-socket\"; fi; exec \"$@\"";
        var folder = Directory.CreateTempSubdirectory("museumxtd-tmp");
        var start = new ProcessStartInfo("sh", ["-c", Script, "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "museumxtd.dll"), "serve", "--no-garden", "--port", "0"]) { RedirectStandardError = true };
        start.Environment["TMPDIR"] = hasFolder ? folder.FullName : Path.Combine(folder.FullName, "none");
        using var process = Process.Start(start)!;
        try
        {
            Assert.Matches(Address(), await process.StandardError.ReadLineAsync() ?? "");
            Assert.Contains("DOTNET_GCgen0size=2000000", (await File.ReadAllTextAsync($"/proc/{process.Id}/environ")).Split('\0'));
            Assert.Equal(hasFolder, File.Exists(Path.Combine(folder.FullName, $"dotnet-diagnostic-{process.Id}-1-socket")));
            Assert.Equal(hasFolder ? 2 : 0, folder.GetFiles("dotnet-diagnostic-*").Length);
        }
        finally
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(1999, false)]
    [InlineData(20_000, true)]
    public void How_much_work_a_garden_is_is_told_by_its_notes(int notes, bool isSeconds)
    {
        var garden = Directory.CreateTempSubdirectory("museumxtd-notes");
        try
        {
            var folder = garden.CreateSubdirectory("notes");
            for (var i = 0; i < notes; i++)
            {
                File.Create(Path.Combine(folder.FullName, $"{i}.md")).Dispose();
            }

            File.Create(Path.Combine(folder.FullName, "map.png")).Dispose();

            Assert.Equal(isSeconds, RuntimeSettings.IsSecondsOfWork(garden.FullName));
            Assert.False(RuntimeSettings.IsSecondsOfWork(Path.Combine(folder.FullName, "1.md")));
            Assert.False(RuntimeSettings.IsSecondsOfWork("--output"));
        }
        finally
        {
            garden.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Address();
}
