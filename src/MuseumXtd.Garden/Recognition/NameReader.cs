using System.Text.RegularExpressions;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// What a label says beside the name: a kind before it ("the project DOORS"), the organisation behind it ("Culture numérique, du département
/// X"; "CarbonViz par l'institut Y").
/// </summary>
internal sealed partial class NameReader(NoteFindings findings)
{
    // A paragraph that became a label by mistake says nothing as a name does.
    private const int LongestLabel = 500;

    // What a title says of itself, or of what it tells of.
    private static readonly string[] Texts = ["report", "guide", "survey", "event", "newsletter", "strategy", "standard", "collection", "exhibition", "policy", "charter"];

    public void ReadLabel(Draft draft, PlainText text, LinkSpan link)
    {
        var start = link.Start;
        var end = link.End;
        while (end > start && (char.IsWhiteSpace(text.Text[end - 1]) || text.Text[end - 1] == '.'))
        {
            end--;
        }

        findings.Rename(draft, text.Text[start..end].ReplaceLineEndings(" ").Trim());
        if (end - start > LongestLabel)
        {
            return;
        }

        if (link.Target is not null && new PresentedName(findings).In(text, start, end) is var (presented, kind, noun))
        {
            // The note of a talk tells of what the talk presents.
            findings.Rename(draft, presented.Name);
            draft.Add(FactKind.AltName, text.Text[noun..presented.End], text.Origin(noun, presented.End - noun));
            draft.Add(FactKind.Kind, kind, text.Origin(noun, presented.End - noun));
            ReadCase(draft, text, start, end);
            return;
        }

        StripKind(draft, text, start, end);
        ReadCase(draft, text, start, end);
        ReadMaker(draft, text, start, end);
        ReadPrefix(draft, text, start, end);
        ReadOwner(draft, text, start, end);
        ReadBracket(draft, text, start, end);
        ReadPlace(draft, text.Origin(start, end - start));
    }

    /// <summary>
    /// "White paper on ...", "The museums + AI network": a name that begins or ends with a kind says it, where nothing else does.
    /// </summary>
    public void ReadKind(Draft draft, string name)
    {
        var folded = TextFolding.Fold(name);
        var article = findings.Lexicon.Phrases["kind.definite"].Match(folded, 0, Math.Min(folded.Length, 8));
        var start = article.Success && article.Index == 0 ? article.Length : 0;
        while (start < folded.Length && folded[start] == ' ')
        {
            start++;
        }

        if (findings.Lexicon.Concepts.At("kinds", folded, start) is { } first)
        {
            draft.Add(FactKind.Kind, first.Slug, draft.Origin);
            return;
        }

        var last = folded.TrimEnd('.', '!', '?', ' ').LastIndexOf(' ') + 1;
        if (last > 0 && char.IsLetter(folded[last]) && findings.Lexicon.Concepts.At("kinds", folded.TrimEnd('.', '!', '?', ' '), last) is { } kind)
        {
            draft.Add(FactKind.Kind, kind.Slug, draft.Origin);
        }
    }

    /// <summary>"X - Directory of projects": what a label says behind its first part, where that is no sort of text.</summary>
    public void ReadSubtitle(Draft draft, PlainText text, LinkSpan link)
    {
        foreach (var separator in (ReadOnlySpan<string>)[" - ", " – ", ": "])
        {
            if (text.Text.IndexOf(separator, link.Start, link.Length, StringComparison.Ordinal) is var at and > 0
                && findings.Lexicon.Concepts.At("kinds", text.Folded, at + separator.Length) is { } kind && !Texts.Contains(kind.Slug, StringComparer.Ordinal))
            {
                var end = at + separator.Length + kind.Length;
                draft.Add(FactKind.Kind, kind.Slug, text.Origin(link.Start, end - link.Start));
                draft.Add(FactKind.AltName, text.Text[link.Start..at].ReplaceLineEndings(" ").Trim(), text.Origin(link.Start, at - link.Start));
                return;
            }
        }
    }

    /// <summary>"Museum of X. A digital strategy": an institution before the title has made it.</summary>
    private void ReadPrefix(Draft draft, PlainText text, int start, int end)
    {
        if (InstitutionName.Read(text.Text, start, end, findings.Lexicon.Phrases) is { } name && name.End < end - 1
            && text.Text[name.End] is '.' or ':' && char.IsWhiteSpace(text.Text[name.End + 1]))
        {
            draft.Add(FactKind.Agent, "lead", text.Origin(start, name.End - start), Names.DraftOf(findings, text, name, EntityType.Organisation));
        }
    }

