namespace MuseumXtd.Sparql.Execution;

/// <summary>Sorts numbers with what belongs to them, in blocks that are merged, so that a query can be ended between the steps of a large sort.</summary>
internal static class BlockSort
{
    private const int Block = 1 << 18;

    /// <summary>Sorts keys ascending and items with them; equal keys come in any order.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="items">What belongs to the keys.</param>
    /// <param name="owner">Whose query may be ended; it is charged for the copies.</param>
    public static void Sort(Span<ulong> keys, Span<int> items, Operator owner)
    {
        if (keys.Length <= Block)
        {
            keys.Sort(items);
            return;
        }

        for (var start = 0; start < keys.Length; start += Block)
        {
            owner.Context.Check(owner);
            var length = Math.Min(Block, keys.Length - start);
            keys.Slice(start, length).Sort(items.Slice(start, length));
        }

        var copied = keys.Length * (long)(sizeof(ulong) + sizeof(int));
        owner.Context.Charge(copied, owner);
        Span<ulong> fromKeys = keys, toKeys = new ulong[keys.Length];
        Span<int> fromItems = items, toItems = new int[keys.Length];
        for (long width = Block; width < keys.Length; width *= 2)
        {
            for (long start = 0; start < keys.Length; start += 2 * width)
            {
                var middle = (int)Math.Min(start + width, keys.Length);
                var end = (int)Math.Min(start + (2 * width), keys.Length);
                Merge(fromKeys, fromItems, toKeys, toItems, (int)start, middle, end, owner);
            }

            var merged = toKeys;
            toKeys = fromKeys;
            fromKeys = merged;
            var mergedItems = toItems;
            toItems = fromItems;
            fromItems = mergedItems;
        }

        if (fromKeys != keys)
        {
            fromKeys.CopyTo(keys);
            fromItems.CopyTo(items);
        }

        owner.Context.Charge(-copied, owner);
    }

    private static void Merge(Span<ulong> keys, Span<int> items, Span<ulong> toKeys, Span<int> toItems, int start, int middle, int end, Operator owner)
    {
        var (left, right) = (start, middle);
        for (var at = start; at < end; at++)
        {
            if ((at & 0xFFFF) == 0)
            {
                owner.Context.Check(owner);
            }

            var next = right == end || (left < middle && keys[left] <= keys[right]) ? left++ : right++;
            toKeys[at] = keys[next];
            toItems[at] = items[next];
        }
    }
}
