namespace MuseumXtd.Garden;

/// <summary>A file of an example.</summary>
/// <param name="Path">Its path in the garden; <c>ontology/...</c> is one of the ontology's folder.</param>
/// <param name="Lines">Its lines, and whether each is what the example is about.</param>
public sealed record SampleFile(string Path, IReadOnlyList<(string Text, bool Matters)> Lines);
