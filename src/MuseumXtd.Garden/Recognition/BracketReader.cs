using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// The bracket after the name of an initiative: places and a period. It does not say what a place means (seat, area served), so only
/// <c>mxtd:place</c> is stated.
/// </summary>
internal sealed partial class BracketReader(NoteFindings findings)
{
    public void Read(Draft draft, PlainText text, int start, int length, bool makers = true)
    {
        foreach (Match part in Part().Matches(text.Text.Substring(start, length)))
        {
            var from = start + part.Index;
            if (Periods.Parse(text.Folded.Substring(from, part.Length), findings.Lexicon.Phrases) is { } period)
            {
                AddPeriod(draft, period.Edtf, period.Status, text.Origin(from, part.Length));
            }
            else if (findings.Lexicon.Concepts.Find("kinds", text.Text.Substring(from, part.Length)) is { } kind)
            {
                draft.Add(FactKind.Kind, kind, text.Origin(from, part.Length));
            }
            else
            {
                var places = Places(text, from, part.Length);
                foreach (var (place, origin) in places)
                {
                    draft.Add(FactKind.Place, place.Slug, origin);
                }

                if (makers && places.Count == 0)
                {
                    AddMaker(draft, text, from, from + part.Length);
                }
            }
        }
    }

    /// <summary>"(University of X)": what is no place and no date, and has the form of a name, made the thing.</summary>
    private void AddMaker(Draft draft, PlainText text, int start, int end)
    {
        var names = NameList.Read(text, start, end, findings.Lexicon.Phrases);
        var name = names.Count == 1 && text.Text.AsSpan(names[0].End, end - names[0].End).IsWhiteSpace() ? names[0] : Names.Whole(text, start, end);
        if (name is { } maker && Names.IsOrganisation(maker, findings.Lexicon.Phrases, findings.Lexicon)
            && TextFolding.NameKey(maker.Name) != TextFolding.NameKey(draft.Name)
            && !findings.Lexicon.Phrases["not-a-maker"].IsMatch(TextFolding.Fold(maker.Name)))
        {
            draft.Add(FactKind.Agent, "creator", text.Origin(maker.Start, maker.Length), Names.DraftOf(findings, text, maker, EntityType.Organisation));
        }
    }

    private void AddPeriod(Draft draft, string edtf, string? status, Origin origin)
    {
        draft.Add(FactKind.Period, edtf, origin);
        if (status is not null)
        {
            draft.Add(FactKind.Status, status, origin);
        }

        if (Periods.Years(edtf) is { Start: { } first, End: { } last } && last < first)
        {
            findings.Diagnostics.Add(Problems.EndBeforeStart(origin.File, origin.Line, origin.Column, origin.Words));
        }
    }

    private List<(Place Place, Origin Origin)> Places(PlainText text, int start, int length)
    {
        var found = new List<(Place, Origin)>();
        var words = text.Text.AsSpan(start, length);
        foreach (var group in BetweenGroups().EnumerateSplits(words))
        {
            var from = start + group.Start.Value;
            var inGroup = new List<(Place Place, Origin Origin)>();
            foreach (var name in BetweenNames().EnumerateSplits(words[group]))
            {
                if (Find(words[group][name].ToString()) is { } place && !inGroup.Exists(p => p.Place == place))
                {
                    inGroup.Add((place, text.Origin(from + name.Start.Value, name.End.Value - name.Start.Value)));
                }
            }

            // "Belgique - Flandres" names one place, the narrower.
            found.AddRange(inGroup.Where(p => !inGroup.Exists(q => q.Place != p.Place && findings.Lexicon.Places.Contains(p.Place, q.Place))));
        }

        return found;
    }

    private Place? Find(string name) => findings.Lexicon.Places.Find(name) ?? findings.Lexicon.Places.FindNear(name);

    [GeneratedRegex(@"[^,;]+", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"\s(?:&|et|and)\s|/", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenGroups();

    [GeneratedRegex(@"\s[-–—]\s", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenNames();
}
