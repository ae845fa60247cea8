using System.CommandLine;

namespace MuseumXtd.Commands;

/// <summary>The commands that read files and write files, and need neither a server nor a query.</summary>
public static class FileCommands
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Command> Create() => [BuildCommand.Create(), CheckCommand.Create(), ConvertCommand.Create(), ValidateCommand.Create()];
}
