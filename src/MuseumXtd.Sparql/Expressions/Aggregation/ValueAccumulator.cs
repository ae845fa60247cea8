using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>An aggregate of the values of one expression: evaluates it for a batch and drops values met before, where they are to be distinct.</summary>
internal abstract class ValueAccumulator(CompiledExpression argument, bool distinct) : Accumulator
{
    private readonly uint[] _ids = new uint[Batch.Capacity];
    private readonly DistinctRows? _met = distinct ? new DistinctRows(2) : null;

    /// <inheritdoc/>
    public sealed override void Add(Batch batch, ReadOnlySpan<int> groups, int groupCount)
    {
        Reserve(groupCount);
        ReadOnlySpan<uint> ids;
        if (argument is ColumnExpression column)
        {
            ids = batch.Column(column.Slot);
        }
        else
        {
            argument.EvaluateAll(batch, _ids);
            ids = _ids.AsSpan(0, batch.Count);
        }

        if (_met is null)
        {
            Add(ids, groups[..ids.Length], batch.Weights);
            return;
        }

        Span<uint> key = stackalloc uint[2];
        for (var row = 0; row < ids.Length; row++)
        {
            key[0] = (uint)groups[row];
            key[1] = ids[row];
            if (_met.TryAdd(key))
            {
                Add(ids.Slice(row, 1), groups.Slice(row, 1), null);
            }
        }
    }

    /// <inheritdoc/>
    public override long Bytes => _met?.Bytes ?? 0;

    /// <summary>Makes room for the state of a number of groups.</summary>
    protected abstract void Reserve(int groupCount);

    /// <summary>Adds values, unbound for errors, each to its group, as often as its weight says, or once.</summary>
    protected abstract void Add(ReadOnlySpan<uint> ids, ReadOnlySpan<int> groups, long[]? weights);
}
