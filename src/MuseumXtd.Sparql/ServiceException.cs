namespace MuseumXtd.Sparql;

/// <summary>A SERVICE pattern could not be answered.</summary>
public sealed class ServiceException(string message) : Exception(message)
{
    /// <summary>Whether the endpoint may not be asked; otherwise it was, and failed.</summary>
    public bool IsRefused { get; init; }
}
