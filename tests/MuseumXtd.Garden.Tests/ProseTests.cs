using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Tests;

/// <summary>What sentences of notes say, each with a small note of its own.</summary>
public sealed class ProseTests
{
    private static readonly GardenLexicon Lexicon =
        GardenLexicon.Read(Path.Combine(AppContext.BaseDirectory, "ontology"), CancellationToken.None);

    [Theory]
    [InlineData("L'agence Marée propose une application.", "operator maree")]
    [InlineData("Le Conseil breton des arts vivants fournit ce guide.", "operator conseil-breton-des-arts-vivants")]
    [InlineData("Le musée des vagues de Brest met à disposition ce guide.", "operator musee-des-vagues-de-brest")]
    [InlineData("Le musée national de Norvège *Havn* présente ce guide.", "operator havn")]
    [InlineData("Ce rapport de l'Association des ports suisses (APS) dit tout.", "creator association-des-ports-suisses")]
    [InlineData("Ce guide a été réalisé par la Fondation suisse pour la mer Pro Mare.", "creator pro-mare")]
    [InlineData("Ce guide a été conçu par Alpha (AT), Beta (BE) et Gamma.", "creator alpha, creator beta, creator gamma")]
    [InlineData("Sous la houle, Écume numérique propose ce guide.", "operator ecume-numerique")]
    [InlineData("L'association Marée a été mandatée afin de développer ce guide.", "developer maree")]
    [InlineData("La Fondation Écume a été chargée de concevoir cette application.", "developer fondation-ecume")]
    [InlineData("Un groupe de travail a été chargé de concevoir ce guide.", "")]
    [InlineData("Jean Dupont a été mandaté pour développer ce guide.", "")]
    [InlineData("Jean Dupont propose ce guide.", "")]
    [InlineData("Il propose ce guide.", "")]
    [InlineData("Cette plateforme propose un guide.", "")]
    [InlineData("Écume, une agence fondée par Voile, propose ce guide.", "operator ecume")]
    public void Maker_is_the_subject_or_the_owner_but_no_person(string sentence, string agents)
    {
        var view = Resource(sentence);
        Assert.Equal(agents.Length == 0 ? [] : agents.Split(", "), view.Agents("note/a", Subject(view)));
    }

    [Theory]
    [InlineData("Les réponses sont recueillies entre le 3 mars 2019 et le 4 avril 2019.", "2019-03-03/2019-04-04")]
    [InlineData("Ce projet a lieu du 13 mai au 2 juin 2018.", "2018-05-13/2018-06-02")]
    [InlineData("Ce projet a lieu du 3 au 21 juin 2018.", "2018-06-03/2018-06-21")]
    [InlineData("Entre mars 2019 et mai 2020, ce projet a eu lieu.", "2019-03/2020-05")]
    [InlineData("Écume a publié des rapports en 2016, 2017 et 2018.", "2016/2018")]
    [InlineData("Ce rapport de 2017 dit tout.", "2017")]
    [InlineData("En 2015, Écume a publié un rapport.", "2015")]
    [InlineData("This project ran from March 2019 to May 2020.", "2019-03/2020-05")]
    [InlineData("Ce rapport parle des tempêtes de 1918.", "")]
    [InlineData("Ce rapport cite la page 2019 du registre.", "")]
    public void Period_in_prose(string sentence, string edtf)
    {
        var view = Resource(sentence);
        Assert.Equal(edtf.Length == 0 ? [] : [edtf], view.Periods("note/a", Subject(view)));
    }

    [Theory]
    [InlineData("Ce rapport parle du secteur des ports au Royaume-Uni.", "coversArea", "gb")]
    [InlineData("Ce rapport est une initiative britannique.", "coversArea", "gb")]
    [InlineData("Il aide des organismes québécoises.", "coversArea", "ca-qc")]
    [InlineData("This report is a British initiative.", "coversArea", "gb")]
    [InlineData("There is an English version of this report.", "coversArea", "")]
    public void Place_in_prose(string sentence, string property, string place)
    {
        var view = Resource(sentence);
        Assert.Equal(place.Length == 0 ? [] : [place], view.Slugs("note/a", Subject(view), property));
    }

