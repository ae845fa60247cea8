using MuseumXtd.Rdf;
using MuseumXtd.Server.Dataset;

namespace MuseumXtd.Server.Pages;

/// <summary>The pages of the notes, by the files that hold them.</summary>
internal sealed class NotePages(DatasetState state, string baseIri)
{
    private readonly Lazy<Dictionary<string, string>> _pages = new(() => (state.Garden?.NoteFiles ?? new Dictionary<string, string>()).ToDictionary(
        n => n.Value, n => ResourcePage.LinkOf(new Iri(n.Key.Replace("/graph/note/", "/note/", StringComparison.Ordinal)), baseIri), StringComparer.Ordinal));

    /// <summary>The address of the page of a note, or null where the file is none that is published.</summary>
    public string? Of(string file) => _pages.Value.GetValueOrDefault(file);
}
