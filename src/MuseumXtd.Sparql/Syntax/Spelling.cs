namespace MuseumXtd.Sparql.Syntax;

/// <summary>Finds the word that someone meant.</summary>
internal static class Spelling
{
    /// <summary>The candidate that is a slip away from a word, whatever their case: one letter in short words, two in longer ones. Null when there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        const int Short = 5;
        const int TooLong = 32;
        if (word.Length is 0 or > TooLong)
        {
            return null;
        }

        var allowed = word.Length < Short ? 1 : 2;
        var best = candidates
            .Where(c => Math.Abs(c.Length - word.Length) <= allowed)
            .Select(c => (Candidate: c, Distance: Distance(word.ToUpperInvariant(), c.ToUpperInvariant())))
            .Where(c => c.Distance <= allowed && c.Distance < c.Candidate.Length)
            .OrderBy(c => c.Distance).ThenBy(c => c.Candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.Candidate;
    }

    /// <summary>How many letters are to be added, dropped, changed, or swapped with their neighbour.</summary>
    private static int Distance(string x, string y)
    {
        var rows = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++)
        {
            for (var j = 0; j <= y.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[x.Length, y.Length];
    }
}
