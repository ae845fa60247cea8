using MuseumXtd.Server.Dumps;

namespace MuseumXtd.Server.Descriptions;

/// <summary>What descriptions say in French and English.</summary>
internal static class DatasetTexts
{
    public static readonly (string French, string English) Title =
        ("MuseumXtd : initiatives pour la transition numérique des musées", "MuseumXtd: initiatives for the digital transition of museums");

    public static readonly (string French, string English) CatalogDescription =
        ("Le jeu de données de MuseumXtd et les portes par lesquelles il se donne.", "The dataset of MuseumXtd and the doors through which it is given away.");

    public static readonly (string French, string English) Description =
        ("Qui aide les musées à prendre le tournant numérique : initiatives, organisations qui les portent, financements, lieux et dates, tirés de notes dont chaque affirmation nomme la ligne.",
        "Who helps museums through their digital transition: initiatives, the organisations that lead them, funding, places and dates, taken from notes; each statement names its line.");

    public static readonly (string French, string English) Genre = ("graphe de connaissances", "knowledge graph");

    public static readonly IReadOnlyList<(string Keyword, string Language)> Keywords =
    [
        ("musées", "fr"), ("transition numérique", "fr"), ("patrimoine culturel", "fr"), ("financement", "fr"),
        ("museums", "en"), ("digital transition", "en"), ("cultural heritage", "en"), ("funding", "en"),
    ];

    public static (string French, string English) TitleOf(DumpFile file)
    {
        if (file.ConformsTo is not null)
        {
            return ("Notices pour Europeana, EDM en RDF/XML", "Records for Europeana, EDM in RDF/XML");
        }

        var syntax = (file.Unpacked ?? file).Format?.Label ?? (file.Unpacked ?? file).Name;
        var packed = file.Compression is null ? "" : ", " + file.Compression.Name;
        return file.Profile == DumpProfile.Core ? ($"Les faits seuls, {syntax}{packed}", $"Facts alone, {syntax}{packed}") : ($"Tout, {syntax}{packed}", $"Everything, {syntax}{packed}");
    }

    public static (string French, string English) DescriptionOf(DumpFile file) => file.ConformsTo is not null
        ? ("Les réalisations et les notes, chacune en une notice complète.", "Outputs and notes, each as a record that stands by itself.")
        : file.Profile == DumpProfile.Core
        ? ("Le graphe sans la prose ni les citations des notes.", "The graph without the prose of the notes or quotations from them.")
        : ("Le graphe entier, avec la prose des notes.", "The whole graph, with the prose of the notes.");

    public static (string French, string English) ServiceDescription(string title) => ($"Le jeu de données par {title}.", $"The dataset by {title}.");
}
