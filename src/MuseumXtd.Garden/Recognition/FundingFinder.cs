using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Who pays for an entity, and from which plan or fund.</summary>
internal sealed class FundingFinder(NoteFindings findings, RelatedFinder related)
{
    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Find(Draft draft, PlainText text, int start, int end)
    {
        foreach (var match in Prose.Matches(_phrases["funder"], text, start, end))
        {
            if (related.IsOfAnother(draft, text, match.Index, start))
            {
                continue;
            }

            var funded = related.Before(text, match.Index) ?? draft;
            foreach (var name in CommonBody.Names(text, match.Index + match.Length, Prose.SentenceEnd(text, match.Index, end), _lexicon).Where(n => !Subjects.IsAt(funded, text, n.Start)))
            {
                funded.Add(FactKind.Funder, "", text.Origin(match.Index, name.End - match.Index), Names.DraftOf(findings, text, name, EntityType.Organisation));
            }
        }

        foreach (var match in Prose.Verbs(_phrases["funder.subject"], text, start, end))
        {
            FindPaying(draft, text, match, start, end);
        }

        foreach (var match in Prose.Matches(_phrases["scheme"], text, start, end))
        {
            FindScheme(draft, text, match, match.Index + match.Length, end);
        }

        foreach (var match in Prose.Matches(_phrases["scheme.named"], text, start, end))
        {
            var behind = match.Index + match.Length;
            if (NameList.Read(text, behind, Prose.SentenceEnd(text, behind, end), _phrases) is [var named, ..] && IsScheme(text, behind, named))
            {
                FindScheme(draft, text, match, behind, end);
            }
        }

        foreach (var match in Prose.Matches(_phrases["scheme.around"], text, start, end))
        {
            FindScheme(draft, text, match, RelatedFinder.Capital(text, match), end);
        }
    }

    /// <summary>"The foundation X, which has funded it from the start", "X supports this project": who pays is the subject.</summary>
    private void FindPaying(Draft draft, PlainText text, PhraseMatch match, int start, int end)
    {
        var behind = match.Index + match.Length;
        if (!(_phrases["relative"].Match(text, match.Index, Math.Min(8, match.Length)) is { Success: true } who && who.Index == match.Index) && !new Continuation(_lexicon).IsKindAlone(text, behind, end))
        {
            return;
        }

        foreach (var name in new MakerFinder(findings).Subject(text, Prose.SentenceStart(text, match.Index, start), match.Index).Where(n => Names.IsOrganisation(n, _phrases, _lexicon) && !Subjects.IsAt(draft, text, n.Start)))
        {
            draft.Add(FactKind.Funder, "", text.Origin(name.Start, behind - name.Start), Names.DraftOf(findings, text, name, EntityType.Organisation));
        }
    }

    /// <summary>"*Plan national*", "Recovery Plan": a name that begins or ends with a noun for a plan of funding, right at a place.</summary>
    private bool IsScheme(PlainText text, int at, NameSpan name)
    {
        var words = TextFolding.Words(name.Name).Split(' ');
        return text.Folded.AsSpan(at, name.Start - at).Trim(" \"").IsEmpty && words.Length > 1 && (_phrases.Has("scheme-noun", words[0]) || _phrases.Has("scheme-noun", words[^1]));
    }

    /// <summary>The plan of funding whose name begins at a place in or behind a phrase.</summary>
    private void FindScheme(Draft draft, PlainText text, PhraseMatch match, int from, int end)
    {
        var sentence = Prose.SentenceEnd(text, match.Index, end);
        if (NameList.ReadFirst(text, QuotedStart(text, from, sentence), sentence, _phrases) is { } name
            && NameEnd.Whole(text, name, sentence, _phrases) is { } whole && TextFolding.NameKey(whole.Name) != TextFolding.NameKey(draft.Name)
            && !(findings.Known(EntityType.Initiative, whole.Name) is { } larger && draft.Facts.Exists(f => f.Kind == FactKind.PartOf && f.Other == larger)))
        {
            name = whole;
            var scheme = Names.DraftOf(findings, text, Expanded(text, name, sentence, out var acronym), EntityType.FundingScheme);
            if (acronym is not null)
            {
                scheme.Add(FactKind.AltName, acronym, text.Origin(name.Start, name.Length));
            }

            draft.Add(FactKind.Scheme, "", text.Origin(match.Index, name.End - match.Index), scheme);
            new NameReader(findings).ReadScheme(scheme, text, name);
            FindFundersInBracket(draft, text, name, sentence);
            FindFunderOf(draft, text, name, sentence);
        }
    }

    /// <summary>"the fund COVID-19 « Transformation »": what stands in quotes soon after is the name.</summary>
    private static int QuotedStart(PlainText text, int start, int end)
    {
        var quote = text.Folded.AsSpan(start, Math.Min(end - start, 24)).IndexOfAny("\".,;(");
        return quote >= 0 && text.Folded[start + quote] == '"' ? start + quote + 1 : start;
    }

    /// <summary>"the fund X (A / B)": who gives it.</summary>
    private void FindFundersInBracket(Draft draft, PlainText text, NameSpan name, int end)
    {
        var open = name.End;
        while (open < end && text.Folded[open] is ' ' or '"')
        {
            open++;
        }

        if (open >= end || text.Text[open] != '(' || text.Text.IndexOf(')', open) is var close && (close < 0 || close > end))
        {
            return;
        }

        var names = NameList.Read(text, open + 1, close, _phrases);
        if (names.Count == 0 || names[^1].End != close || (names.Count == 1 && IsExpansion(name.Name, names[0].Name)))
        {
            return;
        }

        foreach (var funder in names)
        {
            draft.Add(FactKind.Funder, "", text.Origin(funder.Start, funder.Length), Names.DraftOf(findings, text, funder, EntityType.Organisation));
        }
    }

    /// <summary>"funded by the programme X of the European Union": whose programme it is.</summary>
    private void FindFunderOf(Draft draft, PlainText text, NameSpan name, int end)
    {
        var at = name.End;
        while (at < end && text.Folded[at] is '"')
        {
            at++;
        }

        foreach (var of in (ReadOnlySpan<string>)[" du ", " de la ", " de l'", " of the "])
        {
            if (string.CompareOrdinal(text.Folded, at, of, 0, of.Length) == 0 && NameList.Read(text, at + of.Length, end, _phrases) is [var owner, ..]
                && (Names.IsOrganisation(owner, _phrases, _lexicon) || InstitutionName.Read(text.Text, owner.Start, end, _phrases) is not null))
            {
                draft.Add(FactKind.Funder, "", text.Origin(name.Start, owner.End - name.Start), Names.DraftOf(findings, text, owner, EntityType.Organisation));
            }
        }
    }

    private static bool IsExpansion(string one, string other)
    {
        var (acronym, full) = one.Length < other.Length ? (one, other) : (other, one);
        return acronym.All(c => char.IsUpper(c) || !char.IsLetter(c)) && char.ToUpperInvariant(full[0]) == acronym[0];
    }

    /// <summary>"PCNQ (Plan culturel numérique du Québec)": the long form is the name.</summary>
    private NameSpan Expanded(PlainText text, NameSpan name, int end, out string? acronym)
    {
        acronym = null;
        if (name.Name.Any(char.IsLower) || name.End + 2 >= end || text.Text[name.End] != ' ' || text.Text[name.End + 1] != '(')
        {
            return name;
        }

        if (NameList.ReadFirst(text, name.End + 2, end, _phrases) is not { } full || full.Start != name.End + 2 || full.Length <= name.Length)
        {
            return name;
        }

        acronym = name.Name;
        return full;
    }
}
