namespace MuseumXtd.Store.Files;

/// <summary>A file is no snapshot that can be used.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class SnapshotFileException(string message) : IOException(message);
