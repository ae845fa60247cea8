using MuseumXtd.Rdf;

namespace MuseumXtd.Garden;

/// <summary>The side table from the statements of the note graphs to the words that say them.</summary>
public sealed class OriginTable
{
    private readonly IReadOnlyList<NoteOrigins> _notes;
    private readonly Lazy<Dictionary<byte[], List<int>>> _bySubject;

    internal OriginTable(IReadOnlyList<NoteOrigins> notes)
    {
        _notes = notes;
        _bySubject = new Lazy<Dictionary<byte[], List<int>>>(IndexSubjects);
    }

    /// <summary>Every statement of the notes with each place that says it, in the order of notes and statements.</summary>
    internal IEnumerable<(GraphPart Statements, int Row, Origin Origin)> All =>
        from note in _notes
        from row in Enumerable.Range(0, note.Statements.Count)
        from origin in note.Of(row)
        select (note.Statements, row, origin);

    /// <summary>Where a statement is said, or what it follows from, in the order of files and lines; empty when no note says it.</summary>
    public IReadOnlyList<Origin> Of(Term subject, Iri predicate, Term @object)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentNullException.ThrowIfNull(@object);
        return Of(subject.Encode(), predicate.Encode(), @object.Encode());
    }

    /// <summary>Where a statement of encoded terms is said, in the order of files and lines; empty when no note says it.</summary>
    public IReadOnlyList<Origin> Of(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object)
    {
        var origins = new List<Origin>();
        if (_bySubject.Value.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(subject, out var notes))
        {
            foreach (var note in notes)
            {
                var row = _notes[note].Statements.Find(subject, predicate, @object);
                if (row >= 0)
                {
                    origins.AddRange(_notes[note].Of(row));
                }
            }
        }

        if (origins.Count == 0)
        {
            // A short cut past what the notes say.
            var said = DerivedOrigins.IsInverse(predicate) ? @object : subject;
            if (_bySubject.Value.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(said, out var about))
            {
                foreach (var note in about)
                {
                    DerivedOrigins.Add(_notes[note], subject, predicate, @object, origins);
                }
            }
        }

        return origins;
    }

    // Made when it is first asked for: most states are replaced before anybody asks where a statement comes from.
    private Dictionary<byte[], List<int>> IndexSubjects()
    {
        var index = new Dictionary<byte[], List<int>>(BytesComparer.Instance);
        var bySubject = index.GetAlternateLookup<ReadOnlySpan<byte>>();
        for (var note = 0; note < _notes.Count; note++)
        {
            foreach (var row in _notes[note].Statements.SubjectRows)
            {
                var subject = _notes[note].Statements.Subject(row);
                if (!bySubject.TryGetValue(subject, out var notes))
                {
                    index.Add(subject.ToArray(), notes = []);
                }

                notes.Add(note);
            }
        }

        return index;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
