using System.Buffers;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>
/// Which of some ids were found. Entities of one class mostly have ids that lie close together, so that each is a bit in a short row; only where
/// they do not, they are hashed.
/// </summary>
internal sealed class IdSet : IDisposable
{
    /// <summary>How many words of bits an id may take before hashing is cheaper.</summary>
    private const int MaxWordsPerId = 8;

    private readonly uint _least;
    private readonly uint _span;
    private readonly HashSet<uint>? _hashed;
    private ulong[] _bits;

    /// <summary>An empty set for some of these ids.</summary>
    public IdSet(ReadOnlySpan<uint> ids)
    {
        var (least, greatest) = ids.IsEmpty ? (0u, 0u) : (uint.MaxValue, 0u);
        foreach (var id in ids)
        {
            least = Math.Min(least, id);
            greatest = Math.Max(greatest, id);
        }

        (_least, _span) = (least, greatest - least);
        var words = (_span >> 6) + 1L;
        if (words > MaxWordsPerId * (ids.Length + 8L))
        {
            (_hashed, _bits) = ([], []);
            return;
        }

        _bits = ArrayPool<ulong>.Shared.Rent((int)words);
        Array.Clear(_bits, 0, (int)words);
    }

    /// <summary>Adds ids; others than those of the beginning are left out, or harm nobody.</summary>
    public void Add(ReadOnlySpan<uint> ids)
    {
        foreach (var id in ids)
        {
            var place = id - _least;
            if (_hashed is not null)
            {
                _hashed.Add(id);
            }
            else if (place <= _span)
            {
                _bits[place >> 6] |= 1UL << (int)(place & 63);
            }
        }
    }

    /// <summary>Whether one of the ids of the beginning was added.</summary>
    public bool Contains(uint id) => _hashed?.Contains(id) ?? (_bits[(id - _least) >> 6] & (1UL << (int)((id - _least) & 63))) != 0;

    public void Dispose()
    {
        var bits = _bits;
        _bits = [];
        if (bits.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(bits);
        }
    }
}
