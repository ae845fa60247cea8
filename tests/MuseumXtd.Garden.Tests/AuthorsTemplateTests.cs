using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Tests;

/// <summary>The templates for authors say what the reader understands.</summary>
public sealed class AuthorsTemplateTests
{
    private static readonly GardenLexicon Lexicon =
        GardenLexicon.Read(Path.Combine(AppContext.BaseDirectory, "ontology"), CancellationToken.None);

    [Theory]
    [InlineData("Initiative.md")]
    [InlineData("Initiative (English).md")]
    [InlineData("Organisation.md")]
    public void Every_key_of_a_template_has_a_meaning(string template)
    {
        var bytes = File.ReadAllBytes(Path.Combine(TestFolders.Bundled, "Template", template));
        var note = NoteReader.Read(template, bytes, NoteReader.HashOf(bytes), false);
        Assert.True(note.FrontMatter.Fields.Count > 5);
        Assert.All(note.FrontMatter.Fields, f => Assert.True(f.Key is "lang" or "permalink" || Lexicon.Field(f.Key) is not null, f.Key));
    }

    [Fact]
    public void Templates_are_not_entries() =>
        Assert.DoesNotContain(GraphView.Of(TestFolders.Bundled).Garden.NoteFiles.Values, f => f.StartsWith("Template/", StringComparison.Ordinal));

    [Fact]
    public void A_filled_template_is_understood_without_complaint()
    {
        var text = File.ReadAllText(Path.Combine(TestFolders.Bundled, "Template", "Initiative.md")).Replace("{{title}}", "Vague bleue", StringComparison.Ordinal)
            .Replace("pays: []", "pays: [Suisse]", StringComparison.Ordinal)
            .Replace("debut:", "debut: 2021-09", StringComparison.Ordinal)
            .Replace("porteurs: []", "porteurs: [Houle]", StringComparison.Ordinal);
        using var garden = new TemporaryGarden().Write("a.md", text);
        var view = new GraphView(garden.Build());
        Assert.Empty(view.Garden.Diagnostics);
        Assert.Equal(["ch"], view.Slugs("note/a", "initiative/vague-bleue", "place"));
        Assert.Equal(["lead houle"], view.Agents("note/a", "initiative/vague-bleue"));
        Assert.Equal(["2021-09/"], view.Periods("note/a", "initiative/vague-bleue"));
    }

    [Fact]
    public void Date_of_publication_is_no_period()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Vague\ndate: 2020-05-01\n---\n");
        var view = new GraphView(garden.Build());
        Assert.Empty(view.Periods("note/a", "initiative/vague"));
    }
}
