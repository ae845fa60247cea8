using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>The value of a column.</summary>
internal sealed class ColumnExpression(int slot, QueryTerms terms) : CompiledExpression(terms)
{
    /// <summary>Which column.</summary>
    public int Slot { get; } = slot;

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Read(new TermId(batch.Columns[Slot][row]), Terms);

    /// <inheritdoc/>
    public override TermId EvaluateId(Batch batch, int row) => new(batch.Columns[Slot][row]);

    /// <inheritdoc/>
    public override void EvaluateAll(Batch batch, Span<uint> ids) => batch.Column(Slot).CopyTo(ids);
}

/// <summary>A constant, or an error that is the same for all rows.</summary>
internal sealed class ConstantExpression(TermId id, QueryTerms terms) : CompiledExpression(terms)
{
    private readonly Value.Kept _value = Value.Read(id, terms).Keep();

    /// <summary>The constant; unbound for an error.</summary>
    public TermId Id { get; } = id;

    /// <summary>Its value.</summary>
    public Value Value => _value.Value;

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => _value.Value;

    /// <inheritdoc/>
    public override TermId EvaluateId(Batch batch, int row) => Id;

    /// <inheritdoc/>
    public override void EvaluateAll(Batch batch, Span<uint> ids) => ids[..batch.Count].Fill(Id.Value);

    /// <inheritdoc/>
    public override int Narrow(Batch batch, Span<int> selected, int count) => Value.IsTrue ? count : 0;
}
