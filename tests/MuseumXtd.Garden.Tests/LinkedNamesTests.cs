namespace MuseumXtd.Garden.Tests;

/// <summary>Initiatives whose name is a link within a sentence or a dated line, and links to what is none.</summary>
public sealed class LinkedNamesTests
{
    [Theory]
    [InlineData("[Grande Marée](https://m.example.org/) est un guide publié par la Fondation Houle.", "guide", "creator fondation-houle", "")]
    [InlineData("Le [Grande Marée](https://m.example.org/) est un réseau breton fondé en 1982.", "network", "", "1982")]
    [InlineData("[Grande Marée](https://m.example.org/) is a guide published by Écume.", "guide", "creator ecume", "")]
    [InlineData("- 12.03.2024: [Grande Marée](https://m.example.org/), un outil d’auto-évaluation lancé par l'OCIM à Dijon", "self-assessment", "creator ocim", "")]
    [InlineData("- 02.04.2024: le programme [Grande Marée](https://m.example.org/) (Houle Philanthropies, 2021-) pour les musées", "programme", "creator houle-philanthropies", "2021/..")]
    [InlineData("- [Grande Marée](https://m.example.org/) (Bâle, 2022-2025), projet du Musée historique de Bâle", "project", "creator musee-historique-de-bale", "2022/2025")]
    [InlineData("17.04.2023: [Grande Marée](https://m.example.org/), plateforme du canton des Grisons: 30'000 images du patrimoine", "platform", "creator canton-des-grisons", "")]
    [InlineData("Lu dans la revue: le Musée d'art de Houle lance [Grande Marée](https://m.example.org/), une visite de collections.", "", "lead musee-d-art-de-houle", "")]
    public void Sentence_says_what_a_linked_name_is(string sentence, string kind, string agents, string period)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"# Au fil de l'eau\nQuelques mots.\n\n{sentence}\n");
        var view = new GraphView(garden.Build());
        var iri = Assert.Single(view.Values("note/a", "note/a", "mentions"), m => m.StartsWith("initiative/", StringComparison.Ordinal) || m.StartsWith("output/", StringComparison.Ordinal));
        Assert.Equal(["Grande Marée"], view.Values("note/a", iri, "name"));
        Assert.Equal(kind.Length == 0 ? [] : [kind], view.Slugs("note/a", iri, "kind"));
        Assert.Equal(agents.Length == 0 ? [] : [agents], view.Agents("note/a", iri));
        Assert.Equal(period.Length == 0 ? [] : [period], view.Periods("note/a", iri));
        Assert.Equal(["https://m.example.org/"], view.Values("note/a", iri, "homepage"));
    }

    [Theory]
    [InlineData("Nous travaillons avec [Slack](https://slack.example.com/), développé par Houle, et avec [Miro](https://miro.example.com/).")]
    [InlineData("[Slack](https://slack.example.com/) est une plateforme de messagerie développée par Houle.")]
    [InlineData("[Slack](https://slack.example.com/), une application de messagerie développée par Houle, nous suffit.")]
    [InlineData("- 12.03.2024: relire [l'article de Juliette](https://m.example.org/) sur un projet de la Fondation Houle")]
    [InlineData("[Grande Marée](https://m.example.org/) est un projet.")]
    [InlineData("[Anna Blum](https://m.example.org/anna) est une pionnière du réseau fondé en 1982.")]
    [InlineData("[Écume](https://m.example.org/) est une association fondée en 1982 par la Fondation Houle.")]
    [InlineData("Cet article de la Fondation Houle parle du programme [Grande Marée](https://m.example.org/).")]
    [InlineData("Voir [le site](https://m.example.org/) du réseau, fondé par la Fondation Houle.")]
    [InlineData("Le [Musée du Large](https://m.example.org/) est un réseau de trois maisons fondé en 1982.")]
    public void Tool_opinion_person_or_body_is_none(string sentence)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"# Au fil de l'eau\nQuelques mots.\n\n{sentence}\n");
        Assert.DoesNotContain(new GraphView(garden.Build()).NoteStatements, s => s.S.ToString()!.Contains("/initiative/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("# D'autres expositions virtuelles", "[Grande Marée](https://m.example.org/) (Musée du Large)", "exhibition", "creator musee-du-large")]
    [InlineData("# Expositions", "[Grande Marée](https://m.example.org/) (visite virtuelle)", "exhibition", "")]
    [InlineData("# Applications de visite", "[Grande Marée](https://m.example.org/) (Musée du Large, 2019)", "app", "creator musee-du-large")]
    [InlineData("# Portails et réseaux", "[Grande Marée](https://m.example.org/) (Suisse)", "", "")]
    [InlineData("# Belgique\nVoici des initiatives belges.\n", "[Grande Marée](https://m.example.org/) (Flandres)", "", "")]
    [InlineData("# Belgique", "[Grande Marée](https://m.example.org/) (Flandres)\n  Cet institut est financé par le gouvernement flamand.", "", "")]
    public void Heading_or_introduction_in_the_plural_is_that_of_a_list(string heading, string item, string kind, string agents)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"{heading}\n- {item}\n");
        var view = new GraphView(garden.Build());
        var iri = Assert.Single(view.Values("note/a", "note/a", "mentions"), m => m.StartsWith("initiative/", StringComparison.Ordinal));
        Assert.Equal(kind.Length == 0 ? [] : [kind], view.Slugs("note/a", iri, "kind"));
        Assert.Equal(agents.Length == 0 ? [] : [agents], view.Agents("note/a", iri));
    }

    [Theory]
    [InlineData("# Quels programmes choisir?")]
    [InlineData("# Le projet")]
    [InlineData("# Réseaux sociaux")]
    [InlineData("# Programmes\nDes mots.\n\n## Bibliographie")]
    [InlineData("# Programmes\nDes mots.\n\n## A retenir")]
    public void Other_headings_are_not(string heading)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"{heading}\n- [Grande Marée](https://m.example.org/) (Musée du Large)\n");
        Assert.DoesNotContain(new GraphView(garden.Build()).NoteStatements, s => s.S.ToString()!.Contains("/initiative/", StringComparison.Ordinal));
    }
}
