namespace MuseumXtd.Garden.Tests;

/// <summary>What longer sentences, items and notes without headings say, each with a small note of its own.</summary>
public sealed class SentenceTests
{
    [Theory]
    [InlineData("Ce guide a été organisé le 5 mars 2018 à Brest par Écume et Houle.", "operator ecume, operator houle")]
    [InlineData("Ce guide a été développé par Écume pour la Maison des Vagues.", "beneficiary maison-des-vagues, developer ecume")]
    [InlineData("Ce guide a été développé par Écume pour les ports.", "developer ecume")]
    [InlineData("Ce guide a été mené par Écume avec le Musée des Vagues, l'Institut du Large et Houle.", "operator ecume, partner houle, partner institut-du-large, partner musee-des-vagues")]
    [InlineData("Ce guide est fait en collaboration avec les agences Écume Claire et Houle.", "partner ecume-claire, partner houle")]
    [InlineData("Ce guide raconte *Marée haute*, projet de deux ans mené par Écume.", "")]
    [InlineData("Ce guide suit le webinaire *Marée haute*, qui a été organisé par Écume.", "")]
    [InlineData("Ce guide résume la journée *Marée haute* organisée en 2018 par Écume.", "")]
    [InlineData("Ce guide a été conçu par l'Institut des Hautes Marées de la HEIG-VD (IHM).", "creator institut-des-hautes-marees")]
    [InlineData("Ce guide a été organisé par la Fondation J. Armand Vague. Il plaît.", "operator fondation-j-armand-vague")]
    [InlineData("Développé par le Musée maritime de Grisemer, ce guide aide.", "developer musee-maritime-de-grisemer")]
    [InlineData("Ce guide a été mené de 2017 à 2020 par Écume et Houle.", "lead ecume, lead houle")]
    [InlineData("Ce guide a été publié en 2022 par Écume.", "creator ecume")]
    [InlineData("Ce guide est mené par l'asbl Écume en Ligne.", "operator ecume-en-ligne")]
    [InlineData("Ce guide a été développé par le Réseau des musées valaisans.", "developer reseau-des-musees-valaisans")]
    [InlineData("Ce guide est coordonné par Écume, avec l'Université du Large.", "coordinator ecume, partner universite-du-large")]
    [InlineData("Ce guide est mené par le Centre historique minier, en collaboration avec l'association Sel.", "operator centre-historique-minier, partner sel")]
    public void Agents_of_longer_sentences(string sentence, string agents)
    {
        var view = Resource(sentence);
        Assert.Equal(agents.Length == 0 ? [] : agents.Split(", "), view.Agents("note/a", Subject(view)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Acronym_behind_the_parent_is_that_of_the_institute()
    {
        var view = Resource("Ce guide a été conçu par l'Institut des Hautes Marées de la HEIG-VD (IHM), avec l'aide de tous.");
        Assert.Equal(["IHM"], view.Values("note/a", "organisation/institut-des-hautes-marees", "altName"));
    }

    [Fact]
    public void Initials_that_are_a_known_acronym_are_the_same_organisation()
    {
        var view = Resource("Ce guide a été conçu par l'Institut des Hautes Marées (HTI).\n\nIl a été réalisé par le High Tide Institute.");
        Assert.Single(view.Agents("note/a", Subject(view)));
    }

    [Theory]
    [InlineData("a.md", "### [Réseau Phosphore](https://p.example.org/)\nLe réseau Phosphore réunit des gens. Il propose une formation.\n", "kind", "network")]
    [InlineData("a.md", "---\nlang: en\n---\n### [Harbour Lab](https://h.example.org/)\nHarbour Lab is a two-year residency for all.\n", "kind", "residency")]
    [InlineData("a.md", "### [Marées](https://m.example.org/)\nCette plateforme canadienne est belle.\n", "coversArea", "ca")]
    [InlineData("a.md", "### [Marées](https://m.example.org/)\nCette plateforme est faite par le Réseau canadien des marées.\n", "coversArea", "")]
    [InlineData("a.md", "### [Marées](https://m.example.org/)\nCe projet vise les musées de petite taille.\n", "audience", "small-medium-museums")]
    public void Statements_of_notes_about_a_resource(string file, string note, string property, string slug)
    {
        using var garden = new TemporaryGarden().Write(file, note);
        var view = new GraphView(garden.Build());
        Assert.Equal(slug.Length == 0 ? [] : [slug], view.Slugs("note/a", Subject(view), property));
    }

    [Fact]
    public void Kind_with_a_capital_is_named_by_the_words_behind_it()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "### [Charte du Large](https://c.example.org/)\nLa charte a été rédigée par l'Association des musées lémaniques. Elle a débuté en 2021. Elle succède à la Charte des rives.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["initiative/charte-du-large"], view.Values("note/a", "note/a", "describes"));
        Assert.Equal(["initiative/charte-des-rives"], view.Values("note/a", "initiative/charte-du-large", "succeeds"));
        Assert.Equal(["creator association-des-musees-lemaniques"], view.Agents("note/a", "initiative/charte-du-large"));
        Assert.Equal(["2021"], view.Periods("note/a", "initiative/charte-du-large"));
    }

    [Theory]
    [InlineData("La charte du CNRS", "creator cnrs")]
    [InlineData("La boîte à outils de la Machinerie", "creator machinerie")]
    [InlineData("La charte du Léman", "")]
    public void Owner_in_a_title_is_a_maker_and_not_a_region(string title, string agents)
    {
        using var garden = new TemporaryGarden().Write("a.md", $"### [{title}](https://c.example.org/)\nVoici une charte et une boîte à outils.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(agents.Length == 0 ? [] : [agents], view.Agents("note/a", Subject(view)));
    }

    [Theory]
    [InlineData("Ce projet aide les musées.", "museums")]
    [InlineData("Ce projet étudie le numérique dans les musées.", "")]
    [InlineData("Ce projet a été mené auprès de professionnels des musées.", "")]
    [InlineData("Ce projet est développé en partenariat avec Écume, il aide les musées.", "museums")]
    [InlineData("Ce projet est né. [Écume](https://e.example.org/) est une association qui aide les musées.", "")]
    [InlineData("Ce projet suit [Houle](https://h.example.org/) (un projet qui aide les musées).", "")]
    [InlineData("Ce projet aide une organisation culturelle.", "cultural-institutions")]
    public void Audience_is_for_whom_and_not_about_whom(string sentence, string audience)
    {
        var view = Resource(sentence);
        Assert.Equal(audience.Length == 0 ? [] : [audience], view.Slugs("note/a", Subject(view), "audience"));
    }

    [Theory]
    [InlineData("Ce projet est soutenu par l'ICOM international et la Fédération du Large.", "federation-du-large, icom-international")]
    [InlineData("Ce projet bénéficie du soutien de la Fondation Houle.", "fondation-houle")]
    public void Funders_in_prose(string sentence, string funders)
    {
        var view = Resource(sentence);
        Assert.Equal(funders.Split(", ").Select(f => "organisation/" + f), view.Values("derived", Subject(view), "fundedBy"));
    }

    [Theory]
    [InlineData("[Vague](https://vague.example.org/)\n\nVague est une association française.\n", "organisation/vague")]
    [InlineData("[Vague](https://vague.example.org/)\n\nPlateforme de visites de ports.\n", "initiative/vague")]
    [InlineData("[Vague](https://vague.example.org/)\n\nIls aiment la mer.\n", "")]
    [InlineData("[Vague](https://vague.example.org/)\n\nVague accompagne les ports.\n", "organisation/vague")]
    [InlineData("[Vague](https://vague.example.org/)\n\nUne association qui aime la mer.\n", "organisation/vague")]
    [InlineData("[Lien](https://vague.example.org/)\n\nPlateforme de visites de ports.\n", "initiative/vague")]
    public void Note_that_begins_with_a_link_alone(string text, string subject)
    {
        using var garden = new TemporaryGarden().Write("Vague.md", text);
        var view = new GraphView(garden.Build());
        Assert.Equal(subject.Length == 0 ? [] : [subject], view.Values("note/vague", "note/vague", "describes"));
        if (subject.Length > 0)
        {
            Assert.Equal(["https://vague.example.org/"], view.Values("note/vague", subject, "homepage"));
        }
    }

    [Fact]
    public void Parts_of_a_label_that_the_file_has_in_the_other_order_are_name_and_maker()
    {
        using var garden = new TemporaryGarden().Write("Houle - Vague toolkit.md", "[Vague toolkit - Houle](https://v.example.org/)\n\n2012-2017\nAll about waves.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["creator houle"], view.Agents("note/houle-vague-toolkit", "initiative/vague-toolkit"));
        Assert.Equal(["2012/2017"], view.Periods("note/houle-vague-toolkit", "initiative/vague-toolkit"));
    }

    [Fact]
    public void Linked_things_in_an_item_share_the_clause_behind_them()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Une table ronde\nOn en parle.\n\n- [Vague](https://v.example.org/) et [Houle](https://h.example.org/), développés par Écume pour le Musée du Large\n- [Sel](https://s.example.org/) et [Sable](https://b.example.org/), bien connus\n");
        var view = new GraphView(garden.Build());
        foreach (var id in (string[])["initiative/vague", "initiative/houle"])
        {
            Assert.Equal(["beneficiary musee-du-large", "developer ecume"], view.Agents("note/a", id).Order(StringComparer.Ordinal));
        }

        Assert.DoesNotContain("initiative/sel", view.Values("note/a", "note/a", "mentions"));
    }

    [Theory]
    [InlineData("- [[Marée]]\n  Le rapport analyse les ports.", "report")]
    [InlineData("- [[Marée]]\n  L'enquête présente les ports.", "survey")]
    [InlineData("- [[Marée]]\n  La table ronde explore les ports.", "")]
    public void Item_of_a_list_without_a_heading_says_what_it_is_in_its_first_words(string item, string kind)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Une question?\nOn demande.\n\n" + item + "\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(kind.Length == 0 ? [] : [kind], view.Slugs("note/a", "initiative/maree", "kind"));
    }

    [Fact]
    public void Project_told_of_by_a_person_in_an_item()
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Des liens\n- [[Un article]]\n  Anna Blum raconte le développement du projet Grand large du musée des vagues de Brest en France.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["lead musee-des-vagues-de-brest"], view.Agents("note/a", "initiative/grand-large"));
    }

    [Fact]
    public void Clause_behind_the_name_of_a_project_is_about_it()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Une rencontre\nLa rencontre parle du projet de recherche appliquée **Vague**, mené par la société Écume et le Musée du Large et qui s'est achevé le 31 mars 2021. En tant que projet, il a bénéficié du soutien de la Fondation Houle.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["operator ecume", "operator musee-du-large"], view.Agents("note/a", "initiative/vague").Order(StringComparer.Ordinal));
        Assert.Equal(["../2021-03-31"], view.Periods("note/a", "initiative/vague"));
        Assert.Equal(["organisation/fondation-houle"], view.Values("derived", "initiative/vague", "fundedBy"));
    }

