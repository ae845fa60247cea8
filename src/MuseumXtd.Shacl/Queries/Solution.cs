using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Queries;

/// <summary>One solution of a query, while it is taken.</summary>
internal readonly struct Solution(SolutionResults results, int row, Validation validation)
{
    /// <summary>The term bound to a variable, as an id of the validation; unbound where there is none.</summary>
    public TermId this[string variable] => At(results.Variables.IndexOf(new Variable(variable)));

    /// <summary>The term in a column.</summary>
    public TermId At(int column)
    {
        var id = column < 0 ? default : new TermId(results.Column(column)[row]);
        return id.IsBound ? validation.Import(id, results.Terms) : default;
    }

    /// <summary>The term bound to a variable, or null.</summary>
    public Term? Term(string variable) => this[variable] is { IsBound: true } id ? validation.Terms.Decode(id) : null;
}
