using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>BOUND</c> (section 17.4.1.1).</summary>
internal sealed class BoundExpression(CompiledExpression variable, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row) => Truths.Of(variable.EvaluateId(batch, row).IsBound);
}

/// <summary><c>sameTerm</c> (section 17.4.1.8): equal terms have equal ids.</summary>
internal sealed class SameTermExpression(CompiledExpression left, CompiledExpression right, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var x = left.EvaluateId(batch, row);
        var y = right.EvaluateId(batch, row);
        return x.IsBound && y.IsBound ? Truths.Of(x == y) : Truth.Error;
    }
}

/// <summary><c>isIRI</c>, <c>isBlank</c>, <c>isLiteral</c> and <c>isTRIPLE</c>: the tag of the id tells.</summary>
internal sealed class KindExpression(CompiledExpression operand, Rdf.TermKind kind, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var id = operand.EvaluateId(batch, row);
        return id.IsBound ? Truths.Of(Terms.KindOf(id) == kind) : Truth.Error;
    }
}
