using System.Collections.Concurrent;
using System.Collections.Frozen;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// The phrase files: per heading a set that finds any of its phrases in folded text. <c>(a|b)</c> is a choice, <c>[x]</c> may be
/// missing, <c>~</c> stands for up to five words. Repetition is bounded, so that matching is linear in the text.
/// </summary>
internal sealed class Phrases
{
    private readonly FrozenDictionary<string, PhraseSet> _sets;
    private readonly ConcurrentDictionary<string, PhraseSet[]> _under = new(StringComparer.Ordinal);

    private Phrases(Dictionary<string, List<string>> sections)
    {
        var headings = sections.Keys.Order(StringComparer.Ordinal).ToArray();
        var sets = new PhraseSet[headings.Length];
        Parallel.For(0, sets.Length, i => sets[i] = new PhraseSet(sections[headings[i]], headings[i]));
        _sets = sets.ToFrozenDictionary(s => s.Heading, StringComparer.Ordinal);
        _ = new PhraseIndex(sets);
    }

    /// <summary>The phrases of each heading that begins with a prefix, in ordinal order of the headings.</summary>
    public PhraseSet[] Under(string prefix) => _under.TryGetValue(prefix, out var known) ? known : _under.GetOrAdd(prefix, SetsOf(prefix));

    /// <summary>The phrases of a heading; none for a heading that no file has.</summary>
    public PhraseSet this[string heading] => _sets.GetValueOrDefault(heading, PhraseSet.Empty);

    /// <summary>Whether a folded text is one of the phrases of a heading, taken literally.</summary>
    public bool Has(string heading, string words) => this[heading].Has(words);

    private PhraseSet[] SetsOf(string prefix) => [.. _sets.Values.Where(s => s.Heading.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(s => s.Heading, StringComparer.Ordinal)];

    public static Phrases Read(string directory)
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        if (!Directory.Exists(directory))
        {
            return new Phrases(sections);
        }

        foreach (var file in Directory.EnumerateFiles(directory, "phrases.*.txt").Order(StringComparer.Ordinal))
        {
            List<string>? section = null;
            foreach (var raw in File.ReadLines(file))
            {
                var line = raw.Trim();
                if (line.StartsWith('#') || line.Length == 0)
                {
                    continue;
                }

                if (line[0] == '[' && line[^1] == ']' && line.IndexOf(']', StringComparison.Ordinal) == line.Length - 1)
                {
                    var heading = line[1..^1];
                    if (!sections.TryGetValue(heading, out section))
                    {
                        sections.Add(heading, section = []);
                    }
                }
                else
                {
                    section?.Add(TextFolding.Fold(LatinLetters.Compose(line)));
                }
            }
        }

        return new Phrases(sections);
    }
}
