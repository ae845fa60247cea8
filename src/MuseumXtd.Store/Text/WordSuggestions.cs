using System.Text;

namespace MuseumXtd.Store.Text;

/// <summary>Finds words of an index that are like a word it does not have: for what was misspelt.</summary>
internal static class WordSuggestions
{
    /// <summary>
    /// The word with the fewest edits (a letter more, less, another, or two swapped): one for words of up to four letters, two for longer ones; of several the
    /// one in most texts, then the first by its letters. Null when there is none, or when the index has the word.
    /// </summary>
    public static string? For(string word, TextSegment[] segments, CancellationToken cancellation)
    {
        var letters = word.EnumerateRunes().ToArray();
        const int Longest = 40;
        if (letters.Length is < 3 or > Longest || segments.Any(s => s.Find(Encoding.UTF8.GetBytes(word), false) is var (from, to) && from < to))
        {
            return null;
        }

        var limit = letters.Length <= 4 ? 1 : 2;
        var least = limit;
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        var candidate = new Rune[letters.Length + limit];
        var rows = new int[3][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new int[candidate.Length + 1];
        }

        foreach (var segment in segments)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < segment.WordCount; i++)
            {
                var bytes = segment.Word(i);
                if (bytes.Length < letters.Length - limit || bytes.Length > 4 * candidate.Length || !TryDecode(bytes, candidate, out var length)
                    || length < letters.Length - limit)
                {
                    continue;
                }

                var edits = Edits(letters, candidate.AsSpan(0, length), rows, least);
                if (edits > least)
                {
                    continue;
                }

                if (edits < least)
                {
                    found.Clear();
                    least = edits;
                }

                // A word may be in several segments.
                var spelt = Encoding.UTF8.GetString(bytes);
                found[spelt] = found.GetValueOrDefault(spelt) + segment.TextCount(i);
            }
        }

        return found.OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).FirstOrDefault().Key;
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, Span<Rune> letters, out int length)
    {
        for (length = 0; !bytes.IsEmpty; length++)
        {
            if (length == letters.Length)
            {
                return false;
            }

            Rune.DecodeFromUtf8(bytes, out letters[length], out var consumed);
            bytes = bytes[consumed..];
        }

        return true;
    }

    /// <summary>Optimal string alignment, row by row; more than the limit is all the same.</summary>
    private static int Edits(ReadOnlySpan<Rune> a, ReadOnlySpan<Rune> b, int[][] rows, int limit)
    {
        var (before, last, next) = (rows[0], rows[1], rows[2]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var edits = Math.Min(Math.Min(last[j], next[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits = Math.Min(edits, before[j - 2] + 1);
                }

                next[j] = edits;
                least = Math.Min(least, edits);
            }

            if (least > limit)
            {
                return limit + 1;
            }

            (before, last, next) = (last, next, before);
        }

        return last[b.Length];
    }
}
