using System.CommandLine;

namespace MuseumXtd.Cli.Commands;

/// <summary><c>museumxtd serve [GARDEN...]</c></summary>
internal static class ServeCommand
{
    public static Command Create() => new("serve", "Serves a garden.");
}
