namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>The specification leaves the answer open, or it is too long to be compared.</summary>
internal sealed class UndeterminedException(string message) : Exception(message);
