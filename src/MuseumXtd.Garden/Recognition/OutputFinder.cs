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
        FindMarked(draft, text, start, end);
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
        foreach (var match in Prose.Matches(_phrases["made.before"], text, start, end))
        {
            var from = Prose.SentenceStart(text, match.Index, start);
            if (FirstWork().IsMatch(text.Folded[..match.Index], from))
            {
                ReadEnumeration(draft, text, from, match.Index, false, Purpose());
            }
        }

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

    /// <summary>"The network publishes a *Guide to sharing*", "it has produced a [handbook](...) and an [online course](...)": marked names that are the object of what the entity itself makes.</summary>
    public void FindMarked(Draft draft, PlainText text, int start, int end)
    {
        List<NameSpan>? names = null;
        foreach (var verb in Prose.Verbs(_phrases["makes"], text, start, end))
        {
            names ??= MarkedNames.Of(text);
            if (names.Count == 0)
            {
                return;
            }

            if (!IsItself(draft, text, Prose.SentenceStart(text, verb.Index, start), verb.Index))
            {
                continue;
            }

            var at = verb.Index + verb.Length;
            at = new DateFinder(findings).At(text, at, end)?.End ?? at;
            var stop = Prose.SentenceEnd(text, at, end);
            foreach (var name in names)
            {
                if (name.Start < at || name.End > stop)
                {
                    continue;
                }

                if (Work(text, at, name, stop) is not { } work)
                {
                    break;
                }

                AddMarked(draft, text, name, work.Kind);
                at = name.End;
            }
        }
    }

    /// <summary>"The [X toolkit](...), produced by the programme": a work in a list that is said to be of the entity.</summary>
    public void FindMadeByIt(Draft draft, PlainText text)
    {
        foreach (var name in MarkedNames.Of(text))
        {
            var at = name.End + (name.End < text.Text.Length && text.Text[name.End] == ',' ? 1 : 0);
            while (at < text.Text.Length && text.Folded[at] == ' ')
            {
                at++;
            }

            if (_phrases["made-by-it"].Match(text, at, Math.Min(48, text.Text.Length - at)) is { Success: true } made && made.Index == at)
            {
                AddMarked(draft, text, name, null);
            }
        }
    }

    /// <summary>Whether a pronoun, a noun for a kind alone or the name itself is the subject before a verb.</summary>
    private bool IsItself(Draft draft, PlainText text, int sentence, int verb)
    {
        var comma = verb > sentence ? text.Text.LastIndexOf(',', verb - 1, verb - sentence) : -1;
        var subject = text.Folded[(comma < 0 ? sentence : comma + 1)..verb].Trim(' ', '"', '*', '-');
        if (subject.Length == 0 || _phrases.Has("itself", subject) || TextFolding.NameKey(subject) == TextFolding.NameKey(draft.Name))
        {
            return subject.Length > 0;
        }

        foreach (var heading in (ReadOnlySpan<string>)["kind.definite", "kind.demonstrative"])
        {
            if (_phrases[heading].Match(subject, 0, Math.Min(8, subject.Length)) is { Success: true, Index: 0 } article
                && _lexicon.Concepts.Find("kinds", subject[article.Length..].Trim()) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands between a verb or the work before and a marked name, with the noun that makes it a work: before the name, in it, or behind it.</summary>
    private (string? Kind, int At)? Work(PlainText text, int at, NameSpan name, int end)
    {
        var lead = Lead().LengthAt(text.Folded, at, name.Start);
        at += Math.Max(0, lead);
        while (at < name.Start && text.Folded[at] is ' ' or '"')
        {
            at++;
        }

        if (at >= name.Start)
        {
            // "a *Guide to sharing*", "a [handbook](...)", "*X*, a bank of resources".
            var behind = name.End + 2;
            return NounAt(text, name.Start, name.End) is { } inside ? (inside.Kind, name.Start)
                : behind < end && text.Text[name.End] == ',' && _phrases["kind.opening"].Match(text, behind, Math.Min(5, end - behind)) is { Success: true } article && article.Index == behind
                    && _lexicon.Concepts.At("kinds", text.Folded, behind + article.Length + 1) is { } kind ? (kind.Slug, behind) : null;
        }

        if (NounAt(text, at, name.Start) is not { } noun)
        {
            return null;
        }

        var rest = text.Folded.AsSpan(at + noun.Length, name.Start - at - noun.Length);
        return rest.Trim(" \"").Length < 24 && !rest.ContainsAny(",;:") ? (noun.Kind, at) : null;
    }

    private (string? Kind, int Length)? NounAt(PlainText text, int at, int end)
    {
        if (_phrases["work"].Match(text, at, Math.Min(24, end - at)) is { Success: true } work && work.Index == at)
        {
            return (null, work.Length);
        }

        if (_lexicon.Concepts.At("kinds", text.Folded, at) is { } kind && at + kind.Length <= end && kind.Slug is not ("event" or "service" or "newsletter"))
        {
            return (kind.Slug, kind.Length);
        }

        return _phrases["output.noun"].Match(text, at, Math.Min(24, end - at)) is { Success: true } noun && noun.Index == at ? (null, noun.Length) : null;
    }

    private void AddMarked(Draft draft, PlainText text, NameSpan name, string? kind)
    {
        if (Subjects.IsNamed(draft, name.Name))
        {
            return;
        }

        var isName = char.IsUpper(name.Name[0]);
        var output = (isName ? findings.Known(EntityType.Initiative, name.Name) ?? findings.Known(EntityType.Output, name.Name) : null) ?? findings.Add(new Draft
        {
            Type = EntityType.Output,
            Name = name.Name,
            Origin = text.Origin(name.Start, name.Length),
            Language = findings.Language,
            Scope = isName ? null : draft,
        });
        if (kind is not null)
        {
            output.Add(FactKind.Kind, kind, text.Origin(name.Start, name.Length));
        }

        if (name.Link?.Url is { } url && WebAddress.Clean(url, out _) is { } address && !output.Has(FactKind.Homepage))
        {
            output.Add(FactKind.Homepage, address, text.OriginOf(name.Link));
        }

        draft.Add(FactKind.Output, "", text.Origin(name.Start, name.Length), output);
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

    [GeneratedRegex(@"(?:\G\s*|,\s*(?:et\s+|and\s+)?|\s+(?:et|and|as well as)\s+|,?\s+ainsi\squ(?:['’]|e\s))(?:une?|des|an?)\s+(\p{L})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Item();

    [GeneratedRegex(@"\G[\s,]*(?:(?:et|and|ainsi que|as well as)\s+)?(?:l'|(?:une?|des|le|la|les|son|sa|ses|leur|leurs|an?|the|its|their)\s+)", RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\G(?:une?|an?)\s+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWork();

    [GeneratedRegex(@"\s(?:qui|that|which|dont)\s|\s?\(", RegexOptions.CultureInvariant)]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"\s(?:qui|that|which|dont|pour\s\p{L}+r|to|afin)\s|\s?\(", RegexOptions.CultureInvariant)]
    private static partial Regex Purpose();
}
