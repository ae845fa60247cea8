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

            if (Placeholders.AreIn(name.Text))
            {
                findings.Diagnostics.Add(Problems.UnfilledTemplate(name.Origin.File, name.Origin.Line, name.Origin.Column, name.Text));
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

                if (field is "place" or "country" && !Placeholders.AreIn(cell.Text))
                {
                    AddPlaces(draft, cell, field == "country");
                }
                else if (field.StartsWith("role.", StringComparison.Ordinal) && !Placeholders.AreIn(cell.Text))
                {
                    foreach (var agent in Agents(cell.Text))
                    {
                        reader.AddValue(draft, field, table.Header[i], agent, cell.Origin, dates);
                        AddOtherNames(draft, agent, cell.Origin);
                    }
                }
                else
                {
                    reader.AddValue(draft, field, table.Header[i], cell.Text, cell.Origin, dates);
                }
            }

            reader.AddPeriod(draft, dates);
            if (initiatives)
            {
                FindInDescription(draft);
                draft.PreferAuthored();
            }
        }
    }

    /// <summary>Several organisations in a cell: commas outside brackets, each followed by a name. A cell that says only "project" names nobody.</summary>
    private IEnumerable<string> Agents(string cell)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= cell.Length; i++)
        {
            depth += i < cell.Length ? cell[i] switch { '(' => 1, ')' => -1, _ => 0 } : 0;
            if (i == cell.Length || (cell[i] is ',' or ';' && depth <= 0 && i + 2 < cell.Length && char.IsUpper(cell[i + 2])))
            {
                var name = cell[start..i].Trim();
                start = i + 1;
                if (name.Length > 1 && findings.Lexicon.Concepts.Find("kinds", name) is null
                    && !findings.Lexicon.Phrases.Has("type.initiative", TextFolding.Fold(name)))
                {
                    yield return name;
                }
            }
        }
    }

    /// <summary>"l'association X", "X (the long form)": the other names under which the same organisation is known.</summary>
    private void AddOtherNames(Draft draft, string name, Origin origin)
    {
        if (draft.Facts.FindLast(f => f.Kind == FactKind.Agent && f.Other!.Name == name)?.Other is not { } agent)
        {
            return;
        }

        var bracket = name.IndexOf('(', StringComparison.Ordinal);
        if (bracket > 1 && name.EndsWith(')'))
        {
            agent.Add(FactKind.AltName, name[..bracket].Trim(), origin);
            var inner = name[(bracket + 1)..^1].Trim();
            if (!inner.Contains(',', StringComparison.Ordinal) && inner.Length > 2)
            {
                agent.Add(FactKind.AltName, inner, origin);
            }
        }

        var text = new PlainText(new SourceText(origin.File, name), name, SourceRun.All(name), [], [], []);
        if (NameList.Read(text, 0, name.Length, findings.Lexicon.Phrases) is [{ Described: not null } plain] && plain.End == name.Length)
        {
            agent.Add(FactKind.AltName, plain.Name, origin);
        }
    }

    /// <summary>The sentence that describes a row says what kind of thing it is and for whom, as prose does.</summary>
    private void FindInDescription(Draft draft)
    {
        if (draft.Facts.Find(f => f.Kind == FactKind.Description) is not { } description)
        {
            return;
        }

        var words = description.Value;
        var text = new PlainText(new SourceText(description.Origin.File, words), words, SourceRun.All(words), [], [], []);
        var before = draft.Facts.Count;
        var drafts = findings.Drafts.Count;
        new KindFinder(findings).Find(draft, text, 0, words.Length, true);
        new ConceptFinder(findings).Find(draft, FactKind.Audience, "audience", "audiences", text, 0, words.Length, (words.Length, words.Length));
        new ConceptFinder(findings).Find(draft, FactKind.Theme, "theme", "themes", text, 0, words.Length, (words.Length, words.Length));
        new AgentFinder(findings, new RelatedFinder(findings)).Find(draft, text, 0, words.Length, []);
        new MakerFinder(findings).Find(draft, text, 0, words.Length, []);
        new OutputFinder(findings).Find(draft, text, 0, words.Length);
        for (var i = draft.Facts.Count - 1; i >= before; i--)
        {
            // Columns say who bears it; the sentence adds those for whom and with whose help.
            if (draft.Facts[i] is { Kind: FactKind.Agent, Value: var role })
            {
                if (role is "beneficiary" or "contributor")
                {
                    draft.Facts[i] = draft.Facts[i] with { Origin = description.Origin, Authored = true };
                }
                else
                {
                    draft.Facts.RemoveAt(i);
                }
            }
            else
            {
                draft.Facts[i] = draft.Facts[i] with { Origin = description.Origin };
            }
        }

        findings.ForgetUnnamed(drafts, draft);

        new NameReader(findings).ReadKind(draft, draft.Name);
    }

    /// <summary>"Lausanne, Fribourg" or "Plan-les-Ouates (GE)": several towns in a cell, with a canton or country in brackets.</summary>
    private void AddPlaces(Draft draft, CsvCell cell, bool isCountry)
    {
        foreach (var part in cell.Text.Split([',', '/', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = part.IndexOf('(', StringComparison.Ordinal);
            var name = bracket > 0 ? part[..bracket].Trim() : part;
            var places = findings.Lexicon.Places;
            if ((places.Find(name) ?? (isCountry ? places.FindNearCountry(name) : null) ?? places.FindNear(name)) is { } place)
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
