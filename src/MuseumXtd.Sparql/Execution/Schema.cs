using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>Which variable is in which column of a batch.</summary>
internal sealed class Schema
{
    private const int Few = 8;

    private readonly Dictionary<Variable, int>? _slots;

    /// <summary>A schema with the variables in order.</summary>
    public Schema(ImmutableArray<Variable> variables)
    {
        Variables = variables;
        if (variables.Length <= Few)
        {
            return;
        }

        _slots = [];
        for (var i = 0; i < variables.Length; i++)
        {
            _slots.Add(variables[i], i);
        }
    }

    /// <summary>The schema without variables.</summary>
    public static Schema Empty { get; } = new([]);

    /// <summary>The variables in the order of the columns.</summary>
    public ImmutableArray<Variable> Variables { get; }

    /// <summary>How many columns.</summary>
    public int Width => Variables.Length;

    /// <summary>The column of a variable, or -1.</summary>
    public int SlotOf(Variable variable) => _slots is null ? Variables.IndexOf(variable) : _slots.GetValueOrDefault(variable, -1);
}