    [Fact]
    public void Funders_stand_in_the_bracket_behind_a_scheme()
    {
        var view = Resource("Ce projet existe grâce au fonds MER-20 « Aide aux ports du large » (SEP / OFM).");
        Assert.Equal(["organisation/ofm", "organisation/sep"], view.Values("derived", Subject(view), "fundedBy"));
    }

    [Theory]
    [InlineData("- Un [rapport annuel](https://x.example.org/r.pdf).", "rapport annuel")]
    [InlineData("- Les différents rapports:\n\t- [Vagues, juin](https://x.example.org/1)\n\t- [Vagues, mai](https://x.example.org/2)", "Vagues, juin|Vagues, mai")]
    [InlineData("- Un [article](https://y.example.org/) de presse.", "")]
    public void Outputs_are_linked_in_the_takeaways(string items, string outputs)
    {
        var view = Resource("Ce projet fait tout.\n\n## À retenir\n" + items);
        Assert.Equal(
            outputs.Length == 0 ? [] : outputs.Split('|'),
            view.Values("note/a", Subject(view), "hasOutput").SelectMany(o => view.Values("note/a", o, "name")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Offer_of_several_works_is_outputs()
    {
        var view = Resource("Ce projet met à disposition un guide de pêche et une charte pour pêcher bien.");
        Assert.Equal(
            ["charte", "guide de pêche"],
            view.Values("note/a", Subject(view), "hasOutput").SelectMany(o => view.Values("note/a", o, "name")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Introduction_of_a_list_says_the_kind_of_its_items()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Des liens\nVoici quelques exemples de plateformes de la mer.\n\n- [Vague](https://v.example.org/) (Écume)\n- [Houle (Musée du Large)](https://h.example.org/)\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["platform"], view.Slugs("note/a", "initiative/vague", "kind"));
        Assert.Equal(["creator ecume"], view.Agents("note/a", "initiative/vague"));
        Assert.Equal(["creator musee-du-large"], view.Agents("note/a", "initiative/houle"));
    }

    [Theory]
    [InlineData("# Le projet Vague. Un cas d'étude\nLes Musées du Large ont mené un cas d'étude.\n", "Le projet Vague. Un cas d'étude", "lead musees-du-large")]
    [InlineData("## La mer en 3D\nEntre mars et mai 2020, le Musée du Large (ML) a réalisé un projet de plongée.\n", "La mer en 3D", "lead musee-du-large")]
    [InlineData("## Des ateliers\nSous le nom de Maison des Vagues, le Musée du Large a proposé des ateliers. Ce projet plaît.\n", "Maison des Vagues", "operator musee-du-large")]
    public void Note_of_a_case_is_about_the_case(string text, string name, string agents)
    {
        using var garden = new TemporaryGarden().Write("a.md", text);
        var view = new GraphView(garden.Build());
        Assert.Equal([name], view.Values("note/a", Subject(view), "name"));
        Assert.Equal(agents.Split(", "), view.Agents("note/a", Subject(view)));
    }

    [Fact]
    public void Part_of_another_project_behind_an_adjective()
    {
        var view = Resource("Cette ressource fait partie du projet breton [[Vague]], lancé par le Conseil du Large.");
        Assert.Equal(["initiative/vague"], view.Values("note/a", Subject(view), "partOf"));
        Assert.Equal(["creator conseil-du-large"], view.Agents("note/a", "initiative/vague"));
    }

    [Theory]
    [InlineData("Office fédéral de la mer bleue", "Office fédéral de la mer", false)]
    [InlineData("Office fédéral de la mer", "Office fédéral de la mer", true)]
    [InlineData("Musée d'art de Brest et région", "Musée d'art de Brest et région", true)]
    [InlineData("musée de demain", null, false)]
    [InlineData("association Québec numérique", null, false)]
    public void Institution_has_words_in_lower_case(string text, string? name, bool whole)
    {
        var found = InstitutionName.Read(text, 0, text.Length, Lexicon.Phrases);
        Assert.Equal(name, found?.Name);
        Assert.Equal(whole, found?.End == text.Length);
    }

    [Fact]
    public void Override_of_an_author_replaces_what_is_recognised()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Liste des initiatives\n- [Vague](https://v.example.org/) (Suisse, 2019) <!-- mxtd pays: France; debut: 2020; fin: 2021; porteurs: Houle -->\n  Ce projet est porté par Écume.\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["fr"], view.Slugs("note/a", "initiative/vague", "place"));
        Assert.Equal(["2020/2021"], view.Periods("note/a", "initiative/vague"));
        Assert.Equal(["lead houle"], view.Agents("note/a", "initiative/vague"));
    }

    [Fact]
    public void Row_of_a_table_of_projects()
    {
        using var garden = new TemporaryGarden().Write(
            "projets.csv",
            "Nom,Descriptif,Porteur de projet 1,Porteur de projet 2,Date,Localisation\n"
            + "Vague,Cette plateforme montre la mer.,\"Fondation Houle, Institut du Large (IL)\",Initiative,2019,Nyon/virtuel\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["platform"], view.Slugs("note/projets", "initiative/vague", "kind"));
        Assert.Equal(["lead fondation-houle", "lead institut-du-large-il"], view.Agents("note/projets", "initiative/vague"));
        Assert.Equal(["ch-nyon"], view.Slugs("note/projets", "initiative/vague", "place"));
    }

    private static GraphView Resource(string body)
    {
        using var garden = new TemporaryGarden().Write("a.md", "### [Titre](https://x.example.org/)\n" + body + "\n");
        return new GraphView(garden.Build());
    }

    private static string Subject(GraphView view) => Assert.Single(view.Values("note/a", "note/a", "describes"));

    [Theory]
    [InlineData("In this talk, Ann presents the project Saltmarsh, an online platform developed by Tidal Works. It is wide.", "developer tidal-works")]
    [InlineData("Elle a coordonné le projet Saltmarsh, un inventaire partagé développé par Écume et Houle.", "developer ecume, developer houle")]
    [InlineData("Elle a coordonné le projet Saltmarsh, un inventaire partagé. Il a été développé par Écume.", "")]
    [InlineData("Elle a coordonné le projet Saltmarsh, un inventaire, puis un guide développé par Écume.", "")]
    public void What_stands_behind_a_name_with_an_indefinite_article_is_about_it(string sentence, string agents)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Titre\n" + sentence + "\n");
        Assert.Equal(agents.Length == 0 ? [] : agents.Split(", "), new GraphView(garden.Build()).Agents("note/a", "initiative/saltmarsh"));
    }

    [Theory]
    [InlineData("The project Saltmarsh is supported by the Arts and Waves Research Council.", "organisation/arts-and-waves-research-council")]
    [InlineData("The project Saltmarsh is supported by the Tide and the Waves Research Council.", "organisation/tide, organisation/waves-research-council")]
    [InlineData("The project Saltmarsh is supported by the Tide and Houle.", "organisation/houle, organisation/tide")]
    public void Body_with_two_subjects_in_its_name_is_one(string sentence, string bodies)
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\nlang: en\n---\n# Title\n" + sentence + "\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(bodies, string.Join(", ", view.Values("note/a", "note/a", "mentions").Where(m => m.StartsWith("organisation/", StringComparison.Ordinal))));
    }

    [Fact]
    public void Noun_whose_name_does_not_show_its_end_is_no_initiative()
    {
        using var garden = new TemporaryGarden().Write("a.md", "---\ntype: projet\nnom: Vague\n---\nVague succède au groupe Musées en ligne.\n");
        Assert.Equal(["initiative/vague"], new GraphView(garden.Build()).Values("note/a", "note/a", "describes").Concat(new GraphView(garden.Build()).Values("note/a", "note/a", "mentions")).Where(m => m.StartsWith("initiative/", StringComparison.Ordinal)).Distinct());
    }
}
