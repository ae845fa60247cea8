namespace MuseumXtd.Garden;

/// <summary>What a garden is made of and how its resources are named.</summary>
public sealed record GardenOptions
{
    /// <summary>The base IRI of data when nothing else is configured.</summary>
    public const string DefaultBaseIri = "https://w3id.org/museumxtd/";

    /// <summary>The name of the folder, beside the notes of a garden, in which a server keeps its state.</summary>
    public const string StateFolder = ".museumxtd";

    /// <summary>
    /// Folders with notes (<c>*.md</c>) and tables (<c>*.csv</c>), or single such files. With several roots the paths of the notes
    /// begin with the name of their root.
    /// </summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>The base of all IRIs of data; it ends in a slash.</summary>
    public string BaseIri { get; init; } = DefaultBaseIri;

    /// <summary>The folder with vocabulary, shapes, concept schemes, gazetteer and phrase files.</summary>
    public string OntologyDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "ontology");

    /// <summary>The language of a note that names none.</summary>
    public string DefaultLanguage { get; init; } = "fr";

    /// <summary>Whether drafts and editors' documents are read as well; see <see cref="Drafts"/>.</summary>
    public bool IncludeDrafts { get; init; }

    /// <summary>
    /// Names of files and folders that are drafts, templates or documentation for editors. A <c>*</c> stands for any characters. Folders
    /// whose names begin with a dot are skipped as well.
    /// </summary>
    public IReadOnlyList<string> Drafts { get; init; } =
        ["Brouillon", "Brouillons", "Drafts", "Template", "Templates", "Comment éditer*", "README.md"];

    /// <summary>Names of folders that are never read.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [".git", ".obsidian", StateFolder, "node_modules", "_site"];

    /// <summary>Files above this size are not read; a diagnostic says so.</summary>
    public int MaxFileBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Whether a note that can no longer be read as a whole stays as it was when it last could, with a diagnostic that says so. This is for
    /// serving while authors write; a single build tells what the files say.
    /// </summary>
    public bool KeepLastGood { get; init; }

    /// <summary>
    /// The authors' table of frozen identifiers (<c>type,id,name,path,replaced-by</c>), or null: <c>identities.csv</c> in a root where there is
    /// one. It is read and never written.
    /// </summary>
    public string? IdentityRegistry { get; init; }

    /// <summary>
    /// Whether identifiers are remembered from one build to the next: they stay when notes or titles are renamed, and one that nothing has any
    /// more is never given again. Without this, which identifier a thing has depends on what the notes say now and on nothing else.
    /// </summary>
    public bool RemembersIdentities { get; init; }

    /// <summary>The file that keeps remembered identifiers; null: they are forgotten with the reader.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Tells since when identifiers are given and gone.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
