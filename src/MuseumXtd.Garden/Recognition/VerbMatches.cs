using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>The phrases of a set in a range of a text that are verbs there: "organisé" is none, though accents do not tell it from "organise".</summary>
internal readonly struct VerbMatches(PhraseSet phrases, PlainText text, int start, int end)
{
    public Enumerator GetEnumerator() => new(phrases.Matches(text, start, end).GetEnumerator(), text.Text);

    /// <summary>Goes from verb to verb; no object, since each stretch of text is asked for a dozen sets and mostly has none.</summary>
    internal struct Enumerator(PhraseSet.Enumerator matches, string text)
    {
        // Not read-only: it goes on.
        private PhraseSet.Enumerator _matches = matches;

        public readonly PhraseMatch Current => _matches.Current;

        public bool MoveNext()
        {
            while (_matches.MoveNext())
            {
                var match = _matches.Current;
                if (text[match.Index + match.Length - 1] != 'é' || text.AsSpan(match.Index, match.Length).Contains(' '))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
