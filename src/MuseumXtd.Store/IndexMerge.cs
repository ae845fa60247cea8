namespace MuseumXtd.Store;

/// <summary>A merge of an index with changes, on one core beside all other work.</summary>
internal sealed class IndexMerge
{
    private TripleIndex? _result;

    private IndexMerge(TripleIndex added, TripleIndex removed)
    {
        Added = added;
        Removed = removed;
    }

    /// <summary>What is merged into the base.</summary>
    public TripleIndex Added { get; }

    /// <summary>What is taken from it.</summary>
    public TripleIndex Removed { get; }

    /// <summary>The new index when it is done.</summary>
    public TripleIndex? Result => Volatile.Read(ref _result);

    public static IndexMerge Begin(TripleIndex @base, TripleIndex added, TripleIndex removed)
    {
        var merge = new IndexMerge(added, removed);

        // A thread of its own: those of the pool answer requests. When it fails for want of memory, the writers merge in the end.
        var thread = new Thread(() =>
        {
            try
            {
                Volatile.Write(ref merge._result, @base.Merge(added, removed, inParallel: false));
            }
            catch (Exception e) when (e is OutOfMemoryException or StoreFullException)
            {
                // There is no result.
            }
        })
        {
            IsBackground = true,
            Name = "index merge",
        };
        thread.Start();
        return merge;
    }
}
