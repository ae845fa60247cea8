using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>A solution mapping (SPARQL 1.1 Query, section 18.1.8). It is never changed.</summary>
internal sealed class Solution
{
    public static readonly Solution Empty = new([]);

    private readonly Dictionary<Variable, Term> _bindings;

    private Solution(Dictionary<Variable, Term> bindings) => _bindings = bindings;

    public IReadOnlyCollection<Variable> Domain => _bindings.Keys;

    public Term? this[Variable variable] => _bindings.GetValueOrDefault(variable);

    public Solution With(Variable variable, Term term) => new(new Dictionary<Variable, Term>(_bindings) { [variable] = term });

    public bool IsCompatibleWith(Solution other) => _bindings.All(b => other[b.Key] is not { } term || term == b.Value);

    public Solution Merge(Solution other)
    {
        var merged = new Dictionary<Variable, Term>(_bindings);
        foreach (var (variable, term) in other._bindings)
        {
            merged[variable] = term;
        }

        return new Solution(merged);
    }

    public Solution Keep(Func<Variable, bool> kept) => new(_bindings.Where(b => kept(b.Key)).ToDictionary());

    /// <summary>The values of some variables as text: equal for equal solutions.</summary>
    public string Key(IEnumerable<Variable> variables) => string.Join(" | ", variables.Select(v => this[v]?.ToString() ?? "-"));

    /// <summary>The whole as text.</summary>
    public string Key() => string.Join(" | ", _bindings.OrderBy(b => b.Key.Name, StringComparer.Ordinal).Select(b => $"{b.Key}={b.Value}"));
}
