using System.Collections.Immutable;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>How large a pattern is for who makes a plan of it.</summary>
internal static class Breadth
{
    /// <summary>How often variables are mentioned, in EXISTS as well: a plan has no more steps than that, and none of them more columns.</summary>
    public static long Of(GraphPattern pattern) => pattern switch
    {
        BasicGraphPattern bgp => bgp.Triples.Sum(t => (long)t.Variables.Length),
        Join join => Of(join.Left) + Of(join.Right),
        LeftJoin join => Of(join.Left) + Of(join.Right) + (join.Condition is null ? 0 : Of(join.Condition)),
        Union union => Of(union.Left) + Of(union.Right),
        Minus minus => Of(minus.Left) + Of(minus.Right),
        Filter filter => Of(filter.Pattern) + Of(filter.Condition),
        Extend extend => Of(extend.Pattern) + Of(extend.Expression) + 1,
        Graph graph => Of(graph.Pattern) + 1,
        Service service => Of(service.Pattern) + 1,
        Group group => Of(group.Pattern) + group.Keys.Sum(k => 1 + Of(k.Expression)) + group.Aggregates.Sum(a => 1 + (a.Aggregate.Argument is { } argument ? Of(argument) : 0)),
        Project project => Of(project.Pattern),
        Distinct distinct => Of(distinct.Pattern),
        Reduced reduced => Of(reduced.Pattern),
        OrderBy order => Of(order.Pattern) + order.Conditions.Sum(c => Of(c.Expression)),
        Slice slice => Of(slice.Pattern),
        Values values => values.Variables.Length,
        PathPattern path => 2 + Of(path.Path),
        _ => 2,
    };

    // A sequence has a variable between its parts.
    private static long Of(PropertyPath path) => path switch
    {
        SequencePath sequence => 2 + Of(sequence.Left) + Of(sequence.Right),
        AlternativePath alternative => Of(alternative.Left) + Of(alternative.Right),
        InversePath inverse => Of(inverse.Path),
        _ => 0,
    };

    private static long Of(Expression expression) => expression switch
    {
        Exists exists => Of(exists.Pattern),
        FunctionCall call => Of(call.Arguments),
        IriFunctionCall call => Of(call.Arguments),
        _ => 0,
    };

    private static long Of(ImmutableArray<Expression> expressions)
    {
        var sum = 0L;
        foreach (var expression in expressions)
        {
            sum += Of(expression);
        }

        return sum;
    }
}
