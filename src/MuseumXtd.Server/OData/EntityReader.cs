using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData;

/// <summary>Runs the queries of one request on one snapshot.</summary>
internal sealed class EntityReader(QueryEngine engine, Snapshot snapshot, QueryOptions options, CancellationToken cancellation)
{
    private static readonly Variable Subject = new("s");
    private static readonly Variable Predicate = new("p");
    private static readonly Variable Object = new("o");

    /// <summary>The IRIs that a pattern binds to a variable, in its order.</summary>
    public List<Iri> Select(GraphPattern pattern, Variable variable) =>
        [.. Rows(new Project(pattern, [variable]), [variable]).Select(r => r[0]).OfType<Iri>()];

    /// <summary>How many solutions a pattern has.</summary>
    public long Count(GraphPattern pattern)
    {
        var count = new Variable("count");
        var group = new Group(pattern, [], [new GroupAggregate(count, new Aggregate(AggregateFunction.Count, null, Distinct: false))]);
        return Rows(new Project(group, [count]), [count]).Select(r => long.Parse(((Literal)r[0]!).LexicalForm, System.Globalization.CultureInfo.InvariantCulture)).Single();
    }

    /// <summary>All that is said of some resources: for each, by predicate, its values in order.</summary>
    public Dictionary<Iri, Dictionary<Iri, List<Term>>> Describe(IReadOnlyCollection<Iri> subjects)
    {
        var found = subjects.Distinct().ToDictionary(s => s, _ => new Dictionary<Iri, List<Term>>());
        if (found.Count == 0)
        {
            return found;
        }

        var values = new Values([Subject], [.. found.Keys.Select(s => ImmutableArray.Create<Term?>(s))]);
        var pattern = new Join(values, new BasicGraphPattern([new TriplePattern(Subject, Predicate, Object)]));
        foreach (var row in Rows(new Project(pattern, [Subject, Predicate, Object]), [Subject, Predicate, Object]))
        {
            var said = found[(Iri)row[0]!];
            if (!said.TryGetValue((Iri)row[1]!, out var objects))
            {
                said.Add((Iri)row[1]!, objects = []);
            }

            objects.Add(row[2]!);
        }

        foreach (var objects in found.Values.SelectMany(s => s.Values))
        {
            objects.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
        }

        return found;
    }

    /// <summary>The resources that a property links to from each of some others, in order.</summary>
    public Dictionary<Iri, List<Iri>> Follow(IReadOnlyCollection<Iri> subjects, ODataProperty property)
    {
        var values = new Values([Subject], [.. subjects.Distinct().Select(s => ImmutableArray.Create<Term?>(s))]);
        var pattern = new Project(new Join(values, property.Pattern(Subject, Object)), [Subject, Object]);
        return subjects.Count == 0
            ? []
            : Rows(pattern, [Subject, Object]).Where(r => r[1] is Iri)
                .GroupBy(r => (Iri)r[0]!, r => (Iri)r[1]!)
                .ToDictionary(g => g.Key, g => g.OrderBy(i => i.Value, StringComparer.Ordinal).ToList());
    }

    /// <summary>The resources of a class, or all that have a type.</summary>
    public static GraphPattern Instances(Iri? type, Variable variable) => type is null
        ? new Distinct(new Project(new BasicGraphPattern([new TriplePattern(variable, new ConstantTerm(RdfNames.Type), new Variable("type"))]), [variable]))
        : new BasicGraphPattern([new TriplePattern(variable, new ConstantTerm(RdfNames.Type), new ConstantTerm(type))]);

    private IEnumerable<Term?[]> Rows(GraphPattern pattern, ImmutableArray<Variable> variables)
    {
        using var results = engine.Select(new SelectQuery(pattern, variables), snapshot, options, cancellation);
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                var terms = new Term?[variables.Length];
                for (var i = 0; i < terms.Length; i++)
                {
                    var id = results.Column(i)[row];
                    terms[i] = id == 0 ? null : results.Terms.Decode(new TermId(id));
                }

                yield return terms;
            }
        }
    }
}
