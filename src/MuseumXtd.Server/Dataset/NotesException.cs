namespace MuseumXtd.Server.Dataset;

/// <summary>A change was refused because it would touch what belongs to the notes.</summary>
public sealed class NotesException(string message) : Exception(message);
