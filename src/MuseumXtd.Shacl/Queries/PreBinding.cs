using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Queries;

/// <summary>
/// Makes variables bound before a query begins (SHACL, appendix A): wherever the specification would put their values, the pattern is
/// joined with a table of them. With a row for each focus node, one query answers for all of them.
/// </summary>
/// <param name="table">The variables and their values.</param>
/// <param name="path">What <c>$PATH</c> stands for, or null.</param>
/// <param name="shapesGraph">The name of the shapes graph, or null.</param>
internal sealed class PreBinding(Values table, PropertyPath? path, Iri? shapesGraph)
{
    private readonly string[] _names = [.. table.Variables.Select(v => v.Name)];

    /// <summary>The pattern with the table joined in, so that the variables are bound for all filters and expressions around it.</summary>
    public GraphPattern Bind(GraphPattern pattern) => pattern switch
    {
        Filter filter => new Filter(Rewrite(filter.Condition), Bind(filter.Pattern)),
        Extend extend => new Extend(Bind(extend.Pattern), extend.Variable, Rewrite(extend.Expression)),
        Join join => new Join(Bind(join.Left), Rewrite(join.Right)),
        LeftJoin join => new LeftJoin(Bind(join.Left), Rewrite(join.Right), join.Condition is null ? null : Rewrite(join.Condition)),
        Union union => new Union(Bind(union.Left), Bind(union.Right)),
        Graph graph => new Graph(NameOf(graph), Bind(graph.Pattern)),
        Group group => Rewrite(group, Bind(group.Pattern)),
        Project project => project with { Pattern = Bind(project.Pattern) },
        Distinct distinct => new Distinct(Bind(distinct.Pattern)),
        Reduced reduced => new Reduced(Bind(reduced.Pattern)),
        OrderBy order => Rewrite(order, Bind(order.Pattern)),
        Slice slice => slice with { Pattern = Bind(slice.Pattern) },
        _ when table.Variables.IsEmpty => Rewrite(pattern),
        BasicGraphPattern { Triples.IsEmpty: true } => table,
        _ => new Join(table, Rewrite(pattern)),
    };

    /// <summary>
    /// The pattern beside a place where the variables are bound already. Only what evaluates expressions before it is joined with that place
    /// needs the table too.
    /// </summary>
    private GraphPattern Rewrite(GraphPattern pattern)
    {
        switch (pattern)
        {
            case Filter filter:
                return Needs(filter.Condition) ? Bind(filter) : new Filter(Rewrite(filter.Condition), Rewrite(filter.Pattern));
            case Extend extend:
                return Needs(extend.Expression) ? Bind(extend) : new Extend(Rewrite(extend.Pattern), extend.Variable, Rewrite(extend.Expression));
            case Join join:
                return new Join(Rewrite(join.Left), Rewrite(join.Right));
            case LeftJoin join:
                return join.Condition is not null && Needs(join.Condition)
                    ? Bind(join)
                    : new LeftJoin(Rewrite(join.Left), Rewrite(join.Right), join.Condition is null ? null : Rewrite(join.Condition));
            case Union union:
                return new Union(Rewrite(union.Left), Rewrite(union.Right));
            case Graph graph:
                return new Graph(NameOf(graph), Rewrite(graph.Pattern));
            case BasicGraphPattern bgp:
                return Rewrite(bgp);
            case PathPattern or TextSearch:
                return pattern;
            default:
                return Bind(pattern);
        }
    }

    private bool Needs(Expression expression) => QueryVariables.Mentions(expression, _names);

    private PatternTerm NameOf(Graph graph) =>
        shapesGraph is not null && graph.Name is Variable { Name: "shapesGraph" } ? new ConstantTerm(shapesGraph) : graph.Name;

    private GraphPattern Rewrite(BasicGraphPattern bgp)
    {
        if (path is null || !bgp.Triples.Any(IsOnPath))
        {
            return bgp;
        }

        if (path is LinkPath link)
        {
            return new BasicGraphPattern([.. bgp.Triples.Select(t => IsOnPath(t) ? t with { Predicate = new ConstantTerm(link.Predicate) } : t)]);
        }

        GraphPattern rest = new BasicGraphPattern([.. bgp.Triples.Where(t => !IsOnPath(t))]);
        foreach (var triple in bgp.Triples.Where(IsOnPath))
        {
            var step = new PathPattern(triple.Subject, path, triple.Object);
            rest = rest is BasicGraphPattern { Triples.IsEmpty: true } ? step : new Join(rest, step);
        }

        return rest;
    }

    private static bool IsOnPath(TriplePattern triple) => triple.Predicate is Variable { Name: "PATH" };

    private Group Rewrite(Group group, GraphPattern pattern) => new(
        pattern,
        [.. group.Keys.Select(k => k with { Expression = Rewrite(k.Expression) })],
        [.. group.Aggregates.Select(a => a with { Aggregate = a.Aggregate.Argument is null ? a.Aggregate : a.Aggregate with { Argument = Rewrite(a.Aggregate.Argument) } })]);

    private OrderBy Rewrite(OrderBy order, GraphPattern pattern) =>
        new(pattern, [.. order.Conditions.Select(c => c with { Expression = Rewrite(c.Expression) })]);

    private Expression Rewrite(Expression expression) => expression switch
    {
        FunctionCall call => call with { Arguments = Rewrite(call.Arguments) },
        IriFunctionCall call => call with { Arguments = Rewrite(call.Arguments) },

        // EXISTS sees the bindings of the row that it is asked for (SPARQL 1.1 Query, section 18.6).
        Exists exists => exists with { Pattern = new PreBinding(new Values([], []), path, shapesGraph).Rewrite(exists.Pattern) },
        _ => expression,
    };

    private ImmutableArray<Expression> Rewrite(ImmutableArray<Expression> expressions) => [.. expressions.Select(Rewrite)];
}
