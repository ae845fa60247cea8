using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Takes off a set of joined triples, leaf by leaf, the trees that hang on one variable and bind nothing that is asked for: they need only be
/// counted, or found to exist. What is left is the core, which is joined.
/// </summary>
internal sealed class Peeling
{
    private readonly List<TriplePattern> _core;
    private readonly Dictionary<Variable, Hanging> _trees;

    private Peeling(List<TriplePattern> core, Dictionary<Variable, Hanging> trees, (TriplePattern Pattern, Variable Variable)? scan = null)
    {
        _core = core;
        _trees = trees;
        Scan = scan;
    }

    /// <summary>Where no triple is left to join: the pattern that has the values of the one variable that is asked for.</summary>
    public (TriplePattern Pattern, Variable Variable)? Scan { get; }

    /// <summary>The triples to join.</summary>
    public IReadOnlyList<TriplePattern> Core => _core;

    /// <summary>Which variables trees hang on.</summary>
    public IEnumerable<Variable> Roots => _trees.Keys;

    /// <summary>
    /// The peeling that is expected to cost least; it takes off nothing where a join in the best order is cheaper, as when a constant in a
    /// tree leaves few rows.
    /// </summary>
    /// <param name="triples">The joined triples, all matched in one graph.</param>
    /// <param name="needed">The variables that others read.</param>
    /// <param name="bound">The variables that are bound before.</param>
    /// <param name="isAll">Whether the triples are all that is joined.</param>
    /// <param name="cost">The expected number of rows of joining some triples, in all and at the end.</param>
    /// <param name="cardinality">Counts of the index.</param>
    /// <param name="index">Where the triples are matched.</param>
    public static Peeling Choose(
        IReadOnlyList<TriplePattern> triples, IReadOnlySet<Variable> needed, VariableSet bound, bool isAll,
        Func<IReadOnlyList<TriplePattern>, (double All, double Last)> cost,
        Cardinality cardinality, TripleIndex index)
    {
        // What a join costs is a guess that correlations upset by orders of magnitude; what a tree costs is bounded by its triples.
        const double Trust = 8;
        var current = new Peeling([.. triples], []);
        var (best, bestCost) = (current, cost(current._core).All * Trust);
        while (true)
        {
            var (next, nextCost) = ((Peeling?)null, double.PositiveInfinity);
            foreach (var leaf in current.Leaves(needed, bound, isAll))
            {
                var peeled = current.Without(leaf, bound.Contains(leaf.Root));
                var (all, last) = cost(peeled._core);
                if (peeled.Scan is var (pattern, variable))
                {
                    all = last = cardinality.Distinct(pattern, variable, index);
                }

                var sum = all + peeled._trees.Sum(t => t.Value.Cost(t.Key, last, cardinality, index));
                if (sum < nextCost)
                {
                    (next, nextCost) = (peeled, sum);
                }
            }

            if (next is null)
            {
                return best;
            }

            current = next;
            if (nextCost < bestCost)
            {
                (best, bestCost) = (next, nextCost);
            }
        }
    }

    /// <summary>The tree on a root.</summary>
    public WeightTree TreeOn(Variable root, QueryContext context, TripleIndex index) => _trees[root].ToTree(root, context, index);

    /// <summary>The variables that bind one edge to the rest, with that edge: any triples of the variable alone go with it.</summary>
    private List<Leaf> Leaves(IReadOnlySet<Variable> needed, VariableSet bound, bool isAll)
    {
        var leaves = new List<Leaf>();
        foreach (var edge in _core)
        {
            var variables = edge.Variables;
            if (variables.Length < 2 || variables.Any(v => Positions.Of(edge, v) < 0) || HasTripleTerm(edge))
            {
                continue;
            }

            foreach (var root in variables)
            {
                // Whatever else the edge binds must stand here only, save for triples of one variable alone.
                var others = variables.Where(v => v != root).ToList();
                var rest = _core.Where(t => t != edge).ToList();
                if (others.TrueForAll(v => !needed.Contains(v) && (others.Count == 1
                        ? rest.TrueForAll(t => !Has(t, v) || IsCheck(t, v))
                        : !_trees.ContainsKey(v) && !rest.Exists(t => Has(t, v))))
                    && (bound.Contains(root) || (rest.Count == 0 ? isAll : rest.Exists(t => Has(t, root)))))
                {
                    leaves.Add(new Leaf(edge, root, others.Count == 1 ? others[0] : null));
                }
            }
        }

        return leaves;
    }

