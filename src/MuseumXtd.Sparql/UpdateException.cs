namespace MuseumXtd.Sparql;

/// <summary>An update was refused; nothing of its request is kept.</summary>
public sealed class UpdateException(string message) : Exception(message);
