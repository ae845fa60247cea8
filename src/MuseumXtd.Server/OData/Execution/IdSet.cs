using System.Collections;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>A set of IRIs and blank nodes of a dictionary: a bit for each.</summary>
internal sealed class IdSet(int terms)
{
    private readonly BitArray _bits = new(terms + 1);

    public void AddRange(ReadOnlySpan<uint> ids)
    {
        foreach (var id in ids)
        {
            var place = new TermId(id).Payload;
            if (place < _bits.Length)
            {
                _bits[(int)place] = true;
            }
        }
    }

    public bool Contains(uint id) => new TermId(id).Payload is var place && place < _bits.Length && _bits[(int)place];
}
