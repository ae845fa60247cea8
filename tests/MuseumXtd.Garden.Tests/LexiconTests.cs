using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Tests;

public sealed class LexiconTests
{
    private static readonly GardenLexicon Lexicon =
        GardenLexicon.Read(Path.Combine(AppContext.BaseDirectory, "ontology"), CancellationToken.None);

    [Fact]
    public void Ontology_is_read_without_problems() => Assert.Empty(Lexicon.Diagnostics);

    [Fact]
    public void Every_class_and_property_has_labels_and_definitions_in_both_languages()
    {
        var byTerm = Lexicon.Vocabulary.GroupBy(s => s.Subject).ToDictionary(g => g.Key, g => g.ToList());
        var declared = byTerm.Where(t => t.Value.Exists(s => s.Object is Rdf.Iri
        {
            Value: "http://www.w3.org/2002/07/owl#Class" or "http://www.w3.org/2002/07/owl#ObjectProperty" or "http://www.w3.org/2002/07/owl#DatatypeProperty",
        })).ToList();
        Assert.True(declared.Count > 80);
        Assert.All(declared, t =>
        {
            foreach (var property in (string[])["http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#definition"])
            {
                var languages = t.Value.Where(s => s.Predicate.Value == property).Select(s => ((Rdf.Literal)s.Object).Language).Order(StringComparer.Ordinal);
                Assert.Equal(["en", "fr"], languages);
            }
        });
    }

    [Fact]
    public void Every_property_that_the_reader_states_is_declared()
    {
        var declared = Lexicon.Vocabulary.Select(s => s.Subject).OfType<Rdf.Iri>().Select(i => i.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var root in (string[])[TestFolders.Small, TestFolders.Bundled])
        {
            var view = GraphView.Of(root);
            var used = view.Garden.Graphs.SelectMany(g => view.Graph(g.Iri[(GraphView.Base + "graph/").Length..]))
                .SelectMany(s => (Rdf.Term[])[s.P, s.O]).OfType<Rdf.Iri>().Select(i => i.Value)
                .Where(i => i.StartsWith(GraphView.Ns, StringComparison.Ordinal)).Distinct();
            Assert.All(used, i => Assert.Contains(i, declared));
        }
    }

    [Theory]
    [InlineData("Royaume-Uni", "gb")]
    [InlineData("UK", "gb")]
    [InlineData("britanniques", "gb")]
    [InlineData("Québec", "ca-qc")]
    [InlineData("quebec", "ca-qc")]
    [InlineData("Flandres", "be-vlg")]
    [InlineData("BE-VLG", "be-vlg")]
    [InlineData("flamande", "be-vlg")]
    [InlineData("transeuropéen", "europe")]
    [InlineData("Catalogne", "es-ct")]
    [InlineData("Pays basque", "es-pv")]
    [InlineData("Fribourg", "ch-fr")]
    [InlineData("Yverdon", "ch-yverdon-les-bains")]
    [InlineData("canadiennes", "ca")]
    public void Place_is_found_by_name_code_and_adjective(string name, string slug) => Assert.Equal(slug, Lexicon.Places.Find(name)?.Slug);

    [Theory]
    [InlineData("Baden Wüttemberg", "de-bw")]
    [InlineData("Allemange", "de")]
    [InlineData("Royaume Unis", "gb")]
    public void Misspelt_place_is_found_near(string name, string slug) => Assert.Equal(slug, Lexicon.Places.FindNear(name)?.Slug);

    [Theory]
    [InlineData("de")]
    [InlineData("Nulle part")]
    [InlineData("xyz")]
    public void Word_that_is_no_place_is_none(string word) => Assert.Null(Lexicon.Places.Find(word) ?? Lexicon.Places.FindNear(word));

    [Fact]
    public void Parents_of_places_exist_and_lead_to_the_world() =>
        Assert.All(Lexicon.Places.Places, p => Assert.True(p.Slug == "world" || Lexicon.Places.Contains(Lexicon.Places.BySlug("world")!, p)));

