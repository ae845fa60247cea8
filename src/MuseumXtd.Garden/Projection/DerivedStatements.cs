using System.Globalization;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Garden.Projection;

/// <summary>What follows from the notes' statements: short cuts past participations, fundings and periods, inverses, contradictions.</summary>
internal static class DerivedStatements
{
    /// <summary>What follows for one resource from all that the notes say of it.</summary>
    public static List<(Term Subject, Iri Predicate, Term Object)> Of(
        Resource resource, IReadOnlyDictionary<Draft, Resource> resources, string baseIri, List<Diagnostic> diagnostics)
    {
        var statements = new List<(Term, Iri, Term)>();
        var facts = resource.Drafts.SelectMany(d => d.Facts).ToList();
        foreach (var fact in facts)
        {
            Derive(resource, fact, resources, baseIri, statements);
        }

        if (resource.Type is EntityType.Initiative or EntityType.Output)
        {
            DeriveYears(resource, facts, statements, diagnostics);
        }

        if (resource.Type == EntityType.Initiative)
        {
            DeriveStatus(resource, facts, statements, diagnostics);
        }

        return statements;
    }

    private static void Derive(
        Resource resource, Fact fact, IReadOnlyDictionary<Draft, Resource> resources, string baseIri, List<(Term, Iri, Term)> statements)
    {
        switch (fact.Kind)
        {
            case FactKind.Agent:
                var agent = resources[fact.Other!].Iri;
                statements.Add((resource.Iri, Mxtd.Participant, agent));
                if (fact.Value is "lead" or "coordinator" or "creator" or "developer")
                {
                    statements.Add((resource.Iri, Mxtd.LedBy, agent));
                }
                else if (fact.Value == "partner")
                {
                    statements.Add((resource.Iri, Mxtd.Partner, agent));
                }
                else if (fact.Value is "funder" or "sponsor")
                {
                    statements.Add((resource.Iri, Mxtd.FundedBy, agent));
                }

                break;
            case FactKind.Funder when resources[fact.Other!].Type == EntityType.Organisation:
                statements.Add((resource.Iri, Mxtd.FundedBy, resources[fact.Other!].Iri));
                break;
            case FactKind.Output:
                statements.Add((resources[fact.Other!].Iri, Mxtd.OutputOf, resource.Iri));
                break;
            case FactKind.CoversArea or FactKind.BasedIn:
                statements.Add((resource.Iri, Mxtd.Place, new Iri($"{baseIri}place/{fact.Value}")));
                break;
            default:
                break;
        }
    }

    private static void DeriveYears(Resource resource, List<Fact> facts, List<(Term, Iri, Term)> statements, List<Diagnostic> diagnostics)
    {
        // What an author states wins; of recognised periods the one that tells more, then the first in the order of files.
        var periods = facts.Where(f => f.Kind == FactKind.Period)
            .OrderByDescending(f => f.Authored)
            .ThenByDescending(f => f.Value.Contains('/', StringComparison.Ordinal))
            .ToList();
        if (periods.Count == 0)
        {
            return;
        }

        var (start, end) = Periods.Years(periods[0].Value);
        if (start is { } first)
        {
            statements.Add((resource.Iri, Mxtd.StartYear, Integer(first)));
        }

        if (end is { } last && (start is null || last >= start))
        {
            statements.Add((resource.Iri, Mxtd.EndYear, Integer(last)));
        }

        foreach (var other in periods.Skip(1))
        {
            var (otherStart, otherEnd) = Periods.Years(other.Value);
            var bare = !other.Value.Contains('/', StringComparison.Ordinal);
            var within = bare && (start is null || otherStart >= start) && (end is null || otherStart <= end);
            if (!within && ((start is not null && otherStart is not null && start != otherStart) || (end is not null && otherEnd is not null && end != otherEnd)))
            {
                Contradiction(resource, "period", other, periods[0], other.Value, periods[0].Value, diagnostics);
            }
        }
    }

    private static void DeriveStatus(Resource resource, List<Fact> facts, List<(Term, Iri, Term)> statements, List<Diagnostic> diagnostics)
    {
        var known = facts.Where(f => f.Kind == FactKind.Status && f.Value != "unknown").OrderByDescending(f => f.Authored).ToList();
        if (known.Count == 0)
        {
            statements.Add((resource.Iri, Mxtd.Status, Mxtd.Concept("statuses", "unknown")));
            return;
        }

        foreach (var other in known.Skip(1).Where(f => f.Value != known[0].Value))
        {
            Contradiction(resource, "status", other, known[0], other.Value, known[0].Value, diagnostics);
        }
    }

    private static void Contradiction(
        Resource resource, string field, Fact here, Fact there, string hereValue, string thereValue, List<Diagnostic> diagnostics) =>
        diagnostics.Add(Problems.Contradiction(
            here.Origin.File, here.Origin.Line, here.Origin.Column, resource.Name, field, hereValue, thereValue, there.Origin.File));

    private static Literal Integer(int value) => new(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);
}
