using MuseumXtd.Rdf;

namespace MuseumXtd.Shacl.Shapes;

/// <summary>
/// The terms that shapes name, each with a number. A validation looks all their ids up at once, and constraints then ask by number.
/// </summary>
internal sealed class Constants
{
    private readonly Dictionary<Term, int> _numbers = [];
    private readonly List<Term> _terms = [];

    public IReadOnlyList<Term> Terms => _terms;

    /// <summary>The number of a term.</summary>
    public int Add(Term term)
    {
        if (!_numbers.TryGetValue(term, out var number))
        {
            number = _terms.Count;
            _terms.Add(term);
            _numbers.Add(term, number);
        }

        return number;
    }
}
