using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>How far a name goes that begins behind "the project": what marks it shows it, the title of the note, or its owner behind it; else words with which something else begins.</summary>
internal sealed class NameExtent(Phrases phrases, PlainText? title)
{
    /// <summary>"the project Hors les murs of the museum Y": words in lower case belong to the name when its owner follows soon.</summary>
    public NameSpan? Read(PlainText text, NameSpan name)
    {
        if (InTitle(text, name) is { } titled)
        {
            return titled;
        }

        if (name.Link is null && !MarkedNames.IsMarked(text, name) && OwnerWithin(text, name) is { } owned)
        {
            return owned;
        }

        for (var end = name.End; name.Link is null && end < Math.Min(text.Text.Length, name.End + 30) && (char.IsLetter(text.Text[end]) || text.Text[end] == ' '); end++)
        {
            var longer = name with { Length = end - name.Start, Name = text.Text[name.Start..end] };
            if (text.Text[end] == ' ' && InstitutionName.OwnerAt(text, longer.End, phrases) is not null)
            {
                return longer;
            }
        }

        return NameEnd.Whole(text, name, text.Text.Length, phrases);
    }

    /// <summary>"Mémoires ouvrières, retour d'expérience": the title of the note shows where a name ends that goes on in lower case.</summary>
    private NameSpan? InTitle(PlainText text, NameSpan name)
    {
        if (title is null || name.Link is not null || !title.Folded.AsSpan(title.Folded.Length - title.Folded.AsSpan().TrimStart().Length).StartsWith(text.Folded.AsSpan(name.Start, name.Length)))
        {
            return null;
        }

        var offset = title.Folded.Length - title.Folded.AsSpan().TrimStart().Length;
        var length = name.Length;
        for (var at = name.Length; offset + at <= title.Folded.Length && name.Start + at <= text.Folded.Length && at <= 80; at++)
        {
            var isEnd = offset + at == title.Folded.Length || title.Folded[offset + at] is ',' or ':' or '.' or '(' or '?' || title.Folded.AsSpan(offset + at).StartsWith(" -") || title.Folded.AsSpan(offset + at).StartsWith(" –");
            if (isEnd && (name.Start + at == text.Folded.Length || !char.IsLetterOrDigit(text.Folded[name.Start + at])))
            {
                length = at;
                break;
            }

            if (offset + at == title.Folded.Length || name.Start + at == text.Folded.Length || title.Folded[offset + at] != text.Folded[name.Start + at])
            {
                break;
            }
        }

        return length > name.Length ? name with { Length = length, Name = text.Text.Substring(name.Start, length).ReplaceLineEndings(" ") } : null;
    }

    /// <summary>"the programme Mer 2030 de la Ligue des ports": capitals go on into its owner.</summary>
    private NameSpan? OwnerWithin(PlainText text, NameSpan name)
    {
        for (var at = text.Text.IndexOf(' ', name.Start, name.Length); at > 0 && at < name.End; at = text.Text.IndexOf(' ', at + 1, name.End - at - 1))
        {
            if (InstitutionName.OwnerAt(text, at, phrases) is not null)
            {
                return name with { Length = at - name.Start, Name = text.Text[name.Start..at] };
            }
        }

        return null;
    }
}
