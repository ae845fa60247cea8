using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>
/// Evaluates algebra as section 18.5 and 18.6 define it: bottom-up, with lists of solutions, nested loops and nothing else. It is slow, and the measure
/// of the engine. EXISTS substitutes by starting each pattern of triples within from the solution outside.
/// </summary>
internal sealed class ReferenceEvaluator(ReferenceDataset dataset)
{
    private const int Many = 6000;

    /// <summary>The solutions of a pattern in the default graph.</summary>
    public List<Solution> Evaluate(GraphPattern pattern) => Evaluate(pattern, new Scope(dataset.Default, Solution.Empty));

    /// <summary>How blank nodes begin that a template makes: <c>_:q</c>, as those of the engine do.</summary>
    public const string Made = "q";

    /// <summary>The triples of a CONSTRUCT, with new blank nodes for each solution (section 16.2).</summary>
    public HashSet<string> Construct(ConstructQuery query)
    {
        var triples = new HashSet<string>();
        var number = 0;
        foreach (var found in Evaluate(query.Pattern))
        {
            number++;
            var labels = query.Template.SelectMany(t => new[] { t.Subject, t.Predicate, t.Object }).SelectMany(LabelsOf).Distinct().ToList();
            var solution = labels.Aggregate(found, (s, label) => s.With(label, new BlankNode($"{Made}{number}x{labels.IndexOf(label)}")));
            foreach (var triple in query.Template)
            {
                if (Fill(triple.Subject, solution) is Iri or BlankNode
                    && Fill(triple.Predicate, solution) is Iri && Fill(triple.Object, solution) is not null)
                {
                    triples.Add($"{Fill(triple.Subject, solution)} {Fill(triple.Predicate, solution)} {Fill(triple.Object, solution)}");
                }
            }
        }

        return triples;
    }

    /// <summary>Whether there is a solution with the bindings of another substituted (section 18.6, Exists).</summary>
    internal bool Exists(GraphPattern pattern, Solution outer, IReadOnlyList<(Term, Term, Term)> graph) =>
        Evaluate(pattern, new Scope(graph, outer)).Count > 0;

    private static IEnumerable<Variable> LabelsOf(PatternTerm term) => term switch
    {
        Variable variable when variable.Name.StartsWith("_:", StringComparison.Ordinal) => [variable],
        TripleTermPattern triple => [.. LabelsOf(triple.Subject), .. LabelsOf(triple.Object)],
        _ => [],
    };

    private static Term? Fill(PatternTerm term, Solution solution) => term switch
    {
        ConstantTerm constant => constant.Term,
        Variable variable => solution[variable],
        TripleTermPattern triple => Fill(triple.Subject, solution) is (Iri or BlankNode) and var s
            && Fill(triple.Predicate, solution) is Iri p && Fill(triple.Object, solution) is { } o ? new TripleTerm(s, p, o) : null,
        _ => null,
    };

    private List<Solution> Evaluate(GraphPattern pattern, Scope scope)
    {
        var solutions = pattern switch
        {
            BasicGraphPattern bgp => Match(bgp, scope),
            PathPattern path => Follow(path, scope),
            Join join => Join(Evaluate(join.Left, scope), Evaluate(join.Right, scope)),
            LeftJoin join => LeftJoin(join, scope),
            Filter filter => Evaluate(filter.Pattern, scope).FindAll(s => IsTrue(filter.Condition, s, scope)),
            Union union => [.. Evaluate(union.Left, scope), .. Evaluate(union.Right, scope)],
            Minus minus => Minus(Evaluate(minus.Left, scope), Evaluate(minus.Right, scope)),
            Graph graph => InGraph(graph, scope),
            Extend extend => Extend(extend, scope),

            // The endpoint has the same default graph.
            Service service => Join([scope.Outer], Evaluate(service.Pattern, new Scope(dataset.Default, Solution.Empty))),

            // These end the scope of what is outside: they are evaluated alone, and what they give is joined with it.
            _ => Join([scope.Outer], Alone(pattern, scope with { Outer = Solution.Empty })),
        };
        return solutions.Count <= Many ? solutions : throw new UndeterminedException("too many solutions");
    }

    private List<Solution> Alone(GraphPattern pattern, Scope scope) => pattern switch
    {
        Values values => [.. values.Rows.Select(row => values.Variables.Zip(row).Aggregate(
            Solution.Empty, (s, cell) => cell.Second is { } term ? s.With(cell.First, term) : s))],
        Group group => ReferenceGroups.Evaluate(group, Evaluate(group.Pattern, scope), ExpressionsIn(scope)),
        Project project => Evaluate(project.Pattern, scope).ConvertAll(s => s.Keep(project.Variables.Contains)),
        Distinct distinct => [.. Evaluate(distinct.Pattern, scope).DistinctBy(s => s.Key())],
        Reduced reduced => Evaluate(reduced.Pattern, scope),
        OrderBy order => ReferenceOrder.Sort(Evaluate(order.Pattern, scope), order.Conditions, ExpressionsIn(scope)),
        Slice slice => [.. Evaluate(slice.Pattern, scope).Skip((int)slice.Offset).Take((int)(slice.Limit ?? int.MaxValue))],
        _ => throw new ArgumentException($"Unknown pattern {pattern.GetType().Name}.", nameof(pattern)),
    };

