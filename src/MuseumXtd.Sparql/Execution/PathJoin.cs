using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Extends each row by the ends of a property path, from whichever end the row has bound. What was walked is remembered.</summary>
internal sealed class PathJoin : Operator
{
    private readonly Operator _input;
    private readonly PathPattern _pattern;
    private readonly PathWalker _walker;
    private readonly TripleIndex _index;
    private readonly bool _hasZeroLength;
    private readonly Dictionary<(uint Node, bool Forward), List<uint>> _walked = [];
    private readonly (uint Constant, int Input, int Output) _subject;
    private readonly (uint Constant, int Input, int Output) _object;
    private readonly Batch _output;
    private Batch? _rows;
    private long _held;
    private int _row;
    private IEnumerator<(uint Subject, uint Object)>? _pairs;

    public PathJoin(Operator input, PathPattern pattern, TripleIndex index)
        : base(
            input.Context,
            new Schema([.. input.Schema.Variables.Concat(VariablesOf(pattern)).Distinct()]),
            new VariableSet(input.Certain.Concat(VariablesOf(pattern))),
            input)
    {
        _input = input;
        _pattern = pattern;
        _walker = new PathWalker(index, input.Context.Terms, this);
        _index = index;
        _hasZeroLength = PathWalker.HasZeroLength(pattern.Path);
        _subject = End(pattern.Subject);
        _object = End(pattern.Object);
        _output = Context.NewBatch(Schema.Width);
    }

    /// <inheritdoc/>
    public override string Details => $"{_pattern.Subject} {_pattern.Path.GetType().Name} {_pattern.Object}";

    /// <summary>The variables at the ends of a path.</summary>
    public static IEnumerable<Variable> VariablesOf(PathPattern pattern) => new[] { pattern.Subject, pattern.Object }.OfType<Variable>();

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    protected override Operator MakeCopy(PipelineCopy to) => new PathJoin(to.Of(_input), _pattern, _index);

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        _output.Count = 0;
        while (true)
        {
            if (_rows is null)
            {
                _rows = _input.Next();
                _row = 0;
                if (_rows is null)
                {
                    return null;
                }
            }

            for (; _row < _rows.Count; _row++)
            {
                _pairs ??= Pairs(Value(_subject, _rows), Value(_object, _rows)).GetEnumerator();
                while (_output.Count < Context.BatchRows && _pairs.MoveNext())
                {
                    Write(_rows, _pairs.Current);
                }

                if (_output.Count == Context.BatchRows)
                {
                    return _output;
                }

                _pairs.Dispose();
                _pairs = null;
            }

            _rows = null;
            if (_output.Count > 0)
            {
                return _output;
            }
        }
    }

    private (uint Constant, int Input, int Output) End(PatternTerm term) => term is Variable variable
        ? (0, _input.Schema.SlotOf(variable), Schema.SlotOf(variable))
        : (Context.Terms.Intern(((ConstantTerm)term).Term).Value, -1, -1);

    private uint Value((uint Constant, int Input, int Output) end, Batch rows) =>
        end.Constant != 0 ? end.Constant : end.Input < 0 ? 0 : rows.Columns[end.Input][_row];

    private IEnumerable<(uint Subject, uint Object)> Pairs(uint subject, uint @object)
    {
        // Between two variables a path of length zero joins each node of the graph with itself, but no other term (section 18.5,
        // ZeroLengthPath): a row may have bound one that the graph does not know.
        if (_hasZeroLength && _subject.Constant == 0 && _object.Constant == 0
            && ((subject != 0 && !IsNode(subject)) || (@object != 0 && !IsNode(@object))))
        {
            yield break;
        }

        var same = _subject.Output >= 0 && _subject.Output == _object.Output;
        if (subject != 0)
        {
            foreach (var end in Walk(subject, forward: true))
            {
                if ((@object == 0 || end == @object) && (!same || end == subject))
                {
                    yield return (subject, end);
                }
            }
        }
        else if (@object != 0)
        {
            foreach (var start in Walk(@object, forward: false))
            {
                yield return (start, @object);
            }
        }
        else
        {
            foreach (var start in _walker.Starts(_pattern.Path))
            {
                foreach (var end in Walk(start, forward: true))
                {
                    if (!same || end == start)
                    {
                        yield return (start, end);
                    }
                }
            }
        }
    }

    private bool IsNode(uint id) =>
        _index.CountMatches(new TermId(id), default, default) > 0 || _index.CountMatches(default, default, new TermId(id)) > 0;

    private List<uint> Walk(uint node, bool forward)
    {
        if (!_walked.TryGetValue((node, forward), out var reached))
        {
            const int Remembered = 100_000;
            if (_walked.Count == Remembered)
            {
                _walked.Clear();
                Context.Charge(-_held, this);
                _held = 0;
            }

            reached = _walker.Reach(_pattern.Path, node, forward);
            _walked.Add((node, forward), reached);
            var bytes = 64 + (reached.Capacity * (long)sizeof(uint));
            Context.Charge(bytes, this);
            _held += bytes;
        }

        return reached;
    }

    private void Write(Batch rows, (uint Subject, uint Object) pair)
    {
        var at = _output.Count++;
        for (var i = 0; i < rows.Columns.Length; i++)
        {
            _output.Columns[i][at] = rows.Columns[i][_row];
        }

        if (_subject.Output >= 0)
        {
            _output.Columns[_subject.Output][at] = pair.Subject;
        }

        if (_object.Output >= 0)
        {
            _output.Columns[_object.Output][at] = pair.Object;
        }
    }
}
