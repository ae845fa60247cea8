namespace MuseumXtd.Sparql;

/// <summary>A SERVICE pattern could not be answered.</summary>
public sealed class ServiceException(string message) : Exception(message);