    private Peeling Without(Leaf leaf, bool isBound)
    {
        var core = _core.ToList();
        core.Remove(leaf.Edge);
        var isLast = core.Count == 0;
        var trees = new Dictionary<Variable, Hanging>(_trees);
        Hanging? below = null;
        if (leaf.Leads is { } variable)
        {
            var checks = core.Where(t => Has(t, variable)).ToList();
            core.RemoveAll(checks.Contains);
            trees.Remove(variable, out below);
            if (checks.Count > 0)
            {
                below = new Hanging([.. below?.Checks ?? [], .. checks], below?.Branches ?? []);
            }
        }

        var root = trees.GetValueOrDefault(leaf.Root) ?? new Hanging([], []);
        trees[leaf.Root] = new Hanging(root.Checks, [.. root.Branches, (leaf.Edge, leaf.Leads, below)]);
        return new Peeling(core, trees, isLast && !isBound ? (leaf.Edge, leaf.Root) : null);
    }

    private static bool Has(TriplePattern triple, Variable variable) => triple.Variables.Contains(variable);

    private static bool IsCheck(TriplePattern triple, Variable variable) =>
        Positions.Of(triple, variable) >= 0 && !HasTripleTerm(triple) && triple.Variables.Length == 1;

    private static bool HasTripleTerm(TriplePattern triple) =>
        triple.Subject is TripleTermPattern || triple.Predicate is TripleTermPattern || triple.Object is TripleTermPattern;

    /// <summary>An edge that can be taken off.</summary>
    /// <param name="Edge">The triple.</param>
    /// <param name="Root">The variable it hangs on.</param>
    /// <param name="Leads">Its other variable; null where it has two more, which stand nowhere else.</param>
    private sealed record Leaf(TriplePattern Edge, Variable Root, Variable? Leads);

    /// <summary>What hangs on a variable.</summary>
    private sealed record Hanging(
        IReadOnlyList<TriplePattern> Checks, IReadOnlyList<(TriplePattern Edge, Variable? Leads, Hanging? Below)> Branches)
    {
        /// <summary>How many triples are expected to be looked at for so many values of the root.</summary>
        public double Cost(Variable root, double values, Cardinality cardinality, TripleIndex index)
        {
            var bound = new VariableSet(root);
            var cost = values * Checks.Count;
            foreach (var (edge, leads, below) in Branches)
            {
                cost += values;
                if (below is not null)
                {
                    // Nothing is done twice for one value: the triples of the edge are the most there can be.
                    var visited = Math.Min(values * cardinality.PerRow(edge, index, bound), cardinality.Count(edge, index));
                    var distinct = Math.Min(visited, cardinality.Distinct(edge, leads!, index));
                    cost += visited + below.Cost(leads!, distinct, cardinality, index);
                }
            }

            return cost;
        }

        public WeightTree ToTree(Variable root, QueryContext context, TripleIndex index)
        {
            uint Id(PatternTerm term) => term is ConstantTerm constant ? context.Terms.Intern(constant.Term).Value : 0;
            var branches = Branches.Select(branch =>
            {
                var from = Positions.Of(branch.Edge, root);
                var to = branch.Leads is { } leads ? Positions.Of(branch.Edge, leads) : (from + 1) % 3;
                var between = 3 - from - to;
                return new WeightTree.Branch(
                    Positions.Order(from, between),
                    branch.Leads is null ? 0 : Id(Positions.At(branch.Edge, between)),
                    branch.Below?.ToTree(branch.Leads!, context, index));
            });
            var checks = Checks.Select(c => new WeightTree.Check(Id(c.Subject), Id(c.Predicate), Id(c.Object)));
            return new WeightTree(context, index, [.. checks], [.. branches]);
        }
    }
}
