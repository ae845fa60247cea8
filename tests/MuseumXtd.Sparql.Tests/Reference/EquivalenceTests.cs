using System.Globalization;
using System.Text.RegularExpressions;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Sparql.Tests.Federation;
using MuseumXtd.Store;
using Xunit.Abstractions;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>
/// The engine answers as the specification's own definitions do: thousands of generated queries against the reference evaluator. <c>MUSEUMXTD_SEEDS=FROM-TO</c> in
/// the environment runs other seeds.
/// </summary>
public sealed partial class EquivalenceTests(ITestOutputHelper output)
{
    private const int QueriesOfData = 10;

    [Fact]
    public void Generated_queries_are_answered_as_the_specification_defines()
    {
        var (from, to) = Seeds(1, 400);
        Compare(from, to, services: false);
    }

    [Fact]
    public void Queries_to_an_endpoint_with_the_same_graph_are_answered_as_if_it_were_here()
    {
        var (from, to) = Seeds(1, 80);
        Compare(from, to, services: true);
    }

    private void Compare(int from, int to, bool services)
    {
        var failures = new List<string>();
        var (compared, undetermined, refused, answered) = (0, 0, 0, 0);
        for (var seed = from; seed < to; seed++)
        {
            var random = new Random(seed);
            var snapshot = new DataGenerator(random, blankNodes: !services).Snapshot();
            for (var i = 0; i < QueriesOfData; i++)
            {
                var text = new QueryGenerator(random, services).Query();
                var mode = random.Next(2) == 0 ? DefaultGraphMode.Own : DefaultGraphMode.Union;
                Query query;
                try
                {
                    query = SparqlParser.ParseQuery(text);
                }
                catch (SparqlSyntaxException)
                {
                    refused++;
                    continue;
                }

                try
                {
                    compared++;
                    if (Difference(query, snapshot, mode, null, () => answered++) is { } difference)
                    {
                        failures.Add($"seed {seed}.{i} ({mode}): {text}\n{difference}");
                    }
                    else if (Difference(query, snapshot, mode, seed) is { } shuffled)
                    {
                        failures.Add($"seed {seed}.{i} ({mode}), other plan: {text}\n{shuffled}");
                    }
                }
                catch (UndeterminedException)
                {
                    compared--;
                    undetermined++;
                }
            }
        }

        output.WriteLine($"{compared} compared, {answered} of them SELECT with an answer, {undetermined} undetermined, {refused} refused");
        Assert.True(compared > (to - from) * QueriesOfData / 2, $"only {compared} compared, {undetermined} undetermined, {refused} refused");
        Assert.True(failures.Count == 0, $"{failures.Count} of {compared} differ:\n{string.Join("\n\n", failures.OrderBy(f => f.Length).Take(8))}");
    }

    /// <summary>What the engine answers otherwise than the reference, or null.</summary>
    internal static string? Difference(Query query, Snapshot snapshot, DefaultGraphMode mode, int? estimates, Action? onAnswer = null)
    {
        var reference = new ReferenceEvaluator(ReferenceDataset.Of(snapshot, query.Dataset, mode));
        QueryResults results;
        string? difference;
        switch (query)
        {
            case SelectQuery select:
                var expected = reference.Evaluate(query.Pattern);
                var whole = query.Pattern is Slice slice ? reference.Evaluate(slice.Pattern) : expected;
                if (expected.Exists(s => s.Domain.Any(v => s[v] is not Rdf.Literal { LexicalForm: "0" })))
                {
                    onAnswer?.Invoke();
                }

                using (results = Run(query, snapshot, mode, estimates))
                {
                    difference = Compare(select, expected, whole, Rows((SolutionResults)results));
                    return difference is null ? null : $"{difference}\n{results.Plan}";
                }

            case AskQuery:
                var any = reference.Evaluate(query.Pattern).Count > 0;
                using (results = Run(query, snapshot, mode, estimates))
                {
                    return ((BooleanResults)results).Value == any ? null : $"the reference says {any}";
                }

            case ConstructQuery construct:
                var triples = reference.Construct(construct);
                using (results = Run(query, snapshot, mode, estimates))
                {
                    var made = new Dataset();
                    ((GraphResults)results).WriteTo(made);
                    var texts = Unlabelled(made.Select(q => $"{q.Subject} {q.Predicate} {q.Object}").Distinct());
                    var wanted = Unlabelled(triples);
                    return texts.SequenceEqual(wanted) ? null : $"reference:\n  {string.Join("\n  ", wanted)}\nengine:\n  {string.Join("\n  ", texts)}";
                }

            default:
                throw new ArgumentException("No such form of query is generated.", nameof(query));
        }
    }

    /// <summary>Triples with all new blank nodes alike: how many there are of each, whatever they are called.</summary>
    private static List<string> Unlabelled(IEnumerable<string> triples) =>
        [.. triples.Select(t => MadeLabel().Replace(t, "_:new")).Order(StringComparer.Ordinal)];

