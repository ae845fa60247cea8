using System.Globalization;
using System.Runtime.InteropServices;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Garden.Projection;

/// <summary>
/// States what one note after the other says: the statements of its graph, each with its origin, and its mentions. There is one for each thread, so that
/// its memory and its terms are used again.
/// </summary>
internal sealed class NoteStatements(string baseIri, IReadOnlyDictionary<Draft, Resource> resources)
{
    private readonly HashSet<string> _mentioned = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Scheme, string Slug), Iri> _concepts = [];
    private readonly Dictionary<int, Literal> _integers = [];
    private readonly List<Fact> _funders = [];
    private Iri _note = new("");

    public List<(Term Subject, Iri Predicate, Term Object)> Statements { get; } = new(64);

    /// <summary>The origins of <see cref="Statements"/>, one for one.</summary>
    public List<Origin> Origins { get; } = new(64);

    public List<Mention> Mentions { get; } = new(16);

    /// <summary>Begins with a note: all that was stated before is forgotten.</summary>
    public void Begin(Iri note)
    {
        _note = note;
        _mentioned.Clear();
        Statements.Clear();
        Origins.Clear();
        Mentions.Clear();
    }

    public void State(Draft draft)
    {
        var resource = resources[draft];
        var iri = resource.Iri;
        Say(iri, Mxtd.Type, Resource.ClassOf(resource.Type), draft.Origin);
        Say(iri, draft.Name == resource.Name ? Mxtd.PreferredName : Mxtd.AltName, Text(draft.Name, draft), draft.Origin);
        Say(_note, draft.IsMain ? Mxtd.Describes : Mxtd.Mentions, iri, draft.Origin);
        Mention(iri, $"{resource.Segment}-{resource.Id}", draft.Origin);
        _funders.Clear();
        foreach (var fact in draft.Facts)
        {
            if (fact.Kind == FactKind.Funder && resources[fact.Other!].Type != EntityType.FundingScheme)
            {
                _funders.Add(fact);
            }
        }

        foreach (var fact in draft.Facts)
        {
            State(draft, resource, fact, _funders);
        }
    }

    /// <summary>A link to the note about something names that thing.</summary>
    public void StateLink(Iri resource, string id, Origin origin)
    {
        Say(_note, Mxtd.Mentions, resource, origin);
        Mention(resource, id, origin);
    }

    private static Literal Text(string text, Draft draft) => new(text, draft.Language);

    private Literal Integer(int value)
    {
        ref var integer = ref CollectionsMarshal.GetValueRefOrAddDefault(_integers, value, out _);
        return integer ??= new Literal(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);
    }

    private Iri Concept(string scheme, string slug)
    {
        ref var concept = ref CollectionsMarshal.GetValueRefOrAddDefault(_concepts, (scheme, slug), out _);
        return concept ??= Mxtd.Concept(scheme, slug);
    }

    private void Say(Term subject, Iri predicate, Term @object, Origin origin)
    {
        Statements.Add((subject, predicate, @object));
        Origins.Add(origin);
    }

    private void State(Draft draft, Resource resource, Fact fact, List<Fact> funders)
    {
        var iri = resource.Iri;
        switch (fact.Kind)
        {
            case FactKind.AltName:
                if (fact.Value != resource.Name)
                {
                    Say(iri, Mxtd.AltName, Text(fact.Value, draft), fact.Origin);
                }

                break;
            case FactKind.Description:
                Say(iri, Mxtd.Description, new Literal(fact.Value, fact.Language ?? draft.Language), fact.Origin);
                break;
            case FactKind.Kind:
                Say(iri, Mxtd.Kind, Concept("kinds", fact.Value), fact.Origin);
                break;
            case FactKind.Status:
                Say(iri, Mxtd.Status, Concept("statuses", fact.Value), fact.Origin);
                break;
            case FactKind.Audience:
                Say(iri, Mxtd.Audience, Concept("audiences", fact.Value), fact.Origin);
                break;
            case FactKind.Theme:
                Say(iri, Mxtd.Theme, Concept("themes", fact.Value), fact.Origin);
                break;
            case FactKind.Place:
                Say(iri, Mxtd.Place, new Iri($"{baseIri}place/{fact.Value}"), fact.Origin);
                break;
            case FactKind.CoversArea:
                Say(iri, Mxtd.CoversArea, new Iri($"{baseIri}place/{fact.Value}"), fact.Origin);
                break;
            case FactKind.BasedIn:
                Say(iri, Mxtd.BasedIn, new Iri($"{baseIri}place/{fact.Value}"), fact.Origin);
                break;
            case FactKind.Locality:
                Say(iri, Mxtd.Locality, new Literal(fact.Value), fact.Origin);
                break;
            case FactKind.Homepage:
                Say(iri, Mxtd.Homepage, new Iri(fact.Value), fact.Origin);
                break;
            case FactKind.Identifier:
                Say(iri, Mxtd.IdentifiedBy, new Iri(fact.Value), fact.Origin);
                break;
            case FactKind.Nature:
                Say(iri, Mxtd.Nature, Text(fact.Value, draft), fact.Origin);
                break;
            case FactKind.Expertise:
                Say(iri, Mxtd.Expertise, Text(fact.Value, draft), fact.Origin);
                break;
            case FactKind.ResourceLanguage:
                Say(iri, Mxtd.Language, new Literal(fact.Value), fact.Origin);
                break;
            case FactKind.ResourceLicence:
                Say(iri, Mxtd.ResourceLicence, new Literal(fact.Value), fact.Origin);
                break;
            case FactKind.PartOf:
                Say(iri, Mxtd.PartOf, resources[fact.Other!].Iri, fact.Origin);
                break;
            case FactKind.Succeeds:
                Say(iri, Mxtd.Succeeds, resources[fact.Other!].Iri, fact.Origin);
                break;
            case FactKind.MemberOf:
                Say(iri, Mxtd.MemberOf, resources[fact.Other!].Iri, fact.Origin);
                break;
            case FactKind.AdministeredBy:
                Say(resources[fact.Other!].Iri, Mxtd.Administers, iri, fact.Origin);
                break;
            case FactKind.Output:
                Say(iri, Mxtd.HasOutput, resources[fact.Other!].Iri, fact.Origin);
                Say(resources[fact.Other!].Iri, Mxtd.Type, Mxtd.Output, fact.Origin);
                break;
            case FactKind.Period:
                StatePeriod(resource, fact);
                break;
            case FactKind.Agent:
                StateParticipation(resource, fact);
                break;
            case FactKind.Funder or FactKind.Scheme:
                StateFunding(draft, resource, fact, funders);
                break;
            default:
                break;
        }
    }

    private void StatePeriod(Resource resource, Fact fact)
    {
        var slug = string.Join('_', fact.Value.Split('/').Select(d => d switch { "" => "unknown", ".." => "open", _ => d }));
        var period = new Iri($"{resource.Iri.Value}/period/{slug}");
        Say(resource.Iri, Mxtd.Period, period, fact.Origin);
        Say(period, Mxtd.Type, Mxtd.PeriodClass, fact.Origin);
        Say(period, Mxtd.EdtfExpression, new Literal(fact.Value, Mxtd.EdtfDatatype), fact.Origin);
        var (start, end) = Periods.Years(fact.Value);
        if (start is { } first)
        {
            Say(period, Mxtd.StartYear, Integer(first), fact.Origin);
        }

        if (end is { } last && (start is null || last >= start))
        {
            Say(period, Mxtd.EndYear, Integer(last), fact.Origin);
        }

        StateSource(period, fact);
    }

    private void StateSource(Iri node, Fact fact)
    {
        Say(node, Mxtd.SourceText, new Literal(fact.Origin.Words.ReplaceLineEndings(" ")), fact.Origin);
        Say(node, Mxtd.SourceLine, Integer(fact.Origin.Line), fact.Origin);
    }

    private void StateParticipation(Resource resource, Fact fact)
    {
        var agent = resources[fact.Other!];
        var id = $"{agent.Id}-{fact.Value}";
        var participation = new Iri($"{resource.Iri.Value}/p/{id}");
        Say(resource.Iri, Mxtd.HasParticipation, participation, fact.Origin);
        Say(participation, Mxtd.Type, Mxtd.Participation, fact.Origin);
        Say(participation, Mxtd.Agent, agent.Iri, fact.Origin);
        Say(participation, Mxtd.Role, Concept("roles", fact.Value), fact.Origin);
        StateConfidence(participation, fact);
        StateSource(participation, fact);
        Mention(participation, $"{resource.Id}-p-{id}", fact.Origin);
    }

    private void StateFunding(Draft draft, Resource resource, Fact fact, List<Fact> funders)
    {
        var other = resources[fact.Other!];
        var isScheme = fact.Kind == FactKind.Scheme || other.Type == EntityType.FundingScheme;

        // One funder and one scheme are one funding; with several, the note does not say which goes with which.
        var funder = isScheme && funders.Count == 1 ? resources[funders[0].Other!] : other;
        var funding = new Iri($"{resource.Iri.Value}/f/{funder.Id}");
        Say(resource.Iri, Mxtd.HasFunding, funding, fact.Origin);
        Say(funding, Mxtd.Type, Mxtd.Funding, fact.Origin);
        Say(funding, isScheme ? Mxtd.Scheme : Mxtd.Funder, other.Iri, fact.Origin);
        if (isScheme && funder != other)
        {
            Mention(funding, $"{resource.Id}-f-{funder.Id}", fact.Origin);
            return;
        }

        StateConfidence(funding, fact);
        StateSource(funding, fact);
        if (draft.Facts.Find(f => f.Kind == FactKind.GrantNumber) is { } grant && funders.Count <= 1)
        {
            Say(funding, Mxtd.GrantNumber, new Literal(grant.Value), grant.Origin);
        }

        Mention(funding, $"{resource.Id}-f-{funder.Id}", fact.Origin);
    }

    private void StateConfidence(Iri node, Fact fact) =>
        Say(node, Mxtd.Confidence, new Literal(fact.Authored ? "1.0" : "0.9", Xsd.Decimal), fact.Origin);

    private void Mention(Iri body, string id, Origin origin)
    {
        if (_mentioned.Add(id))
        {
            Mentions.Add(new Mention(body, id, origin.Line, origin.Column, origin.Words));
        }
    }
}
