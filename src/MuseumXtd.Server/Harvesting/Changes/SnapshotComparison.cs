using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>A change that has no number and no time yet.</summary>
internal readonly record struct Difference(ChangeKind Kind, string Resource, ResourceTraits Traits, UInt128 Hash);

/// <summary>Compares a snapshot with what the log knows, resource by resource.</summary>
internal sealed class SnapshotComparison
{
    private const int ResourcesForOne = 256;

    private readonly Snapshot _snapshot;
    private readonly string _baseIri;
    private readonly DescriptionNames _names;
    private readonly SetMembership _sets;
    private readonly UInt128 _fingerprint;
    private readonly ConcurrentDictionary<ResourceTraits, ResourceTraits> _traits = new();

    /// <param name="snapshot">What there is now.</param>
    /// <param name="baseIri">The base of all IRIs of data.</param>
    /// <param name="log">What was there.</param>
    /// <param name="fingerprint">What records hold beside what the graph says.</param>
    public SnapshotComparison(Snapshot snapshot, string baseIri, ChangeLogView log, string fingerprint = "")
    {
        _fingerprint = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(fingerprint));
        _snapshot = snapshot;
        _baseIri = baseIri;
        Log = log;
        _names = DescriptionNames.In(snapshot);
        _sets = new SetMembership(snapshot, _names);
    }

    public ChangeLogView Log { get; }

    /// <summary>What changed, given the subjects whose triples changed since an earlier snapshot.</summary>
    public List<Difference> Compare(Snapshot before, IReadOnlyCollection<TermId> changed, CancellationToken cancellation)
    {
        using var affected = new AffectedResources(_names);
        return affected.Add(before, changed) && affected.Add(_snapshot, changed)
            ? Compare([.. affected.Found], cancellation)
            : CompareAll(cancellation);
    }

    /// <summary>What changed when anything may have.</summary>
    public List<Difference> CompareAll(CancellationToken cancellation)
    {
        var resources = new HashSet<TermId>();
        foreach (var type in _names.ClassIds.Where(c => c.IsBound))
        {
            foreach (var subject in _snapshot.Union.Range(TripleOrder.Pos, _names.Type, type).Third)
            {
                resources.Add(new TermId(subject));
            }
        }

        var differences = Compare([.. resources], cancellation);
        foreach (var known in Log.Latest.Where(c => !c.IsDeletion))
        {
            if (!_snapshot.Dictionary.TryGetId(new Iri(known.Resource).Encode(), out var id) || !resources.Contains(id))
            {
                differences.Add(new Difference(ChangeKind.Deleted, known.Resource, known.Traits, UInt128.Zero));
            }
        }

        return Sorted(differences);
    }

    private List<Difference> Compare(TermId[] resources, CancellationToken cancellation)
    {
        var differences = new List<Difference>();

        // What the first ones make in the snapshot, such as the index of graphs, the others would only wait for.
        var first = Math.Min(resources.Length, ResourcesForOne);
        using (var reader = new DescriptionReader(_snapshot, _names, _baseIri))
        {
            CompareSome(resources.AsSpan(0, first), reader, differences, cancellation);
        }

        if (first == resources.Length)
        {
            return Sorted(differences);
        }

        var parts = Partitioner.Create(first, resources.Length, ResourcesForOne);
        Parallel.ForEach(parts, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
        {
            using var reader = new DescriptionReader(_snapshot, _names, _baseIri);
            var some = new List<Difference>();
            CompareSome(resources.AsSpan(part.Item1, part.Item2 - part.Item1), reader, some, cancellation);
            lock (differences)
            {
                differences.AddRange(some);
            }
        });
        return Sorted(differences);
    }

    private void CompareSome(ReadOnlySpan<TermId> resources, DescriptionReader reader, List<Difference> differences, CancellationToken cancellation)
    {
        foreach (var resource in resources)
        {
            cancellation.ThrowIfCancellationRequested();
            if (resource.Tag != TermTag.Iri)
            {
                continue;
            }

            var description = reader.Read(resource);
            var known = Log.Find(description.Iri);
            var wasThere = known is { IsDeletion: false };
            if (_sets.Of(description) is not { } traits)
            {
                if (wasThere)
                {
                    differences.Add(new Difference(ChangeKind.Deleted, description.Iri, known!.Traits, UInt128.Zero));
                }

                continue;
            }

            var hash = reader.HashOf(description) + _fingerprint;
            if (!wasThere || known!.Hash != hash || !known.Traits.Equals(traits))
            {
                differences.Add(new Difference(
                    wasThere ? ChangeKind.Updated : ChangeKind.Created, description.Iri, _traits.GetOrAdd(traits, traits), hash));
            }
        }
    }

    /// <summary>So that the same change of the same graph gives the same log.</summary>
    private static List<Difference> Sorted(List<Difference> differences)
    {
        differences.Sort((x, y) => string.CompareOrdinal(x.Resource, y.Resource));
        return differences;
    }
}
