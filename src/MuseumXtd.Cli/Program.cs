using System.CommandLine;
using MuseumXtd.Cli;
using MuseumXtd.Cli.Commands;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server;

if (args is ["serve", ..])
{
    RuntimeSettings.Require(RuntimeSettings.OfServers);
    MuseumXtdServer.PrepareAnswers();
}
else if (args is ["build" or "check", .. var gardens] && gardens.Any(Inputs.IsSecondsOfWork))
{
    RuntimeSettings.Require(RuntimeSettings.OfSecondsOfWork);
}

var root = new RootCommand("Turns a garden of Markdown notes into linked open data and serves it.")
{
    ServeCommand.Create(),
    BuildCommand.Create(),
    CheckCommand.Create(),
    QueryCommand.Create(),
    ConvertCommand.Create(),
    ValidateCommand.Create(),
    HarvestCommand.Create(),
};
var parsed = root.Parse(args);
var errors = parsed.Errors.Select(e => e.Message).Concat(Usage.UnknownOptions(parsed, args)).ToList();
if (errors.Count > 0)
{
    foreach (var error in errors)
    {
        await Console.Error.WriteLineAsync($"museumxtd: {error}");
    }

    await Console.Error.WriteLineAsync();
    var help = root.Parse([.. Usage.PathOf(parsed.CommandResult), "--help"]);
    help.InvocationConfiguration.Output = Console.Error;
    await help.InvokeAsync();
    return ExitCode.Usage;
}

parsed.InvocationConfiguration.EnableDefaultExceptionHandler = false;
try
{
    return await parsed.InvokeAsync();
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync($"museumxtd: {e.Message}");
    return ExitCode.Usage;
}
catch (Exception e) when (e is InputException or RdfWriteException)
{
    await Console.Error.WriteLineAsync($"museumxtd: {e.Message}");
    return ExitCode.Problems;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"museumxtd: {e.Message}");
    return ExitCode.Problems;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("museumxtd: stopped.");
    return ExitCode.Problems;
}
