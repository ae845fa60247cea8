using System.Runtime.InteropServices;
using MuseumXtd.Rdf;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Descriptions;

/// <summary>A triple by ids.</summary>
internal readonly record struct Statement(TermId Subject, TermId Predicate, TermId Object);

/// <summary>
/// All that the records of one resource are made of: whatever is not in here cannot change a record. Its statements are in three runs, and those of
/// a subject stand together.
/// </summary>
internal sealed class Description
{
    private readonly List<Statement> _statements = [];
    private readonly Dictionary<TermId, (int Start, int Count)> _subjects = [];
    private readonly Func<TermId, Term> _decode;

    public Description(TermId resource, Func<TermId, Term> decode)
    {
        Resource = resource;
        _decode = decode;
        Iri = ((Iri)decode(resource)).Value;
    }

    public TermId Resource { get; }

    public string Iri { get; }

    /// <summary>The initiatives that made an output, the resources that a note describes.</summary>
    public List<TermId> Related { get; } = [];

    /// <summary>The graphs of the notes that say what the resource is, sorted by name.</summary>
    public List<string> NoteGraphs { get; } = [];

    /// <summary>The statements of the resource and of its parts.</summary>
    public ReadOnlySpan<Statement> Own => All[..OwnCount];

    /// <summary>What is said of the things that are mentioned: names, places above, identifiers elsewhere.</summary>
    public ReadOnlySpan<Statement> Context => All[ContextStart..];

    public ReadOnlySpan<Statement> All => CollectionsMarshal.AsSpan(_statements);

    private int OwnCount { get; set; }

    private int ContextStart { get; set; }

    public bool Has(TermId subject) => _subjects.ContainsKey(subject);

    public ReadOnlySpan<Statement> Of(TermId subject) =>
        _subjects.TryGetValue(subject, out var run) ? All.Slice(run.Start, run.Count) : default;

    /// <summary>The values of a property, in no order that means anything.</summary>
    public IEnumerable<TermId> Values(TermId subject, TermId predicate)
    {
        if (_subjects.TryGetValue(subject, out var run))
        {
            for (var i = run.Start; i < run.Start + run.Count; i++)
            {
                if (_statements[i].Predicate == predicate)
                {
                    yield return _statements[i].Object;
                }
            }
        }
    }

    public Term Decode(TermId id) => _decode(id);

    internal void Begin(TermId subject) => _subjects.TryAdd(subject, (_statements.Count, 0));

    internal void Add(Statement statement)
    {
        ref var run = ref CollectionsMarshal.GetValueRefOrAddDefault(_subjects, statement.Subject, out _);
        run.Count++;
        _statements.Add(statement);
    }

    internal void EndOwn() => OwnCount = _statements.Count;

    internal void BeginContext() => ContextStart = _statements.Count;
}
