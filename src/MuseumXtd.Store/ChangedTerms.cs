using System.Numerics;

namespace MuseumXtd.Store;

/// <summary>
/// Which terms the changes of a layer may stand in, by position: most look-ups then see at once that the base alone has the answer. The layers that follow one
/// another on the same base share it. It only grows and now and then says yes for no reason, so readers of earlier states are never misled.
/// </summary>
internal sealed class ChangedTerms
{
    private readonly ulong[] _subjects;
    private readonly ulong[] _predicates;
    private readonly ulong[] _objects;
    private int _taken;

    /// <param name="triples">How many the base has.</param>
    public ChangedTerms(int triples)
    {
        // Eight bits for each change that a layer keeps beside its base for long, and never more than stays in a cache near by.
        var words = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(triples >> 7, 64, 8192));
        (_subjects, _predicates, _objects) = (new ulong[words], new ulong[64], new ulong[words]);
    }

    /// <summary>Takes the terms of triples that are added or removed, before anybody sees the state with them.</summary>
    public void Add(TripleIndex triples)
    {
        Interlocked.Add(ref _taken, triples.Count);
        foreach (var triple in triples.Triples)
        {
            Set(_subjects, triple.A);
            Set(_predicates, triple.B);
            Set(_objects, triple.C);
        }
    }

    /// <summary>Whether it says yes for no reason so often that it is worth making anew of so many changes: most that it took have been taken back since.</summary>
    public bool IsWornOut(int changes)
    {
        var taken = Volatile.Read(ref _taken);
        return taken > 8 * _subjects.Length && taken > 2 * changes;
    }

    /// <summary>Whether a change may begin with a term in an order.</summary>
    public bool MayHave(TripleOrder order, TermId first) => IsSet(At(order, 0), first.Value);

    /// <summary>Whether a change may begin with two terms in an order.</summary>
    public bool MayHave(TripleOrder order, TermId first, TermId second) => IsSet(At(order, 0), first.Value) && IsSet(At(order, 1), second.Value);

    /// <summary>Whether a triple may be a change.</summary>
    public bool MayHave(Triple triple) => IsSet(_subjects, triple.A) && IsSet(_objects, triple.C) && IsSet(_predicates, triple.B);

    private ulong[] At(TripleOrder order, int place) => (order, place) switch
    {
        (TripleOrder.Spo or TripleOrder.Sop, 0) or (TripleOrder.Pso or TripleOrder.Osp, 1) => _subjects,
        (TripleOrder.Pso or TripleOrder.Pos, 0) or (TripleOrder.Spo or TripleOrder.Ops, 1) => _predicates,
        _ => _objects,
    };

    // Not only the writer makes layers, but also a reader who asks for a union.
    private static void Set(ulong[] bits, uint term)
    {
        var (word, bit) = PlaceOf(bits, term);
        if ((Volatile.Read(ref bits[word]) & bit) == 0)
        {
            Interlocked.Or(ref bits[word], bit);
        }
    }

    private static bool IsSet(ulong[] bits, uint term)
    {
        var (word, bit) = PlaceOf(bits, term);
        return (Volatile.Read(ref bits[word]) & bit) != 0;
    }

    private static (int Word, ulong Bit) PlaceOf(ulong[] bits, uint term)
    {
        var hash = term * 0x9E3779B1u;
        return ((int)(hash >> 16) & (bits.Length - 1), 1UL << (int)(hash >> 10));
    }
}
