using System.Collections;
using System.Collections.Immutable;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>
/// Variables without repetition, numbered in the order in which they came. Most patterns have few, which are compared one by one; where there
/// are many they are hashed.
/// </summary>
internal sealed class VariableSet : IReadOnlyCollection<Variable>
{
    private const int Few = 8;

    private Variable[] _variables;
    private Dictionary<Variable, int>? _numbers;

    /// <summary>An empty set.</summary>
    public VariableSet() => _variables = [];

    /// <summary>A set of some variables; to be changed no more where it is shared.</summary>
    public VariableSet(params IEnumerable<Variable> variables)
        : this()
    {
        foreach (var variable in variables)
        {
            Add(variable);
        }
    }

    /// <summary>A set of the variables of another, to which more can be added.</summary>
    public VariableSet(VariableSet others)
    {
        Count = others.Count;
        _variables = new Variable[Math.Max(4, Count + 2)];
        others._variables.AsSpan(0, Count).CopyTo(_variables);
        _numbers = others._numbers is null ? null : new Dictionary<Variable, int>(others._numbers);
    }

    /// <summary>The set without variables.</summary>
    public static VariableSet Empty { get; } = [];

    /// <summary>How many variables.</summary>
    public int Count { get; private set; }

    /// <summary>The variable with a number.</summary>
    public Variable this[int number] => _variables[number];

    /// <summary>Whether a variable is in the set.</summary>
    public bool Contains(Variable variable) => NumberOf(variable) >= 0;

    /// <summary>The number of a variable, or -1.</summary>
    public int NumberOf(Variable variable)
    {
        if (_numbers is not null)
        {
            return _numbers.GetValueOrDefault(variable, -1);
        }

        for (var i = 0; i < Count; i++)
        {
            if (_variables[i].Equals(variable))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Adds a variable; its number, the one it had where it was there.</summary>
    public int Add(Variable variable)
    {
        var number = NumberOf(variable);
        if (number >= 0)
        {
            return number;
        }

        if (Count == _variables.Length)
        {
            Array.Resize(ref _variables, Math.Max(4, Count * 2));
        }

        _variables[Count] = variable;
        _numbers?.Add(variable, Count);
        if (++Count > Few && _numbers is null)
        {
            _numbers = new Dictionary<Variable, int>(2 * Few);
            for (var i = 0; i < Count; i++)
            {
                _numbers.Add(_variables[i], i);
            }
        }

        return Count - 1;
    }

    /// <summary>The variables in order.</summary>
    public ImmutableArray<Variable> ToImmutable() => ImmutableArray.Create(_variables.AsSpan(0, Count));

    /// <inheritdoc/>
    public IEnumerator<Variable> GetEnumerator() => ((IEnumerable<Variable>)_variables).Take(Count).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
