using System.Globalization;

namespace MuseumXtd.Rdf.Model;

/// <summary>Gives blank nodes new labels, in the order in which they ask (RDFC-1.0, section 4.5).</summary>
internal sealed class IdentifierIssuer(string prefix)
{
    private readonly Dictionary<string, string> _issued = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>The old labels in the order of issue.</summary>
    public IReadOnlyList<string> Order => _order;

    /// <summary>From old labels to new ones.</summary>
    public IReadOnlyDictionary<string, string> Issued => _issued;

    public IdentifierIssuer Clone()
    {
        var clone = new IdentifierIssuer(prefix);
        foreach (var label in _order)
        {
            clone.Issue(label);
        }

        return clone;
    }

    public string Issue(string label)
    {
        if (!_issued.TryGetValue(label, out var issued))
        {
            issued = prefix + _order.Count.ToString(CultureInfo.InvariantCulture);
            _issued.Add(label, issued);
            _order.Add(label);
        }

        return issued;
    }
}
