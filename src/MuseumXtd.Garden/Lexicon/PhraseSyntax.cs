namespace MuseumXtd.Garden.Lexicon;

/// <summary>
/// The notation of the phrase files. A phrase is written out into all the wordings that it stands for, which is what a matcher needs: a wording
/// is plain characters, and three signs for what is open in it.
/// </summary>
internal static class PhraseSyntax
{
    /// <summary>At least one white-space character.</summary>
    public const char Space = '\u0001';

    /// <summary>Any number of white-space characters: what follows an apostrophe.</summary>
    public const char MaybeSpace = '\u0002';

    /// <summary>One to five words, as few as possible.</summary>
    public const char Words = '\u0003';

    /// <summary>
    /// The wordings of a folded phrase, in the order in which they are tried: with an optional part before without it, choices from left to right.
    /// </summary>
    public static IReadOnlyList<string> Wordings(string phrase)
    {
        var wordings = new List<string> { "" };
        var at = 0;
        while (at < phrase.Length)
        {
            wordings = Continue(wordings, Next(phrase, ref at));
        }

        return wordings;
    }

    /// <summary>The wordings of the part that begins at a position: a character, a choice or an optional part.</summary>
    private static List<string> Next(string phrase, ref int at)
    {
        var c = phrase[at];
        switch (c)
        {
            case '(':
                return Choice(Inner(phrase, ref at, ')'));
            case '[':
                var open = at;
                var optional = Wordings(Inner(phrase, ref at, ']'));
                if (at < phrase.Length && phrase[at] == ' ' && (open == 0 || phrase[open - 1] == ' '))
                {
                    // An optional word takes its space with it.
                    at++;
                    return [.. optional.Select(w => w + Space), ""];
                }

                return [.. optional, ""];
            case ' ' when at + 1 < phrase.Length && phrase[at + 1] == '[' && phrase.IndexOf(']', at) == phrase.Length - 1:
                at++;
                return [.. Wordings(Inner(phrase, ref at, ']')).Select(w => Space + w), ""];
            case ' ':
                return [(at++ > 0 && phrase[at - 2] == '\'' ? MaybeSpace : Space).ToString()];
            case '~':
                at++;
                return [Words.ToString()];
            default:
                at++;
                return [c.ToString()];
        }
    }

    private static List<string> Choice(string inner)
    {
        var found = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= inner.Length; i++)
        {
            if (i == inner.Length || (inner[i] == '|' && depth == 0))
            {
                found.AddRange(Wordings(inner[start..i]));
                start = i + 1;
            }
            else
            {
                depth += inner[i] is '(' or '[' ? 1 : inner[i] is ')' or ']' ? -1 : 0;
            }
        }

        return found;
    }

    /// <summary>What stands between the bracket at a position and the one that closes it; the position moves behind that.</summary>
    private static string Inner(string phrase, ref int at, char closing)
    {
        var (opening, start, depth) = (phrase[at], at + 1, 0);
        for (; at < phrase.Length; at++)
        {
            depth += phrase[at] == opening ? 1 : phrase[at] == closing ? -1 : 0;
            if (depth == 0)
            {
                return phrase[start..at++];
            }
        }

        return phrase[start..];
    }

    private static List<string> Continue(List<string> wordings, List<string> next)
    {
        if (next.Count == 1)
        {
            return [.. wordings.Select(w => w + next[0])];
        }

        var all = new List<string>(wordings.Count * next.Count);
        foreach (var wording in wordings)
        {
            foreach (var end in next)
            {
                all.Add(wording + end);
            }
        }

        return all;
    }
}