    /// <summary>"Night Watch (Rijksmuseum)": a bracket that ends the label is no part of the name; it names the maker.</summary>
    private void ReadBracket(Draft draft, PlainText text, int start, int end)
    {
        var bracket = FinalBracket().Match(text.Folded[start..end]);
        if (!bracket.Success || draft.Name.Length <= bracket.Length || !draft.Name.EndsWith(')'))
        {
            return;
        }

        var full = draft.Name;
        findings.Rename(draft, full[..^bracket.Length].Trim());
        draft.Add(FactKind.AltName, full, text.Origin(start, end - start));
        new BracketReader(findings).Read(draft, text, start + bracket.Groups[1].Index, bracket.Groups[1].Length);
    }

    /// <summary>What the name of a scheme says: "Plan culturel du Québec" is a policy of Québec.</summary>
    public void ReadScheme(Draft scheme, PlainText text, NameSpan name)
    {
        var origin = text.Origin(name.Start, name.Length);
        if (findings.Lexicon.Phrases["name-kind.policy"].Match(TextFolding.Fold(scheme.Name), 0, scheme.Name.Length) is { Success: true, Index: 0 })
        {
            scheme.Add(FactKind.Kind, "policy", origin);
        }

        ReadPlace(scheme, origin);
    }

    /// <summary>"Musées virtuels du Canada", "... museums in the UK": a name that ends with a country or region is about it.</summary>
    public void ReadPlace(Draft draft, Origin origin) => ReadPlace(draft, draft.Name, origin);

    /// <summary>The same, of the name of who made it: "musée national de Nouvelle-Zélande".</summary>
    public void ReadPlace(Draft draft, string words, Origin origin)
    {
        if (words.Length > LongestLabel)
        {
            return;
        }

        var name = words.TrimEnd('.', '!', '?', ' ');
        foreach (Match of in PlaceAtEnd().Matches(TextFolding.Fold(name)))
        {
            if (findings.Lexicon.Places.Find(name[(of.Index + of.Length)..]) is { Kind: "country" or "region" } place
                && (place.Kind == "country" || of.Value is not " de ") && !draft.Has(FactKind.Place))
            {
                draft.Add(FactKind.Place, place.Slug, origin);
            }
        }
    }

    /// <summary>"The toolkit of X": a kind and its owner. The name stays whole; the part before the owner is another name.</summary>
    private void ReadOwner(Draft draft, PlainText text, int start, int end)
    {
        var at = start;
        var article = findings.Lexicon.Phrases["kind.definite"].Match(text, start, end - start);
        if (article.Success && article.Index == start)
        {
            at += article.Length;
        }

        while (at < end && text.Folded[at] == ' ')
        {
            at++;
        }

        if (findings.Lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind)
        {
            return;
        }

        var of = OfOwner().Match(text.Folded[..end], at + kind.Length);
        if (!of.Success)
        {
            return;
        }

        var names = NameList.Read(text, of.Index + of.Length, end, findings.Lexicon.Phrases);
        var owner = names.Count == 1 && names[0].End == end ? names[0] : Names.Whole(text, of.Index + of.Length, end);
        if (owner is { } name && !IsCommonly(name, of.Value) && !findings.Lexicon.Phrases["not-a-maker"].IsMatch(TextFolding.Fold(name.Name)) && Names.IsOrganisation(name, findings.Lexicon.Phrases, findings.Lexicon))
        {
            var agent = Names.DraftOf(findings, text, name, EntityType.Organisation);
            draft.Add(FactKind.Agent, "creator", text.Origin(start, end - start), agent);
            if (of.Index > at + kind.Length)
            {
                // The kind alone is no name: many have a charter.
                draft.Add(FactKind.AltName, text.Text[start..of.Index].ReplaceLineEndings(" ").Trim(), text.Origin(start, of.Index - start));
            }
        }
    }

    /// <summary>"The charter of the Léman": behind a masculine article, one word that is no acronym is a region or a river more often than a maker.</summary>
    private static bool IsCommonly(NameSpan name, string of) =>
        of.TrimEnd() is " du" && name.Described is null && name.Link is null && !name.Name.Contains(' ', StringComparison.Ordinal) && name.Name.Skip(1).All(char.IsLower);

    private void StripKind(Draft draft, PlainText text, int start, int end)
    {
        if (BehindKind(text, start, end) is not var (name, kind))
        {
            return;
        }

        var full = draft.Name;
        findings.Rename(draft, text.Text[name..end].ReplaceLineEndings(" ").Trim().Trim('"', '«', '»').Trim());
        draft.Add(FactKind.AltName, full, text.Origin(start, end - start));
        draft.Add(FactKind.Kind, kind, text.Origin(start, name - start));
    }

