namespace MuseumXtd.Server.Harvesting.Mirroring;

/// <summary>A provider could not be harvested; what was taken so far is kept, and the next harvest goes on from there.</summary>
public sealed class MirrorException(string message, Exception? inner = null) : Exception(message, inner);
