namespace MuseumXtd.Garden.Tests;

/// <summary>Of which of the things that a paragraph names each of its statements is: sentences and clauses about another say nothing of the subject.</summary>
public sealed class AttributionTests
{
    private const string Heading = "### [Estran](https://estran.example.org/)\n";

    [Theory]
    [InlineData("Estran est une plateforme. Son programme *Grande Marée* (2019-2021) a été financé par Écume.", "grande-maree", "2019/2021", "organisation/ecume")]
    [InlineData("Estran is a platform. Its programme [Grande Marée](https://gm.example.org/) was funded by Écume.", "grande-maree", "", "organisation/ecume")]
    [InlineData("Estran est une plateforme, issue du programme *Grande Marée* (2019-2021), doté de 2 millions et financé par Écume.", "grande-maree", "2019/2021", "organisation/ecume")]
    [InlineData("Estran est une plateforme qui succède au programme *Grande Marée*, terminé en 2019, et propose un forum.", "grande-maree", "../2019", "")]
    public void Sentences_and_clauses_about_another_initiative(string body, string other, string period, string funder)
    {
        var view = Build(Heading + body + "\n");
        Assert.Equal(Split(period), view.Periods("note/a", "initiative/" + other));
        Assert.Equal(Split(funder), Funders(view, "initiative/" + other));
        Assert.Empty(view.Periods("note/a", "initiative/estran"));
        Assert.Empty(Funders(view, "initiative/estran"));
    }

