using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>What a <see cref="SeededJoin"/> does with a row.</summary>
internal enum SeededJoinKind
{
    /// <summary>OPTIONAL: the row with each of its matches, or alone.</summary>
    Left,

    /// <summary>EXISTS: the row if it has a match.</summary>
    Semi,

    /// <summary>NOT EXISTS and MINUS: the row if it has none.</summary>
    Anti,
}

/// <summary>
/// Sends each batch of its input through a pipeline that begins with a <see cref="Seed"/>, and learns by the rows' numbers which of them
/// came out: nothing is done row by row, and look-ups in the pipeline touch only what the rows need.
/// </summary>
internal sealed class SeededJoin : Operator
{
    private readonly Operator _input;
    private readonly Seed _seed;
    private readonly Operator _pipeline;
    private readonly SeededJoinKind _kind;
    private readonly int[] _sources;
    private readonly int _numberSlot;
    private readonly bool[] _matched = new bool[Batch.Capacity];
    private readonly Batch _output;
    private Batch? _rows;

    public SeededJoin(Operator input, Seed seed, Operator pipeline, SeededJoinKind kind)
        : base(input.Context, SchemaOf(input, pipeline, kind), input.Certain, input, pipeline)
    {
        _input = input;
        _seed = seed;
        _pipeline = pipeline;
        _kind = kind;
        _sources = [.. Schema.Variables.Select(pipeline.Schema.SlotOf)];
        _numberSlot = pipeline.Schema.SlotOf(Seed.RowNumber);
        _output = Context.NewBatch(Schema.Width);
    }

    /// <inheritdoc/>
    public override string Details => _kind.ToString();

    /// <inheritdoc/>
    public override bool IsRowwise => IsRowwiseFromSeed(_pipeline);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new SeededJoin(to.Of(_input), to.Of(_seed), to.Of(_pipeline), _kind);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        while (true)
        {
            if (_rows is null)
            {
                _rows = _input.Next();
                if (_rows is null)
                {
                    return null;
                }

                Array.Clear(_matched);
                _seed.Fill(_rows, _input.Schema);
            }

            while (_pipeline.Next() is { } found)
            {
                var numbers = found.Columns[_numberSlot].AsSpan(0, found.Count);
                foreach (var number in numbers)
                {
                    _matched[number] = true;
                }

                if (_kind == SeededJoinKind.Left)
                {
                    var columns = new uint[_sources.Length][];
                    for (var i = 0; i < columns.Length; i++)
                    {
                        // The row numbers of an enclosing seed are the input's own, not those of this one.
                        columns[i] = Schema.Variables[i] == Seed.RowNumber ? OuterNumbers(numbers) : found.Columns[_sources[i]];
                    }

                    return new Batch(columns, found.Count);
                }
            }

            var rest = Rest(_rows);
            _rows = null;
            if (rest.Count > 0)
            {
                return rest;
            }
        }
    }

    private static Schema SchemaOf(Operator input, Operator pipeline, SeededJoinKind kind) =>
        kind == SeededJoinKind.Left
            ? new Schema([.. input.Schema.Variables.Concat(pipeline.Schema.Variables.Where(v => v != Seed.RowNumber)).Distinct()])
            : input.Schema;

    private uint[] OuterNumbers(ReadOnlySpan<uint> numbers)
    {
        var outer = _rows!.Columns[_input.Schema.SlotOf(Seed.RowNumber)];
        var result = new uint[Batch.Capacity];
        for (var i = 0; i < numbers.Length; i++)
        {
            result[i] = outer[numbers[i]];
        }

        return result;
    }

    /// <summary>The rows that are passed on without a match, or, for EXISTS, those with one.</summary>
    private Batch Rest(Batch rows)
    {
        _output.Count = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (_matched[row] != (_kind == SeededJoinKind.Semi))
            {
                continue;
            }

            var at = _output.Count++;
            for (var i = 0; i < _output.Columns.Length; i++)
            {
                var slot = _input.Schema.SlotOf(Schema.Variables[i]);
                _output.Columns[i][at] = slot < 0 ? 0 : rows.Columns[slot][row];
            }
        }

        return _output;
    }
}
