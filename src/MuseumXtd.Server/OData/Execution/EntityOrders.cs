using System.Collections.Concurrent;
using MuseumXtd.Server.OData.Model;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>The orders of one snapshot that are kept: of each class by IRI, and those that clients come back to. Safe for any number of threads.</summary>
internal sealed class EntityOrders
{
    /// <summary>How many orders are kept that clients asked for.</summary>
    private const int MaxKept = 32;

    private readonly ConcurrentDictionary<EntityClass, EntityOrder> _byIri = new();
    private readonly ConcurrentDictionary<(EntityClass Class, string Key), EntityOrder?> _asked = new();

    public EntityOrder ByIri(EntityClass @class, Func<EntityOrder> make) =>
        _byIri.TryGetValue(@class, out var known) ? known : _byIri.GetOrAdd(@class, make());

    /// <summary>
    /// An order that was asked for before, made now where this is the second time: who asks once, for few of many entities, need not wait for
    /// all of them to be sorted.
    /// </summary>
    public EntityOrder? Asked(EntityClass @class, string key, bool atOnce, Func<EntityOrder> make)
    {
        if (_asked.TryGetValue((@class, key), out var known) && known is not null)
        {
            return known;
        }

        if (_asked.Count >= MaxKept)
        {
            _asked.Clear();
        }

        if (!atOnce && _asked.TryAdd((@class, key), null))
        {
            return null;
        }

        return _asked[(@class, key)] = make();
    }
}
