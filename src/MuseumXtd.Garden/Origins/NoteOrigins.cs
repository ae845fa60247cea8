using MuseumXtd.Rdf;

namespace MuseumXtd.Garden;

/// <summary>Which words of one note say which statements of its graph.</summary>
internal sealed class NoteOrigins
{
    // Rows and places of the statements, sorted; a place is an index into the distinct origins.
    private readonly (int Row, int Place)[] _said;
    private readonly Origin[] _places;

    private NoteOrigins(GraphPart statements, (int Row, int Place)[] said, Origin[] places)
    {
        Statements = statements;
        _said = said;
        _places = places;
    }

    public GraphPart Statements { get; }

    public static NoteOrigins Create(List<(Term Subject, Iri Predicate, Term Object)> statements, List<Origin> origins)
    {
        var part = GraphPart.Create(statements, out var rows);
        var places = new Dictionary<Origin, int>();
        var said = new (int Row, int Place)[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if (!places.TryGetValue(origins[i], out var place))
            {
                places.Add(origins[i], place = places.Count);
            }

            said[i] = (rows[i], place);
        }

        Array.Sort(said);
        return new NoteOrigins(part, said, [.. places.Keys]);
    }

    /// <summary>The origins of a row, in the order in which the note was read.</summary>
    public IEnumerable<Origin> Of(int row)
    {
        var (low, high) = (0, _said.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _said[middle].Row < row ? (middle + 1, high) : (low, middle);
        }

        for (var last = -1; low < _said.Length && _said[low].Row == row; low++)
        {
            if (_said[low].Place != last)
            {
                last = _said[low].Place;
                yield return _places[last];
            }
        }
    }
}
