using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>
/// Finds the resources whose descriptions a change of some subjects can have changed: those that the subjects are, are a part of, or are mentioned
/// by; and the outputs and notes that are told of together with such a resource.
/// </summary>
internal sealed class AffectedResources(DescriptionNames names) : IDisposable
{
    private readonly ByteBuffer _scratch = new();
    private readonly HashSet<TermId> _found = [];

    /// <summary>Adds what is affected in one snapshot; ask both the one before a change and the one after it.</summary>
    /// <returns>False when anything may be.</returns>
    public bool Add(Snapshot snapshot, IEnumerable<TermId> changed)
    {
        var first = new HashSet<TermId>();
        foreach (var subject in WithHolders(snapshot, changed))
        {
            // Names and codes of places reach down to all places below them; the gazetteer seldom changes.
            if (names.PartOfPlace.IsBound && (!snapshot.Union.Range(TripleOrder.Spo, subject, names.PartOfPlace).IsEmpty
                || !snapshot.Union.Range(TripleOrder.Pos, names.PartOfPlace, subject).IsEmpty))
            {
                return false;
            }

            AddRoots(snapshot, subject, first);
            foreach (var referrer in snapshot.Union.Range(TripleOrder.Osp, subject).Second)
            {
                foreach (var holder in WithHolders(snapshot, [new TermId(referrer)]))
                {
                    AddRoots(snapshot, holder, first);
                }
            }
        }

        // A period is told of with the resource that has it.
        foreach (var resource in first.Concat(first.SelectMany(r => snapshot.Union.Range(TripleOrder.Pos, names.Period, r).Third.ToArray()).Select(r => new TermId(r))))
        {
            _found.Add(resource);
            AddAll(snapshot.Union.Range(TripleOrder.Spo, resource, names.HasOutput).Third, names.HasOutput);
            AddAll(snapshot.Union.Range(TripleOrder.Pos, names.OutputOf, resource).Third, names.OutputOf);
            AddAll(snapshot.Union.Range(TripleOrder.Pos, names.Describes, resource).Third, names.Describes);
        }

        return true;
    }

    public IReadOnlyCollection<TermId> Found => _found;

    public void Dispose() => _scratch.Dispose();

    private void AddAll(ReadOnlySpan<uint> ids, TermId predicate)
    {
        if (predicate.IsBound)
        {
            foreach (var id in ids)
            {
                _found.Add(new TermId(id));
            }
        }
    }

    /// <summary>The subjects, and for blank nodes whatever points at them, through other blank nodes as well.</summary>
    private static HashSet<TermId> WithHolders(Snapshot snapshot, IEnumerable<TermId> subjects)
    {
        var found = new HashSet<TermId>(subjects);
        var open = new Queue<TermId>(found.Where(s => s.Tag == TermTag.BlankNode));
        while (open.TryDequeue(out var node))
        {
            foreach (var referrer in snapshot.Union.Range(TripleOrder.Osp, node).Second)
            {
                var holder = new TermId(referrer);
                if (found.Add(holder) && holder.Tag == TermTag.BlankNode)
                {
                    open.Enqueue(holder);
                }
            }
        }

        return found;
    }

    /// <summary>A part belongs to the resources whose IRIs its own begins with.</summary>
    private void AddRoots(Snapshot snapshot, TermId subject, HashSet<TermId> roots)
    {
        if (subject.Tag != TermTag.Iri || !roots.Add(subject))
        {
            return;
        }

        // Whoever asks sorts out what is no resource with records.
        var iri = snapshot.Dictionary.Encoded(subject, _scratch);
        for (var cut = iri.LastIndexOf((byte)'/'); cut > "<https://"u8.Length; cut = iri.LastIndexOf((byte)'/'))
        {
            iri = iri[..cut];
            if (snapshot.Dictionary.TryGetId(iri, out var root))
            {
                roots.Add(root);
            }
        }
    }
}