    /// <summary>Whether a label begins with what it names: "Le projet DOORS", "Projet DOORS - Présentation".</summary>
    public bool IsOfKind(PlainText text, LinkSpan link) => BehindKind(text, link.Start, link.End) is not null || new PresentedName(findings).In(text, link.Start, link.End) is not null;

    /// <summary>Where a proper name stands behind an article and a kind: "Le projet DOORS", not "Guide pratique" or "Plateforme des musées".</summary>
    private (int Name, string Kind)? BehindKind(PlainText text, int start, int end)
    {
        var article = findings.Lexicon.Phrases["kind.definite"].Match(text, start, end - start);
        if (!article.Success || article.Index != start)
        {
            return null;
        }

        var at = start + article.Length;
        while (at < end && text.Folded[at] == ' ')
        {
            at++;
        }

        if (findings.Lexicon.Concepts.At("kinds", text.Folded, at) is not { } kind)
        {
            return null;
        }

        var name = at + kind.Length;
        while (name < end && text.Folded[name] is ' ' or '"')
        {
            name++;
        }

        return name < end && name > at + kind.Length && char.IsUpper(text.Text[name]) ? (name, kind.Slug) : null;
    }

    /// <summary>"Project X. Case study of the museums of Y": whose case it is leads it.</summary>
    private void ReadCase(Draft draft, PlainText text, int start, int end)
    {
        var phrases = findings.Lexicon.Phrases;
        if (phrases["case-of"].Match(text, start, end - start) is { Success: true } match && match.Index > start && NameList.Read(text, match.End, end, phrases) is [var name, ..]
            && phrases.Has("institution", TextFolding.Words(name.Name).Split(' ')[0]) && Names.IsOrganisation(name, phrases, findings.Lexicon))
        {
            draft.Add(FactKind.Agent, "lead", text.Origin(match.Index, name.End - match.Index), Names.DraftOf(findings, text, name, EntityType.Organisation));
        }
    }

    private void ReadMaker(Draft draft, PlainText text, int start, int end)
    {
        var phrases = findings.Lexicon.Phrases;
        foreach (var (heading, role) in (ReadOnlySpan<(string, string)>)[("title-lead", "lead"), ("title-creator", "creator")])
        {
            foreach (var match in Prose.Matches(phrases[heading], text, start, end))
            {
                var before = text.Folded[start..match.Index].TrimEnd();
                if (before.Length == 0 || (role == "lead" && before[^1] != ','))
                {
                    continue;
                }

                var at = match.Index + match.Length;
                while (at < end && text.Folded[at] == ' ')
                {
                    at++;
                }

                string name;
                Draft? agent = null;
                if (role == "lead")
                {
                    // The rest of the title is the name, with its describing noun: no clause can follow here.
                    if (!phrases["agent.descriptor"].IsMatch(text.Folded[at..end]))
                    {
                        continue;
                    }

                    name = text.Text[at..end].ReplaceLineEndings(" ").Trim();
                }
                else
                {
                    var names = NameList.Read(text, at, end, phrases);

                    // "One by One" is a name, not something that One has made.
                    if (names.Count == 0 || before.EndsWith(text.Folded[names[0].Start..names[0].End], StringComparison.Ordinal))
                    {
                        continue;
                    }

                    (at, name, end) = (names[0].Start, names[0].Name, names[0].End);
                    agent = Names.DraftOf(findings, text, names[0], EntityType.Organisation);
                }

                agent ??= findings.Add(new Draft
                {
                    Type = EntityType.Organisation,
                    Name = name,
                    Origin = text.Origin(at, end - at),
                    Language = findings.Language,
                });
                draft.Add(FactKind.Agent, role, text.Origin(match.Index, end - match.Index), agent);
                var title = text.Text[start..match.Index].ReplaceLineEndings(" ").TrimEnd(' ', ',').Trim();
                if (role == "creator")
                {
                    findings.Rename(draft, title);
                }
                else
                {
                    draft.Add(FactKind.AltName, title, text.Origin(start, match.Index - start));
                }

                return;
            }
        }
    }

    [GeneratedRegex(@"\s(?:du|de|des|of|au|en|in)\s(?:la\s|the\s)?", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceAtEnd();

    [GeneratedRegex(@"\G(?:\s\p{L}+){0,2}?\s(?:de\s(?:l'|la\s)?|du\s|des\s|d'|of\s(?:the\s)?)", RegexOptions.CultureInvariant)]
    private static partial Regex OfOwner();

    [GeneratedRegex(@"\s?\(([^()]{2,60})\)$", RegexOptions.CultureInvariant)]
    private static partial Regex FinalBracket();
}
