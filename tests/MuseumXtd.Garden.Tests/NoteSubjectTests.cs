using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Tests;

/// <summary>What a note is about, and what it only speaks of.</summary>
public sealed class NoteSubjectTests
{
    [Theory]
    [InlineData("[Anne Blum](https://example.org/author/blum) explique les marées.")]
    [InlineData("Anne Blum, gardienne du phare de Brest, partage sa vision.")]
    [InlineData("Lors du salon des ports, Marie-Anne Blum synthétise les enjeux.")]
    [InlineData("Dans ce texte traduit, Daniel von Meer aborde la mer.")]
    [InlineData("Ce mémoire a été rédigé à l'Université de la Mer.")]
    public void Work_of_a_person_is_no_entity(string sentence) =>
        Assert.Empty(Describes(View($"### [La mer et ses ports](https://example.org/mer)\n{sentence}\n")));

    [Theory]
    [InlineData("Ce guide d'Écume explique les marées.")]
    [InlineData("Culture Laval explique les marées.")]
    [InlineData("Cet outil, conçu par Anne Blum, mesure les marées.")]
    public void Work_of_an_organisation_is_one(string sentence) =>
        Assert.Single(Describes(View($"### [La mer et ses ports](https://example.org/mer)\n{sentence}\n")));

    [Fact]
    public void Note_in_prose_is_about_the_platform_that_it_begins_with()
    {
        var view = View("""
            # À propos
            La plateforme **Amarre** est issue du projet mené par la société Voile et les Musées de Brest et qui s'est achevé le 31 octobre 2020.

            ## Soutien
            En tant que projet de transformation, il a bénéficié du soutien du Service des affaires culturelles du Canton de Vaud, ainsi que de celui de l'Office fédéral de la mer.

            ## Ailleurs
            Le port de Rotterdam est hébergé par la ville.
            """);
        Assert.Equal(["platform", "project"], view.Slugs("note/a", "initiative/amarre", "kind"));
        Assert.Equal(["ended"], view.Slugs("note/a", "initiative/amarre", "status"));
        Assert.Equal(["operator musees-de-brest", "operator voile"], view.Agents("note/a", "initiative/amarre"));
        Assert.Equal(
            ["office-federal-de-la-mer", "service-des-affaires-culturelles-du-canton-de-vaud"], view.Slugs("derived", "initiative/amarre", "fundedBy"));
    }

    [Theory]
    [InlineData("**Amarre** est une boîte à outils pour les ports.", true)]
    [InlineData("Amarre.org est une plateforme de ressources.", true)]
    [InlineData("La plateforme Amarre propose des ressources.", true)]
    [InlineData("Miro est une solution payante.", false)]
    [InlineData("La plateforme est hébergée chez nous.", false)]
    [InlineData("Nous utilisons la plateforme Amarre.", false)]
    [InlineData("Elle est un projet.", false)]
    public void Subject_of_a_first_sentence(string sentence, bool isOne) =>
        Assert.Equal(isOne, View($"# Titre\n{sentence}\n").Graph("note/a").Any(s => s.P.Value.EndsWith("#type", StringComparison.Ordinal) && s.O == new Iri(GraphView.Ns + "Initiative")));

    [Fact]
    public void Thing_is_named_with_its_owner_when_only_the_owner_is_linked()
    {
        var view = View("""
            # Exemples d'expositions en ligne
            Voici quelques exemples d'expositions en ligne.
            - Les collections en ligne du [musée des Vagues](https://vagues.example.org/)
            - Le site du [port](https://port.example.org/) et d'autres choses encore
            """);
        Assert.Equal(["https://vagues.example.org/"], view.Values("note/a", "initiative/collections-en-ligne-du-musee-des-vagues", "homepage"));
        Assert.Equal(["creator musee-des-vagues"], view.Agents("note/a", "initiative/collections-en-ligne-du-musee-des-vagues"));
        Assert.Single(view.Graph("note/a"), s => s.O == new Iri(GraphView.Ns + "Initiative"));
    }

