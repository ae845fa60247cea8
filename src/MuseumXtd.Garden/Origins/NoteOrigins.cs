using System.Runtime.InteropServices;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden;

/// <summary>Which words of one note say which statements of its graph.</summary>
internal sealed class NoteOrigins
{
    // Rows above places of the statements, sorted; a place is an index into the distinct origins.
    private readonly ulong[] _said;
    private readonly Origin[] _places;

    private NoteOrigins(GraphPart statements, ulong[] said, Origin[] places)
    {
        Statements = statements;
        _said = said;
        _places = places;
    }

    public GraphPart Statements { get; }

    public static NoteOrigins Create(List<(Term Subject, Iri Predicate, Term Object)> statements, List<Origin> origins)
    {
        var part = GraphPart.Create(statements, out var rows);
        var places = new List<Origin>();
        var numbers = new Dictionary<(int Line, int Column, int Length), int>();
        var said = new ulong[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            // All origins are in one file, so the place tells the words.
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (origins[i].Line, origins[i].Column, origins[i].Length), out var known);
            if (!known)
            {
                place = places.Count;
                places.Add(origins[i]);
            }

            said[i] = ((ulong)(uint)rows[i] << 32) | (uint)place;
        }

        Array.Sort(said);
        return new NoteOrigins(part, said, [.. places]);
    }

    /// <summary>The origins of a row, in the order in which the note was read.</summary>
    public IEnumerable<Origin> Of(int row)
    {
        var (low, high) = (0, _said.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = RowOf(_said[middle]) < row ? (middle + 1, high) : (low, middle);
        }

        for (var last = -1; low < _said.Length && RowOf(_said[low]) == row; low++)
        {
            var place = (int)(uint)_said[low];
            if (place != last)
            {
                last = place;
                yield return _places[last];
            }
        }
    }

    private static int RowOf(ulong said) => (int)(said >> 32);
}
