using MuseumXtd.Checks;
using MuseumXtd.Garden;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Dataset;

/// <summary>What is served at one moment: a snapshot and what is known of the notes behind it.</summary>
/// <param name="Snapshot">The graph.</param>
/// <param name="Garden">The garden that it was made from, or null when only files are served.</param>
/// <param name="Shapes">What the garden is checked against, or null.</param>
public sealed record DatasetState(Snapshot Snapshot, GardenGraph? Garden, GardenShapes? Shapes = null)
{
    private readonly Lazy<IReadOnlyList<Diagnostic>> _diagnostics =
        new(() => Garden is null ? [] : Shapes?.Check(Garden, Snapshot) ?? Garden.Diagnostics);

    /// <summary>What is wrong in the garden, found when it is first asked for: by the reader of the notes and by the shapes.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>When this content was first shown, to the second.</summary>
    public DateTimeOffset Since { get; init; } = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    /// <summary>The entity tag of everything made from this state.</summary>
    public string ETag { get; } = $"\"{Snapshot.ContentHash:x32}\"";
}
