namespace MuseumXtd.Store;

/// <summary>Three ids in the positions of some order.</summary>
internal readonly record struct Triple(uint A, uint B, uint C) : IComparable<Triple>
{
    public int CompareTo(Triple other)
    {
        var order = A.CompareTo(other.A);
        if (order == 0)
        {
            order = B.CompareTo(other.B);
        }

        return order == 0 ? C.CompareTo(other.C) : order;
    }

    /// <summary>A triple given as subject, predicate, object, in the positions of an order.</summary>
    public Triple In(TripleOrder order) => order switch
    {
        TripleOrder.Spo => this,
        TripleOrder.Sop => new(A, C, B),
        TripleOrder.Pso => new(B, A, C),
        TripleOrder.Pos => new(B, C, A),
        TripleOrder.Osp => new(C, A, B),
        _ => new(C, B, A),
    };
}
