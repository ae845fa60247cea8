using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Constraints;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Execution;

/// <summary>One running validation: the data, the ids of what the shapes name, the budget and what was found. For one thread.</summary>
internal sealed class Validation
{
    private readonly ValidationOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly long _deadline;
    private readonly TermId[] _constants;
    private readonly Stack<List<uint>> _lists = [];
    private readonly Dictionary<int, HashSet<uint>> _subclasses = [];
    private readonly Dictionary<(int Shape, uint Node), bool> _known = [];
    private readonly HashSet<(int Shape, uint Node)> _active = [];
    private readonly Dictionary<Constraint, HashSet<uint>> _sets = [];
    private readonly TermId _subClassOf;
    private int _probing;
    private bool _hasFailed;
    private long _work;
    private long _bytes;

    public Validation(
        IReadOnlyList<Rdf.Term> constants, Snapshot snapshot, TripleIndex data, ValidationOptions options, CancellationToken cancellation)
    {
        Snapshot = snapshot;
        Data = data;
        Terms = new QueryTerms(snapshot.Dictionary);
        Operators = new TermOperators(Terms);
        _options = options;
        _cancellation = cancellation;
        _deadline = options.Timeout == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : Stopwatch.GetTimestamp() + (long)(options.Timeout.TotalSeconds * Stopwatch.Frequency);
        _constants = [.. constants.Select(Terms.Intern)];
        RdfType = Terms.Intern(RdfNames.Type);
        _subClassOf = Terms.Intern(Sh.SubClassOf);
    }

    public Snapshot Snapshot { get; }

    /// <summary>The data graph.</summary>
    public TripleIndex Data { get; }

    public QueryTerms Terms { get; }

    public TermOperators Operators { get; }

    public TermId RdfType { get; }

    public ByteBuffer Scratch { get; } = new();

    public List<Finding> Findings { get; } = [];

    /// <summary>The name of the shapes graph in the snapshot, or null.</summary>
    public Rdf.Iri? ShapesGraph { get; init; }

    /// <summary>Whether more checks would change nothing: one question is asked, and it is answered.</summary>
    public bool IsDecided => _probing > 0 && _hasFailed;

    public CancellationToken Cancellation => _cancellation;

    /// <summary>The options of queries within this validation: what is left of its budget.</summary>
    public QueryOptions QueryOptions => new()
    {
        DefaultGraph = _options.DefaultGraph,
        Dataset = _options.DataGraph is { } graph ? new DatasetClause([graph], ShapesGraph is null ? [] : [ShapesGraph]) : null,
        MaxMemoryBytes = _options.MaxMemoryBytes,
        Timeout = _deadline == long.MaxValue
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromSeconds(Math.Max(0, _deadline - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency),
    };

    /// <summary>The id of a constant.</summary>
    public TermId Id(int constant) => _constants[constant];

    /// <summary>The id here of a term of a query.</summary>
    public TermId Import(TermId id, QueryTerms from) =>
        id.Tag == TermTag.Local ? Terms.Intern(from.Encoded(id, Scratch)) : id;

    /// <summary>The encoded form of a term; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encoded(uint id) => Terms.Encoded(new TermId(id), Scratch);

    public List<uint> Rent() => _lists.TryPop(out var list) ? list : [];

    public void Return(List<uint> list)
    {
        list.Clear();
        _lists.Push(list);
    }

    /// <summary>Counts work that was done, and ends the validation when it was cancelled or its time is up.</summary>
    public void Work(int steps)
    {
        const int While = 1 << 14;
        _work += steps;
        if (_work < While)
        {
            return;
        }

        _work = 0;
        _cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetTimestamp() > _deadline)
        {
            throw new QueryBudgetException(
                "time", $"The validation ran longer than {_options.Timeout.TotalSeconds:0.###} s. Validate less at once, or with a higher timeout.");
        }
    }

