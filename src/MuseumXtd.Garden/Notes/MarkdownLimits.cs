namespace MuseumXtd.Garden.Notes;

/// <summary>What no person writes, and what the parser of Markdown takes a time for that grows with the square of its length: it is refused before.</summary>
internal static class MarkdownLimits
{
    // Items so far to the right are in lists beyond the limit of the parser.
    private const int MostIndent = 512;

    // In one paragraph: targets of links that are open at once, each of which is searched for its end.
    private const int MostOpenLinks = 200;

    // In one paragraph: definitions of links, each of which moves all lines behind it.
    private const int MostDefinitions = 2000;

    // In a note: each makes a cell of a table, which takes a thousand bytes while it is read.
    private const int MostBars = 400_000;

    /// <summary>Looks through a text once.</summary>
    /// <exception cref="ArgumentException">It is beyond a limit.</exception>
    public static void Check(ReadOnlySpan<char> text)
    {
        if (text.Count('|') > MostBars)
        {
            throw new ArgumentException("Too many cells stand in tables.");
        }

        var (openLinks, definitions) = (0, 0);
        foreach (var line in text.EnumerateLines())
        {
            var words = line.TrimStart();
            if (words.IsEmpty)
            {
                (openLinks, definitions) = (0, 0);
                continue;
            }

            if (line.Length - words.Length >= MostIndent && words is ['-' or '*' or '+', ' ' or '\t', ..])
            {
                throw new ArgumentException("Lists nest too deeply.");
            }

            if (words.Length >= 2 * MostIndent && OpensManyLists(words))
            {
                throw new ArgumentException("Lists nest too deeply.");
            }

            if (words[0] == '[' && words.Contains("]:", StringComparison.Ordinal) && ++definitions > MostDefinitions)
            {
                throw new ArgumentException("Too many definitions of links stand in one paragraph.");
            }

            for (var at = 0; words[at..].IndexOfAny('(', ')') is >= 0 and var next; at += next + 1)
            {
                if (words[at + next] == ')')
                {
                    openLinks = Math.Max(0, openLinks - 1);
                }
                else if (at + next > 0 && words[at + next - 1] == ']' && ++openLinks > MostOpenLinks)
                {
                    throw new ArgumentException("Too many targets of links are not closed.");
                }
            }
        }
    }

    /// <summary>Whether marks of lists follow each other on one line. Each may begin a thematic break (CommonMark, section 4.1), for which the parser looks through the rest.</summary>
    private static bool OpensManyLists(ReadOnlySpan<char> line)
    {
        for (var rest = line; rest.IndexOfAny('-', '*') is >= 0 and var at;)
        {
            rest = rest[at..];
            var length = rest.IndexOfAnyExcept("-* \t");
            var marks = length < 0 ? rest : rest[..length];
            if (marks.Count("- ") + marks.Count("* ") + marks.Count("-\t") + marks.Count("*\t") >= MostIndent)
            {
                return true;
            }

            rest = rest[marks.Length..];
        }

        return false;
    }
}
