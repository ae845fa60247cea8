using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>COUNT(*)</c></summary>
internal sealed class CountRows(QueryTerms terms) : Accumulator
{
    private long[] _counts = [];

    /// <inheritdoc/>
    public override long Bytes => _counts.Length * (long)sizeof(long);

    /// <inheritdoc/>
    public override void Add(Batch batch, ReadOnlySpan<int> groups, int groupCount)
    {
        Reserve(ref _counts, groupCount);
        if (batch.Weights is { } weights)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                _counts[groups[row]] = checked(_counts[groups[row]] + weights[row]);
            }

            return;
        }

        if (groupCount == 1)
        {
            _counts[0] += batch.Count;
            return;
        }

        foreach (var group in groups[..batch.Count])
        {
            _counts[group]++;
        }
    }

    /// <inheritdoc/>
    public override TermId Result(int group) => Integer(group < _counts.Length ? _counts[group] : 0, terms);
}

/// <summary><c>COUNT(DISTINCT *)</c>: how many solutions that differ. A solution has no bindings for the blank nodes of patterns (section 18.3.1).</summary>
internal sealed class CountSolutions : Accumulator
{
    private readonly int[] _slots;
    private readonly uint[] _row;
    private readonly DistinctRows _met;
    private readonly QueryTerms _terms;
    private long[] _counts = [];

    public CountSolutions(Schema schema, QueryTerms terms)
    {
        _slots = [.. Enumerable.Range(0, schema.Width).Where(slot => !schema.Variables[slot].IsHidden)];
        _row = new uint[_slots.Length + 1];
        _met = new DistinctRows(_row.Length);
        _terms = terms;
    }

    /// <inheritdoc/>
    public override long Bytes => (_counts.Length * (long)sizeof(long)) + _met.Bytes;

    /// <inheritdoc/>
    public override void Add(Batch batch, ReadOnlySpan<int> groups, int groupCount)
    {
        Reserve(ref _counts, groupCount);
        for (var row = 0; row < batch.Count; row++)
        {
            _row[0] = (uint)groups[row];
            for (var i = 0; i < _slots.Length; i++)
            {
                _row[i + 1] = batch.Columns[_slots[i]][row];
            }

            _counts[groups[row]] += _met.TryAdd(_row) ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public override TermId Result(int group) => Integer(group < _counts.Length ? _counts[group] : 0, _terms);
}

/// <summary><c>COUNT</c> of an expression: its values that are no errors.</summary>
internal sealed class CountAccumulator(CompiledExpression argument, bool distinct, QueryTerms terms) : ValueAccumulator(argument, distinct)
{
    private long[] _counts = [];

    /// <inheritdoc/>
    public override long Bytes => base.Bytes + (_counts.Length * (long)sizeof(long));

    /// <inheritdoc/>
    public override TermId Result(int group) => Integer(group < _counts.Length ? _counts[group] : 0, terms);

    /// <inheritdoc/>
    protected override void Reserve(int groupCount) => Reserve(ref _counts, groupCount);

    /// <inheritdoc/>
    protected override void Add(ReadOnlySpan<uint> ids, ReadOnlySpan<int> groups, long[]? weights)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            _counts[groups[i]] += ids[i] == 0 ? 0 : weights is null ? 1 : weights[i];
        }
    }
}
