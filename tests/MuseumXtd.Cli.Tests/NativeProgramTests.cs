using System.Diagnostics;
using System.Text;

namespace MuseumXtd.Cli.Tests;

/// <summary>The command hands over to its program of machine code, and nobody who started it sees a difference.</summary>
public sealed class NativeProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd d'été\n").FullName;

    public NativeProgramTests()
    {
        var garden = Directory.CreateDirectory(Path.Combine(_folder, "jardin")).FullName;
        File.WriteAllText(Path.Combine(garden, "Un.md"), "---\ntype: projet\nnom: Un projet\npays: Suise\n---\n# Un projet\nSoutenu par la [[Fondation Zinc]].\n");
        File.WriteAllText(Path.Combine(garden, "Liste.md"), "# Initiatives\n- [Musée ouvert](https://example.org/a) (Lyon, 2019-2021)\n- [[absent\n");
        File.WriteAllText(Path.Combine(_folder, "a.ttl"), "@prefix : <urn:x:> . :a :b 1, \"é\"@fr ; :c [ :d 2.0 ] .");
        File.WriteAllText(Path.Combine(_folder, "bad.ttl"), ":a :b .");
        File.WriteAllText(Path.Combine(_folder, "shapes.ttl"), "@prefix sh: <http://www.w3.org/ns/shacl#> . [] a sh:NodeShape ; sh:targetSubjectsOf <urn:x:b> ; sh:property [ sh:path <urn:x:b> ; sh:pattern \"^[0-9]+$\" ] .");
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "museumxtd-native");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("build", "jardin", "-o", "-", "--format", "turtle")]
    [InlineData("build", "jardin", "-o", "-", "--format", "nquads", "--origin", "reifiers")]
    [InlineData("build", "jardin", "-o", "-", "--format", "jsonld")]
    [InlineData("build", "jardin", "-o", "-", "--format", "rdfxml")]
    [InlineData("build", "jardin", "-o", "-", "--format", "none")]
    [InlineData("build", "jardin", "-o", "none/x.ttl")]
    [InlineData("build", "absent", "-o", "-")]
    [InlineData("build", "--help")]
    [InlineData("check", "jardin")]
    [InlineData("check", "jardin", "--lang", "fr", "--all")]
    [InlineData("check", "jardin", "--format", "json")]
    [InlineData("check", "jardin", "--format", "sarif")]
    [InlineData("check", "jardin", "--format", "github")]
    [InlineData("check", "jardin", "--format", "xml")]
    [InlineData("check", "--", "--jardin")]
    [InlineData("convert", "a.ttl", "-", "--to", "jsonld")]
    [InlineData("convert", "a.ttl", "-", "--to", "rdfxml", "--sorted")]
    [InlineData("convert", "-", "-", "--from", "turtle", "--to", "ntriples")]
    [InlineData("convert", "bad.ttl", "-", "--to", "ntriples")]
    [InlineData("convert", "bad.ttl", "--validate")]
    [InlineData("convert", "é\"&'$ .ttl", "-", "--to", "trig")]
    [InlineData("validate", "a.ttl", "shapes.ttl")]
    [InlineData("validate", "a.ttl", "shapes.ttl", "--format", "turtle")]
    [InlineData("validate", "a.ttl")]
    public async Task Answer_messages_and_exit_code_are_the_same(params string[] arguments)
    {
        if (!IsPossible())
        {
            return;
        }

        var native = await RunAsync(arguments, "");
        Assert.Equal(await RunAsync(arguments, "off"), native);
        Assert.NotEqual("", native.Output + native.Messages);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("off", false)]
    public async Task It_is_the_same_process_and_signals_reach_it(string setting, bool isHandedOver)
    {
        if (!IsPossible())
        {
            return;
        }

        // It cannot end before the end of its input. Shells have what they run beside them ignore SIGINT, and so a test run that was started in this way would.
        using var process = Process.Start(Start("env", ["--default-signal=INT", .. Command("convert", "-", "-", "--from", "ntriples", "--to", "nquads")], setting))!;
        var input = process.StandardInput.WriteAsync(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<urn:s{i}> <urn:p> <urn:o> .\n")));
        Assert.Equal('<', (char)process.StandardOutput.Read());
        Assert.Equal(isHandedOver, new FileInfo($"/proc/{process.Id}/exe").LinkTarget == Program);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await output;
        Assert.NotEqual(ExitCode.Fine, process.ExitCode);
        _ = await Record.ExceptionAsync(() => input);
    }

    [Fact]
    public void It_has_the_commands_that_are_handed_over() =>
        Assert.Equal(FileCommands.Create().Select(c => c.Name).Order(StringComparer.Ordinal), NativeProgram.Commands.Order(StringComparer.Ordinal));

    private static bool IsPossible()
    {
        if (!File.Exists(Program))
        {
            Console.WriteLine("Skipped: the program of machine code was not made here.");
        }

        return File.Exists(Program);
    }

    private static string[] Command(params string[] arguments) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "museumxtd.dll"), .. arguments];

    private ProcessStartInfo Start(string program, IEnumerable<string> arguments, string setting)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["MUSEUMXTD_NATIVE"] = setting;
        return start;
    }

    private async Task<(int Code, string Output, string Messages)> RunAsync(string[] arguments, string setting)
    {
        using var process = Process.Start(Start("dotnet", Command(arguments)[1..], setting))!;
        await process.StandardInput.WriteAsync("<urn:s> <urn:p> <urn:o> .");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var messages = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, messages);
    }
}
