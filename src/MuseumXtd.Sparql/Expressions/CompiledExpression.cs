using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// An expression bound to the columns of a schema. It is evaluated row by row without allocating, or for a whole batch where a
/// subclass knows a faster way. Not for several threads at once: it keeps scratch buffers.
/// </summary>
internal abstract class CompiledExpression(QueryTerms terms)
{
    /// <summary>The terms of the query.</summary>
    protected QueryTerms Terms { get; } = terms;

    /// <summary>The value for one row; errors are values of kind <see cref="ValueKind.Error"/>, never exceptions.</summary>
    public abstract Value Evaluate(Batch batch, int row);

    /// <summary>The value for one row as a term of the query; unbound for errors.</summary>
    public virtual TermId EvaluateId(Batch batch, int row) => Evaluate(batch, row).ToId(Terms);

    /// <summary>The effective boolean value for one row.</summary>
    public virtual Truth Test(Batch batch, int row) => Evaluate(batch, row).EffectiveBoolean;

    /// <summary>Writes the values of all rows as ids; unbound for errors.</summary>
    public virtual void EvaluateAll(Batch batch, Span<uint> ids)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            ids[row] = EvaluateId(batch, row).Value;
        }
    }

    /// <summary>
    /// Keeps the rows whose effective boolean value is true: writes their numbers, ascending, to <paramref name="selected"/> and
    /// returns how many.
    /// </summary>
    public int Select(Batch batch, Span<int> selected)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            selected[row] = row;
        }

        return Narrow(batch, selected, batch.Count);
    }

    /// <summary>
    /// Keeps those of the first <paramref name="count"/> rows in <paramref name="selected"/> whose effective boolean value is true, in
    /// place and in order, and returns how many.
    /// </summary>
    public virtual int Narrow(Batch batch, Span<int> selected, int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var row = selected[i];
            selected[kept] = row;
            kept += Test(batch, row) == Truth.True ? 1 : 0;
        }

        return kept;
    }
}
