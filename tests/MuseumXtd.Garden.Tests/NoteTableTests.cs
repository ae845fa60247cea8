namespace MuseumXtd.Garden.Tests;

/// <summary>Tables within notes.</summary>
public sealed class NoteTableTests
{
    [Fact]
    public void Row_with_a_name_a_maker_and_a_period_is_an_initiative()
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", "# Des plateformes\nÀ jour.\n\n| Nom | Pays | Porteur | Période | Remarque |\n| --- | --- | --- | --- | --- |\n| [Grande Marée](https://m.example.org/) | Belgique | Musée de la Vague wallonne | depuis 2010 | portail, soutenu par la Fondation Houle |\n| Sel | | | 2018 | |\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["be"], view.Slugs("note/a", "initiative/grande-maree", "place"));
        Assert.Equal(["lead musee-de-la-vague-wallonne"], view.Agents("note/a", "initiative/grande-maree"));
        Assert.Equal(["2010/.."], view.Periods("note/a", "initiative/grande-maree"));
        Assert.Equal(["portal"], view.Slugs("note/a", "initiative/grande-maree", "kind"));
        Assert.Equal(["https://m.example.org/"], view.Values("note/a", "initiative/grande-maree", "homepage"));
        Assert.Equal(["organisation/fondation-houle"], view.Values("derived", "initiative/grande-maree", "fundedBy"));
        Assert.Equal(["2018"], view.Periods("note/a", "initiative/sel"));
    }

    [Theory]
    [InlineData("| Exposition | Musée | Lieu | Dates | Soutien |")]
    [InlineData("| Projets | Institution | Pays | Années | Financé par |")]
    [InlineData("| Project | Museum | Country | Years | Funding |")]
    public void Columns_are_called_by_what_they_hold(string heading)
    {
        using var garden = new TemporaryGarden().Write(
            "a.md", $"# Des vagues\nVu.\n\n{heading}\n| --- | --- | --- | --- | --- |\n| [Grande Marée](https://m.example.org/) | Musée du Large | Belgique | 2021-2022 | Fondation Houle, Loterie Écume |\n");
        var view = new GraphView(garden.Build());
        Assert.Equal(["lead musee-du-large"], view.Agents("note/a", "initiative/grande-maree"));
        Assert.Equal(["be"], view.Slugs("note/a", "initiative/grande-maree", "place"));
        Assert.Equal(["2021/2022"], view.Periods("note/a", "initiative/grande-maree"));
        Assert.Equal(["organisation/fondation-houle", "organisation/loterie-ecume"], view.Values("derived", "initiative/grande-maree", "fundedBy"));
    }

    [Theory]
    [InlineData("| Musée | Projet | Dates |\n| --- | --- | --- |\n| Musée du Large | inventaire | 2021 |\n")]
    [InlineData("| Outil | Prix |\n| --- | --- |\n| [Miro](https://m.example.org/) | 10 |\n")]
    [InlineData("| Nom | Remarque |\n| --- | --- |\n| Anna Blum | conservatrice |\n")]
    [InlineData("| Nom | Pays |\n| --- | --- |\n| Anna Blum | Suisse |\n")]
    public void Other_tables_name_none(string table)
    {
        using var garden = new TemporaryGarden().Write("a.md", "# Des mots\nÀ jour.\n\n" + table);
        Assert.DoesNotContain(new GraphView(garden.Build()).NoteStatements, s => s.S.ToString()!.Contains("/initiative/", StringComparison.Ordinal));
    }
}
