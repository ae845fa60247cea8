using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace MuseumXtd.Garden.Tests.Gold;

/// <summary>
/// The reader of notes against labels made by hand, through the command line and SPARQL. The floors are what was reached, a little below, so that
/// a change which costs quality is seen.
/// </summary>
public sealed class GoldScoreTests(ITestOutputHelper output)
{
    private static readonly string Root = TestFolders.Repository;

    [Fact]
    public async Task Labelled_notes_are_read_as_a_careful_person_reads_them()
    {
        if (TestFolders.Shared is not { } shared || !File.Exists(Path.Combine(shared, "gold", "dev.jsonl")))
        {
            output.WriteLine("Skipped: there are no labels.");
            return;
        }

        var scores = Path.GetTempFileName();
        try
        {
            if (await Run(shared, scores) is not { } printed)
            {
                output.WriteLine("Skipped: there is no python3.");
                return;
            }

            output.WriteLine(printed);
            using var result = JsonDocument.Parse(await File.ReadAllBytesAsync(scores));
            double Score(string group, string name, string measure) =>
                result.RootElement.GetProperty(group).GetProperty(name).GetProperty(measure).GetDouble();

            Assert.True(Score("entities", "initiative", "F1") >= 0.95);
            Assert.True(Score("entities", "organisation", "F1") >= 0.99);
            Assert.True(Score("fields", "ALL (micro)", "Re2e") >= 0.95);
            Assert.All(
                result.RootElement.GetProperty("fields").EnumerateObject(),
                field => Assert.True(field.Value.GetProperty("P").GetDouble() >= 0.97, field.Name));
            Assert.Equal(0, result.RootElement.GetProperty("neg_hits").GetInt32());
        }
        finally
        {
            File.Delete(scores);
        }
    }

    private static async Task<string?> Run(string shared, string scores)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("python3")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(Root, "tests", "score-garden"), "--json", scores,
                "--program", Path.Combine(Root, "src", "MuseumXtd.Cli", "bin", configuration, "net10.0", "museumxtd.dll"),
            },
            Environment = { ["MUSEUMXTD_SHARED"] = shared },
        };
        try
        {
            using var process = Process.Start(start)!;
            var printed = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return printed;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
