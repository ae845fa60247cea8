using System.Text;

namespace MuseumXtd.Store.Text;

/// <summary>
/// The texts that may contain a part of text, whatever their case and accents, and no other text does: what is not among them need not be read.
/// </summary>
public sealed class TextCandidates
{
    private readonly ulong[] _bits;
    private readonly int _terms;

    private TextCandidates(int terms)
    {
        _terms = terms;
        _bits = new ulong[(terms >> 6) + 1];
    }

    /// <summary>Whether a text, a plain or language-tagged string, may contain the part.</summary>
    public bool MayContain(TermId text) => text.Payload >= (uint)_terms || (_bits[text.Payload >> 6] & (1UL << (int)(text.Payload & 63))) != 0;

    /// <summary>The candidates for a part; null where they would be most texts, or no word is in the part.</summary>
    internal static TextCandidates? Of(string part, TextSegment[] segments, int terms, CancellationToken cancellation)
    {
        var pieces = PiecesOf(part);
        if (pieces.Count == 0)
        {
            return null;
        }

        TextCandidates? result = null;
        foreach (var (piece, isOpenBefore, isOpenAfter) in pieces)
        {
            cancellation.ThrowIfCancellationRequested();
            var (words, count) = WordsWith(piece, isOpenBefore, isOpenAfter, segments);

            // A piece that most texts have tells nothing.
            if (count * 2 > segments.Sum(s => (long)s.Texts.Length))
            {
                continue;
            }

            var found = new TextCandidates(terms);
            foreach (var (segment, word) in words)
            {
                found.Add(segment, word);
            }

            result = result is null ? found : result.And(found);
        }

        return result;
    }

    /// <summary>
    /// The words of the part, and whether each may go on before and after it: within a word of a text the part may begin and end anywhere, but where it
    /// has a gap between words, so has the text.
    /// </summary>
    private static List<(byte[] Piece, bool IsOpenBefore, bool IsOpenAfter)> PiecesOf(string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        var pieces = new List<(byte[], bool, bool)>();
        var reader = new WordReader(bytes);
        while (reader.Read())
        {
            // What is only marks before the first word may belong to letters before the part.
            pieces.Add((reader.Word.ToArray(), pieces.Count == 0 && !HasGap(bytes.AsSpan(0, reader.Start)), false));
        }

        var end = reader.End;
        reader.Dispose();
        if (pieces.Count > 0 && !HasGap(bytes.AsSpan(end)))
        {
            pieces[^1] = pieces[^1] with { Item3 = true };
        }

        return pieces;
    }

    private static bool HasGap(ReadOnlySpan<byte> text)
    {
        Span<byte> folded = stackalloc byte[8];
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf8(text[at..], out var rune, out var consumed);
            LetterFolding.Fold(rune, folded, out var isGap, out _);
            if (isGap)
            {
                return true;
            }

            at += consumed;
        }

        return false;
    }

    private static (List<(TextSegment Segment, int Word)> Words, long TextCount) WordsWith(
        byte[] piece, bool isOpenBefore, bool isOpenAfter, TextSegment[] segments)
    {
        var words = new List<(TextSegment, int)>();
        long count = 0;
        foreach (var segment in segments)
        {
            if (!isOpenBefore)
            {
                var (from, to) = segment.Find(piece, isPrefix: isOpenAfter);
                for (var word = from; word < to; word++)
                {
                    words.Add((segment, word));
                    count += segment.TextCount(word);
                }

                continue;
            }

            // All words at once: they lie one after another.
            var all = segment.AllWords;
            var starts = segment.WordStarts;
            for (int at = 0, found; at < all.Length && (found = all[at..].IndexOf(piece)) >= 0;)
            {
                var place = at + found;
                var word = starts.BinarySearch(place);
                word = word < 0 ? ~word - 1 : word;
                var end = place + piece.Length;
                if (end <= starts[word + 1] && (isOpenAfter || end == starts[word + 1]))
                {
                    words.Add((segment, word));
                    count += segment.TextCount(word);
                    at = starts[word + 1];
                }
                else
                {
                    at = place + 1;
                }
            }
        }

        return (words, count);
    }

    private void Add(TextSegment segment, int word)
    {
        var postings = segment.Postings(word);
        while (postings.Read())
        {
            var payload = new TermId(segment.Texts[postings.Text]).Payload;
            if (payload < (uint)_terms)
            {
                _bits[payload >> 6] |= 1UL << (int)(payload & 63);
            }
        }
    }

    private TextCandidates And(TextCandidates other)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            _bits[i] &= other._bits[i];
        }

        return this;
    }
}
