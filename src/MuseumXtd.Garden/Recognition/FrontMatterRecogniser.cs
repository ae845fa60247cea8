using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

/// <summary>
/// What authors state: keys of front matter, and the same keys in a comment of a list item
/// (<c>&lt;!-- mxtd financeurs: Horizon 2020; porteurs: Ecsite --&gt;</c>).
/// </summary>
internal sealed partial class FrontMatterRecogniser(NoteFindings findings)
{
    private const int MaxValues = 1000;

    private readonly GardenLexicon _lexicon = findings.Lexicon;

    /// <summary>Whether the front matter would describe something, if a placeholder of a template were not all that names it.</summary>
    public bool IsUnnamed { get; private set; }

    /// <summary>The entity that the front matter describes, or null when it describes none.</summary>
    public Draft? Recognise(Note note)
    {
        var fields = new List<(string Field, FrontMatterField Source)>();
        foreach (var field in note.FrontMatter.Fields)
        {
            // In a table "date" is when a project ran; in front matter it is when the site publishes the note.
            if (_lexicon.Field(field.Key) is { } meaning and not "table-date")
            {
                fields.Add((meaning, field));
            }
        }

        var type = fields.Find(f => f.Field == "type").Source;
        if (type is null || type.Values.Count == 0)
        {
            return null;
        }

        var nameField = fields.Find(f => f.Field == "name").Source;
        var name = nameField?.Values;
        var named = name is { Count: > 0 };
        var heading = note.Heading;
        IsUnnamed = !named && heading is null && (nameField is { IsUnfilled: true } || note.UnfilledHeading is not null);
        if (IsUnnamed)
        {
            return null;
        }

        var draft = new Draft
        {
            Type = EntityType.Initiative,
            Name = named ? name![0].Text : note.Title,
            Origin = named ? Origin(name![0], note.Source)
                : heading is not null ? heading.Text.Origin(0, heading.Text.Text.Length) : Origin(type.Values[0], note.Source),
            Language = findings.Language,
            IsMain = true,
            IsAuthored = true,
        };
        var known = false;
        foreach (var value in type.Values)
        {
            known |= AddType(draft, value.Text, Origin(value, note.Source));
        }

        if (!known)
        {
            var (line, column) = note.Source.Position(type.Values[0].Start);
            findings.Diagnostics.Add(Problems.UnknownConcept(
                note.Path, line, column, type.Key, type.Values[0].Text, _lexicon.Concepts.Nearest("kinds", type.Values[0].Text)));
            return null;
        }

        findings.Add(draft);
        foreach (var other in named ? name!.Skip(1) : [])
        {
            draft.Add(FactKind.AltName, other.Text, Origin(other, note.Source), authored: true);
        }

        var dates = new Dates();
        foreach (var (field, source) in fields)
        {
            foreach (var value in source.Values)
            {
                AddValue(draft, field, source.Key, value.Text, Origin(value, note.Source), dates);
            }
        }

        AddPeriod(draft, dates);
        if (draft.Name != note.Title && heading is not null && !draft.HasAuthored(FactKind.AltName))
        {
            draft.Add(FactKind.AltName, note.Title, heading.Text.Origin(0, heading.Text.Text.Length));
        }

        return draft;
    }

