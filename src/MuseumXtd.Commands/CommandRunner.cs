using System.CommandLine;

namespace MuseumXtd.Commands;

/// <summary>Runs the command that arguments name, and tells what went wrong: one message on standard error, and the exit code.</summary>
public static class CommandRunner
{
    /// <summary>Runs it.</summary>
    /// <param name="args">What the shell gave.</param>
    /// <param name="commands">All commands there are.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, IEnumerable<Command> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var root = new RootCommand("Turns a garden of Markdown notes into linked open data and serves it.");
        foreach (var command in commands)
        {
            root.Add(command);
        }

        var parsed = root.Parse(args);
        var errors = parsed.Errors.Select(e => e.Message).Concat(Usage.UnknownOptions(parsed, args)).ToList();
        if (errors.Count > 0)
        {
            foreach (var error in errors)
            {
                await Console.Error.WriteLineAsync($"museumxtd: {error}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync().ConfigureAwait(false);
            var help = root.Parse([.. Usage.PathOf(parsed.CommandResult), "--help"]);
            help.InvocationConfiguration.Output = Console.Error;
            await help.InvokeAsync().ConfigureAwait(false);
            return ExitCode.Usage;
        }

        parsed.InvocationConfiguration.EnableDefaultExceptionHandler = false;
        try
        {
            return await parsed.InvokeAsync().ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync($"museumxtd: {e.Message}").ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is InputException or Rdf.Syntax.RdfWriteException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"museumxtd: {e.Message}").ConfigureAwait(false);
            return ExitCode.Problems;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("museumxtd: stopped.").ConfigureAwait(false);
            return ExitCode.Problems;
        }
    }
}
