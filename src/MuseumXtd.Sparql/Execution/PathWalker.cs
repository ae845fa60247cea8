using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// Follows property paths in one graph from a given end (SPARQL 1.1 Query, section 18.4): sequences and alternatives keep duplicates,
/// the closures <c>*</c>, <c>+</c> and <c>?</c> visit each node once.
/// </summary>
internal sealed class PathWalker(TripleIndex index, QueryTerms terms, Operator owner)
{
    private readonly Dictionary<List<uint>, long> _charged = [];
    private int _steps;

    /// <summary>The nodes that the path leads to from a node, forwards or backwards; the caller is charged for them.</summary>
    public List<uint> Reach(PropertyPath path, uint from, bool forward)
    {
        var reached = new List<uint>();
        Follow(path, from, forward, reached);
        GiveBack(reached);
        return reached;
    }

    private void Follow(PropertyPath path, uint from, bool forward, List<uint> output)
    {
        if ((++_steps & 0x3FF) == 0)
        {
            owner.Context.Check(owner);
        }

        switch (path)
        {
            case LinkPath link:
                var predicate = terms.Intern(link.Predicate);
                var range = index.Range(forward ? TripleOrder.Spo : TripleOrder.Ops, new TermId(from), predicate);
                Add(range.Third, output);
                break;
            case InversePath inverse:
                Follow(inverse.Path, from, !forward, output);
                break;
            case SequencePath sequence:
                var middle = new List<uint>();
                Follow(forward ? sequence.Left : sequence.Right, from, forward, middle);
                foreach (var node in middle)
                {
                    Follow(forward ? sequence.Right : sequence.Left, node, forward, output);
                }

                GiveBack(middle);
                break;
            case AlternativePath alternative:
                Follow(alternative.Left, from, forward, output);
                Follow(alternative.Right, from, forward, output);
                break;
            case ZeroOrOnePath optional:
                var once = new List<uint> { from };
                Follow(optional.Path, from, forward, once);
                output.AddRange(once.Distinct());
                GiveBack(once);
                break;
            case ZeroOrMorePath closure:
                Close(closure.Path, [from], from, forward, output);
                break;
            case OneOrMorePath closure:
                Close(closure.Path, [], from, forward, output);
                break;
            case NegatedPropertySet negated:
                FollowOthers(negated, from, forward, output);
                break;
            default:
                throw new ArgumentException($"Unknown path {path.GetType().Name}.", nameof(path));
        }
    }

    /// <summary>Adds nodes, and charges what a long list takes: a path of many ways grows lists faster than anything else.</summary>
    private void Add(ReadOnlySpan<uint> nodes, List<uint> output)
    {
        const int Long = 4096;
        owner.Context.Check(owner, nodes.Length + 1);
        if (output.Count + nodes.Length > Math.Max(output.Capacity, Long))
        {
            var capacity = Math.Max(output.Count + nodes.Length, 2 * output.Capacity);
            owner.Context.Charge((capacity * (long)sizeof(uint)) - _charged.GetValueOrDefault(output), owner);
            _charged[output] = capacity * (long)sizeof(uint);
            output.Capacity = capacity;
        }

        output.AddRange(nodes);
    }

    /// <summary>Gives back what was charged for a list.</summary>
    private void GiveBack(List<uint> list)
    {
        if (_charged.Remove(list, out var bytes))
        {
            owner.Context.Charge(-bytes, owner);
        }
    }

    /// <summary>Whether a node leads to itself by the path of length zero.</summary>
    public static bool HasZeroLength(PropertyPath path) => path switch
    {
        ZeroOrMorePath or ZeroOrOnePath => true,
        OneOrMorePath closure => HasZeroLength(closure.Path),
        InversePath inverse => HasZeroLength(inverse.Path),
        SequencePath sequence => HasZeroLength(sequence.Left) && HasZeroLength(sequence.Right),
        AlternativePath alternative => HasZeroLength(alternative.Left) || HasZeroLength(alternative.Right),
        _ => false,
    };