    [Theory]
    [InlineData("kinds", "boîtes à outils", "toolkit")]
    [InlineData("kinds", "Toolkit", "toolkit")]
    [InlineData("kinds", "auto-évaluation", "self-assessment")]
    [InlineData("statuses", "Terminé", "ended")]
    [InlineData("statuses", "running", "active")]
    [InlineData("audiences", "petits et moyens musées", "small-medium-museums")]
    [InlineData("themes", "mesure d'impact", "impact-measurement")]
    public void Concept_is_found_by_any_label(string scheme, string value, string slug) => Assert.Equal(slug, Lexicon.Concepts.Find(scheme, value));

    [Theory]
    [InlineData("porteurs", "role.lead")]
    [InlineData("Porteur de projet 3", "role.lead")]
    [InlineData("début", "start")]
    [InlineData("date_de_fin", "end")]
    [InlineData("Membre-De", "member-of")]
    [InlineData("Expertise numérique 2", "expertise")]
    [InlineData("Localisation ", "place")]
    [InlineData("layout", null)]
    public void Key_is_read_whatever_its_spelling(string key, string? field) => Assert.Equal(field, Lexicon.Field(key));

    [Theory]
    [InlineData("role.lead", "un projet porté par", true)]
    [InlineData("role.lead", "des projets portés par", true)]
    [InlineData("role.lead", "les opportunités apportées par", false)]
    [InlineData("role.developer", "développées de façon collaborative par", true)]
    [InlineData("status.ended", "Aujourd’hui terminé", true)]
    [InlineData("status.ended", "Les appels à candidature sont terminés", false)]
    [InlineData("funder", "a bénéficié du soutien de", true)]
    [InlineData("succeeds", "Créé à partir du", true)]
    [InlineData("audience.small-medium-museums", "les petites et moyennes institutions", true)]
    [InlineData("list-heading", "Listes des initiatives", true)]
    [InlineData("role.lead", "The project is led by", true)]
    public void Phrase_matches(string heading, string text, bool matches) =>
        Assert.Equal(matches, Lexicon.Phrases[heading].IsMatch(TextFolding.Fold(text)));

    [Theory]
    [InlineData("2017-2019", "2017/2019", null)]
    [InlineData("2017–2019", "2017/2019", null)]
    [InlineData("depuis 2020", "2020/..", "active")]
    [InlineData("since 2020", "2020/..", "active")]
    [InlineData("fermé depuis 2020", "../2020", "closed")]
    [InlineData("2022", "2022", null)]
    [InlineData("octobre 2021", "2021", null)]
    public void Period_of_a_bracket(string words, string edtf, string? status) =>
        Assert.Equal((edtf, status), Periods.Parse(TextFolding.Fold(words), Lexicon.Phrases));

    [Theory]
    [InlineData("p. 14")]
    [InlineData("Autriche")]
    [InlineData("150.-")]
    public void Words_without_a_year_are_no_period(string words) => Assert.Null(Periods.Parse(TextFolding.Fold(words), Lexicon.Phrases));

    [Theory]
    [InlineData("2021-10", 2021, 2021)]
    [InlineData("2020/..", 2020, null)]
    [InlineData("../2020", null, 2020)]
    [InlineData("2017/", 2017, null)]
    [InlineData("2021-10/2023-09", 2021, 2023)]
    public void Years_of_a_period(string edtf, int? start, int? end) => Assert.Equal((start, end), Periods.Years(edtf));

    [Theory]
    [InlineData("https://a.org/?_ga=2.19&_gl=1*1&x=1#h", "https://a.org/?x=1#h")]
    [InlineData("https://a.org/x?utm_source=b", "https://a.org/x")]
    [InlineData("https://a.org/,", "https://a.org/")]
    [InlineData("https://a.org/x).", "https://a.org/x")]
    [InlineData("https://a.org/a b", "https://a.org/a%20b")]
    [InlineData("https://fr.wikipedia.org/wiki/A_(b)", "https://fr.wikipedia.org/wiki/A_(b)")]
    [InlineData("app://obsidian.md/x", null)]
    [InlineData("urlsendinblue", null)]
    [InlineData("", null)]
    public void Address_is_cleaned_or_refused(string raw, string? clean) => Assert.Equal(clean, WebAddress.Clean(raw, out _));

    [Theory]
    [InlineData("L’œuvre d’été", "l-oeuvre-d-ete")]
    [InlineData("Virage NumériCQ", "virage-numericq")]
    [InlineData("  ---  ", "")]
    public void Slug_is_ascii(string name, string slug) => Assert.Equal(slug, TextFolding.Slug(name));
}
