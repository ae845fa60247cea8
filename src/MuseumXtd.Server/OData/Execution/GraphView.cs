using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>
/// A snapshot as the entity model sees it: ids of predicates and classes, looked up once, and the values of an entity straight from the index.
/// It lives as long as the snapshot. Safe for any number of threads.
/// </summary>
internal sealed class GraphView
{
    private static readonly ConditionalWeakTable<Snapshot, GraphView> Views = [];

    /// <summary>Stands where terms that are stored in one piece need no buffer: nothing is ever written to it.</summary>
    private static readonly ByteBuffer Unused = new(1);

    private readonly ConcurrentDictionary<Iri, TermId> _ids = new();
    private readonly ConcurrentDictionary<Iri, PredicateFacts> _facts = new();
    private readonly ConcurrentDictionary<(EntityClass, Iri), bool> _covered = new();
    private readonly Dictionary<uint, EntityClass> _classes = [];
    private readonly TermId _type;

    private GraphView(Snapshot snapshot, EntityModel model, DefaultGraphMode mode)
    {
        Snapshot = snapshot;
        Model = model;
        Index = mode == DefaultGraphMode.Union ? snapshot.Union : snapshot.DefaultGraph;
        _type = IdOf(RdfNames.Type);
        foreach (var @class in model.Classes)
        {
            if (IdOf(@class.Iri!) is { IsBound: true } id)
            {
                _classes[id.Value] = @class;
            }
        }
    }

    public Snapshot Snapshot { get; }

    public EntityModel Model { get; }

    public TripleIndex Index { get; }

    public TermDictionary Dictionary => Snapshot.Dictionary;

    /// <summary>Requests that were translated for this snapshot, by their text.</summary>
    public ConcurrentDictionary<string, object> Prepared { get; } = new(StringComparer.Ordinal);

    /// <summary>Entities of classes in orders.</summary>
    public EntityOrders Orders { get; } = new();

    public static GraphView Of(Snapshot snapshot, EntityModel model, DefaultGraphMode mode) =>
        Views.GetValue(snapshot, s => new GraphView(s, model, mode));

    /// <summary>The id of an IRI; unbound where the dictionary has none.</summary>
    public TermId IdOf(Iri iri) => _ids.GetOrAdd(iri, i => Find(i));

    /// <summary>The id of a term, not remembered.</summary>
    public TermId Find(Term term) => Dictionary.TryGetId(term.Encode(), out var id) ? id : default;

    public PredicateFacts Facts(Iri predicate) => _facts.GetOrAdd(predicate, p => PredicateFacts.Of(Index, Dictionary, IdOf(p)));

    /// <summary>Whether each instance of a class has a value of a predicate.</summary>
    public bool Covers(EntityClass @class, Iri predicate) => _covered.GetOrAdd((@class, predicate), static (key, view) => view.IsCovered(key.Item1, key.Item2), this);

    /// <summary>The objects of a subject for a predicate, by id.</summary>
    public ReadOnlySpan<uint> Objects(uint subject, TermId predicate) =>
        predicate.IsBound ? Index.Range(TripleOrder.Spo, new TermId(subject), predicate).Third : [];

    /// <summary>The subjects that have an object for a predicate, by id.</summary>
    public ReadOnlySpan<uint> Subjects(uint @object, TermId predicate) =>
        predicate.IsBound ? Index.Range(TripleOrder.Pos, predicate, new TermId(@object)).Third : [];

    /// <summary>All predicates and objects of a subject.</summary>
    public TripleRange Statements(uint subject) => Index.Range(TripleOrder.Spo, new TermId(subject));

    /// <summary>The most special class of an entity that is or lies below another; the other itself when there is none.</summary>
    public EntityClass ClassOf(uint subject, EntityClass declared) => Best(Objects(subject, _type), declared);

    /// <summary>The same, of an entity whose statements are known.</summary>
    public EntityClass ClassOf(TripleRange statements, EntityClass declared) => Best(ObjectsOf(statements, _type), declared);

