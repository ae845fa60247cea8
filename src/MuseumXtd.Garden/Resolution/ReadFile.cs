using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>
/// What is kept of one file: a note or a table with what was recognised in it, or only the reason why not. It depends on that file and the
/// ontology only; its text is not kept.
/// </summary>
internal sealed class ReadFile
{
    private string? _slug;

    public required string Path { get; init; }

    public required bool IsDraft { get; init; }

    /// <summary>SHA-256 of the bytes, in hexadecimal; empty when they were not read.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>The note; null for a table.</summary>
    public NoteEntry? Note { get; init; }

    /// <summary>Whether there is something to say of the file, though it may be nothing but its name.</summary>
    public required bool IsRead { get; init; }

    /// <summary>Whether the file says nothing at all.</summary>
    public bool IsBlank { get; init; }

    public string Language { get; init; } = "";

    public IReadOnlyList<Draft> Drafts { get; init; } = [];

    /// <summary>The names of <see cref="Drafts"/>, one for one.</summary>
    public IReadOnlyList<DraftNames> Names { get; init; } = [];

    /// <summary>The entity that the note is about.</summary>
    public Draft? Main { get; init; }

    /// <summary>The identifier of the note where no registry gives it one.</summary>
    public string Slug => _slug ??= Resource.SlugOf(Path[(Path.LastIndexOf('/') + 1)..Path.LastIndexOf('.')]);

    public string Title => Note?.Title ?? Path[(Path.LastIndexOf('/') + 1)..];

    public static ReadFile Of(GardenFile file, string hash, NoteEntry? note, NoteFindings findings, IReadOnlyList<Diagnostic> diagnostics, bool isBlank)
    {
        findings.Drafts.ForEach(d => d.Finish());
        return new ReadFile
        {
            Path = file.Path,
            IsDraft = file.IsDraft,
            Hash = hash,
            IsRead = true,
            IsBlank = isBlank,
            Note = note,
            Language = findings.Language,
            Drafts = [.. findings.Drafts],
            Names = [.. findings.Drafts.Select(DraftNames.Of)],
            Main = findings.Main,
            Diagnostics = [.. diagnostics, .. findings.Diagnostics],
        };
    }

    public static ReadFile Refused(GardenFile file, Diagnostic reason) => new()
    {
        Path = file.Path,
        IsDraft = file.IsDraft,
        Hash = "",
        IsRead = false,
        Diagnostics = [reason],
    };
}
