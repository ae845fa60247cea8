using System.CommandLine.Parsing;

namespace MuseumXtd.Cli;

/// <summary>Finds the help that fits a call which went wrong.</summary>
internal static class Usage
{
    /// <summary>The names of the subcommands that were given.</summary>
    public static IEnumerable<string> PathOf(CommandResult command)
    {
        var names = new Stack<string>();
        for (var result = command; result?.Parent is CommandResult parent; result = parent)
        {
            names.Push(result.Command.Name);
        }

        return names;
    }
}
