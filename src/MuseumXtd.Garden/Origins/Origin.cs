namespace MuseumXtd.Garden;

/// <summary>The words of a note that say a statement.</summary>
/// <param name="File">The path in the garden, with forward slashes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 characters of the text in normalisation form C.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="Words">The characters themselves, as they stand in the file.</param>
public readonly record struct Origin(string File, int Line, int Column, int Length, string Words);
