namespace MuseumXtd.Commands;

/// <summary>What the command tells the shell.</summary>
public static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>The input has problems.</summary>
    public const int Problems = 1;

    /// <summary>The command was called wrongly.</summary>
    public const int Usage = 2;
}

/// <summary>The command was called wrongly; the message says how to call it.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>The input cannot be used; the message says where and why.</summary>
public sealed class InputException(string message) : Exception(message);