    /// <summary>The nodes at which a path can begin when neither end is given.</summary>
    public uint[] Starts(PropertyPath path)
    {
        if (HasZeroLength(path))
        {
            return AllNodes();
        }

        switch (path)
        {
            case LinkPath link:
                return Distinct(index.Range(TripleOrder.Pso, terms.Intern(link.Predicate)).Second);
            case InversePath { Path: LinkPath link }:
                return Distinct(index.Range(TripleOrder.Pos, terms.Intern(link.Predicate)).Second);
            case OneOrMorePath closure:
                return Starts(closure.Path);
            case SequencePath sequence when !HasZeroLength(sequence.Left):
                return Starts(sequence.Left);
            default:
                return AllNodes();
        }
    }

    private static uint[] Distinct(ReadOnlySpan<uint> sorted)
    {
        var distinct = new List<uint>();
        foreach (var value in sorted)
        {
            if (distinct.Count == 0 || distinct[^1] != value)
            {
                distinct.Add(value);
            }
        }

        return [.. distinct];
    }

    private uint[] AllNodes()
    {
        var nodes = new HashSet<uint>();
        foreach (var key in index.Keys(TripleOrder.Spo))
        {
            nodes.Add(key);
        }

        foreach (var key in index.Keys(TripleOrder.Osp))
        {
            nodes.Add(key);
        }

        return [.. nodes.Order()];
    }

    private void Close(PropertyPath step, HashSet<uint> seen, uint from, bool forward, List<uint> output)
    {
        output.AddRange(seen);
        if (step is LinkPath or InversePath { Path: LinkPath })
        {
            CloseLinks(step as LinkPath ?? (LinkPath)((InversePath)step).Path, seen, from, step is LinkPath == forward, output);
            return;
        }

        var frontier = new List<uint> { from };
        var next = new List<uint>();
        var reached = new List<uint>();
        while (frontier.Count > 0)
        {
            next.Clear();
            foreach (var node in frontier)
            {
                reached.Clear();
                Follow(step, node, forward, reached);
                foreach (var target in reached)
                {
                    if (seen.Add(target))
                    {
                        output.Add(target);
                        next.Add(target);
                    }
                }
            }

            (frontier, next) = (next, frontier);
        }

        GiveBack(reached);
    }

    /// <summary>The closure of one predicate: what is reached is the queue of what is still to be followed.</summary>
    private void CloseLinks(LinkPath link, HashSet<uint> seen, uint from, bool forward, List<uint> output)
    {
        var predicate = terms.Intern(link.Predicate);
        var order = forward ? TripleOrder.Spo : TripleOrder.Ops;
        var next = output.Count;
        for (var node = from; ; node = output[next++])
        {
            var targets = index.Range(order, new TermId(node), predicate).Third;
            owner.Context.Check(owner, targets.Length);
            foreach (var target in targets)
            {
                if (seen.Add(target))
                {
                    output.Add(target);
                }
            }

            if (next == output.Count)
            {
                return;
            }
        }
    }

    private void FollowOthers(NegatedPropertySet negated, uint from, bool forward, List<uint> output)
    {
        if (!negated.Forward.IsEmpty || negated.Backward.IsEmpty)
        {
            AddOthers(negated.Forward.Select(i => terms.Intern(i).Value).ToHashSet(), forward);
        }

        if (!negated.Backward.IsEmpty)
        {
            AddOthers(negated.Backward.Select(i => terms.Intern(i).Value).ToHashSet(), !forward);
        }

        void AddOthers(HashSet<uint> excluded, bool ahead)
        {
            var range = index.Range(ahead ? TripleOrder.Spo : TripleOrder.Ops, new TermId(from));
            for (var i = 0; i < range.Count; i++)
            {
                if (!excluded.Contains(range.Second[i]))
                {
                    output.Add(range.Third[i]);
                }
            }
        }
    }
}
