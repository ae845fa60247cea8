using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Joins rows with all compatible rows of a side that is read once into a table. The key is the variables that both sides always bind;
/// other shared variables are compared pair by pair, where unbound agrees with anything.
/// </summary>
internal sealed class HashJoin : Operator
{
    private readonly Operator _probe;
    private readonly Operator _build;
    private readonly bool _mustOverlap;
    private readonly int[] _probeKeys;
    private readonly int[] _buildOrder;
    private readonly (int Probe, int Build)[] _loose;
    private readonly (int Output, int Build)[] _added;
    private readonly uint[] _key;
    private readonly Batch _output;
    private RowTable? _table;
    private Batch? _rows;
    private int _row;
    private int _match;

    /// <summary>A join.</summary>
    /// <param name="probe">The side that streams.</param>
    /// <param name="build">The side that is kept.</param>
    /// <param name="mustOverlap">Whether a pair counts only if some variable is bound on both sides, as MINUS wants it.</param>
    public HashJoin(Operator probe, Operator build, bool mustOverlap = false)
        : base(probe.Context, SchemaOf(probe, build), new VariableSet(probe.Certain.Concat(build.Certain)), probe, build)
    {
        _probe = probe;
        _build = build;
        _mustOverlap = mustOverlap;
        var shared = build.Schema.Variables.Where(v => probe.Schema.SlotOf(v) >= 0).ToList();
        var keys = shared.Where(v => probe.Certain.Contains(v) && build.Certain.Contains(v)).ToList();
        _probeKeys = [.. keys.Select(probe.Schema.SlotOf)];
        _buildOrder = [.. keys.Concat(build.Schema.Variables.Except(keys)).Select(build.Schema.SlotOf)];
        _loose = [.. shared.Except(keys).Select(v => (probe.Schema.SlotOf(v), TableColumn(v)))];
        _added = [.. build.Schema.Variables.Where(v => probe.Schema.SlotOf(v) < 0).Select(v => (Schema.SlotOf(v), TableColumn(v)))];
        _key = new uint[keys.Count];
        _output = Context.NewBatch(Schema.Width);
    }

    private HashJoin(HashJoin original, Operator probe)
        : this(probe, original._build, original._mustOverlap) => _table = original._table;

    /// <inheritdoc/>
    public override string Details => string.Join(' ', _probeKeys.Select(k => _probe.Schema.Variables[k]));

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override void Prepare()
    {
        _table ??= Build();
        _probe.Prepare();
    }

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new HashJoin(this, to.Of(_probe));

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _table ??= Build();
        _output.Count = 0;
        while (true)
        {
            if (_rows is null || _row == _rows.Count)
            {
                _rows = _output.Count > 0 ? null : _probe.Next();
                if (_rows is null)
                {
                    return _output.Count > 0 ? _output : null;
                }

                _row = 0;
                Find(_rows);
            }

            while (_row < _rows.Count)
            {
                for (; _match >= 0; _match = _table.After(_match, _key))
                {
                    if (_output.Count == Context.BatchRows)
                    {
                        return _output;
                    }

                    Context.Check(this, 1);
                    TryEmit(_rows, _table);
                }

                if (++_row < _rows.Count)
                {
                    Find(_rows);
                }
            }

            if (_output.Count > 0)
            {
                return _output;
            }
        }
    }

    private static Schema SchemaOf(Operator probe, Operator build) =>
        new([.. probe.Schema.Variables.Concat(build.Schema.Variables).Distinct()]);

    private int TableColumn(Variable variable) => Array.IndexOf(_buildOrder, _build.Schema.SlotOf(variable));

    private RowTable Build()
    {
        var table = new RowTable(_buildOrder.Length, _key.Length, this);
        Span<uint> row = _buildOrder.Length <= Few ? stackalloc uint[_buildOrder.Length] : new uint[_buildOrder.Length];
        while (_build.Next() is { } batch)
        {
            var before = table.Bytes;
            for (var r = 0; r < batch.Count; r++)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = batch.Columns[_buildOrder[i]][r];
                }

                table.Append(row);
            }

            Context.Charge(table.Bytes - before, this);
        }

        return table;
    }

    private void Find(Batch rows)
    {
        for (var i = 0; i < _key.Length; i++)
        {
            _key[i] = rows.Columns[_probeKeys[i]][_row];
        }

        _match = _table!.First(_key);
    }

    private void TryEmit(Batch rows, RowTable table)
    {
        var overlaps = _key.Length > 0;
        foreach (var (probe, build) in _loose)
        {
            var (x, y) = (rows.Columns[probe][_row], table[build, _match]);
            if (x != 0 && y != 0)
            {
                if (x != y)
                {
                    return;
                }

                overlaps = true;
            }
        }

        if (_mustOverlap && !overlaps)
        {
            return;
        }

        var at = _output.Count++;
        for (var i = 0; i < rows.Columns.Length; i++)
        {
            _output.Columns[i][at] = rows.Columns[i][_row];
        }

        foreach (var (probe, build) in _loose)
        {
            if (_output.Columns[probe][at] == 0)
            {
                _output.Columns[probe][at] = table[build, _match];
            }
        }

        foreach (var (output, build) in _added)
        {
            _output.Columns[output][at] = table[build, _match];
        }
    }
}
