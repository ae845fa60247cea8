using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>What the order is worked out from: the variables of a step as bits, and its counts.</summary>
internal readonly struct StepFigures
{
    /// <summary>How many nodes a path is expected to reach from one node.</summary>
    private const double Walked = 32;

    private readonly double _count;
    private readonly bool _isTable;
    private readonly bool _isTriple;
    private readonly bool _isPath;
    private readonly bool _isList;
    private readonly bool _hasGivenEnd;
    private readonly (ulong Bit, double Distinct) _subject;
    private readonly (ulong Bit, double Distinct) _predicate;
    private readonly (ulong Bit, double Distinct) _object;

    /// <summary>The figures of a step.</summary>
    public StepFigures(JoinOrder.Step step, VariableSet numbers, Cardinality cardinality)
    {
        foreach (var variable in step.Variables)
        {
            Variables |= Bit(variable, numbers);
        }

        _isTriple = step.Pattern is not null;
        _isPath = step.Other is PathPattern;
        _hasGivenEnd = step.Other is PathPattern { Subject: ConstantTerm } or PathPattern { Object: ConstantTerm };
        _isList = step.Other is Algebra.Values;
        _isTable = step.Rows is not null;
        _count = cardinality.Distorted(step switch
        {
            { Rows: { } rows } => Math.Max(1, rows),
            { Objects: { } parts } => parts.Sum(p => p.End.Value - p.Start.Value),
            { Pattern: { } pattern } => cardinality.Count(pattern, step.Index),
            { Other: Algebra.Values values } => values.Rows.Length,
            _ => Math.Max(Walked, step.Index.Count),
        });
        if (step.Pattern is { } triple)
        {
            _subject = Side(triple.Subject);
            _predicate = Side(triple.Predicate);
            _object = Side(triple.Object);
        }

        (ulong, double) Side(PatternTerm term) => term is Variable variable
            ? (Bit(variable, numbers), Math.Max(1, cardinality.Distorted(cardinality.Distinct(step.Pattern!, variable, step.Index))))
            : (0, 1);
    }

    private StepFigures(StepFigures list, (ulong Bit, double Distinct) among)
    {
        this = list;
        _subject = among;
    }

    /// <summary>The variables of the step as bits.</summary>
    public ulong Variables { get; }

    /// <summary>The triples or rows that the step has alone.</summary>
    public double Count => _count;

    /// <summary>Whether it matches one triple at most, whatever is bound.</summary>
    public bool IsSingle => _isTriple && _count <= 1;

    /// <summary>The figures of a list of constants, once those of the steps are known that it will choose from.</summary>
    public StepFigures Among(ReadOnlySpan<StepFigures> steps)
    {
        if (!_isList)
        {
            return this;
        }

        var distinct = _count;
        foreach (var step in steps)
        {
            distinct = Math.Max(distinct, step._subject.Bit == Variables ? step._subject.Distinct : step._object.Bit == Variables ? step._object.Distinct : 0);
        }

        return new StepFigures(this, (Variables, distinct));
    }

    /// <summary>Whether its rows can be told from how many of them agree in each variable.</summary>
    public bool IsJoined => _isTriple || _isList;

    /// <summary>Whether the step binds nothing new and costs little.</summary>
    public bool Checks(ulong bound) => IsJoined && (Variables & ~bound) == 0;

    /// <summary>Whether the step shares a variable with what is bound, or has none.</summary>
    public bool IsConnected(ulong bound) => Variables == 0 || (Variables & bound) != 0;

    /// <summary>The rows after this step.</summary>
    public double Expected(ulong bound, double rows)
    {
        if (IsJoined)
        {
            var count = _count;
            count /= (_subject.Bit & bound) != 0 ? _subject.Distinct : 1;
            count /= (_object.Bit & bound) != 0 ? _object.Distinct : 1;
            count /= (_predicate.Bit & bound) != 0 ? _predicate.Distinct : 1;
            return rows * count;
        }

        if (_isTable)
        {
            return (Variables & bound) != 0 ? rows : rows * _count;
        }

        // A path or a nested pattern is cheap from a given end and dear without one.
        var free = Variables & ~bound;
        return rows * (free == 0 ? 0.9 : free != Variables || _hasGivenEnd ? Walked : _count);
    }

    /// <summary>The share of this step's triples that agree with a row in one variable, as if all its values were as frequent.</summary>
    public double ShareOf(ulong variable) =>
        _subject.Bit == variable ? 1 / _subject.Distinct : _object.Bit == variable ? 1 / _object.Distinct : 1 / _predicate.Distinct;

    /// <summary>What is done for a row beyond making rows: a path from a row's own end is walked even if only to see where it does not lead.</summary>
    public double Work(ulong bound) => _isPath && (Variables & bound) != 0 ? Walked : 0;

    private static double Share((ulong Bit, double Distinct) side, ulong bound) => (side.Bit & bound) != 0 ? 1 / side.Distinct : 1;

    private static ulong Bit(Variable variable, VariableSet numbers) => 1UL << (numbers.Add(variable) & 63);
}
