namespace MuseumXtd.Store.Loading;

/// <summary>How far a load is.</summary>
/// <param name="Path">The file that is read.</param>
/// <param name="Statements">How many statements of it are in the store.</param>
/// <param name="Position">How many bytes of it were read.</param>
/// <param name="Length">How many bytes it has.</param>
public readonly record struct LoadProgress(string Path, long Statements, long Position, long Length);
