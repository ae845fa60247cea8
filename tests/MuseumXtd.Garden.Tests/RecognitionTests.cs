namespace MuseumXtd.Garden.Tests;

/// <summary>Rules of recognition outside the lists of initiatives, on sentences of our own.</summary>
public sealed class RecognitionTests
{
    [Theory]
    [InlineData("Le projet *Marée haute* a commencé.", "maree-haute")]
    [InlineData("Dans le cadre du projet « VAGUE – l'écume », on visite.", null)]
    [InlineData("Nous avons rejoint the project vagues.ch. It was fun.", "vagues-ch")]
    [InlineData("Le projet Phare a commencé.", "phare")]
    [InlineData("Le projet Hors les murs a commencé.", "hors-les-murs")]
    [InlineData("Le projet de la ville a commencé.", null)]
    [InlineData("Les opportunités apportées par Nordlys sont rares.", null)]
    public void Project_named_in_prose(string sentence, string? id)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Une note\n" + sentence + "\n");
        var view = new GraphView(garden.Build());
        var found = view.Values("note/a", "note/a", "mentions").Where(i => i.StartsWith("initiative/", StringComparison.Ordinal)).Select(GraphView.Last);
        if (id is not null)
        {
            Assert.Equal([id], found);
            Assert.Equal(["project"], view.Slugs("note/a", "initiative/" + id, "kind"));
        }
        else
        {
            Assert.DoesNotContain(found, i => i is "hors" or "ville" or "nordlys" or "vague");
        }
    }

    [Theory]
    [InlineData("Ce projet est porté par l'agence publique [La Barque](https://barque.example.org/).", "lead la-barque")]
    [InlineData("Ce projet est créé par le Ministère de la Culture et des Communications du Nord.", "creator ministere-de-la-culture-et-des-communications-du-nord")]
    [InlineData("Ce projet est développé par NORD, Sud & Fils et Ouest 21.", "developer nord, developer ouest-21, developer sud-fils")]
    [InlineData("Ce projet est organisé par Pour-cent culturel Nordique, avec des artistes.", "operator pour-cent-culturel-nordique")]
    [InlineData("Ce projet est conçu en collaboration avec des artistes et des designers.", "")]
    [InlineData("Ce projet multi-partenaires est mené par des bénévoles.", "")]
    [InlineData("Ce projet est né dans le cadre d'un appel à projet pour le PNN ([Plan numérique du Nord](https://plan.example.org/)) lancé par le Ministère.", "")]
    public void Agents_of_a_resource(string sentence, string agents)
    {
        using var garden = new TemporaryGarden().Write("a.md", "### [Chose](https://chose.example.org/)\n" + sentence + "\n");
        Assert.Equal(agents.Length == 0 ? [] : agents.Split(", "), new GraphView(garden.Build()).Agents("note/a", "initiative/chose"));
    }

    [Fact]
    public void Long_form_of_a_scheme_is_its_name_and_the_acronym_another()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "### [Chose](https://chose.example.org/)\nCe projet est né dans le cadre d'un appel à projet pour le PNN ([Plan numérique du Nord](https://plan.example.org/)).\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["Plan numérique du Nord"], view.Values("note/a", "scheme/plan-numerique-du-nord", "name"));
        Assert.Equal(["PNN"], view.Values("note/a", "scheme/plan-numerique-du-nord", "altName"));
    }

    [Theory]
    [InlineData("Cet article traite de tout.")]
    [InlineData("L'auteure aborde la question.")]
    [InlineData("Cette conférence a eu lieu.")]
    public void Articles_and_talks_are_no_entities(string sentence)
    {
        using var garden = new TemporaryGarden().Write("a.md", "### [Un rapport sur tout](https://tout.example.org/)\n" + sentence + "\n");
        Assert.Empty(new GraphView(garden.Build()).Values("note/a", "note/a", "describes"));
    }

    [Theory]
    [InlineData("1. [Guide du Nord](https://g.example.org/)\n   Il dit tout.\n", "guide")]
    [InlineData("- [Nordica](https://g.example.org/)\n  Nordlys propose une plateforme sur tout.\n", "platform")]
    [InlineData("- [The North network](https://g.example.org/)\n  Tout.\n", "network")]
    [InlineData("- [Nordica](https://g.example.org/)\n  Quelques mots.\n", null)]
    public void Item_of_any_list_is_an_entity_when_its_kind_is_said(string item, string? kind)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Quelques liens\n" + item);
        var view = new GraphView(garden.Build());
        var found = view.Values("note/a", "note/a", "mentions").Where(f => !f.StartsWith("organisation/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(kind is null ? 0 : 1, found.Length);
        Assert.All(found, f => Assert.Equal([kind!], view.Slugs("note/a", f, "kind")));
    }

    [Fact]
    public void Override_in_a_comment_states_facts_of_an_item()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Liste des initiatives\n- [Nordica](https://g.example.org/) (Suisse) <!-- mxtd financeurs: Fonds du Nord; porteurs: Ecume; statut: terminé -->\n  Ce projet.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["ended"], view.Slugs("note/a", "initiative/nordica", "status"));
        Assert.Equal(["lead ecume"], view.Agents("note/a", "initiative/nordica"));
        Assert.Equal(["organisation/fonds-du-nord"], view.Values("derived", "initiative/nordica", "fundedBy"));
    }

    [Fact]
    public void Recognition_can_be_switched_off_for_a_note()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\nreconnaissance: non\n---\n# Liste des initiatives\n- [Nordica](https://g.example.org/) (Suisse)\n");
        Assert.Empty(new GraphView(garden.Build()).Graph("note/a"));
    }

    [Fact]
    public void Person_of_front_matter_is_a_person()
    {
        using var garden = new TemporaryGarden()
            .Write("Ada.md", "---\ntype: personne\nnom: Ada Nord\n---\n")
            .Write("b.md", "---\ntype: projet\nnom: B\nporteurs: [\"[[Ada]]\"]\n---\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["person/ada-nord"], view.Values("note/ada", "note/ada", "describes"));
        Assert.Equal(["person/ada-nord"], view.Values("derived", "initiative/b", "ledBy"));
    }

    [Fact]
    public void Same_home_page_in_two_notes_is_one_resource()
    {
        using var garden = new TemporaryGarden()
            .Write("a.md", "# Liste des initiatives\n- [Digital Nord](https://www.nord.example.org/x/) (Suisse)\n  Ce projet.\n")
            .Write("b.md", "---\ntype: projet\nnom: Digitale Nord\nid: nord\nurl: https://nord.example.org/x\n---\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["initiative/nord"], view.Values("note/a", "note/a", "mentions"));
        Assert.Equal(["Digital Nord"], view.Values("note/a", "initiative/nord", "altName"));
    }
}
