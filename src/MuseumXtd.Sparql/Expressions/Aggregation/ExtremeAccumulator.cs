using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>MIN</c> and <c>MAX</c>, by the order of ORDER BY. An error among the values makes the group an error.</summary>
internal sealed class ExtremeAccumulator(CompiledExpression argument, int sign, QueryTerms terms) : ValueAccumulator(argument, false)
{
    private readonly TermOrder _order = new(terms);
    private uint[] _best = [];
    private bool[] _errors = [];

    /// <inheritdoc/>
    public override long Bytes => base.Bytes + (_best.Length * (long)(sizeof(uint) + sizeof(bool)));

    /// <inheritdoc/>
    public override TermId Result(int group) => group < _best.Length && !_errors[group] ? new TermId(_best[group]) : default;

    /// <inheritdoc/>
    protected override void Reserve(int groupCount)
    {
        Reserve(ref _best, groupCount);
        Reserve(ref _errors, groupCount);
    }

    /// <inheritdoc/>
    protected override void Add(ReadOnlySpan<uint> ids, ReadOnlySpan<int> groups, long[]? weights)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            var group = groups[i];
            var best = new TermId(_best[group]);
            var id = new TermId(ids[i]);
            if (!id.IsBound)
            {
                _errors[group] = true;
            }
            else if (!best.IsBound || _order.Compare(id, best) * sign > 0)
            {
                _best[group] = id.Value;
            }
        }
    }
}

/// <summary><c>SAMPLE</c>: the first value that is no error.</summary>
internal sealed class SampleAccumulator(CompiledExpression argument) : ValueAccumulator(argument, false)
{
    private uint[] _first = [];

    /// <inheritdoc/>
    public override long Bytes => base.Bytes + (_first.Length * (long)sizeof(uint));

    /// <inheritdoc/>
    public override TermId Result(int group) => group < _first.Length ? new TermId(_first[group]) : default;

    /// <inheritdoc/>
    protected override void Reserve(int groupCount) => Reserve(ref _first, groupCount);

    /// <inheritdoc/>
    protected override void Add(ReadOnlySpan<uint> ids, ReadOnlySpan<int> groups, long[]? weights)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            ref var first = ref _first[groups[i]];
            first = first == 0 ? ids[i] : first;
        }
    }
}
