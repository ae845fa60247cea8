using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.Protocol;

/// <summary>
/// Tells queries that may be look-ups from those that are none: those made of patterns whose planning only counts rows of indexes, and whose expressions are done in a moment each.
/// How much a look-up finds is for the planner to tell.
/// </summary>
internal static class LookUps
{
    /// <summary>Whether a query may be planned, and run if it is brief, where nothing may take long or wait.</summary>
    public static bool MayBe(Query query) => query is SelectQuery or AskQuery && query.Dataset is null && Is(query.Pattern);

    private static bool Is(GraphPattern pattern) => pattern switch
    {
        BasicGraphPattern or Values => true,
        PathPattern path => Is(path.Path),
        Join join => Is(join.Left) && Is(join.Right),
        Union union => Is(union.Left) && Is(union.Right),
        LeftJoin join => Is(join.Left) && Is(join.Right) && (join.Condition is null || Is(join.Condition)),
        Filter filter => Is(filter.Condition) && Is(filter.Pattern),
        Extend extend => Is(extend.Expression) && Is(extend.Pattern),
        Project project => Is(project.Pattern),
        Distinct distinct => Is(distinct.Pattern),
        Reduced reduced => Is(reduced.Pattern),
        OrderBy order => order.Conditions.All(c => Is(c.Expression)) && Is(order.Pattern),
        Slice slice => Is(slice.Pattern),
        _ => false,
    };

    private static bool Is(PropertyPath path) => path switch
    {
        LinkPath or NegatedPropertySet => true,
        InversePath inverse => Is(inverse.Path),
        SequencePath sequence => Is(sequence.Left) && Is(sequence.Right),
        AlternativePath alternative => Is(alternative.Left) && Is(alternative.Right),
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