    /// <summary>The override in a list item's comment.</summary>
    public void RecogniseOverride(Draft draft, string comment, PlainText text, Note note)
    {
        var match = Override().Match(comment);
        if (!match.Success)
        {
            return;
        }

        var dates = new Dates();
        var at = note.Source.Text.IndexOf(comment, text.SourceStart, StringComparison.Ordinal);
        var values = 0;
        foreach (var statement in match.Groups[1].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            at = at < 0 ? -1 : note.Source.Text.IndexOf(statement, at, StringComparison.Ordinal);
            var colon = statement.IndexOf(':', StringComparison.Ordinal);
            var key = colon < 0 ? statement : statement[..colon];
            if (colon < 0 || _lexicon.Field(key) is not { } field)
            {
                // Front matter has keys of other programs too; this comment is read by nobody else.
                var place = at < 0 ? text.Origin(0, 0) : note.Source.Origin(at, key.Length);
                if (values++ < MaxValues)
                {
                    findings.Diagnostics.Add(colon < 0 ? Problems.NoKey(place.File, place.Line, place.Column, statement)
                        : Problems.MisspeltKey(place.File, place.Line, place.Column, key, _lexicon.NearestKey(key)));
                }

                continue;
            }

            var from = at < 0 ? -1 : at + colon;
            foreach (var value in statement[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                from = from < 0 ? -1 : note.Source.Text.IndexOf(value, from, StringComparison.Ordinal);
                var origin = from < 0 ? text.Origin(0, 0) : note.Source.Origin(from, value.Length);
                if (++values > MaxValues)
                {
                    findings.Diagnostics.Add(Problems.TooManyValues(origin.File, origin.Line, origin.Column, MaxValues));
                    AddPeriod(draft, dates);
                    return;
                }

                AddValue(draft, field, key, value, origin, dates);
            }
        }

        AddPeriod(draft, dates);
    }

    /// <summary>One value of one field; also for the cells of tables.</summary>
    public void AddValue(Draft draft, string field, string key, string value, Origin origin, Dates dates)
    {
        if (Placeholders.AreIn(value))
        {
            findings.Diagnostics.Add(Problems.UnfilledTemplate(origin.File, origin.Line, origin.Column, value));
            return;
        }

        switch (field)
        {
            case "type" when !draft.IsMain:
                AddType(draft, value, origin);
                break;
            case "alt-name":
                draft.Add(FactKind.AltName, value, origin, authored: true);
                break;
            case "id":
                var slug = TextFolding.Slug(value);
                if (slug != value)
                {
                    findings.Diagnostics.Add(Problems.BadId(origin.File, origin.Line, origin.Column, value, slug));
                }

                draft.Id = slug.Length > 0 ? slug : null;
                break;
            case "homepage":
                AddAddress(draft, FactKind.Homepage, key, value, origin);
                break;
            case "identifier":
                AddIdentifier(draft, key, value, origin);
                break;
            case "place" or "country":
                AddPlace(draft, FactKind.Place, value, origin, field == "country");
                break;
            case "covers":
                AddPlace(draft, FactKind.CoversArea, value, origin);
                break;
            case "based-in":
                AddPlace(draft, FactKind.BasedIn, value, origin);
                break;
            case "start" or "end":
                if (Periods.Date(value) is { } date)
                {
                    dates.Set(field == "start", date, origin);
                }
                else
                {
                    findings.Diagnostics.Add(Problems.BadDate(origin.File, origin.Line, origin.Column, key, value));
                }

                break;
            case "period" when Periods.Written(value) is { } written:
                AddPeriod(draft, written, origin);
                break;
            case "period" or "table-date":
                if (Periods.Parse(TextFolding.Fold(value), _lexicon.Phrases) is { } period)
                {
                    AddPeriod(draft, period.Edtf, origin);
                    if (field == "period" && Periods.HasMoreYears(value, period.Edtf))
                    {
                        findings.Diagnostics.Add(Problems.PeriodReadInPart(origin.File, origin.Line, origin.Column, key, value, period.Edtf));
                    }
                }
                else if (field == "period")
                {
                    findings.Diagnostics.Add(Problems.BadPeriod(origin.File, origin.Line, origin.Column, key, value));
                }

                break;
            case "status":
                AddConcept(draft, FactKind.Status, "statuses", key, value, origin);
                break;
            case "audience":
                AddConcept(draft, FactKind.Audience, "audiences", key, value, origin);
                break;
            case "theme":
                AddConcept(draft, FactKind.Theme, "themes", key, value, origin);
                break;
            case "funder":
                draft.Add(FactKind.Funder, "", origin, DraftOf(value, EntityType.Organisation, origin), true);
                break;
            case "scheme":
                draft.Add(FactKind.Scheme, "", origin, DraftOf(value, EntityType.FundingScheme, origin), true);
                break;
            case "grant-number":
                draft.Add(FactKind.GrantNumber, value, origin, authored: true);
                break;
            case "part-of":
                draft.Add(FactKind.PartOf, "", origin, DraftOf(value, EntityType.Initiative, origin), true);
                break;
            case "succeeds":
                draft.Add(FactKind.Succeeds, "", origin, DraftOf(value, EntityType.Initiative, origin), true);
                break;
            case "output":
                draft.Add(FactKind.Output, "", origin, DraftOf(value, EntityType.Output, origin), true);
                break;
            case "member-of":
                draft.Add(FactKind.MemberOf, "", origin, DraftOf(value, EntityType.Organisation, origin), true);
                break;
            case "administered-by":
                draft.Add(FactKind.AdministeredBy, "", origin, DraftOf(value, EntityType.Organisation, origin), true);
                break;
            case "nature":
                draft.Add(FactKind.Nature, value, origin, authored: true);
                break;
            case "expertise":
                draft.Add(FactKind.Expertise, value, origin, authored: true);
                break;
            case "description":
                draft.Add(FactKind.Description, value, origin, authored: true);
                break;
            case "resource-language":
                AddLanguage(draft, key, value, origin);
                break;
            case "resource-licence":
                draft.Add(FactKind.ResourceLicence, value, origin, authored: true);
                break;
            case not null when field.StartsWith("role.", StringComparison.Ordinal):
                draft.Add(FactKind.Agent, field["role.".Length..], origin, DraftOf(value, EntityType.Organisation, origin), true);
                break;
            default:
                break;
        }
    }

    /// <summary>The period of start and end dates; an end that is not stated is open only when the status says that it goes on.</summary>
    public void AddPeriod(Draft draft, Dates dates)
    {
        if (dates.Start is null && dates.End is null)
        {
            return;
        }

        var active = draft.Facts.Exists(f => f is { Kind: FactKind.Status, Value: "active" });
        var over = draft.Facts.Exists(f => f is { Kind: FactKind.Status, Value: "closed" or "ended" });
        var start = dates.Start?.Date ?? (over ? ".." : "");
        var end = dates.End?.Date ?? (active ? ".." : "");
        var origin = (dates.Start ?? dates.End)!.Value.Origin;
        AddPeriod(draft, $"{start}/{end}", origin);
    }

    private void AddPeriod(Draft draft, string edtf, Origin origin)
    {
        draft.Add(FactKind.Period, edtf, origin, authored: true);
        if (Periods.IsReversed(edtf))
        {
            findings.Diagnostics.Add(Problems.EndBeforeStart(origin.File, origin.Line, origin.Column, edtf));
        }
    }

    private static Origin Origin(FrontMatterValue value, SourceText source) => source.Origin(value.Start, value.Length);

    private bool AddType(Draft draft, string value, Origin origin)
    {
        var words = TextFolding.Words(value);
        foreach (var (heading, type) in (ReadOnlySpan<(string, EntityType)>)[
            ("type.organisation", EntityType.Organisation), ("type.person", EntityType.Person),
            ("type.scheme", EntityType.FundingScheme), ("type.output", EntityType.Output), ("type.initiative", EntityType.Initiative)])
        {
            if (_lexicon.Phrases.Has(heading, words))
            {
                draft.Type = type;
                return true;
            }
        }

        if (_lexicon.Concepts.Find("kinds", value) is { } kind)
        {
            draft.Add(FactKind.Kind, kind, origin, authored: true);
            return true;
        }

        return false;
    }

    private void AddAddress(Draft draft, FactKind kind, string key, string value, Origin origin)
    {
        if (Address(value, origin) is { } address)
        {
            draft.Add(kind, address, origin, authored: true);
        }
        else
        {
            findings.Diagnostics.Add(Problems.BadIri(origin.File, origin.Line, origin.Column, key, value));
        }
    }

    private void AddIdentifier(Draft draft, string key, string value, Origin origin)
    {
        if (_lexicon.Identifiers.Find(key, value.Trim()) is { } iri)
        {
            AddAddress(draft, FactKind.Identifier, key, iri, origin);
        }
        else
        {
            findings.Diagnostics.Add(Problems.BadIdentifier(origin.File, origin.Line, origin.Column, key, value, _lexicon.Identifiers.Example(key)));
        }
    }

    /// <summary>A place, also a misspelt one; what only resembles a place stays as it is written.</summary>
    private void AddPlace(Draft draft, FactKind kind, string value, Origin origin, bool isCountry = false)
    {
        var places = _lexicon.Places;
        var place = places.Find(value);
        if (place is null)
        {
            place = (isCountry ? places.FindNearCountry(value) : null) ?? places.FindNear(value);
            var near = place ?? places.Nearest(value);
            findings.Diagnostics.Add(Problems.UnknownPlace(origin.File, origin.Line, origin.Column, value, near?.Fr, near?.En, isTaken: place is not null));
        }

        draft.Add(place is null ? FactKind.Locality : kind, place?.Slug ?? value, origin, authored: true);
    }

    private void AddLanguage(Draft draft, string key, string value, Origin origin)
    {
        if (_lexicon.Languages.Find(value) is { } tag)
        {
            draft.Add(FactKind.ResourceLanguage, tag, origin, authored: true);
        }
        else
        {
            findings.Diagnostics.Add(Problems.UnknownConcept(origin.File, origin.Line, origin.Column, key, value, null));
        }
    }

    private void AddConcept(Draft draft, FactKind kind, string scheme, string key, string value, Origin origin)
    {
        if (_lexicon.Concepts.Find(scheme, value) is { } slug)
        {
            draft.Add(kind, slug, origin, authored: true);
        }
        else
        {
            findings.Diagnostics.Add(Problems.UnknownConcept(
                origin.File, origin.Line, origin.Column, key, value, _lexicon.Concepts.Nearest(scheme, value)));
        }
    }

    private string? Address(string value, Origin origin)
    {
        var address = WebAddress.Clean(value, out var tracked);
        if (address is not null && tracked)
        {
            findings.Diagnostics.Add(Problems.TrackingParameters(origin.File, origin.Line, origin.Column, new Uri(address).Host));
        }

        return address;
    }

    private Draft DraftOf(string value, EntityType type, Origin origin)
    {
        var wikilink = Wikilink().Match(value);
        var withAddress = WithAddress().Match(value);
        var name = wikilink.Success ? (wikilink.Groups[2].Success ? wikilink.Groups[2].Value : wikilink.Groups[1].Value)
            : withAddress.Success ? withAddress.Groups[1].Value : value;
        var draft = findings.Add(new Draft
        {
            Type = type,
            Name = name.Trim(),
            Origin = origin,
            Language = findings.Language,
            IsAuthored = true,
            Link = wikilink.Success ? wikilink.Groups[1].Value.Trim() : null,
        });
        if (type == EntityType.Output && _lexicon.Concepts.At("kinds", TextFolding.Fold(draft.Name), 0) is { } kind)
        {
            draft.Add(FactKind.Kind, kind.Slug, origin, authored: true);
        }

        if (withAddress.Success && Address(withAddress.Groups[2].Value, origin) is { } address)
        {
            draft.Add(FactKind.Homepage, address, origin, authored: true);
        }

        return draft;
    }

    /// <summary>The start and end dates of one entity, as its fields are read.</summary>
    internal sealed class Dates
    {
        public (string Date, Origin Origin)? Start { get; private set; }

        public (string Date, Origin Origin)? End { get; private set; }

        public void Set(bool start, string date, Origin origin)
        {
            if (start)
            {
                Start = (date, origin);
            }
            else
            {
                End = (date, origin);
            }
        }
    }

    [GeneratedRegex(@"^\[\[([^\]|#]+)(?:#[^\]|]*)?(?:\|([^\]]+))?\]\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Wikilink();

    [GeneratedRegex(@"^(.*?)\s*<(https?://[^>]+)>$", RegexOptions.CultureInvariant)]
    private static partial Regex WithAddress();

    [GeneratedRegex(@"^\s*mxtd\s+(.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Override();
}
