using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>What an entity is made of or has made: enumerations after a phrase and a colon.</summary>
internal sealed partial class OutputFinder(NoteFindings findings)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Prose.Matches(_phrases["own-resources"], text, start, end))
        {
            AddOutput(draft, text, match.Index, match.Length, findings.Language.StartsWith("en", StringComparison.Ordinal) ? "resources" : "ressources", null);
        }

        ReadOffers(draft, text, start, end);
        foreach (var heading in (ReadOnlySpan<string>)["components", "made"])
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
            {
                var at = match.Index + match.Length;
                while (at < end && char.IsWhiteSpace(text.Text[at]))
                {
                    at++;
                }

                if (at < end && text.Text[at] == ':')
                {
                    ReadEnumeration(draft, text, at + 1, Prose.SentenceEnd(text, at, end), heading == "components", Qualifier());
                }
            }
        }
    }

    /// <summary>
    /// "X offers a manifesto, a white paper and protocols", "A guide and factsheets are offered": at least two things of which the first is a
    /// work, not advice or opinions.
    /// </summary>
    private void ReadOffers(Draft draft, PlainText text, int start, int end)
    {
        foreach (var heading in (ReadOnlySpan<string>)["offered", "offered.before"])
        {
            foreach (var match in Prose.Matches(_phrases[heading], text, start, end))
            {
                var from = heading == "offered" ? match.Index + match.Length : Prose.SentenceStart(text, match.Index, start);
                var to = heading == "offered" ? Prose.SentenceEnd(text, match.Index, end) : match.Index;
                while (from < to && char.IsWhiteSpace(text.Text[from]))
                {
                    from++;
                }

                var works = FirstWork().Match(text.Folded[..to], from);
                if (!works.Success)
                {
                    continue;
                }

                var noun = _phrases["output.noun"].Match(text, works.Index + works.Length, Math.Max(0, Math.Min(to - works.Index - works.Length, 40)));
                if (noun.Success && noun.Index == works.Index + works.Length && Item().Matches(text.Text[..to], from).Count > 1)
                {
                    ReadEnumeration(draft, text, from, to, false, Purpose());
                }
            }
        }
    }

    /// <summary>"a charter that ... and a tracker that ...": each item begins with an article.</summary>
    private void ReadEnumeration(Draft draft, PlainText text, int start, int end, bool partsOfIt, Regex qualifier)
    {
        var items = Item().Matches(text.Text[..end], start);
        for (var i = 0; i < items.Count; i++)
        {
            var from = items[i].Groups[1].Index;
            var to = i + 1 < items.Count ? items[i + 1].Index : end;
            var cut = qualifier.Match(text.Folded, from, to - from);
            to = cut.Success ? cut.Index : to;
            while (to > from && (char.IsWhiteSpace(text.Text[to - 1]) || text.Text[to - 1] is ',' or '.'))
            {
                to--;
            }

            if (to <= from)
            {
                continue;
            }

            var kind = _lexicon.Concepts.At("kinds", text.Folded, from);
            AddOutput(draft, text, from, to - from, text.Text[from..to].ReplaceLineEndings(" "), kind?.Slug);
            if (partsOfIt && kind is { } part)
            {
                draft.Add(FactKind.Kind, part.Slug, text.Origin(from, part.Length));
            }
        }
    }

    private void AddOutput(Draft draft, PlainText text, int start, int length, string name, string? kind)
    {
        var origin = text.Origin(start, length);
        var output = findings.Add(new Draft
        {
            Type = EntityType.Output,
            Name = name,
            Origin = origin,
            Language = findings.Language,
            Scope = draft,
        });
        if (kind is not null)
        {
            output.Add(FactKind.Kind, kind, origin);
        }

        draft.Add(FactKind.Output, "", origin, output);
    }

    [GeneratedRegex(@"(?:\G\s*|,\s*(?:et\s+|and\s+)?|\s+(?:et|and)\s+)(?:une?|des|an?)\s+(\p{L})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Item();

    [GeneratedRegex(@"\G(?:une?|an?)\s+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWork();

    [GeneratedRegex(@"\s(?:qui|that|which|dont)\s|\s?\(", RegexOptions.CultureInvariant)]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"\s(?:qui|that|which|dont|pour\s\p{L}+r|to|afin)\s|\s?\(", RegexOptions.CultureInvariant)]
    private static partial Regex Purpose();
}
