using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Extends each row by the triples that match a pattern with the row's bindings put in, found by look-up in the order that fits what
/// is bound. From one empty row it is a scan. A variable that a row leaves unbound is free for that row.
/// </summary>
internal sealed class IndexJoin : Operator
{
    // The first batches are small: most queries that people wait for want a few rows.
    private const int FirstBatch = 64;

    private readonly Operator _input;
    private readonly TriplePattern _pattern;
    private readonly PatternSource _source;
    private readonly Position[] _positions;
    private readonly int _graphSlot;
    private readonly int[] _copied;
    private readonly Batch _output;
    private Batch? _rows;
    private int _row;
    private int _offset;
    private TermId _key;
    private int _keyOffset;
    private int _room;
    private int _graph;

    public IndexJoin(Operator input, TriplePattern pattern, PatternSource source)
        : base(input.Context, SchemaOf(input, pattern, source), CertainOf(input, pattern, source), input)
    {
        _input = input;
        _pattern = pattern;
        _source = source;
        _positions = [PositionOf(pattern.Subject), PositionOf(pattern.Predicate), PositionOf(pattern.Object)];
        _graphSlot = source.GraphName is null ? -1 : Schema.SlotOf(source.GraphName);
        _copied = new int[input.Schema.Width];
        for (var slot = 0; slot < _copied.Length; slot++)
        {
            _copied[slot] = slot;
        }

        _output = Context.NewBatch(Schema.Width);
        _room = Math.Min(FirstBatch, Context.BatchRows);
    }

