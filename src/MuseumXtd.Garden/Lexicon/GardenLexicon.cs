using System.Collections.Concurrent;
using System.Collections.Frozen;
using MuseumXtd.Garden.Notes;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>All that the ontology folder says: vocabulary, concepts, places, phrases, keys, languages, identifiers.</summary>
internal sealed class GardenLexicon
{
    // Notes have few different keys, and hostile ones are not remembered for ever.
    private const int MostKnownKeys = 10_000;

    private readonly FrozenDictionary<string, string> _keys;
    private readonly ConcurrentDictionary<string, string?> _fields = new(StringComparer.Ordinal);

    private GardenLexicon(
        IReadOnlyList<(Term, Iri, Term)> vocabulary, Gazetteer places, Phrases phrases, FrozenDictionary<string, string> keys, Languages languages,
        Identifiers identifiers, IReadOnlyList<Diagnostic> diagnostics)
    {
        Vocabulary = vocabulary;
        Concepts = new ConceptSchemes(vocabulary);
        Places = places;
        Phrases = phrases;
        Languages = languages;
        Identifiers = identifiers;
        Diagnostics = diagnostics;
        _keys = keys;
    }

    public IReadOnlyList<(Term Subject, Iri Predicate, Term Object)> Vocabulary { get; }

    public ConceptSchemes Concepts { get; }

    public Gazetteer Places { get; }

    public Phrases Phrases { get; }

    public Languages Languages { get; }

    public Identifiers Identifiers { get; }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The field that a front matter key or a table's column means; a number at its end does not matter. Null for others.</summary>
    public string? Field(string key)
    {
        if (!_fields.TryGetValue(key, out var field))
        {
            field = _keys.GetValueOrDefault(KeyWords(key));
            if (_fields.Count < MostKnownKeys)
            {
                _fields.TryAdd(key, field);
            }
        }

        return field;
    }

    /// <summary>The words of a key, in which neither accents, case and number nor a figure at the end matter.</summary>
    public static string KeyWords(string key) => TextFolding.SingularWords(key).TrimEnd(' ', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>The known key that an unknown one was most likely meant to be, in its number and with its signs between words, or null.</summary>
    public string? NearestKey(string key)
    {
        var folded = TextFolding.SingularWords(key);
        var limit = folded.Length < 8 ? 1 : 2;
        var nearest = folded.Length is < 4 or > 40 ? null : _keys.Keys
            .Select(k => (Key: k, Distance: TextFolding.AreSwapped(folded, k) ? 1 : TextFolding.Distance(folded, k, limit)))
            .Where(k => k.Distance <= limit && k.Key.Length > 3)
            .OrderBy(k => k.Distance).ThenBy(k => k.Key, StringComparer.Ordinal)
            .Select(k => k.Key).FirstOrDefault();
        return nearest is null ? null : LikeWritten(nearest, key);
    }

    /// <summary>"finnanceurs" meant "financeurs", and "fnanceur par" nothing in the plural.</summary>
    private static string LikeWritten(string nearest, string key)
    {
        var (words, written) = (nearest.Split(' '), TextFolding.Words(key).Split(' '));
        for (var i = 0; i < words.Length && words.Length == written.Length; i++)
        {
            if (written[i].Length > 3 && written[i][^1] == 's' && !words[i].EndsWith('s'))
            {
                words[i] += "s";
            }
        }

        return string.Join(key.Contains('-', StringComparison.Ordinal) ? '-' : key.Contains('_', StringComparison.Ordinal) ? '_' : ' ', words);
    }

    public static GardenLexicon Read(string directory, CancellationToken cancellation)
    {
        // Each kind of file is read on a thread of its own: nothing can be recognised before all are.
        var places = Task.Run(() => Gazetteer.Read(directory), cancellation);
        var phrases = Task.Run(() => Phrases.Read(directory), cancellation);
        var diagnostics = new List<Diagnostic>();
        var vocabulary = OntologyFiles.ReadVocabulary(directory, diagnostics, cancellation);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = Path.Combine(directory, "keys.csv");
        if (File.Exists(file))
        {
            foreach (var row in CsvTable.Read("keys.csv", File.ReadAllBytes(file), "").Rows)
            {
                keys.TryAdd(TextFolding.SingularWords(row.Cells[0].Text), row.Cells[1].Text);
            }
        }

        return new GardenLexicon(
            vocabulary, places.GetAwaiter().GetResult(), phrases.GetAwaiter().GetResult(), keys.ToFrozenDictionary(StringComparer.Ordinal), Languages.Read(directory),
            Identifiers.Read(directory, diagnostics), diagnostics);
    }
}