    [GeneratedRegex($"_:{ReferenceEvaluator.Made}[0-9x]+")]
    private static partial Regex MadeLabel();

    private static QueryResults Run(Query query, Snapshot snapshot, DefaultGraphMode mode, int? estimates) =>
        new QueryEngine().Execute(query, snapshot, new QueryOptions
        {
            DefaultGraph = mode,
            DistortEstimates = estimates,

            // The other plan is also done in parts by several threads.
            MorselSize = 1 + (estimates % 3),
            Services = new LocalEndpoint(snapshot, mode),
        });

    private static string? Compare(SelectQuery query, List<Solution> expected, List<Solution> whole, List<Solution> actual)
    {
        var (wanted, got) = (Counts(query, expected), Counts(query, actual));
        var pattern = query.Pattern is Slice sliced ? sliced.Pattern : query.Pattern;
        if (query.Pattern is Slice slice)
        {
            // Which rows are cut off is open where the order is; how many is not, nor that they are rows of the whole.
            var possible = Counts(query, whole);
            // Of REDUCED that too is open: rows that are there twice may be there once.
            var isShorter = slice.Pattern is Reduced && actual.Count <= expected.Count && (actual.Count > 0 || expected.Count == 0);
            if ((actual.Count != expected.Count && !isShorter) || got.Any(g => g.Value > possible.GetValueOrDefault(g.Key)))
            {
                return Difference(wanted, got);
            }
        }
        else if (pattern is Reduced)
        {
            if (!wanted.Keys.ToHashSet().SetEquals(got.Keys) || got.Any(g => g.Value > wanted[g.Key]))
            {
                return Difference(wanted, got);
            }
        }
        else if (wanted.Count != got.Count || wanted.Any(w => got.GetValueOrDefault(w.Key) != w.Value))
        {
            return Difference(wanted, got);
        }

        return OrderOf(pattern) is { } order ? Misplaced(query, order, whole, actual) : null;
    }

    private static OrderBy? OrderOf(GraphPattern pattern) => pattern switch
    {
        OrderBy order => order,
        Project project => OrderOf(project.Pattern),
        Distinct distinct => OrderOf(distinct.Pattern),
        Reduced reduced => OrderOf(reduced.Pattern),
        _ => null,
    };

    /// <summary>A row that stands after one that it must come before, or was cut off though it comes before one that was not.</summary>
    private static string? Misplaced(SelectQuery query, OrderBy order, List<Solution> whole, List<Solution> actual)
    {
        List<Rdf.Term?> Keys(Solution solution) => [.. order.Conditions.Select(c => solution[((VariableExpression)c.Expression).Variable])];
        for (var i = 1; i < actual.Count; i++)
        {
            if (ReferenceOrder.Compare(Keys(actual[i - 1]), Keys(actual[i]), order.Conditions) > 0)
            {
                return $"row {i} is out of order:\n  {string.Join("\n  ", actual.Select(a => a.Key(query.Variables)))}";
            }
        }

        if (query.Pattern is Slice { Offset: 0 } && actual.Count > 0)
        {
            var kept = Counts(query, actual);
            var cut = whole.Where(s => !kept.ContainsKey(s.Key(query.Variables)));
            if (cut.FirstOrDefault(s => ReferenceOrder.Compare(Keys(s), Keys(actual[^1]), order.Conditions) < 0) is { } missing)
            {
                return $"cut off though it comes first: {missing.Key(query.Variables)}";
            }
        }

        return null;
    }

    private static Dictionary<string, int> Counts(SelectQuery query, List<Solution> rows) =>
        rows.GroupBy(s => s.Key(query.Variables)).ToDictionary(g => g.Key, g => g.Count());

    private static string Difference(Dictionary<string, int> wanted, Dictionary<string, int> got)
    {
        var keys = wanted.Keys.Union(got.Keys).Where(k => wanted.GetValueOrDefault(k) != got.GetValueOrDefault(k)).Order(StringComparer.Ordinal).ToList();
        return $"{wanted.Values.Sum()} rows expected, {got.Values.Sum()} got; differing:\n"
            + string.Join('\n', keys.Take(6).Select(k => $"  {k}  expected {wanted.GetValueOrDefault(k)}, got {got.GetValueOrDefault(k)}"));
    }

    private static List<Solution> Rows(SolutionResults results)
    {
        var rows = new List<Solution>();
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                var solution = Solution.Empty;
                for (var i = 0; i < results.Variables.Length; i++)
                {
                    if (results.Column(i)[row] is var id and not 0)
                    {
                        solution = solution.With(results.Variables[i], results.Terms.Decode(new TermId(id)));
                    }
                }

                rows.Add(solution);
            }
        }

        return rows;
    }

    private static (int From, int To) Seeds(int from, int to)
    {
        if (Environment.GetEnvironmentVariable("MUSEUMXTD_SEEDS")?.Split('-') is [var first, var last])
        {
            return (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture));
        }

        return (from, to);
    }
}
