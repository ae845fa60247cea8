using System.Buffers;
using System.Runtime.InteropServices;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden;

/// <summary>Which words of one note say which statements of its graph.</summary>
internal sealed class NoteOrigins
{
    // Notes are many; what is needed for one is used again by its thread.
    [ThreadStatic]
    private static List<Origin>? _distinct;

    [ThreadStatic]
    private static Dictionary<(int Line, int Column, int Length), int>? _numbers;

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

    public static NoteOrigins Create(List<(Term Subject, Iri Predicate, Term Object)> statements, List<Origin> places)
    {
        var part = GraphPart.Create(statements, out var rows);
        var distinct = _distinct ??= [];
        var numbers = _numbers ??= [];
        var said = new ulong[rows.Length];

        // Rows are dense, so what they are said by is put in their order by counting.
        var ends = ArrayPool<int>.Shared.Rent(part.Count + 1);
        var counts = ends.AsSpan(0, part.Count + 1);
        counts.Clear();
        foreach (var row in rows)
        {
            counts[row + 1]++;
        }

        for (var row = 1; row < counts.Length; row++)
        {
            counts[row] += counts[row - 1];
        }

        for (var i = 0; i < rows.Length; i++)
        {
            // All origins are in one file, so the place tells the words.
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (places[i].Line, places[i].Column, places[i].Length), out var known);
            if (!known)
            {
                place = distinct.Count;
                distinct.Add(places[i]);
            }

            said[counts[rows[i]]++] = ((ulong)(uint)rows[i] << 32) | (uint)place;
        }

        for (var (row, begin) = (0, 0); row < part.Count; begin = counts[row++])
        {
            if (counts[row] - begin > 1)
            {
                said.AsSpan(begin, counts[row] - begin).Sort();
            }
        }

        ArrayPool<int>.Shared.Return(ends);
        var origins = new NoteOrigins(part, said, [.. distinct]);
        distinct.Clear();
        numbers.Clear();
        return origins;
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