    /// <inheritdoc/>
    public override string Details => _pattern.ToString() + (_source.GraphName is null ? "" : $" in {_source.GraphName}");

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override double WorkFor(double rows) => WorkInProportion(rows);

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new IndexJoin(to.Of(_input), _pattern, _source);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _room = _output.Count < _room ? _room : Math.Min(4 * _room, Context.BatchRows);
        _output.Count = 0;
        while (true)
        {
            if (_rows is null || _row == _rows.Count)
            {
                _rows = _output.Count > 0 ? null : _input.Next();
                _row = 0;
                _offset = 0;
                if (_rows is null)
                {
                    return _output.Count > 0 ? _output : null;
                }
            }

            while (_row < _rows.Count)
            {
                if (!ExtendRow(_rows))
                {
                    return _output;
                }

                _row++;
                _offset = 0;
            }

            // Small inputs give small batches rather than waiting for more: whoever asked may be satisfied.
            if (_output.Count > 0)
            {
                return _output;
            }
        }
    }

    private static Schema SchemaOf(Operator input, TriplePattern pattern, PatternSource source)
    {
        var before = input.Schema;
        var added = before.Variables;
        foreach (var variable in pattern.Variables)
        {
            added = before.SlotOf(variable) >= 0 ? added : added.Add(variable);
        }

        if (source.GraphName is { } name && before.SlotOf(name) < 0 && !pattern.Variables.Contains(name))
        {
            added = added.Add(name);
        }

        return added.Length == before.Width ? before : new Schema(added);
    }

    private static VariableSet CertainOf(Operator input, TriplePattern pattern, PatternSource source)
    {
        var certain = input.Certain;
        foreach (var variable in pattern.Variables)
        {
            Add(variable);
        }

        if (source.GraphName is { } name)
        {
            Add(name);
        }

        return certain;

        void Add(Variable variable)
        {
            if (!certain.Contains(variable))
            {
                certain = ReferenceEquals(certain, input.Certain) ? new VariableSet(certain) : certain;
                certain.Add(variable);
            }
        }
    }

    private Position PositionOf(PatternTerm term)
    {
        if (term is Variable variable)
        {
            return new Position(0, _input.Schema.SlotOf(variable), Schema.SlotOf(variable));
        }

        // A constant that the dictionary does not hold gets a local id, which no triple has.
        return new Position(Context.Terms.Intern(((ConstantTerm)term).Term).Value, -1, -1);
    }

    /// <summary>Adds the matches of the current row, from the offset on; false when the output is full before the end.</summary>
    private bool ExtendRow(Batch rows)
    {
        var s = ValueOf(0, rows);
        var p = ValueOf(1, rows);
        var o = ValueOf(2, rows);
        var index = _source.Index;
        var graph = 0u;
        if (_graphSlot >= 0)
        {
            graph = _graphSlot < _input.Schema.Width ? rows.Columns[_graphSlot][_row] : 0;
            if (graph != 0)
            {
                index = Context.Dataset.Named(new TermId(graph));
            }
        }

        if (s == 0 && p == 0 && o == 0)
        {
            return ExtendByAll(rows, index, graph);
        }

        if (s != 0 && p != 0 && o != 0)
        {
            return !index.Contains(new TermId(s), new TermId(p), new TermId(o)) || (_output.Count < _room && Emit(rows, s, p, o, graph));
        }

        var range = RangeOf(index, s, p, o, _offset == 0 && _graphSlot < 0 && AreDistinct(), out var order, out var fixedFirst);
        return ExtendByRange(rows, order, fixedFirst, range, graph);
    }

    /// <inheritdoc/>
    protected override long CountPulled()
    {
        if (_graphSlot >= 0 || !AreDistinct())
        {
            return base.CountPulled();
        }

        // Each row has as many extensions as its range has triples: none of them need be written.
        long count = 0;
        while (_input.Next() is { } rows)
        {
            for (_row = 0; _row < rows.Count; _row++)
            {
                count += CountRow(rows);
            }
        }

        return count;
    }

    private long CountRow(Batch rows)
    {
        var s = ValueOf(0, rows);
        var p = ValueOf(1, rows);
        var o = ValueOf(2, rows);
        if (s == 0 && p == 0 && o == 0)
        {
            return _source.Index.Count;
        }

        return s != 0 && p != 0 && o != 0
            ? _source.Index.Contains(new TermId(s), new TermId(p), new TermId(o)) ? 1 : 0
            : _source.Index.CountMatches(new TermId(s), new TermId(p), new TermId(o));
    }

    /// <summary>The triples that agree with one or two given positions, in an order that has those first; or the first of them, one more than fit.</summary>
    private TripleRange RangeOf(TripleIndex index, uint s, uint p, uint o, bool first, out TripleOrder order, out uint fixedFirst)
    {
        (order, fixedFirst, var then) = s != 0
            ? (p == 0 && o != 0 ? TripleOrder.Sop : TripleOrder.Spo, s, p != 0 ? p : o)
            : p != 0 ? (o != 0 ? TripleOrder.Pos : TripleOrder.Pso, p, o) : (TripleOrder.Osp, o, 0u);
        return first ? index.Prefix(order, new TermId(fixedFirst), new TermId(then), _room + 1)
            : then != 0 ? index.Range(order, new TermId(fixedFirst), new TermId(then)) : index.Range(order, new TermId(fixedFirst));
    }

    private uint ValueOf(int position, Batch rows)
    {
        var (constant, input, _) = _positions[position];
        return constant != 0 ? constant : input < 0 ? 0 : rows.Columns[input][_row];
    }

    private bool ExtendByRange(Batch rows, TripleOrder order, uint first, TripleRange range, uint graph)
    {
        var (a, b, c) = PositionsOf(order);
        if (_graphSlot < 0 && AreDistinct())
        {
            var count = Math.Min(range.Count - _offset, _room - _output.Count);
            var at = _output.Count;
            FillInput(rows, at, count);
            FillOutput(a, at, count, first);
            Copy(b, range.Second.Slice(_offset, count), at);
            Copy(c, range.Third.Slice(_offset, count), at);
            _output.Count += count;
            _offset += count;
            return _offset == range.Count;
        }

        for (; _offset < range.Count; _offset++)
        {
            if (_output.Count == _room)
            {
                return false;
            }

            Context.Check(this, 1);
            var (s, p, o) = Arrange(order, first, range.Second[_offset], range.Third[_offset]);
            if (!Emit(rows, s, p, o, graph))
            {
                return false;
            }
        }

        return true;
    }

    private bool ExtendByAll(Batch rows, TripleIndex index, uint graph)
    {
        // Whoever wants a few triples only need not wait until changes are merged into all of them.
        const int Few = 1 << 14;
        if (_offset < Few && !index.IsMerged(TripleOrder.Spo) && !ExtendByKeys(rows, index, graph, Few))
        {
            return false;
        }

        var starts = index.Starts(TripleOrder.Spo);
        var keys = index.Keys(TripleOrder.Spo);
        var all = index.All(TripleOrder.Spo);
        var key = starts.BinarySearch(_offset);
        key = key < 0 ? ~key - 1 : key;
        for (; key < keys.Length && _offset < all.Count; key++)
        {
            for (; _offset < starts[key + 1]; _offset++)
            {
                Context.Check(this, 1);
                if (_output.Count == _room || !Emit(rows, keys[key], all.Second[_offset], all.Third[_offset], graph))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The same for the first triples, one subject after another.</summary>
    private bool ExtendByKeys(Batch rows, TripleIndex index, uint graph, int few)
    {
        if (_offset == 0)
        {
            (_key, _keyOffset) = (index.NextKey(TripleOrder.Spo, default), 0);
        }

        while (_key.IsBound && _offset < few)
        {
            var range = index.Range(TripleOrder.Spo, _key);
            for (; _keyOffset < range.Count; _keyOffset++, _offset++)
            {
                if (_output.Count == _room || !Emit(rows, _key.Value, range.Second[_keyOffset], range.Third[_keyOffset], graph))
                {
                    return false;
                }
            }

            (_key, _keyOffset) = (index.NextKey(TripleOrder.Spo, new TermId(_key.Value + 1)), 0);
        }

        return true;
    }

    /// <summary>Adds one match, in a variable graph once for each graph that holds it; false when it does not fit any more.</summary>
    private bool Emit(Batch rows, uint s, uint p, uint o, uint graph)
    {
        if (!Agrees(s, p, o))
        {
            return true;
        }

        if (_graphSlot < 0 || graph != 0)
        {
            Write(rows, s, p, o, graph);
            return true;
        }

        var graphs = Context.Snapshot.GraphsOf(new TermId(s), new TermId(p), new TermId(o));
        for (; _graph < graphs.Length; _graph++)
        {
            if (!Context.Dataset.Has(graphs[_graph]) || !AgreesWithName(s, p, o, graphs[_graph]))
            {
                continue;
            }

            if (_output.Count == _room)
            {
                return false;
            }

            Write(rows, s, p, o, graphs[_graph]);
        }

        _graph = 0;
        return true;
    }

    private bool AgreesWithName(uint s, uint p, uint o, uint name) =>
        (_positions[0].Output != _graphSlot || s == name) && (_positions[1].Output != _graphSlot || p == name) && (_positions[2].Output != _graphSlot || o == name);

    private void Write(Batch rows, uint s, uint p, uint o, uint graph)
    {
        var at = _output.Count++;
        FillInput(rows, at, 1);
        FillOutput(0, at, 1, s);
        FillOutput(1, at, 1, p);
        FillOutput(2, at, 1, o);
        if (_graphSlot >= 0)
        {
            _output.Columns[_graphSlot][at] = graph;
        }
    }

    /// <summary>Whether a variable that stands twice in the pattern has one value.</summary>
    private bool Agrees(uint s, uint p, uint o)
    {
        var (si, pi, oi) = (_positions[0].Output, _positions[1].Output, _positions[2].Output);
        return (si < 0 || ((si != pi || s == p) && (si != oi || s == o))) && (pi < 0 || pi != oi || p == o);
    }

    private bool AreDistinct()
    {
        var (si, pi, oi) = (_positions[0].Output, _positions[1].Output, _positions[2].Output);
        return (si < 0 || (si != pi && si != oi)) && (pi < 0 || pi != oi);
    }

    private void FillInput(Batch rows, int at, int count)
    {
        foreach (var column in _copied)
        {
            _output.Columns[column].AsSpan(at, count).Fill(rows.Columns[column][_row]);
        }
    }

    private void FillOutput(int position, int at, int count, uint value)
    {
        if (_positions[position].Output is var slot and >= 0)
        {
            _output.Columns[slot].AsSpan(at, count).Fill(value);
        }
    }

    private void Copy(int position, ReadOnlySpan<uint> values, int at)
    {
        if (_positions[position].Output is var slot and >= 0)
        {
            values.CopyTo(_output.Columns[slot].AsSpan(at));
        }
    }

    private static (int A, int B, int C) PositionsOf(TripleOrder order) => order switch
    {
        TripleOrder.Spo => (0, 1, 2),
        TripleOrder.Sop => (0, 2, 1),
        TripleOrder.Pso => (1, 0, 2),
        TripleOrder.Pos => (1, 2, 0),
        TripleOrder.Osp => (2, 0, 1),
        _ => (2, 1, 0),
    };

    private static (uint S, uint P, uint O) Arrange(TripleOrder order, uint a, uint b, uint c) => order switch
    {
        TripleOrder.Spo => (a, b, c),
        TripleOrder.Sop => (a, c, b),
        TripleOrder.Pso => (b, a, c),
        TripleOrder.Pos => (c, a, b),
        TripleOrder.Osp => (b, c, a),
        _ => (c, b, a),
    };

    /// <summary>A position of the pattern: its constant, or where its variable is in the input and in the output.</summary>
    private readonly record struct Position(uint Constant, int Input, int Output);
}