    /// <summary>The objects of one subject's statements for a predicate, by id.</summary>
    public static ReadOnlySpan<uint> ObjectsOf(TripleRange statements, TermId predicate)
    {
        if (!predicate.IsBound)
        {
            return [];
        }

        var predicates = statements.Second;
        var (low, high) = (0, predicates.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (predicates[middle] < predicate.Value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var end = low;
        while (end < predicates.Length && predicates[end] == predicate.Value)
        {
            end++;
        }

        return statements.Third[low..end];
    }

    private EntityClass Best(ReadOnlySpan<uint> types, EntityClass declared)
    {
        var best = declared;
        foreach (var type in types)
        {
            if (_classes.TryGetValue(type, out var @class) && @class.Is(declared) && @class.Depth > best.Depth)
            {
                best = @class;
            }
        }

        return best;
    }

    /// <summary>Whether a resource is an instance of a class or of one below it.</summary>
    public bool IsInstance(uint subject, EntityClass @class)
    {
        foreach (var type in Objects(subject, _type))
        {
            if (_classes.TryGetValue(type, out var found) && found.Is(@class))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the resources that a link leads to, sorted by IRI.</summary>
    public void Targets(uint source, LinkBinding link, TermId predicate, List<uint> found)
    {
        var start = found.Count;
        if (!link.IsInverse || link.IsSymmetric)
        {
            Add(Objects(source, predicate));
        }

        if (link.IsInverse || link.IsSymmetric)
        {
            Add(Subjects(source, predicate));
        }

        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(found)[start..];
        SortByText(span);
        if (link.IsSymmetric)
        {
            for (var i = found.Count - 1; i > start; i--)
            {
                if (found[i] == found[i - 1])
                {
                    found.RemoveAt(i);
                }
            }
        }

        void Add(ReadOnlySpan<uint> ids)
        {
            foreach (var id in ids)
            {
                if (new TermId(id).Tag is TermTag.Iri or TermTag.BlankNode)
                {
                    found.Add(id);
                }
            }
        }
    }

    /// <summary>The text of an IRI or a blank node.</summary>
    public string TextOf(uint resource) => EntityKeys.TextOf(Resource(resource));

    /// <summary>The encoded form of a resource, or of a literal that is in the dictionary.</summary>
    public ReadOnlySpan<byte> Resource(uint id) => Dictionary.Encoded(new TermId(id), Unused);

    /// <summary>Compares terms by their bytes.</summary>
    public int CompareText(uint left, uint right)
    {
        if (IsStored(left) && IsStored(right))
        {
            return Resource(left).SequenceCompareTo(Resource(right));
        }

        using var scratch = new ByteBuffer();
        using var other = new ByteBuffer();
        return Dictionary.Encoded(new TermId(left), scratch).SequenceCompareTo(Dictionary.Encoded(new TermId(right), other));
    }

    /// <summary>Sorts ids by the bytes of their terms.</summary>
    public void SortByText(Span<uint> ids)
    {
        const int Few = 16;
        if (ids.Length > Few)
        {
            ids.Sort(CompareText);
            return;
        }

        for (var i = 1; i < ids.Length; i++)
        {
            var id = ids[i];
            var place = i;
            for (; place > 0 && CompareText(ids[place - 1], id) > 0; place--)
            {
                ids[place] = ids[place - 1];
            }

            ids[place] = id;
        }
    }

    private bool IsCovered(EntityClass @class, Iri predicate)
    {
        if (IdOf(predicate) is not { IsBound: true } id)
        {
            return false;
        }

        var having = Index.Range(TripleOrder.Pso, id).Second;
        foreach (var type in @class.WithDerived)
        {
            var place = 0;
            foreach (var instance in type.Iri is null ? [] : Subjects(IdOf(type.Iri).Value, _type))
            {
                while (place < having.Length && having[place] < instance)
                {
                    place++;
                }

                if (place == having.Length || having[place] != instance)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether a term is in the dictionary in one piece.</summary>
    private static bool IsStored(uint id) => new TermId(id).Tag is not (TermTag.InlineInteger or TermTag.InlineBoolean or TermTag.InlineDate);
}
