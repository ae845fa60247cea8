using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>
/// What holds of all triples of a predicate in one snapshot. The model never depends on it, but a translation may: where each subject has one
/// value, there is no need to look for the first of several.
/// </summary>
internal sealed class PredicateFacts
{
    private readonly Dictionary<string, int> _subjectsByLanguage = new(StringComparer.OrdinalIgnoreCase);

    private PredicateFacts()
    {
    }

    /// <summary>Whether no subject has two values.</summary>
    public bool IsOnePerSubject { get; private set; } = true;

    /// <summary>Whether no object has two subjects.</summary>
    public bool IsOnePerObject { get; private set; } = true;

    /// <summary>Whether no subject has two texts of one language.</summary>
    public bool IsOnePerLanguage { get; private set; } = true;

    /// <summary>Whether no tag of a language has capitals, so that tags can be compared as they are.</summary>
    public bool HasSmallTags { get; private set; } = true;

    /// <summary>How many subjects there are.</summary>
    public int Subjects { get; private set; }

    /// <summary>Whether all values are of these kinds.</summary>
    public bool AreAll(TermTag tag) => _tags == 1 << (int)tag;

    /// <summary>How many subjects have a text of a language.</summary>
    public int SubjectsWith(string language) => _subjectsByLanguage.GetValueOrDefault(language);

    /// <summary>The languages that occur.</summary>
    public IReadOnlyCollection<string> Languages => _subjectsByLanguage.Keys;

    private int _tags;

    public static PredicateFacts Of(TripleIndex index, TermDictionary dictionary, TermId predicate)
    {
        var facts = new PredicateFacts();
        if (!predicate.IsBound)
        {
            return facts;
        }

        var range = index.Range(TripleOrder.Pso, predicate);
        var subjects = range.Second;
        var objects = range.Third;
        using var scratch = new ByteBuffer();
        var languages = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < objects.Length; i++)
        {
            var isSame = i > 0 && subjects[i] == subjects[i - 1];
            facts.IsOnePerSubject &= !isSame;
            facts.Subjects += isSame ? 0 : 1;
            var id = new TermId(objects[i]);
            facts._tags |= 1 << (int)id.Tag;
            if (!isSame)
            {
                languages.Clear();
            }

            if (id.Tag == TermTag.LangString)
            {
                var tag = new EncodedTerm(dictionary.Encoded(id, scratch)).Language;
                facts.HasSmallTags &= !tag.ContainsAnyInRange((byte)'A', (byte)'Z');
                var language = facts.Name(tag);
                if (languages.Add(language))
                {
                    facts._subjectsByLanguage[language]++;
                }
                else
                {
                    facts.IsOnePerLanguage = false;
                }
            }
            else if (!languages.Add(""))
            {
                facts.IsOnePerLanguage = false;
            }
        }

        facts.IsOnePerObject = index.CountDistinctSecond(TripleOrder.Pos, predicate) == objects.Length;
        return facts;
    }

    /// <summary>One string for each language, however many texts have it.</summary>
    private string Name(ReadOnlySpan<byte> language)
    {
        foreach (var known in _subjectsByLanguage.Keys)
        {
            if (Ascii.EqualsIgnoreCase(language, known))
            {
                return known;
            }
        }

        var name = Encoding.UTF8.GetString(language).ToLowerInvariant();
        _subjectsByLanguage.Add(name, 0);
        return name;
    }
}
