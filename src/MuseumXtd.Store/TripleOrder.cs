namespace MuseumXtd.Store;

/// <summary>The orders in which the triples of an index are sorted; the name says which position comes first, second, third.</summary>
public enum TripleOrder : byte
{
    /// <summary>Subject, predicate, object.</summary>
    Spo,

    /// <summary>Subject, object, predicate.</summary>
    Sop,

    /// <summary>Predicate, subject, object.</summary>
    Pso,

    /// <summary>Predicate, object, subject.</summary>
    Pos,

    /// <summary>Object, subject, predicate.</summary>
    Osp,

    /// <summary>Object, predicate, subject.</summary>
    Ops,
}
