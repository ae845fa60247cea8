using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// A costly test that depends on one column only, with its latest results by id: where few terms fill many rows, each is tested once.
/// The memory is small and overwrites itself, so that it costs next to nothing where every row is another term.
/// </summary>
internal sealed class RememberedTest(int slot, CompiledExpression test, QueryTerms terms) : CompiledExpression(terms)
{
    private const int Size = 4096;

    private readonly uint[] _ids = new uint[Size];
    private readonly Truth[] _results = new Truth[Size];

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        // An id of 0 is unbound: its entry, an error, is right from the start.
        var id = batch.Columns[slot][row];
        var entry = (id * 0x9E3779B1u) >> 20;
        if (_ids[entry] != id)
        {
            _results[entry] = test.Test(batch, row);
            _ids[entry] = id;
        }

        return _results[entry];
    }
}