    [Fact]
    public void Project_behind_a_comma_and_who_took_part_in_one()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Des notes\nLa méthode vient de *Grand large*, projet de deux ans mené par Écume.\n\nDans le cadre du projet Vague, l'association La Houle a été mandatée afin de développer un jeu.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["operator ecume"], view.Agents("note/a", "initiative/grand-large"));
        Assert.Equal(["contributor la-houle"], view.Agents("note/a", "initiative/vague"));
    }

    [Fact]
    public void Heading_further_down_names_a_project()
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Une rencontre\nOn se voit.\n\n## Le projet Vague\nÀ cette occasion, les Musées du Large ont mené un cas d'étude.\n\n## Le projet\nRien.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["lead musees-du-large"], view.Agents("note/a", "initiative/le-projet-vague"));
    }

    [Fact]
    public void Member_of_a_network_by_a_word_that_stands_for_it()
    {
        var view = Resource("Ce guide plaît. [Écume](https://e.example.org/) est une association bretonne. Elle fait partie du [Réseau Mer](https://r.example.org/).");
        Assert.Equal(["organisation/reseau-mer"], view.Values("note/a", "organisation/ecume", "memberOf"));
    }

    [Theory]
    [InlineData("Ce guide a été publié en 2019.", "2019")]
    [InlineData("Ce projet s'est achevé en mars 2019.", "../2019-03")]
    [InlineData("À son lancement en octobre 2022, ce projet était petit.", "2022-10")]
    [InlineData("Ce guide suit [Houle](https://h.example.org/), une association fondée en 2018.", "")]
    public void Period_of_making_and_ending(string sentence, string edtf)
    {
        var view = Resource(sentence);
        Assert.Equal(edtf.Length == 0 ? [] : [edtf], view.Periods("note/a", Subject(view)));
    }

    [Fact]
    public void Case_studies_are_no_outputs()
    {
        var view = Resource("Ce projet fait tout.\n\n## À retenir\n- Les études de cas de deux ports:\n\t- [Port du Nord](https://x.example.org/1)\n\t- [Port du Sud](https://x.example.org/2)");
        Assert.Empty(view.Values("note/a", Subject(view), "hasOutput"));
    }

    private static GraphView Resource(string body)
    {
        using var garden = new TemporaryGarden().Write("a.md", "### [Titre](https://x.example.org/)\n" + body + "\n");
        return new GraphView(garden.Build());
    }

    private static string Subject(GraphView view) => Assert.Single(view.Values("note/a", "note/a", "describes"));
}
