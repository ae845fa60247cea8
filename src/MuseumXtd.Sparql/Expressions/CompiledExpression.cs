using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// An expression bound to the columns of a schema. It is evaluated row by row without allocating, or for a whole batch where a
/// subclass knows a faster way. Not for several threads at once: it keeps scratch buffers.
/// </summary>
internal abstract class CompiledExpression
{
    /// <summary>The value for one row; errors are values of kind <see cref="ValueKind.Error"/>, never exceptions.</summary>
    public abstract Value Evaluate(Batch batch, int row);

    /// <summary>
    /// Keeps the rows whose effective boolean value is true: writes their numbers, ascending, to <paramref name="selected"/> and
    /// returns how many.
    /// </summary>
    public virtual int Select(Batch batch, Span<int> selected)
    {
        var kept = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            if (Evaluate(batch, row).IsTrue)
            {
                selected[kept++] = row;
            }
        }

        return kept;
    }
}
