using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Tables: a row with a name is an organisation, or an initiative when the table has columns for its agents.</summary>
internal sealed class TableRecogniser(NoteFindings findings)
{
    public void Recognise(CsvTable table)
    {
        var fields = table.Header.Select(findings.Lexicon.Field).ToList();
        var nameColumn = fields.IndexOf("name");
        if (nameColumn < 0)
        {
            return;
        }

        var initiatives = fields.Exists(f => f is not null && f.StartsWith("role.", StringComparison.Ordinal));
        var reader = new FrontMatterRecogniser(findings);
        foreach (var row in table.Rows)
        {
            if (nameColumn >= row.Cells.Count || row.Cells[nameColumn] is not { Text.Length: > 0 } name)
            {
                continue;
            }

            var draft = findings.Add(new Draft
            {
                Type = initiatives ? EntityType.Initiative : EntityType.Organisation,
                Name = name.Text,
                Origin = name.Origin,
                Language = findings.Language,
                IsAuthored = true,
            });
            var dates = new FrontMatterRecogniser.Dates();
            for (var i = 0; i < Math.Min(fields.Count, row.Cells.Count); i++)
            {
                if (fields[i] is not { } field || i == nameColumn || row.Cells[i] is not { Text: { Length: > 0 } and not "n.c." } cell)
                {
                    continue;
                }

                if (field == "place")
                {
                    AddPlaces(draft, cell);
                }
                else
                {
                    reader.AddValue(draft, field, table.Header[i], cell.Text, cell.Origin, dates);
                }
            }

            reader.AddPeriod(draft, dates);
        }
    }

    /// <summary>"Lausanne, Fribourg" or "Plan-les-Ouates (GE)": several towns in a cell, with a canton or country in brackets.</summary>
    private void AddPlaces(Draft draft, CsvCell cell)
    {
        foreach (var part in cell.Text.Split([',', '/', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = part.IndexOf('(', StringComparison.Ordinal);
            var name = bracket > 0 ? part[..bracket].Trim() : part;
            var places = findings.Lexicon.Places;
            if ((places.Find(name) ?? places.FindNear(name)) is { } place)
            {
                draft.Add(FactKind.Place, place.Slug, cell.Origin, authored: true);
            }
            else if (!findings.Lexicon.Phrases["not-a-place"].IsMatch(TextFolding.Fold(name)))
            {
                draft.Add(FactKind.Locality, name, cell.Origin, authored: true);
            }
        }
    }
}
