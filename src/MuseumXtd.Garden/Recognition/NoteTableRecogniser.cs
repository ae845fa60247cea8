using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// Tables within notes: where one column has names and others are called as the keys of front matter are ("Pays", "Porteur", "Période"), a row is
/// an initiative. What stands under other headings is prose about it.
/// </summary>
internal sealed class NoteTableRecogniser(NoteFindings findings)
{
    private const int MostColumns = 64;

    private readonly GardenLexicon _lexicon = findings.Lexicon;
    private readonly Phrases _phrases = findings.Lexicon.Phrases;

    public void Recognise(Note note)
    {
        string?[] fields = [];
        Draft? draft = null;
        foreach (var block in note.Blocks)
        {
            if (block.Cell is not var (row, column))
            {
                continue;
            }

            if (row == 0)
            {
                fields = column == 0 || fields.Length == 0 ? new string?[MostColumns] : fields;
                fields[Math.Min(column, MostColumns - 1)] = FieldOf(block.Text.Text.Trim());
                continue;
            }

            if (column == 0)
            {
                draft = null;
            }

            if (findings.IsFull(block.Text))
            {
                return;
            }

            if (column >= fields.Length - 1 || !IsOfInitiatives(fields))
            {
                continue;
            }

            if (fields[column] == "name")
            {
                draft = Named(block.Text);
            }
            else if (draft is not null)
            {
                Read(draft, fields[column], block.Text);
            }
        }
    }

    /// <summary>What a column holds, by its heading: by the phrases for columns, else as the key of front matter that is called so; empty for prose.</summary>
    private string FieldOf(string heading)
    {
        const string Column = "column.";
        var words = TextFolding.Fold(heading);
        foreach (var set in _phrases.Under(Column))
        {
            if (set.Match(words, 0, words.Length) is { Success: true, Index: 0 } match && match.Length == words.Length)
            {
                return set.Heading[Column.Length..];
            }
        }

        return _lexicon.Field(heading) ?? "";
    }

    /// <summary>A table of names with who is behind them, or when: other tables compare tools or list persons.</summary>
    private static bool IsOfInitiatives(string?[] fields) =>
        fields[0] == "name" && Array.Exists(fields, f => f is "period" or "funder" or "start" || f?.StartsWith("role.", StringComparison.Ordinal) == true);

    private Draft? Named(PlainText text)
    {
        var link = text.FirstLink is { Url: not null } first && first.Length >= text.Text.Trim().Length - 4 ? first : null;
        var name = text.Text.ReplaceLineEndings(" ").Trim();
        if (name.Length is < 2 or > 100 || Placeholders.AreIn(name))
        {
            return null;
        }

        var origin = text.Origin(0, text.Text.Length);
        var draft = findings.Known(EntityType.Initiative, name) ?? findings.Add(new Draft { Type = EntityType.Initiative, Name = name, Origin = origin, Language = findings.Language, Link = text.FirstLink?.Target });
        if (link is not null && WebAddress.Clean(link.Url, out _) is { } address)
        {
            draft.Add(FactKind.Homepage, address, text.OriginOf(link));
        }

        return draft;
    }

    private void Read(Draft draft, string? field, PlainText text)
    {
        var words = text.Text.Trim();
        if (words.Length == 0)
        {
            return;
        }

        var origin = text.Origin(0, text.Text.Length);
        if (field is "place" or "country" or "covers" or "based-in" or "period")
        {
            new BracketReader(findings).Read(draft, text, 0, text.Text.Length, false);
        }
        else if (field == "type" && _lexicon.Concepts.Find("kinds", words) is { } kind)
        {
            draft.Add(FactKind.Kind, kind, origin);
        }
        else if (field == "status" && _lexicon.Concepts.Find("statuses", words) is { } status)
        {
            draft.Add(FactKind.Status, status, origin);
        }
        else if (field == "homepage" && text.FirstLink is { Url: { } url } && WebAddress.Clean(url, out _) is { } address)
        {
            draft.Add(FactKind.Homepage, address, origin);
        }
        else if (field == "funder" || field?.StartsWith("role.", StringComparison.Ordinal) == true)
        {
            foreach (var name in Agents(text))
            {
                var agent = Names.DraftOf(findings, text, name, EntityType.Organisation);
                draft.Add(field == "funder" ? FactKind.Funder : FactKind.Agent, field == "funder" ? "" : field["role.".Length..], origin, agent);
            }
        }
        else if (field is "")
        {
            new FactFinder(findings).Find(draft, text, 0, text.Text.Length, false);
        }
    }

    /// <summary>The names in a cell: a list, or one name that fills it, whatever words it holds.</summary>
    private List<NameSpan> Agents(PlainText text)
    {
        var names = NameList.Read(text, 0, text.Text.Length, _phrases);
        if (names.Count > 0 && text.Text.AsSpan(names[^1].End).Trim(" .").IsEmpty)
        {
            return names;
        }

        var whole = text.Text.Trim();
        return whole.Length <= 80 && char.IsUpper(whole[0]) && whole.IndexOfAny([',', ';', '\n', '/']) < 0 ? [new NameSpan(text.Text.IndexOf(whole, StringComparison.Ordinal), whole.Length, whole, null, null)] : names;
    }
}
