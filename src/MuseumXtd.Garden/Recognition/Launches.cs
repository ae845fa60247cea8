using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>That somebody has made or begun a thing.</summary>
/// <param name="Makers">Who made the thing, each with the role.</param>
/// <param name="Date">When, where the sentence says so beside the verb.</param>
/// <param name="IsOfWork">Whether a noun for a work stands before the name.</param>
internal readonly record struct Launch(List<(string Role, NameSpan Maker)> Makers, DateFinder.Moment? Date, bool IsOfWork);

/// <summary>"The museum Y launches [X]", "Y has published since 2019 the guide *X*", "Y and Z have joined to create *X*": who is the subject of a verb of making whose object a marked name is.</summary>
internal sealed partial class Launches(NoteFindings findings)
{
    private readonly Phrases _phrases = findings.Lexicon.Phrases;
    private readonly MakerFinder _makers = new(findings);
    private readonly DateFinder _dates = new(findings);

    public Launch? Find(PlainText text, int sentence, int name, int thing, bool isCalled)
    {
        // A colon or a dash begins what a source or a date tells: "Read in the newsletter of Z: the museum Y launches [X]", "03.04.2023 - Y launches [X]".
        var words = text.Folded.AsSpan(sentence, name - sentence);
        var sign = Math.Max(words.LastIndexOf(": "), words.LastIndexOf("- "));
        var from = sign > 0 ? Prose.Skip(text, sentence + sign + 1, name) : sentence;
        foreach (var joined in Prose.Matches(_phrases["joined"], text, from, thing))
        {
            if (NameList.Read(text, joined.Index + joined.Length, thing, _phrases) is [.., var last] partners && Prose.Skip(text, last.End, thing) is var to
                && _phrases["to-make"].Match(text, to, Math.Min(24, thing - to)) is { Success: true } make && make.Index == to && Object(text, to + make.Length, thing, name) is { } made
                && Makers(text, from, joined.Index) is { Count: > 0 } makers)
            {
                return new Launch([.. makers.Select(m => ("creator", m)), .. partners.Select(p => ("partner", p))], made.Date ?? OpeningDate(text, from, joined.Index), made.IsOfWork);
            }
        }

        foreach (var verbs in _phrases.Under("subject.").Concat(_phrases.Under("launch.")))
        {
            foreach (var verb in Prose.Verbs(verbs, text, from, thing))
            {
                if (Object(text, verb.Index + verb.Length, thing, name) is not { } made || (verbs.Heading is "subject.operator" or "launch.funder" && !made.IsOfWork && thing == name && !isCalled))
                {
                    continue;
                }

                var role = verbs.Heading[(verbs.Heading.IndexOf('.', StringComparison.Ordinal) + 1)..];
                var makers = Makers(text, from, verb.Index).Select(m => (role, m)).ToList();
                if (makers.Count > 0 || (thing < name && made.Date is not null))
                {
                    return new Launch(makers, made.Date ?? OpeningDate(text, from, verb.Index), made.IsOfWork);
                }
            }
        }

        return null;
    }

    private List<NameSpan> Makers(PlainText text, int from, int verb) => _makers.Subject(text, from, verb).FindAll(n => Names.IsOrganisation(n, _phrases, findings.Lexicon));

    /// <summary>What stands between a verb and the thing or the name that is its object: at most a date, an article, and a noun for a work.</summary>
    private (DateFinder.Moment? Date, bool IsOfWork)? Object(PlainText text, int at, int thing, int name)
    {
        var date = _dates.At(text, at, thing);
        at = date?.End ?? at;
        if (Between().IsMatch(text.Folded.AsSpan(at, thing - at)))
        {
            return (date, false);
        }

        return thing == name && _phrases["work"].Match(text, at, thing - at) is { Success: true } work && Between().IsMatch(text.Folded.AsSpan(at, work.Index - at))
            && NameKinds.IsAdjectives(text, work.Index + work.Length, name) ? (date, true) : null;
    }

    /// <summary>"In 2020, the museum Y has created ...".</summary>
    private DateFinder.Moment? OpeningDate(PlainText text, int from, int verb) =>
        _dates.At(text, from, verb) is { IsOpen: false } date && date.End < verb && text.Text[date.End] == ',' ? date : null;

    /// <summary>What stands between a verb and its object: at most an article, a comma and a quote.</summary>
    [GeneratedRegex(@"^[\s,]*(?:(?:l'|(?:le|la|les|the|son|sa|ses|its|their|leur|un|une|a|an)\s)\s*)?""?\s*$", RegexOptions.CultureInvariant)]
    public static partial Regex Between();
}