    /// <summary>A class and all its subclasses in the data graph.</summary>
    public HashSet<uint> SubclassesOf(int type)
    {
        if (!_subclasses.TryGetValue(type, out var classes))
        {
            classes = [Id(type).Value];
            var waiting = new Stack<uint>(classes);
            while (waiting.TryPop(out var next))
            {
                foreach (var below in Data.Range(TripleOrder.Ops, new TermId(next), _subClassOf).Third)
                {
                    if (classes.Add(below))
                    {
                        waiting.Push(below);
                    }
                }
            }

            _subclasses.Add(type, classes);
        }

        return classes;
    }

    /// <summary>The ids of some constants as a set, made once for a constraint.</summary>
    public HashSet<uint> SetOf(Constraint constraint, IReadOnlyList<int> constants)
    {
        if (!_sets.TryGetValue(constraint, out var set))
        {
            set = [.. constants.Select(c => Id(c).Value)];
            _sets.Add(constraint, set);
        }

        return set;
    }

    /// <summary>Validates all focus nodes of a shape.</summary>
    public void ValidateTargets(Shape shape)
    {
        if (shape.IsDeactivated || shape.Targets.Count == 0)
        {
            return;
        }

        var found = new HashSet<uint>();
        foreach (var target in shape.Targets)
        {
            target.Collect(this, found);
        }

        var nodes = found.ToArray();
        Array.Sort(nodes);
        foreach (var node in nodes)
        {
            Check(shape, node, asked: false);
        }

        foreach (var constraint in shape.Constraints)
        {
            if (constraint is IBatchedConstraint batched)
            {
                batched.CheckAll(this, nodes);
            }
        }
    }

    /// <summary>Validates one node against a shape (SHACL, section 3.4.2). Unless it is asked for by another shape, constraints that take many nodes at once wait.</summary>
    public void Check(Shape shape, uint node, bool asked = true)
    {
        if (shape.IsDeactivated)
        {
            return;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ShapesException(shape.Node, "the shape refers to itself, and the data lead it too deep; it cannot be evaluated.");
        }

        if (shape.IsRecursive && !_active.Add((shape.Number, node)))
        {
            throw new ShapesException(
                shape.Node,
                $"the shape refers to itself, and the data lead it from {Terms.Decode(new TermId(node))} back to the same node; SHACL gives this no meaning (section 3.4.3).");
        }

        var values = Rent();
        if (shape.Steps is null)
        {
            values.Add(node);
        }
        else
        {
            shape.Steps.FollowOnce(this, node, values);
        }

        Work(values.Count + 1);
        foreach (var constraint in shape.Constraints)
        {
            if (IsDecided)
            {
                break;
            }

            if (asked || constraint is not IBatchedConstraint)
            {
                constraint.Check(this, node, CollectionsMarshal.AsSpan(values));
            }
        }

        Return(values);
        if (shape.IsRecursive)
        {
            _active.Remove((shape.Number, node));
        }
    }

    /// <summary>Whether a node conforms to a shape: nothing is reported.</summary>
    public bool Conforms(Shape shape, uint node)
    {
        if (!shape.IsPlain && _known.TryGetValue((shape.Number, node), out var known))
        {
            return known;
        }

        var outer = _hasFailed;
        _probing++;
        _hasFailed = false;
        Check(shape, node);
        var conforms = !_hasFailed;
        _probing--;
        _hasFailed = outer;
        if (!shape.IsPlain)
        {
            Charge(32);
            _known.Add((shape.Number, node), conforms);
        }

        return conforms;
    }

    /// <summary>Notes a result.</summary>
    public void Report(in Finding finding)
    {
        if (_probing > 0)
        {
            _hasFailed = true;
            return;
        }

        if (Findings.Count >= _options.MaxResults)
        {
            throw new QueryBudgetException(
                "rows", $"The report has more than {_options.MaxResults} results. Validate fewer shapes at once, or raise the limit.");
        }

        Charge(Unsafe.SizeOf<Finding>());
        Findings.Add(finding);
    }

    /// <summary>Counts what is held, and ends the validation when that is too much.</summary>
    public void Charge(int bytes)
    {
        _bytes += bytes;
        if (_bytes > _options.MaxMemoryBytes)
        {
            throw new QueryBudgetException("memory", $"The validation needs more than {_options.MaxMemoryBytes >> 20} MB. Validate less at once.");
        }
    }
}
