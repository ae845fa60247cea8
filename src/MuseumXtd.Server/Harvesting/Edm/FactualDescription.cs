using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Edm;

/// <summary>What the facts say of something, in words that are nobody's: for records that may hold no text of the notes.</summary>
internal static class FactualDescription
{
    private static readonly (string Property, string English, string French)[] Parts =
    [
        ("describes", "About", "Au sujet de"),
        ("ledBy", "Led by", "Sous la conduite de"),
        ("fundedBy", "Funded by", "Avec le soutien financier de"),
        ("place", "Place", "Lieu"),
        ("coversArea", "Area", "Territoire"),
        ("basedIn", "Based in", "Siège"),
    ];

    /// <summary>One text in English and one in French; none where nothing but a name is known.</summary>
    public static List<Text> Of(RecordFacts facts, TermId resource)
    {
        var english = Sentences(facts, resource, "en");
        return english.Length == 0 ? [] : [new Text(english, "en"), new Text(Sentences(facts, resource, "fr"), "fr")];
    }

    private static string Sentences(RecordFacts facts, TermId resource, string language)
    {
        var isFrench = language == "fr";
        var colon = isFrench ? "\u00A0: " : ": ";
        var sentences = new List<string>();
        Add(isFrench ? "Nature" : "Kind", facts.Links([resource], "kind"));
        if (resource == facts.Resource && facts.Is("Output"))
        {
            Add(isFrench ? "Réalisation de" : "Output of", facts.Description.Related);
        }

        foreach (var (property, english, french) in Parts)
        {
            Add(isFrench ? french : english, facts.Links([resource], property));
        }

        var periods = facts.Periods([resource]).Select(p => EdmPeriod.Of(p.Edtf, p.Iri)).OfType<EdmEntity>();
        AddTexts(isFrench ? "Période" : "Period", [.. periods.Select(p => In(p.Labels, language))]);
        return string.Join(' ', sentences);

        void Add(string title, List<TermId> values) => AddTexts(title, [.. values.Select(v => In(facts.Labels(v), language))]);

        void AddTexts(string title, List<string> values)
        {
            if (values.Count > 0)
            {
                sentences.Add($"{title}{colon}{string.Join(", ", values.Distinct())}.");
            }
        }
    }

    /// <summary>The label in a language, or any.</summary>
    private static string In(IReadOnlyList<Text> labels, string language) =>
        labels.Where(l => l.Language is { } tag && tag.StartsWith(language, StringComparison.OrdinalIgnoreCase)).Concat(labels).First().Value;
}
