using System.Collections.Frozen;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Descriptions;

/// <summary>Gathers descriptions from a snapshot's index. Not for several threads.</summary>
internal sealed class DescriptionReader : IDisposable
{
    private const int MostStatements = 100_000;
    private const int FewStatements = 64;
    private const int KeptTerms = 1 << 13;

    private readonly Snapshot _snapshot;
    private readonly string _noteGraphs;
    private readonly bool _hasNotes;
    private readonly ByteBuffer _scratch = new();
    private readonly ByteBuffer _text = new();
    private readonly Dictionary<TermId, Term> _terms = [];
    private readonly Dictionary<(TermId Node, int Depth), UInt128> _nodes = [];

    public DescriptionReader(Snapshot snapshot, DescriptionNames names, string baseIri)
    {
        _snapshot = snapshot;
        Names = names;
        _noteGraphs = baseIri + "graph/note/";
        foreach (var graph in snapshot.GraphNames)
        {
            if (Decode(new TermId(graph)) is Iri name && name.Value.StartsWith(_noteGraphs, StringComparison.Ordinal))
            {
                _hasNotes = true;
                break;
            }
        }
    }

    public DescriptionNames Names { get; }

    public Term Decode(TermId id)
    {
        if (_terms.Count >= KeptTerms)
        {
            _terms.Clear();
        }

        ref var term = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, id, out _);
        return term ??= Term.Decode(_snapshot.Dictionary.Encoded(id, _scratch));
    }

    /// <summary>Gathers what is said of a resource; with nothing said of it the description is empty.</summary>
    public Description Read(TermId resource)
    {
        var description = new Description(resource, Decode);
        ReadParts(description);
        description.EndOwn();
        ReadRelated(description);
        description.BeginContext();
        ReadContext(description);
        ReadNotes(description);
        return description;
    }

    /// <summary>A hash of a description that depends on nothing but what it says: not on ids, the order of statements, or labels of blank nodes.</summary>
    public UInt128 HashOf(Description description)
    {
        _nodes.Clear();
        var sum = UInt128.Zero;
        foreach (var statement in description.All)
        {
            if (statement.Subject.Tag != TermTag.BlankNode)
            {
                sum += HashOf(statement.Subject, statement.Predicate, statement.Object, 0);
            }
        }

        foreach (var graph in description.NoteGraphs)
        {
            _text.Clear();
            Encoding.UTF8.GetBytes(graph, _text);
            sum += XxHash128.HashToUInt128(_text.Written);
        }

        return sum;
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _text.Dispose();
    }

    private void ReadParts(Description description)
    {
        var prefix = Encoding.UTF8.GetBytes("<" + description.Iri + "/");
        var open = new Queue<TermId>([description.Resource]);
        var seen = new HashSet<TermId>([description.Resource]);
        description.Begin(description.Resource);
        while (open.TryDequeue(out var subject))
        {
            var range = _snapshot.Union.Range(TripleOrder.Spo, subject);
            for (var i = 0; i < range.Count && description.All.Length < MostStatements; i++)
            {
                var value = new TermId(range.Third[i]);
                AddFirst(description, subject, new TermId(range.Second[i]), value, i);
                var isPart = value.Tag == TermTag.BlankNode || (value.Tag == TermTag.Iri && _snapshot.Dictionary.Encoded(value, _scratch).StartsWith(prefix));
                if (isPart && seen.Add(value))
                {
                    open.Enqueue(value);
                }
            }
        }
    }

    /// <summary>An output is told of with the initiatives that made it, a note with what it describes.</summary>
    private void ReadRelated(Description description)
    {
        var related = new SortedSet<TermId>(description.Values(description.Resource, Names.OutputOf));
        related.UnionWith(description.Values(description.Resource, Names.Describes));
        if (Names.HasOutput.IsBound)
        {
            foreach (var subject in _snapshot.Union.Range(TripleOrder.Pos, Names.HasOutput, description.Resource).Third)
            {
                related.Add(new TermId(subject));
            }
        }

        foreach (var subject in related)
        {
            if (description.Has(subject) || subject.Tag != TermTag.Iri)
            {
                continue;
            }

            description.Related.Add(subject);
            AddSome(description, subject, Names.RelatedIds);
            foreach (var period in description.Values(subject, Names.Period).ToList())
            {
                if (!description.Has(period))
                {
                    AddAll(description, period);
                }
            }
        }
    }

    private void ReadContext(Description description)
    {
        var open = new Queue<TermId>();
        foreach (var statement in description.All)
        {
            open.Enqueue(statement.Object);
        }

        while (open.TryDequeue(out var mentioned))
        {
            if (mentioned.Tag != TermTag.Iri || description.Has(mentioned) || description.All.Length >= MostStatements)
            {
                continue;
            }

            AddSome(description, mentioned, Names.ContextIds);
            foreach (var place in description.Values(mentioned, Names.PartOfPlace))
            {
                open.Enqueue(place);
            }
        }
    }

    /// <summary>A resource is told of by the notes whose graphs say what it is.</summary>
    private void ReadNotes(Description description)
    {
        if (!_hasNotes)
        {
            return;
        }

        foreach (var type in description.Values(description.Resource, Names.Type))
        {
            foreach (var graph in _snapshot.GraphsOf(description.Resource, Names.Type, type))
            {
                if (Decode(new TermId(graph)) is Iri name && name.Value.StartsWith(_noteGraphs, StringComparison.Ordinal) && !description.NoteGraphs.Contains(name.Value))
                {
                    description.NoteGraphs.Add(name.Value);
                }
            }
        }

        description.NoteGraphs.Sort(StringComparer.Ordinal);
    }

    private void AddAll(Description description, TermId subject)
    {
        var range = _snapshot.Union.Range(TripleOrder.Spo, subject);
        for (var i = 0; i < range.Count && description.All.Length < MostStatements; i++)
        {
            AddFirst(description, subject, new TermId(range.Second[i]), new TermId(range.Third[i]), i);
        }
    }

    /// <summary>Adds what some properties say. Of a hub it is looked up, for it would be read for each of the many that lead to it.</summary>
    private void AddSome(Description description, TermId subject, FrozenSet<uint> properties)
    {
        var count = 0;
        var range = _snapshot.Union.Range(TripleOrder.Spo, subject);
        if (range.Count <= FewStatements)
        {
            for (var i = 0; i < range.Count; i++)
            {
                if (properties.Contains(range.Second[i]))
                {
                    AddFirst(description, subject, new TermId(range.Second[i]), new TermId(range.Third[i]), count++);
                }
            }

            return;
        }

        foreach (var property in properties)
        {
            foreach (var value in _snapshot.Union.Range(TripleOrder.Spo, subject, new TermId(property)).Third)
            {
                AddFirst(description, subject, new TermId(property), new TermId(value), count++);
            }
        }
    }

    private static void AddFirst(Description description, TermId subject, TermId predicate, TermId value, int index)
    {
        if (index == 0)
        {
            description.Begin(subject);
        }

        description.Add(new Statement(subject, predicate, value));
    }

    private UInt128 HashOf(TermId subject, TermId predicate, TermId value, int depth)
    {
        const int Deepest = 8;
        var node = value.Tag == TermTag.BlankNode && depth < Deepest ? HashOfNode(value, depth + 1) : UInt128.Zero;
        _text.Clear();
        Append(subject);
        Append(predicate);
        Append(value);
        if (value.Tag == TermTag.BlankNode)
        {
            _text.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(ref node)));
        }

        return XxHash128.HashToUInt128(_text.Written);
    }

    /// <summary>What a blank node says, whatever its label is.</summary>
    private UInt128 HashOfNode(TermId node, int depth)
    {
        if (!_nodes.TryGetValue((node, depth), out var sum))
        {
            var range = _snapshot.Union.Range(TripleOrder.Spo, node);
            for (var i = 0; i < range.Count; i++)
            {
                sum += HashOf(TermId.Unbound, new TermId(range.Second[i]), new TermId(range.Third[i]), depth);
            }

            _nodes.Add((node, depth), sum);
        }

        return sum;
    }

    private void Append(TermId term)
    {
        // No UTF-8 text holds it, so that no two statements run together to the same bytes.
        const byte End = 0xFF;
        if (term.IsBound && term.Tag != TermTag.BlankNode)
        {
            _snapshot.Dictionary.Append(term, _text);
        }

        _text.Append(End);
    }
}
