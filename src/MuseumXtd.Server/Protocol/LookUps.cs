using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.Protocol;

/// <summary>
/// Tells queries that may be look-ups from those that are none: those made of patterns whose planning only counts rows of indexes, and whose expressions are done in a moment each.
/// How much a look-up finds is for the planner to tell.
/// </summary>
internal static class LookUps
{
    // Planning grows with the square of the parts, and more than with that where all their orders are compared.
    private const int MostParts = 16;

    /// <summary>Whether a query may be planned, and run if it is brief, where nothing may take long or wait.</summary>
    public static bool MayBe(Query query)
    {
        var parts = 0;
        return query is SelectQuery or AskQuery && query.Dataset is null && Is(query.Pattern, ref parts);
    }

    private static bool Is(GraphPattern pattern, ref int parts) => pattern switch
    {
        BasicGraphPattern bgp => (parts += bgp.Triples.Length) <= MostParts,
        Values => ++parts <= MostParts,
        PathPattern path => Is(path.Path, ref parts),
        Join join => Is(join.Left, ref parts) && Is(join.Right, ref parts),
        Union union => Is(union.Left, ref parts) && Is(union.Right, ref parts),
        LeftJoin join => Is(join.Left, ref parts) && Is(join.Right, ref parts) && (join.Condition is null || Is(join.Condition)),
        Filter filter => Is(filter.Condition) && Is(filter.Pattern, ref parts),
        Extend extend => Is(extend.Expression) && Is(extend.Pattern, ref parts),
        Project project => Is(project.Pattern, ref parts),
        Distinct distinct => Is(distinct.Pattern, ref parts),
        Reduced reduced => Is(reduced.Pattern, ref parts),
        OrderBy order => order.Conditions.All(c => Is(c.Expression)) && Is(order.Pattern, ref parts),
        Slice slice => Is(slice.Pattern, ref parts),
        _ => false,
    };

    private static bool Is(PropertyPath path, ref int parts) => path switch
    {
        LinkPath or NegatedPropertySet => ++parts <= MostParts,
        InversePath inverse => Is(inverse.Path, ref parts),
        SequencePath sequence => Is(sequence.Left, ref parts) && Is(sequence.Right, ref parts),
        AlternativePath alternative => Is(alternative.Left, ref parts) && Is(alternative.Right, ref parts),
        _ => false,
    };

    private static bool Is(Expression expression) => expression switch
    {
        VariableExpression or TermExpression => true,
        IriFunctionCall call => call.Arguments.All(Is),

        // Texts that are searched for may be found by the index of words, while the query is planned; patterns with references may take long for one text.
        FunctionCall { Function: Function.Contains or Function.StrStarts or Function.StrEnds or Function.Regex or Function.Replace } => false,
        FunctionCall call => call.Arguments.All(Is),
        _ => false,
    };
}
