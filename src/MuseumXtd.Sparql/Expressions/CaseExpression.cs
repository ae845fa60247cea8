using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>UCASE</c> and <c>LCASE</c> (sections 17.4.3.4 and 17.4.3.5), known as such to what looks for texts whatever their case.</summary>
internal sealed class CaseExpression(CompiledExpression argument, CompiledExpression mapping, QueryTerms terms) : CompiledExpression(terms)
{
    /// <summary>The argument.</summary>
    public CompiledExpression Argument { get; } = argument;

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => mapping.Evaluate(batch, row);
}
