using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Recognition;

internal enum EntityType
{
    Initiative,
    Output,
    Organisation,
    Person,
    FundingScheme,
}

internal enum FactKind
{
    AltName,
    Description,
    Kind,
    Status,
    Place,
    CoversArea,
    BasedIn,
    Locality,
    Period,
    Audience,
    Theme,
    Homepage,
    Identifier,
    Agent,
    Funder,
    Scheme,
    GrantNumber,
    PartOf,
    Succeeds,
    Output,
    MemberOf,
    AdministeredBy,
    Nature,
    Expertise,
    ResourceLanguage,
    ResourceLicence,
}

/// <summary>One thing that a note says of an entity, and the words that say it.</summary>
/// <param name="Kind">What is said.</param>
/// <param name="Value">A slug of a concept or place, a text, an address; for an agent the role.</param>
/// <param name="Origin">The words.</param>
/// <param name="Other">The other entity, for relations.</param>
/// <param name="Authored">Whether an author stated it in front matter, a table or an override, rather than in prose.</param>
/// <param name="Language">The language of a text, where it is not that of the note.</param>
internal sealed record Fact(FactKind Kind, string Value, Origin Origin, Draft? Other = null, bool Authored = false, string? Language = null);

/// <summary>
/// An entity as one note tells of it, before it is known which entities of other notes are the same thing.
/// </summary>
internal sealed class Draft
{
    private const int ManyFacts = 64;
    private const int LongestAcronym = 12;

    private HashSet<(FactKind, string, Draft?, bool)>? _stated;
    private List<Draft>? _namedBy;

    public required EntityType Type { get; set; }

    public required string Name
    {
        get;
        set => field = RepeatedWords.Of(value);
    }

    public required Origin Origin { get; init; }

    /// <summary>The language of the note.</summary>
    public required string Language { get; init; }

    /// <summary>Whether the note is about this entity.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether an author named it in front matter or a table.</summary>
    public bool IsAuthored { get; init; }

    /// <summary>An identifier that an author has given.</summary>
    public string? Id { get; set; }

    /// <summary>The target of the wikilink that names it.</summary>
    public string? Link { get; init; }

    /// <summary>For a thing with a common name ("charter"): the entity whose charter it is.</summary>
    public Draft? Scope { get; init; }

    /// <summary>Whether prose says who made or offers it.</summary>
    public bool HasMaker { get; set; }

    public List<Fact> Facts { get; } = [];

    /// <summary>Told of each name in capitals that it is given besides its own.</summary>
    public Action<Draft, string>? AcronymAdded { get; set; }

    /// <summary>Whether it was named in vain, and is none of what the file tells.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Whether a fact of something that is not forgotten names it, while its file is being read.</summary>
    public bool IsNamed => _namedBy?.Exists(d => !d.IsForgotten && d.Facts.Exists(f => f.Other == this)) == true;

    /// <summary>The file is read.</summary>
    public void Finish() => (_namedBy, AcronymAdded) = (null, null);

    public void Add(FactKind kind, string value, Origin origin, Draft? other = null, bool authored = false)
    {
        if (other is not null && !(other._namedBy is [.., var last] && last == this))
        {
            (other._namedBy ??= []).Add(this);
        }

        if (kind == FactKind.AltName && value.Length <= LongestAcronym && value.AsSpan().IndexOfAnyExceptInRange('A', 'Z') < 0)
        {
            AcronymAdded?.Invoke(this, value);
        }

        if (Facts.Count < ManyFacts)
        {
            if (!IsStated(kind, value, other, authored))
            {
                Facts.Add(new Fact(kind, value == origin.Words ? origin.Words : RepeatedWords.Of(value), origin, other, authored));
            }

            return;
        }

        // What was never stated needs no search; what was may have been removed since.
        _stated ??= [.. Facts.Select(f => (f.Kind, f.Value, f.Other, f.Authored))];
        if (_stated.Add((kind, value, other, authored)) || !IsStated(kind, value, other, authored))
        {
            Facts.Add(new Fact(kind, value == origin.Words ? origin.Words : RepeatedWords.Of(value), origin, other, authored));
        }
    }

    private bool IsStated(FactKind kind, string value, Draft? other, bool authored)
    {
        foreach (var fact in Facts)
        {
            if (fact.Kind == kind && fact.Value == value && fact.Other == other && fact.Authored == authored)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What an author has stated replaces what was recognised of the same kind.</summary>
    public void PreferAuthored()
    {
        var stated = Facts.Where(f => f.Authored && f.Kind is not (FactKind.AltName or FactKind.Description)).Select(f => f.Kind).ToHashSet();
        if (stated.Contains(FactKind.Funder))
        {
            stated.Add(FactKind.Scheme);
        }

        Facts.RemoveAll(f => !f.Authored && stated.Contains(f.Kind));
    }

    public bool Has(FactKind kind)
    {
        foreach (var fact in Facts)
        {
            if (fact.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    public bool HasAuthored(FactKind kind) => Facts.Exists(f => f.Kind == kind && f.Authored);
}
