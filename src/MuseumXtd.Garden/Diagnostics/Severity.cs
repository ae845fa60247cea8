namespace MuseumXtd.Garden;

/// <summary>How bad a problem is.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Something is likely not as the author wants it.</summary>
    Warning,

    /// <summary>Something could not be read.</summary>
    Error,
}
