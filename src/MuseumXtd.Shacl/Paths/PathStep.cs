using System.Runtime.InteropServices;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Paths;

/// <summary>A path as it is followed on an index: inverses are pushed down to the predicates.</summary>
internal abstract class PathStep
{
    /// <summary>Whether a node can come out more than once.</summary>
    public abstract bool RepeatsNodes { get; }

    /// <summary>Compiles a path.</summary>
    public static PathStep Of(PropertyPath path, Constants constants, bool isInverse = false) => path switch
    {
        LinkPath link => new LinkStep(constants.Add(link.Predicate), isInverse),
        InversePath inverse => Of(inverse.Path, constants, !isInverse),
        SequencePath sequence => isInverse
            ? new SequenceStep(Of(sequence.Right, constants, true), Of(sequence.Left, constants, true))
            : new SequenceStep(Of(sequence.Left, constants), Of(sequence.Right, constants)),
        AlternativePath either => new AlternativeStep(Of(either.Left, constants, isInverse), Of(either.Right, constants, isInverse)),
        ZeroOrMorePath closure => new ClosureStep(Of(closure.Path, constants, isInverse), true),
        OneOrMorePath closure => new ClosureStep(Of(closure.Path, constants, isInverse), false),
        ZeroOrOnePath optional => new OptionalStep(Of(optional.Path, constants, isInverse)),
        _ => throw new ArgumentException($"No path of SHACL: {path.GetType().Name}.", nameof(path)),
    };

    /// <summary>Adds the nodes that the path leads to from a node.</summary>
    public abstract void Follow(Validation validation, uint from, List<uint> output);

    /// <summary>The nodes that the path leads to, each once: the value nodes (SHACL, section 2.1.2).</summary>
    public void FollowOnce(Validation validation, uint from, List<uint> output)
    {
        Follow(validation, from, output);
        if (RepeatsNodes && output.Count > 1)
        {
            output.Sort();
            var kept = 1;
            var nodes = CollectionsMarshal.AsSpan(output);
            for (var i = 1; i < nodes.Length; i++)
            {
                if (nodes[i] != nodes[kept - 1])
                {
                    nodes[kept++] = nodes[i];
                }
            }

            CollectionsMarshal.SetCount(output, kept);
        }
    }

    private sealed class LinkStep(int predicate, bool isInverse) : PathStep
    {
        public override bool RepeatsNodes => false;

        public override void Follow(Validation validation, uint from, List<uint> output)
        {
            var order = isInverse ? TripleOrder.Ops : TripleOrder.Spo;
            var nodes = validation.Data.Range(order, new TermId(from), validation.Id(predicate)).Third;
            validation.Work(nodes.Length + 1);
            output.AddRange(nodes);
        }
    }

    private sealed class SequenceStep(PathStep first, PathStep second) : PathStep
    {
        public override bool RepeatsNodes => true;

        public override void Follow(Validation validation, uint from, List<uint> output)
        {
            var middle = validation.Rent();
            first.FollowOnce(validation, from, middle);
            foreach (var node in middle)
            {
                second.Follow(validation, node, output);
            }

            validation.Return(middle);
        }
    }

    private sealed class AlternativeStep(PathStep first, PathStep second) : PathStep
    {
        public override bool RepeatsNodes => true;

        public override void Follow(Validation validation, uint from, List<uint> output)
        {
            first.Follow(validation, from, output);
            second.Follow(validation, from, output);
        }
    }

    private sealed class OptionalStep(PathStep step) : PathStep
    {
        public override bool RepeatsNodes => true;

        public override void Follow(Validation validation, uint from, List<uint> output)
        {
            output.Add(from);
            step.Follow(validation, from, output);
        }
    }

    private sealed class ClosureStep(PathStep step, bool withStart) : PathStep
    {
        public override bool RepeatsNodes => false;

        public override void Follow(Validation validation, uint from, List<uint> output)
        {
            var seen = new HashSet<uint>();
            var reached = validation.Rent();
            var waiting = validation.Rent();
            waiting.Add(from);
            if (withStart)
            {
                seen.Add(from);
                output.Add(from);
            }

            for (var at = 0; at < waiting.Count; at++)
            {
                reached.Clear();
                step.Follow(validation, waiting[at], reached);
                foreach (var node in reached)
                {
                    if (seen.Add(node))
                    {
                        output.Add(node);
                        waiting.Add(node);
                    }
                }
            }

            validation.Return(waiting);
            validation.Return(reached);
        }
    }
}