    [Fact]
    public void Country_in_a_bracket_is_no_other_name_and_a_scheme_may_stand_inside_its_phrase()
    {
        var view = View("---\nlang: en\n---\n# List of initiatives\n- [Tide](https://tide.example.org/)\n  Tide was developed by [Alpha](https://alpha.example.org/) (AT) and Beta (BE) within the Horizon 2020 research and innovation programme.\n");
        Assert.Empty(view.Values("note/a", "organisation/alpha", "altName").Concat(view.Values("note/a", "organisation/beta", "altName")));
        Assert.Contains(view.Graph("note/a"), s => s.P.Value == GraphView.Ns + "scheme" && s.O == new Iri(GraphView.Base + "scheme/horizon-2020"));
    }

    [Fact]
    public void Partners_may_stand_in_a_bracket_and_owners_behind_links()
    {
        var view = View("""
            # Liste des initiatives
            - [Houle](https://houle.example.org/)
              Ce projet est une initiative britannique multi-partenaires (incluant notamment l'*Arts & Waves Council*, [Marée24](https://m.example.org/) et l'Université de la Mer).
            - [Brise](https://brise.example.org/)
              Ce projet est issu de la collaboration entre le [LAB](https://lab.example.org/) de la HES-MER et la société Voile.
            - [Grain](https://grain.example.org/)
              Ce guide a été réalisé par le [service du Vent](https://vent.example.org/) de la région Bretagne et {DIGUE NUMÉRIQUE] ([lien ici](https://digue.example.org/)).
            """);
        Assert.Equal(["partner arts-waves-council", "partner maree24", "partner universite-de-la-mer"], view.Agents("note/a", "initiative/houle"));
        Assert.Equal(["partner lab", "partner voile"], view.Agents("note/a", "initiative/brise"));
        Assert.Equal(["creator digue-numerique", "creator service-du-vent"], view.Agents("note/a", "initiative/grain"));
    }

    [Theory]
    [InlineData("Le projet Amarre propose une définition des marées.", "")]
    [InlineData("Le projet propose une définition des marées.", "project")]
    public void Kind_before_another_name_is_the_kind_of_that(string sentence, string kind)
    {
        var view = View($"### [Les marées](https://example.org/mer)\n{sentence}\n");
        Assert.Equal(kind.Length == 0 ? [] : [kind], view.Slugs("note/a", Describes(view).Single(), "kind"));
    }

    [Theory]
    [InlineData("L'enquête a été menée auprès de marins, interrogés en 2019.", "2019")]
    [InlineData("Ce colloque, organisé en 2018 à Brest, parle des marées.", "2018")]
    [InlineData("En 2016 et 2017, Écume a publié des rapports.", "2016/2017")]
    [InlineData("Écume est une agence fondée et lancée en 2012.", "")]
    public void Period_in_prose(string sentence, string edtf)
    {
        var view = View($"### [Enquête sur les marées](https://example.org/mer)\nCe rapport dit tout. {sentence}\n");
        Assert.Equal(edtf.Length == 0 ? [] : [edtf], view.Periods("note/a", Describes(view).Single()));
    }

    [Fact]
    public void Name_in_other_capitals_is_the_same_organisation()
    {
        var view = View("""
            # Liste des initiatives
            - [Houle](https://houle.example.org/)
              Ce projet est porté par ARS MARINA. Il est développé par Ars marina, avec d'autres.
            """);
        Assert.Equal(["developer ars-marina", "lead ars-marina"], view.Agents("note/a", "initiative/houle"));
    }

    [Theory]
    [InlineData("fr", "This platform, made by Alpha, offers advice on the sea and how to live with it.", "en")]
    [InlineData("fr", "Cette plateforme, réalisée par Alpha, offre des conseils sur la mer et les ports.", "fr")]
    [InlineData("en", "Cette plateforme, réalisée par Alpha, offre des conseils sur la mer et les ports.", "fr")]
    [InlineData("fr", "Smart Ports Toolkit Europe, Alpha Beta.", "fr")]
    public void Description_has_the_language_that_it_is_written_in(string note, string sentence, string language)
    {
        var view = View($"---\nlang: {note}\n---\n### [Smart Ports](https://example.org/mer)\n{sentence}\n");
        var description = (Literal)view.Graph("note/a").Single(s => s.P.Value == GraphView.Ns + "description").O;
        Assert.Equal(language, description.Language);
    }

    private static string[] Describes(GraphView view) => view.Values("note/a", "note/a", "describes");

    private static GraphView View(string text)
    {
        using var garden = new TemporaryGarden().Write("a.md", text);
        return new GraphView(garden.Build());
    }
}
