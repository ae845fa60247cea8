using System.Runtime.InteropServices;
using MuseumXtd.Rdf;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Search;

/// <summary>
/// How many of some resources have each value of a property. Of many resources a set of bits is made, and the property's sorted pairs of value and subject are gone
/// through once; few resources are looked up one by one.
/// </summary>
internal sealed class FacetCounts(TermDictionary dictionary, TripleIndex index)
{
    // A look-up costs as much as so many steps through sorted pairs.
    private const int StepsOfLookUp = 64;

    private readonly ulong[] _bits = new ulong[(dictionary.Count >> 6) + 1];
    private readonly List<uint> _resources = [];

    /// <summary>How many resources.</summary>
    public int Total => _resources.Count;

    /// <summary>Takes resources, none of them twice.</summary>
    public void Add(ReadOnlySpan<uint> resources)
    {
        _resources.AddRange(resources);
        foreach (var resource in resources)
        {
            var payload = new TermId(resource).Payload;
            _bits[payload >> 6] |= 1UL << (int)(payload & 63);
        }
    }

    /// <summary>The values that most of the resources have, the most first.</summary>
    /// <param name="property">The property.</param>
    /// <param name="most">How many values at most.</param>
    public IReadOnlyList<(Term Value, int Count)> Of(Iri property, int most)
    {
        if (!dictionary.TryGetId(property.Encode(), out var id))
        {
            return [];
        }

        var pairs = index.Range(TripleOrder.Pos, id);
        var counts = _resources.Count * (long)StepsOfLookUp < pairs.Count ? LookUp(id) : Scan(pairs);

        // Only values that are among the first, or as frequent as the last of these, are spelt out.
        counts.Sort((a, b) => b.Count.CompareTo(a.Count));
        var least = counts.Count > most ? counts[most - 1].Count : 0;
        using var scratch = new Rdf.Buffers.ByteBuffer();
        return [.. counts.TakeWhile(c => c.Count >= least)
            .Select(c => (Value: Term.Decode(dictionary.Encoded(new TermId(c.Value), scratch)), c.Count))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Value.ToString(), StringComparer.Ordinal).Take(most)];
    }

    private List<(uint Value, int Count)> LookUp(TermId property)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var resource in _resources)
        {
            foreach (var value in index.Range(TripleOrder.Spo, new TermId(resource), property).Third)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
            }
        }

        return [.. counts.Select(c => (c.Key, c.Value))];
    }

    private List<(uint Value, int Count)> Scan(TripleRange pairs)
    {
        var counts = new List<(uint, int)>();
        var values = pairs.Second;
        var subjects = pairs.Third;
        for (var start = 0; start < values.Length;)
        {
            var (end, count) = (start, 0);
            for (; end < values.Length && values[end] == values[start]; end++)
            {
                var payload = new TermId(subjects[end]).Payload;
                count += (int)(_bits[payload >> 6] >> (int)(payload & 63)) & 1;
            }

            if (count > 0)
            {
                counts.Add((values[start], count));
            }

            start = end;
        }

        return counts;
    }
}
