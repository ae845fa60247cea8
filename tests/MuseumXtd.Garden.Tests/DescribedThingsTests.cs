namespace MuseumXtd.Garden.Tests;

/// <summary>Things that prose names and describes in the same breath, and those that only look like it.</summary>
public sealed class DescribedThingsTests
{
    [Theory]
    [InlineData("In her talk Anna Lindqvist presented Harbour Stories, a participatory platform developed by the Maritime Museum of Gothenburg.", "Harbour Stories", "platform", "developer maritime-museum-of-gothenburg")]
    [InlineData("Elle a présenté Carnets Bleus, une plateforme participative développée par le Musée maritime de Brest.", "Carnets Bleus", "platform", "developer musee-maritime-de-brest")]
    [InlineData("Des outils existent. **Lampyre**, une application québécoise développée par Nova Muséologie, permet de créer des parcours.", "Lampyre", "app", "developer nova-museologie")]
    [InlineData("Des outils existent. *Lampyre*, un projet porté par Nova Muséologie, permet de créer des parcours.", "Lampyre", "project", "lead nova-museologie")]
    public void Name_with_what_it_is_and_who_made_it_is_an_initiative(string sentence, string name, string kind, string agents)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"# Titre\n{sentence}\n");
        var view = new GraphView(garden.Build());
        var iri = Assert.Single(view.Values("note/a", "note/a", "mentions"), m => m.StartsWith("initiative/", StringComparison.Ordinal));
        Assert.Equal([name], view.Values("note/a", iri, "name"));
        Assert.Equal([kind], view.Slugs("note/a", iri, "kind"));
        Assert.Equal([agents], view.Agents("note/a", iri));
    }

    [Theory]
    [InlineData("Elle a rencontré Jean Dupont, un projet mené par Houle en tête.")]
    [InlineData("Elle a visité le Musée Bleu, un réseau fondé par Houle.")]
    [InlineData("Elle a visité Houle, une plateforme développée par Vague.")]
    [InlineData("Sel Marin, une plateforme développée par Vague, est fermé.")]
    [InlineData("Elle a lu Carnets Bleus, un article publié par Vague.")]
    [InlineData("Elle a lu Carnets Bleus, un guide publié par Vague.")]
    [InlineData("Elle a vu Carnets Bleus, une plateforme.")]
    [InlineData("Elle a vu Carnets Bleus, une plateforme ; elle est dirigée par Vague.")]
    public void Person_institution_text_or_thing_without_a_maker_is_none(string sentence)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"# Titre\n{sentence}\n");
        Assert.DoesNotContain(new GraphView(garden.Build()).NoteStatements, s => s.S.ToString()!.Contains("/initiative/", StringComparison.Ordinal));
    }

    [Fact]
    public void Note_called_as_its_first_sentence_begins_is_about_that()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "# Programme Alpes connectées\nLe programme Alpes connectées, lancé en 2019 par la Fondation Edelweiss, accompagne les musées. Il est financé par Interreg Alcotra.\n")
            .Write("b.md", "# Autre titre\nLe programme Alpes connectées, lancé en 2019 par la Fondation Edelweiss, accompagne les musées.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["programme"], view.Slugs("note/a", "initiative/alpes-connectees", "kind"));
        Assert.Equal(["creator fondation-edelweiss"], view.Agents("note/a", "initiative/alpes-connectees"));
        Assert.Equal(["2019"], view.Periods("note/a", "initiative/alpes-connectees"));

        // Another title does not hide what the sentence says.
        Assert.Equal(["creator fondation-edelweiss"], view.Agents("note/b", "initiative/alpes-connectees"));
        Assert.DoesNotContain("initiative/alpes-connectees", view.Values("note/b", "note/b", "describes"));
    }

    [Theory]
    [InlineData("The Lantern Fund is a fund run by the Heritage Trust since 2017. It supports museums in Wales, Scotland and England.", "gb-eng gb-sct gb-wls", "2017/..")]
    [InlineData("The Lantern Fund is a fund run by the Heritage Trust. It supports museums in Wales and Houle.", "gb-wls", "")]
    [InlineData("The Lantern Fund is a fund of museums in Wales, England has another since 2017.", "gb-eng gb-wls", "")]
    public void Places_of_a_list_are_all_covered_and_who_runs_it_since_when_is_its_period(string text, string places, string period)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"---\nlang: en\n---\n### [The Lantern Fund](https://lanternfund.example.org/)\n{text}\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(places, string.Join(' ', view.Slugs("note/a", "initiative/the-lantern-fund", "coversArea")));
        Assert.Equal(period, string.Join(' ', view.Periods("note/a", "initiative/the-lantern-fund")));
    }
}
