using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>The positions of triples and their patterns by number: 0 subject, 1 predicate, 2 object.</summary>
internal static class Positions
{
    /// <summary>What stands in a position.</summary>
    public static PatternTerm At(TriplePattern pattern, int position) => position switch
    {
        0 => pattern.Subject,
        1 => pattern.Predicate,
        _ => pattern.Object,
    };

    /// <summary>The only position of a variable in a pattern; -1 where it stands nowhere or more than once.</summary>
    public static int Of(TriplePattern pattern, Variable variable)
    {
        var found = -1;
        for (var position = 0; position < 3; position++)
        {
            if (variable.Equals(At(pattern, position)))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = position;
            }
        }

        return found;
    }

    /// <summary>The order that sorts by one position, then another, then the third.</summary>
    public static TripleOrder Order(int first, int second) => (first, second) switch
    {
        (0, 1) => TripleOrder.Spo,
        (0, 2) => TripleOrder.Sop,
        (1, 0) => TripleOrder.Pso,
        (1, 2) => TripleOrder.Pos,
        (2, 0) => TripleOrder.Osp,
        _ => TripleOrder.Ops,
    };
}
