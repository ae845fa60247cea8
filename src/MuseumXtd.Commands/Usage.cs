using System.CommandLine;
using System.CommandLine.Parsing;

namespace MuseumXtd.Commands;

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

    /// <summary>
    /// Complains of arguments that look like options: commands which take any number of folders would read a misspelt option as one. Words
    /// after a lone <c>--</c> are arguments, whatever they look like.
    /// </summary>
    public static IEnumerable<string> UnknownOptions(ParseResult parsed, IReadOnlyList<string> args) =>
        args.Contains("--")
            ? []
            : parsed.Tokens.Where(t => t.Type == TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal))
                .Select(t => $"Unknown option '{t.Value}'.");
}
