using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>"Ministry of X. (2020). Title": a label in the form of a bibliography, where a body is the author. What persons write under their names is read elsewhere.</summary>
internal sealed partial class Citation
{
    private readonly NameSpan _author;
    private readonly Range _year;

    private Citation(NameSpan author, Range year, Range title)
    {
        _author = author;
        _year = year;
        Title = title;
    }

    /// <summary>Where the title stands in the text.</summary>
    public Range Title { get; }

    public static Citation? Read(PlainText text, LinkSpan link, GardenLexicon lexicon)
    {
        if (text.Text.IndexOf('(', link.Start, link.Length) < 0 || Form().Match(text.Text, link.Start, link.Length) is not { Success: true } form)
        {
            return null;
        }

        var author = form.Groups["author"];
        var first = text.Folded[author.Index..PhraseSet.WordEnd(text.Folded, author.Index, author.Index + author.Length)];
        return lexicon.Phrases.Has("institution", first) || lexicon.Phrases.Has("body-noun", text.Folded[author.Index..(author.Index + author.Length)].Split(' ')[^1])
            ? new Citation(new NameSpan(author.Index, author.Length, author.Value, null, null), RangeOf(form.Groups["year"]), RangeOf(form.Groups["title"])) : null;
    }

    /// <summary>Names a draft by the title, and tells of it who made it and when.</summary>
    public void Tell(NoteFindings findings, Draft draft, PlainText text)
    {
        findings.Rename(draft, text.Text[Title].ReplaceLineEndings(" ").Trim().TrimEnd('.'));
        draft.Add(FactKind.Agent, "creator", text.Origin(_author.Start, _author.Length), Names.DraftOf(findings, text, _author, EntityType.Organisation));
        draft.Add(FactKind.Period, text.Text[_year], text.Origin(_year.Start.Value, 4));
    }

    private static Range RangeOf(Group group) => group.Index..(group.Index + group.Length);

    [GeneratedRegex(@"\G\s*(?<author>\p{L}[^().\n]{4,80}?)\.?\s\((?<year>(?:19|20)\d\d)\)\.\s(?<title>\p{L}.{3,})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