    private ReferenceExpressions ExpressionsIn(Scope scope) => new(this, scope.Graph);

    private bool IsTrue(Expression condition, Solution solution, Scope scope) => ExpressionsIn(scope).Test(condition, solution) == true;

    private static List<Solution> Join(List<Solution> left, List<Solution> right)
    {
        var joined = new List<Solution>();
        foreach (var l in left)
        {
            joined.AddRange(right.Where(l.IsCompatibleWith).Select(l.Merge));
            if (joined.Count > Many)
            {
                throw new UndeterminedException("too many solutions");
            }
        }

        return joined;
    }

    private List<Solution> LeftJoin(LeftJoin join, Scope scope)
    {
        var right = Evaluate(join.Right, scope);
        var joined = new List<Solution>();
        foreach (var left in Evaluate(join.Left, scope))
        {
            var extended = right.Where(left.IsCompatibleWith).Select(left.Merge)
                .Where(s => join.Condition is null || IsTrue(join.Condition, s, scope)).ToList();
            joined.AddRange(extended.Count > 0 ? extended : [left]);
        }

        return joined;
    }

    private static List<Solution> Minus(List<Solution> left, List<Solution> right) =>
        left.FindAll(l => !right.Exists(r => l.IsCompatibleWith(r) && l.Domain.Any(v => r[v] is not null)));

    private List<Solution> Extend(Extend extend, Scope scope) =>
        Evaluate(extend.Pattern, scope).ConvertAll(s =>
            ExpressionsIn(scope).Value(extend.Expression, s) is { } value ? s.With(extend.Variable, value) : s);

    private List<Solution> InGraph(Graph graph, Scope scope)
    {
        var name = graph.Name is Variable variable ? scope.Outer[variable] : ((ConstantTerm)graph.Name).Term;
        var results = new List<Solution>();
        foreach (var (term, triples) in dataset.Named.Where(g => name is null || g.Key == name))
        {
            var solutions = Evaluate(graph.Pattern, scope with { Graph = triples });
            results.AddRange(graph.Name is Variable v ? Join(solutions, [Solution.Empty.With(v, term)]) : solutions);
        }

        return results;
    }

    private static List<Solution> Follow(PathPattern pattern, Scope scope)
    {
        var pairs = new ReferencePaths(scope.Graph).Pairs(Fill(pattern.Subject, scope.Outer), pattern.Path, Fill(pattern.Object, scope.Outer));
        var solutions = new List<Solution>();
        foreach (var (s, o) in pairs)
        {
            if (Unify(pattern.Subject, s, scope.Outer) is { } begun && Unify(pattern.Object, o, begun) is { } done)
            {
                solutions.Add(done);
            }
        }

        return solutions;
    }

    private static List<Solution> Match(BasicGraphPattern bgp, Scope scope)
    {
        List<Solution> solutions = [scope.Outer];
        foreach (var triple in bgp.Triples)
        {
            solutions = [.. solutions.SelectMany(solution => scope.Graph.Select(t =>
                Unify(triple.Subject, t.Subject, solution) is { } s && Unify(triple.Predicate, t.Predicate, s) is { } p
                    ? Unify(triple.Object, t.Object, p) : null).OfType<Solution>())];
            if (solutions.Count > Many)
            {
                throw new UndeterminedException("too many solutions");
            }
        }

        return solutions;
    }

    private static Solution? Unify(PatternTerm pattern, Term term, Solution solution)
    {
        switch (pattern)
        {
            case ConstantTerm constant:
                return constant.Term == term ? solution : null;
            case Variable variable:
                return solution[variable] is not { } bound ? solution.With(variable, term) : bound == term ? solution : null;
            case TripleTermPattern triple when term is TripleTerm inner:
                return Unify(triple.Subject, inner.Subject, solution) is { } s && Unify(triple.Predicate, inner.Predicate, s) is { } p
                    ? Unify(triple.Object, inner.Object, p)
                    : null;
            default:
                return null;
        }
    }

    /// <summary>The active graph, and the solution that an enclosing EXISTS substitutes.</summary>
    private sealed record Scope(IReadOnlyList<(Term Subject, Term Predicate, Term Object)> Graph, Solution Outer);
}
