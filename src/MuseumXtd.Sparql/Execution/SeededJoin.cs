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
/// came out: nothing is done row by row, and look-ups in the pipeline touch only what the rows need. Rows keep their order, however they were cut into batches.
/// </summary>
internal sealed class SeededJoin : Operator
{
    private readonly Operator _input;
    private readonly Seed _seed;
    private readonly Operator _pipeline;
    private readonly SeededJoinKind _kind;
    private readonly int[] _sources;
    private readonly int[] _inputs;
    private readonly int _numberSlot;
    private readonly bool[] _matched = new bool[Batch.Capacity];
    private readonly Batch _output;
    private Batch? _rows;
    private Batch? _found;
    private int _foundAt;
    private int _next;

    public SeededJoin(Operator input, Seed seed, Operator pipeline, SeededJoinKind kind)
        : base(input.Context, SchemaOf(input, pipeline, kind), input.Certain, input, pipeline)
    {
        _input = input;
        _seed = seed;
        _pipeline = pipeline;
        _kind = kind;
        _sources = [.. Schema.Variables.Select(pipeline.Schema.SlotOf)];
        _inputs = [.. Schema.Variables.Select(input.Schema.SlotOf)];
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

                _seed.Fill(_rows, _input.Schema);
                _next = 0;
                Array.Clear(_matched);
            }

            var joined = _kind == SeededJoinKind.Left ? Joined(_rows) : Chosen(_rows);
            if (joined is null)
            {
                _rows = null;
            }
            else if (joined.Count > 0)
            {
                return joined;
            }
        }
    }

    private static Schema SchemaOf(Operator input, Operator pipeline, SeededJoinKind kind) =>
        kind == SeededJoinKind.Left
            ? new Schema([.. input.Schema.Variables.Concat(pipeline.Schema.Variables.Where(v => v != Seed.RowNumber)).Distinct()])
            : input.Schema;

    /// <summary>The next rows with what was found for them, or alone; null behind the last.</summary>
    private Batch? Joined(Batch rows)
    {
        _output.Count = 0;
        if (_found is null)
        {
            (_found, _foundAt) = (_pipeline.Next(), 0);
        }

        if (_found is null)
        {
            if (_next == rows.Count)
            {
                return null;
            }

            AddAlone(rows, rows.Count - _next);
            return _output;
        }

        var numbers = _found.Columns[_numberSlot].AsSpan(0, _found.Count);
        if (_foundAt == 0 && FollowUntilGap(numbers, _next) == numbers.Length)
        {
            var all = new uint[_sources.Length][];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = IsOuterNumber(i) ? OuterNumbers(rows, numbers, new uint[Batch.Capacity]) : _found.Columns[_sources[i]];
            }

            _next = Math.Max(_next, (int)numbers[^1] + 1);
            _found = null;
            return new Batch(all, numbers.Length);
        }

        while (_foundAt < numbers.Length && _output.Count < Context.BatchRows)
        {
            var room = Context.BatchRows - _output.Count;
            var gap = (int)numbers[_foundAt] - _next;
            if (gap > 0)
            {
                AddAlone(rows, Math.Min(gap, room));
            }
            else
            {
                var part = numbers[_foundAt..Math.Min(numbers.Length, _foundAt + room)];
                AddFound(rows, _found, part[..FollowUntilGap(part, _next)]);
            }
        }

        _found = _foundAt == numbers.Length ? null : _found;
        return _output;
    }

    /// <summary>How many rows were found one after another, so that none without a match is between them.</summary>
    private static int FollowUntilGap(ReadOnlySpan<uint> numbers, int next)
    {
        var count = 0;
        while (count < numbers.Length && numbers[count] <= (uint)next)
        {
            next = Math.Max(next, (int)numbers[count++] + 1);
        }

        return count;
    }

    private void AddAlone(Batch rows, int count)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            var to = _output.Columns[i].AsSpan(_output.Count, count);
            if (_inputs[i] < 0)
            {
                to.Clear();
            }
            else
            {
                rows.Columns[_inputs[i]].AsSpan(_next, count).CopyTo(to);
            }
        }

        _output.Count += count;
        _next += count;
    }

    private void AddFound(Batch rows, Batch found, ReadOnlySpan<uint> numbers)
    {
        for (var i = 0; i < _sources.Length; i++)
        {
            var to = _output.Columns[i].AsSpan(_output.Count, numbers.Length);
            if (IsOuterNumber(i))
            {
                OuterNumbers(rows, numbers, to);
            }
            else
            {
                found.Columns[_sources[i]].AsSpan(_foundAt, numbers.Length).CopyTo(to);
            }
        }

        _output.Count += numbers.Length;
        _foundAt += numbers.Length;
        _next = Math.Max(_next, (int)numbers[^1] + 1);
    }

    // The row numbers of an enclosing seed are the input's own, not those of this one.
    private bool IsOuterNumber(int column) => Schema.Variables[column] == Seed.RowNumber;

    private uint[] OuterNumbers(Batch rows, ReadOnlySpan<uint> numbers, uint[] to)
    {
        OuterNumbers(rows, numbers, to.AsSpan());
        return to;
    }

    private void OuterNumbers(Batch rows, ReadOnlySpan<uint> numbers, Span<uint> to)
    {
        var outer = rows.Columns[_input.Schema.SlotOf(Seed.RowNumber)];
        for (var i = 0; i < numbers.Length; i++)
        {
            to[i] = outer[numbers[i]];
        }
    }

    /// <summary>The rows with a match or those without one; null the second time.</summary>
    private Batch? Chosen(Batch rows)
    {
        if (_next == rows.Count)
        {
            return null;
        }

        while (_pipeline.Next() is { } found)
        {
            foreach (var number in found.Columns[_numberSlot].AsSpan(0, found.Count))
            {
                _matched[number] = true;
            }
        }

        _next = rows.Count;
        _output.Count = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if (_matched[row] != (_kind == SeededJoinKind.Semi))
            {
                continue;
            }

            var at = _output.Count++;
            for (var i = 0; i < _inputs.Length; i++)
            {
                _output.Columns[i][at] = rows.Columns[_inputs[i]][row];
            }
        }

        return _output;
    }
}
