namespace MuseumXtd.Store;

/// <summary>Which subjects had triples added or removed in the latest generations. What is too much or too long ago is forgotten.</summary>
internal sealed class SubjectChanges
{
    private const int MostGenerations = 4096;
    private const int MostSubjects = 1 << 18;

    private readonly Queue<(long Generation, uint[] Subjects)> _recent = [];
    private readonly Lock _lock = new();
    private long _knownAfter;
    private int _count;

    /// <summary>Takes the changes of the next generation.</summary>
    public void Add(long generation, IReadOnlyCollection<GraphDelta> deltas)
    {
        if (deltas.Sum(d => (long)d.Added.Count + d.Removed.Count) > MostSubjects)
        {
            Forget(generation);
            return;
        }

        var subjects = new HashSet<uint>();
        foreach (var delta in deltas)
        {
            subjects.UnionWith(delta.Added.Keys(TripleOrder.Spo).ToArray());
            subjects.UnionWith(delta.Removed.Keys(TripleOrder.Spo).ToArray());
        }

        lock (_lock)
        {
            _recent.Enqueue((generation, [.. subjects]));
            _count += subjects.Count;
            while (_recent.Count > MostGenerations || _count > MostSubjects)
            {
                var (forgotten, gone) = _recent.Dequeue();
                _count -= gone.Length;
                _knownAfter = forgotten;
            }
        }
    }

    /// <summary>Takes a generation of which all may be new.</summary>
    public void Forget(long generation)
    {
        lock (_lock)
        {
            _recent.Clear();
            (_count, _knownAfter) = (0, generation);
        }
    }

    /// <summary>Adds the subjects changed after one generation up to another; false when they are not known any more.</summary>
    public bool TryCollect(long after, long until, ISet<TermId> subjects)
    {
        lock (_lock)
        {
            if (after < _knownAfter)
            {
                return false;
            }

            foreach (var (generation, changed) in _recent)
            {
                if (generation > after && generation <= until)
                {
                    foreach (var subject in changed)
                    {
                        subjects.Add(new TermId(subject));
                    }
                }
            }

            return true;
        }
    }
}