    [Theory]
    [InlineData("Estran est une plateforme. Grande Marée a été portée par Houle.", "")]
    [InlineData("Estran est une plateforme. Estran a été porté par Houle.", "lead houle")]
    [InlineData("Estran est une plateforme. Le projet a été porté par Houle.", "lead houle")]
    [InlineData("Ce fonds du groupe Houle est une aide.", "creator houle")]
    [InlineData("Estran est un réseau géré par la Société des musées du Large.", "operator societe-des-musees-du-large")]
    [InlineData("Estran est une étude menée par Naomi Houle Associates.", "operator naomi-houle-associates")]
    [InlineData("Estran est un projet qui réunissait des partenaires grecs, dont Écume, Houle et Marée.", "partner ecume, partner houle, partner maree")]
    [InlineData("Estran est une étude réalisée pour le compte de l'Office du Large.", "beneficiary office-du-large")]
    [InlineData("Estran est un programme mis en œuvre par la Fondazione Onda dei beni e delle attività culturali.", "operator fondazione-onda-dei-beni-e-delle-attivita-culturali")]
    [InlineData("Estran est un réseau. L'association Houle Claire coordonne le réseau.", "coordinator houle-claire")]
    [InlineData("Estran est un projet qui associait la Fondation Houle et le Musée des Vagues.", "partner fondation-houle, partner musee-des-vagues")]
    [InlineData("Estran est un projet de l'Institut du Large, réalisé avec le concours de Houle.", "creator institut-du-large, partner houle")]
    [InlineData("Un fonds du Ministère du Large. Ce fonds est emmené par Houle.", "creator ministere-du-large, lead houle")]
    [InlineData("Un projet de sauvetage du Musée du Large.", "creator musee-du-large")]
    [InlineData("Une formation gratuite de l'OCIM, en six modules.", "creator ocim")]
    [InlineData("Un réseau de phares du Léman.", "")]
    [InlineData("Un projet de musées.", "")]
    [InlineData("Ce projet est conduit par Houle et exploité par Écume.", "lead houle, operator ecume")]
    [InlineData("Ce projet a été conçu par Musées et Marées en Bretagne.", "creator musees-et-marees-en-bretagne")]
    [InlineData("Ce projet est géré par le service des affaires du large (SAL).", "operator service-des-affaires-du-large")]
    [InlineData("Ce projet a été conçu par le Bureau fédéral des phares et des balises (BFPB).", "creator bureau-federal-des-phares-et-des-balises")]
    [InlineData("Ce projet est géré par la Région bretonne et la Cité internationale de la voile.", "operator cite-internationale-de-la-voile, operator region-bretonne")]
    [InlineData("Ce projet est géré par le Gouvernement basque.", "operator gouvernement-basque")]
    [InlineData("Ce projet est coordonné par l'Université autonome du Large.", "coordinator universite-autonome-du-large")]
    [InlineData("Ce projet est né d'un partenariat entre Houle et Écume.", "partner ecume, partner houle")]
    [InlineData("Ce projet est géré par le service, avec des amis (voir SAL).", "")]
    public void Agents_of_the_subject(string body, string agents)
    {
        var view = Build(Heading + body + "\n");
        Assert.Equal(Split(agents), view.Agents("note/a", "initiative/estran").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Estran est financé par l'Union européenne dans le cadre du PNRR. C'est un projet.", "organisation/union-europeenne")]
    [InlineData("Le projet a été cofinancé par le programme Erasmus+ de l’Union européenne.", "organisation/union-europeenne")]
    [InlineData("Ce projet est financé par le Waves and Tides Research Council.", "organisation/waves-and-tides-research-council")]
    [InlineData("This project runs with support from Écume.", "organisation/ecume")]
    [InlineData("Ce projet a le soutien financier du canton du Valais.", "organisation/canton-du-valais")]
    [InlineData("Ce projet est financé par le gouvernement flamand.", "organisation/gouvernement-flamand")]
    [InlineData("This project is funded by the Flemish government.", "organisation/flemish-government")]
    [InlineData("Ce projet est financé par le gouvernement.", "")]
    [InlineData("Ce projet est financé par le délégué fédéral aux marées (DFM).", "organisation/delegue-federal-aux-marees")]
    [InlineData("Ce projet est soutenu grâce au soutien financier du Conseil des ports du Nord et de la Ville de Houle.", "organisation/conseil-des-ports-du-nord, organisation/ville-de-houle")]
    [InlineData("Ce projet est soutenu par le Ministère de la Mer et de la Pêche.", "organisation/ministere-de-la-mer-et-de-la-peche")]
    [InlineData("Ce projet a bénéficié d'une aide de la DRAC Houle.", "organisation/drac-houle")]
    [InlineData("Doté de deux millions par la Fondation Houle, ce projet est beau.", "organisation/fondation-houle")]
    public void Funders_of_the_subject(string body, string funders) =>
        Assert.Equal(Split(funders), Funders(Build(Heading + body + "\n"), "initiative/estran"));

    [Theory]
    [InlineData("Ce projet s'inscrit dans le cadre du *Plan de la mer*.", "plan-de-la-mer")]
    [InlineData("This project was built as part of the Blue Recovery Plan.", "blue-recovery-plan")]
    [InlineData("Ce projet s'inscrit dans le cadre du Mois de la mer.", "")]
    [InlineData("Ce projet s'inscrit dans le cadre du plan.", "")]
    public void Plan_within_which_the_subject_stands(string body, string scheme)
    {
        var view = Build(Heading + body + "\n");
        Assert.Equal(Split(scheme), view.NoteStatements.Select(s => ((MuseumXtd.Rdf.Iri)s.S).Value).Where(i => i.Contains("/scheme/", StringComparison.Ordinal)).Select(GraphView.Last).Distinct());
    }

    [Theory]
    [InlineData("Écume propose depuis 2010 ce programme.", "2010/..")]
    [InlineData("Ce programme plaît. Écume propose depuis 2010 le programme en ligne.", "2010/..")]
    [InlineData("Il propose depuis 2010 la formation \"Grande Marée\".", "")]
    [InlineData("Il propose depuis 2010 une formation.", "")]
    public void What_somebody_has_done_since_is_the_object_of_the_verb(string body, string period) =>
        Assert.Equal(Split(period), Build(Heading + body + "\n").Periods("note/a", "initiative/estran"));

    [Fact]
    public void Bracket_behind_the_link_of_a_heading_is_about_it()
    {
        var view = Build("### [Estran](https://estran.example.org/) (Italie, 2022-2026)\nCe plan, élaboré par Houle, est un programme.\n");
        Assert.Equal(["2022/2026"], view.Periods("note/a", "initiative/estran"));
        Assert.Equal(["it"], view.Slugs("note/a", "initiative/estran", "place"));
    }

    [Fact]
    public void What_is_succeeded_has_its_kind_and_its_end()
    {
        var view = Build(Heading + "Estran est une plateforme. Elle succède au programme *Grande Marée*, terminé en 2019, et grandit.\n");
        Assert.Equal(["programme"], view.Slugs("note/a", "initiative/grande-maree", "kind"));
        Assert.Equal(["ended"], view.Slugs("note/a", "initiative/grande-maree", "status"));
        Assert.Empty(view.Slugs("note/a", "initiative/estran", "status"));
    }

    [Fact]
    public void What_the_verb_says_of_a_period_is_not_said_again_by_the_bracket()
    {
        var view = Build("La Fondation Houle a dirigé, de mai 2021 à juin 2023, le projet Grande Marée (2020-2023), financé par Écume.\n");
        Assert.Equal(["2021-05/2023-06"], view.Periods("note/a", "initiative/grande-maree"));
        Assert.Equal(["organisation/ecume"], Funders(view, "initiative/grande-maree"));
    }

    [Theory]
    [InlineData("Le projet Estran (2016-2020) est beau.", "2016/2020")]
    [InlineData("Créé en 2014 par Houle, ce projet s'est arrêté en 2022.", "2014/2022")]
    [InlineData("Ce projet est publié par Écume et Houle en 2019.", "2019")]
    [InlineData("Houle Claire propose ce service gratuit aux organisations culturelles de la région depuis 2019.", "2019/..")]
    [InlineData("Houle Claire a lancé ce fonds en 2017. Il est fermé depuis 2021.", "2017/2021")]
    [InlineData("Ce projet, mené de septembre 2021 à juin 2023, est beau.", "2021-09/2023-06")]
    [InlineData("Ce programme est terminé depuis 2023.", "../2023")]
    [InlineData("Ce rapport date de 2019.", "2019")]
    [InlineData("Ce projet a été lancé le 3 mars 2021.", "2021-03-03")]
    [InlineData("Cette plateforme a été lancée au printemps 2020.", "2020")]
    [InlineData("Ce projet a été mené par Houle entre 2017 et 2023. Il a été financé par Écume.", "2017/2023")]
    [InlineData("Ce projet est issu d'une idée. De 2019 à 2022, il a été financé par Houle.", "")]
    [InlineData("Après avoir numérisé des objets de 2012 à 2017, Houle Claire propose ce guide.", "")]
    [InlineData("Ce projet est beau. L'IRH, est un laboratoire de Houle, créé en 2018.", "")]
    public void Periods_of_the_subject(string body, string period)
    {
        var view = Build(Heading + body + "\n");
        Assert.Equal(Split(period), view.Periods("note/a", Assert.Single(view.Values("note/a", "note/a", "describes"))));
    }

    [Theory]
    [InlineData("Estran is a two-year European research project.", "kind", "project")]
    [InlineData("Estran est un vaste projet.", "kind", "project")]
    [InlineData("Estran est un projet de recherche allemand.", "coversArea", "de")]
    [InlineData("Estran est un programme de formation italien.", "coversArea", "it")]
    [InlineData("Estran is a German research project.", "coversArea", "de")]
    [InlineData("Estran est une plateforme de musées suisses.", "coversArea", "")]
    [InlineData("This project helps Swiss museums.", "coversArea", "")]
    [InlineData("Estran est un projet. Il est situé à Brighton.", "basedIn", "gb-brighton")]
    [InlineData("Estran is a project that supports small museums in Scotland.", "coversArea", "gb-sct")]
    public void Kinds_and_places_of_the_subject(string body, string property, string slug) =>
        Assert.Equal(Split(slug), Build(Heading + body + "\n").Slugs("note/a", "initiative/estran", property));

    [Theory]
    [InlineData("L'association Houle Claire a mené, de mai 2021 à juin 2023, le projet **Estran**, financé par Écume.", "lead houle-claire", "2021-05/2023-06", "organisation/ecume")]
    [InlineData("Elle a dirigé de 2019 à 2022 le projet [Estran](https://estran.example.org/), soutenu par Écume, et enseigne.", "", "2019/2022", "organisation/ecume")]
    [InlineData("Lancé en 2018, le projet \"Estran\" a plu. Mené en collaboration avec Houle, il s’est terminé en 2022.", "partner houle", "2018/2022", "")]
    [InlineData("On en parle sur le portail [Estran](https://estran.example.org/), développé de 2017 à 2019 en collaboration avec Houle.", "partner houle", "2017/2019", "")]
    [InlineData("Houle took part in the project Estran, which was led by Marée and funded by Écume.", "contributor houle, lead maree", "", "organisation/ecume")]
    [InlineData("Le groupe se poursuit sous le nom d'[Estran](https://estran.example.org/), une plateforme hébergée par Houle.", "host houle", "", "")]
    public void Initiatives_of_which_prose_tells(string body, string agents, string period, string funder)
    {
        var view = Build("# Titre\n" + body + "\n");
        Assert.Equal(Split(agents), view.Agents("note/a", "initiative/estran").Order(StringComparer.Ordinal));
        Assert.Equal(Split(period), view.Periods("note/a", "initiative/estran"));
        Assert.Equal(Split(funder), Funders(view, "initiative/estran"));
    }

    [Theory]
    [InlineData("On en parle sur le portail [Estran](https://estran.example.org/).")]
    [InlineData("On en parle sur la plateforme Estran, développée par Houle.")]
    [InlineData("Le musée utilise l'application *Estran* tous les jours.")]
    public void Marked_names_of_which_nothing_is_told_are_no_initiatives(string body) =>
        Assert.Empty(Build("# Titre\n" + body + "\n").Values("note/a", "initiative/estran", "name"));

    [Fact]
    public void Takeaways_may_name_an_initiative_with_its_makers()
    {
        var view = Build(Heading + "Ce guide est beau.\n\n## À retenir\n- L'étude cite le projet *Grande Marée*, mené par Houle depuis 2018.\n- Le projet Basse Mer est petit.\n");
        Assert.Equal(["operator houle"], view.Agents("note/a", "initiative/grande-maree"));
        Assert.Equal(["2018/.."], view.Periods("note/a", "initiative/grande-maree"));
        Assert.Empty(view.Values("note/a", "initiative/basse-mer", "name"));
    }

    [Fact]
    public void Heading_that_the_prose_calls_an_organisation_is_one()
    {
        var view = Build("---\nlang: en\n---\n### [Estran](https://estran.example.org/)\nEstran is a commissioning and development organisation. It is based in Brighton.\n");
        Assert.Equal(["organisation/estran"], view.Values("note/a", "note/a", "describes"));
        Assert.Equal(["gb-brighton"], view.Slugs("note/a", "organisation/estran", "basedIn"));
    }

    [Fact]
    public void Heading_with_a_link_is_the_home_page_under_front_matter()
    {
        var view = Build("---\ntype: plateforme\n---\n" + Heading + "Voici.\n");
        Assert.Equal(["https://estran.example.org/"], view.Values("note/a", "initiative/estran", "homepage"));
    }

    private static string[] Split(string list) => list.Length == 0 ? [] : list.Split(", ");

    private static IEnumerable<string> Funders(GraphView view, string of) => view.Values("note/a", of, "hasFunding").SelectMany(f => view.Values("note/a", f, "funder")).Order(StringComparer.Ordinal);

    private static GraphView Build(string note)
    {
        using var garden = new TemporaryGarden().Write("a.md", note);
        return new GraphView(garden.Build());
    }
}
