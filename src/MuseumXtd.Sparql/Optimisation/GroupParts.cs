using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>Joins and filters taken apart: what is joined, in any order, and the conditions on all of it.</summary>
internal sealed class GroupParts
{
    private readonly bool _correlated;

    /// <summary>The parts of a pattern, with the conditions as early as they can be tested.</summary>
    /// <param name="pattern">Joins and filters.</param>
    /// <param name="given">Conditions on all of it, besides those that are within.</param>
    /// <param name="input">The columns of what it starts from.</param>
    /// <param name="correlated">Whether all parts see the input's bindings.</param>
    public GroupParts(GraphPattern pattern, IReadOnlyList<Expression>? given, Schema input, bool correlated)
    {
        _correlated = correlated;
        Conditions = given is null ? [] : [.. given];
        Flatten(pattern, isRoot: true);
        if (Conditions.Count > 0)
        {
            Simplify(input);
            PushIntoOptional();
        }
    }

    /// <summary>What is joined.</summary>
    public List<GraphPattern> Leaves { get; } = [];

    /// <summary>What must be true of the joined rows.</summary>
    public List<Expression> Conditions { get; }

    /// <summary>Takes joins apart. A filter within is lifted to the whole where that cannot change what it sees.</summary>
    private void Flatten(GraphPattern pattern, bool isRoot)
    {
        switch (pattern)
        {
            case Join join:
                Flatten(join.Left, false);
                Flatten(join.Right, false);
                break;
            case Filter filter when isRoot || _correlated || Certainty.IsLocal(filter.Condition, filter.Pattern):
                Conditions.AddRange(Certainty.Conjuncts(filter.Condition));
                Flatten(filter.Pattern, isRoot);
                break;
            default:
                Leaves.Add(pattern);
                break;
        }
    }

    /// <summary>An OPTIONAL whose part a condition wants to be there is a join.</summary>
    private void Simplify(Schema input)
    {
        for (var i = Leaves.Count - 1; i >= 0; i--)
        {
            if (Leaves[i] is not LeftJoin leaf)
            {
                continue;
            }

            var elsewhere = Leaves.Where((_, other) => other != i).SelectMany(o => InScope.Of(o)).Concat(input.Variables).ToHashSet();
            var simple = Optionals.Simplify(leaf, Conditions, elsewhere);
            if (!ReferenceEquals(simple, leaf))
            {
                Leaves.RemoveAt(i);
                Flatten(simple, false);
            }
        }
    }

    /// <summary>A condition on what the left of an OPTIONAL always binds is tested before the optional part is looked for.</summary>
    private void PushIntoOptional()
    {
        for (var i = 0; i < Leaves.Count; i++)
        {
            if (Leaves[i] is not LeftJoin outermost)
            {
                continue;
            }

            var (optionals, left) = (new Stack<LeftJoin>(), (GraphPattern)outermost);
            for (; left is LeftJoin join; left = join.Left)
            {
                optionals.Push(join);
            }

            var pushed = new List<Expression>();
            var always = Certainty.Of(left);
            Conditions.RemoveAll(IsPushed);
            if (pushed.Count > 0)
            {
                GraphPattern filtered = new Filter(Balanced.Of(pushed, (a, b) => new FunctionCall(Function.And, [a, b])), left);
                Leaves[i] = optionals.Aggregate(filtered, (pattern, join) => join with { Left = pattern });
            }

            bool IsPushed(Expression condition)
            {
                var isLocal = !Certainty.HasExists(condition) && Certainty.VariablesOf(condition).All(always.Contains);
                if (isLocal)
                {
                    pushed.Add(condition);
                }

                return isLocal;
            }
        }
    }
}
