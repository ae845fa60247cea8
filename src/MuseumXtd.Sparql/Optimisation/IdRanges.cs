using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Ids outside of which a condition on a variable cannot be true: disjoint, in order. Ids of inline values sort as the values, so a comparison
/// with a constant is a range of them; literals whose ids do not tell their value are always inside, and the condition decides.
/// </summary>
internal sealed class IdRanges
{
    private readonly (uint First, uint Last)[] _ranges;

    private IdRanges(params (uint First, uint Last)[] ranges) => _ranges = ranges;

    /// <summary>What a condition leaves of a variable; null where it says nothing that ids could tell.</summary>
    public static (Variable Variable, IdRanges Ranges)? Of(Expression condition, QueryTerms terms)
    {
        if (condition is not FunctionCall { Arguments: [var left, var right] } call || AcceptedBy(call.Function) is not { } accepted)
        {
            return null;
        }

        if (left is TermExpression)
        {
            (left, right) = (right, left);
            accepted = ColumnFilters.Mirrored(accepted);
        }

        if (right is not TermExpression { Term: var term })
        {
            return null;
        }

        var constant = new ConstantExpression(terms.Intern(term), terms);
        return left switch
        {
            VariableExpression { Variable: var variable } when constant.Value.IsNumeric =>
                (variable, Around(OrderFilter.InlineIds(constant, accepted, TermTag.InlineInteger, terms), TermTag.InlineInteger, TermTag.Numeric)),
            VariableExpression { Variable: var variable } when constant.Value.Kind == ValueKind.DateTime =>
                (variable, Around(OrderFilter.InlineIds(constant, accepted, TermTag.InlineDate, terms), TermTag.InlineDate, TermTag.Temporal)),
            FunctionCall { Function: Function.Year, Arguments: [VariableExpression { Variable: var variable }] }
                when constant.Id.Tag == TermTag.InlineInteger && InlineValue.Integer(constant.Id) is > 1 and < 9999 and var year =>
                (variable, Around(DaysOf(year, accepted), TermTag.InlineDate, TermTag.Temporal)),
            _ => null,
        };
    }

    /// <summary>What is in both.</summary>
    public IdRanges And(IdRanges other) => new([
        .. from a in _ranges
           from b in other._ranges
           let first = Math.Max(a.First, b.First)
           let last = Math.Min(a.Last, b.Last)
           where first <= last
           select (first, last),
    ]);

    /// <summary>The parts of a sorted column that are inside.</summary>
    public List<Range> PartsOf(ReadOnlySpan<uint> sorted)
    {
        var parts = new List<Range>();
        foreach (var (first, last) in _ranges)
        {
            var start = LowerBound(sorted, first);
            var end = last == uint.MaxValue ? sorted.Length : LowerBound(sorted, last + 1);
            if (start < end)
            {
                parts.Add(start..end);
            }
        }

        return parts;
    }

    private static Accepted? AcceptedBy(Function function) => function switch
    {
        Function.Equal => Accepted.Equal,
        Function.Less => Accepted.Less,
        Function.LessOrEqual => Accepted.Less | Accepted.Equal,
        Function.Greater => Accepted.Greater,
        Function.GreaterOrEqual => Accepted.Greater | Accepted.Equal,
        _ => null,
    };

    /// <summary>The ids of one inline tag, and all of those tags whose ids do not tell the value.</summary>
    private static IdRanges Around((uint First, uint Count) ids, TermTag tag, TermTag untold)
    {
        var ranges = new List<(uint, uint)>();
        if (ids.Count > 0)
        {
            ranges.Add((ids.First, ids.First + ids.Count - 1));
        }

        ranges.Add((TermId.Of(untold, 0).Value, TermId.Of(untold, TermId.PayloadMask).Value));
        ranges.Add((TermId.Of(TermTag.OtherLiteral, 0).Value, TermId.Of(TermTag.OtherLiteral, TermId.PayloadMask).Value));
        return new([.. ranges]);
    }

    private static (uint First, uint Count) DaysOf(int year, Accepted accepted)
    {
        var first = (accepted & Accepted.Less) != 0 ? default
            : new DateOnly((accepted & Accepted.Equal) != 0 ? year : year + 1, 1, 1);
        var last = (accepted & Accepted.Greater) != 0 ? DateOnly.MaxValue
            : new DateOnly((accepted & Accepted.Equal) != 0 ? year : year - 1, 12, 31);
        return (InlineValue.Date(first).Value, (uint)(last.DayNumber - first.DayNumber + 1));
    }

    private static int LowerBound(ReadOnlySpan<uint> sorted, uint id)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
