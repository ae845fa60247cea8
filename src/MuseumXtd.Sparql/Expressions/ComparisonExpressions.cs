using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>=</c> and <c>!=</c>.</summary>
internal sealed class EqualExpression(CompiledExpression left, CompiledExpression right, bool negated, QueryTerms terms)
    : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var equal = Comparison.Equal(left.Evaluate(batch, row), right.Evaluate(batch, row));
        return negated ? equal.Negated() : equal;
    }
}

/// <summary>Which orders satisfy an operator.</summary>
[Flags]
internal enum Accepted : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The first is less.</summary>
    Less = 1,

    /// <summary>They are equal.</summary>
    Equal = 2,

    /// <summary>The first is greater.</summary>
    Greater = 4,
}

/// <summary><c>&lt;</c>, <c>&gt;</c>, <c>&lt;=</c> and <c>&gt;=</c>.</summary>
internal sealed class OrderExpression(CompiledExpression left, CompiledExpression right, Accepted accepted, QueryTerms terms)
    : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row) =>
        Accepts(Comparison.Compare(left.Evaluate(batch, row), right.Evaluate(batch, row)), accepted);

    /// <summary>Whether an order is one of those accepted.</summary>
    public static Truth Accepts(Ordering order, Accepted accepted) => order switch
    {
        Ordering.Less => Truths.Of((accepted & Accepted.Less) != 0),
        Ordering.Equal => Truths.Of((accepted & Accepted.Equal) != 0),
        Ordering.Greater => Truths.Of((accepted & Accepted.Greater) != 0),
        Ordering.Unordered => Truth.False,
        _ => Truth.Error,
    };
}
