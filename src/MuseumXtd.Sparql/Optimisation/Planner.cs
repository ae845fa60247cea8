using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Turns algebra into operators. Every pattern is compiled onto an input: one empty row for a query, the rows of an OPTIONAL or EXISTS
/// for their inner patterns. What may not start from rows without changing its meaning is compiled alone and joined by a hash table.
/// </summary>
internal sealed class Planner(QueryContext context)
{
    private readonly Dictionary<(TextSearch, TripleIndex), TextFinds> _finds = [];
    private readonly HashSet<GraphPattern> _absences = new(ReferenceEqualityComparer.Instance);

    /// <summary>The query.</summary>
    public QueryContext Context { get; } = context;

    /// <summary>Counts of the index, kept while the query is planned.</summary>
    public Cardinality Cardinality { get; } = new(context);

    /// <summary>The plan of a whole pattern on the default graph.</summary>
    public Operator Plan(GraphPattern pattern)
    {
        Context.Fit(Breadth.Of(pattern));
        return Exchanged(Compile(pattern, Seed.Unit(Context), PatternSource.OfDefaultGraph(Context.Dataset), false));
    }

    /// <summary>The plan of a pattern that sees the bindings of its input throughout, as EXISTS does.</summary>
    public Operator PlanCorrelated(GraphPattern pattern, Operator input, PatternSource source) => Compile(pattern, input, source, true);

    /// <summary>A pipeline that many rows will go through, made so that it can be divided here, after a scan.</summary>
    public Operator Divisible(Operator pipeline)
    {
        // With fewer rows the next step may have enough.
        const int Enough = 512;
        return Context.MayDivide && (pipeline.Estimate >= Enough || Context.MorselSize is not null) && IsScan(pipeline) ? new MorselRows(pipeline) : pipeline;
    }

    /// <summary>What reads all rows of a pipeline lets other threads help, where it can be divided.</summary>
    public static Operator Exchanged(Operator pipeline)
    {
        var at = pipeline;
        while (at.IsRowwise)
        {
            at = at.Children[0];
        }

        return at is MorselRows source && !ReferenceEquals(source, pipeline) ? new ExchangeRows(pipeline, source) : pipeline;
    }

    /// <summary>Whether there is just the one empty row.</summary>
    public static bool IsUnit(Operator input) => input is Seed { Schema.Width: 0 };

    /// <summary>The plan of a pattern on an input.</summary>
    public Operator Compile(GraphPattern pattern, Operator input, PatternSource source, bool correlated)
    {
        Context.CheckPlanning();
        switch (pattern)
        {
            case BasicGraphPattern or PathPattern or Join or Filter:
                return CompileGroup(pattern, input, source, correlated, null);
            case LeftJoin join:
                var left = Compile(join.Left, input, source, correlated);
                var isAbsence = _absences.Contains(join);
                var (seed, pipeline) = Pipeline(left, join.Right, join.Condition, source, correlated, isAbsence ? Asked.OnlyWhether : null);

                return new SeededJoin(left, seed, pipeline, isAbsence ? SeededJoinKind.Anti : SeededJoinKind.Left) { Estimate = left.Estimate };
            case Minus minus:
                return CompileMinus(minus, input, source, correlated);
            case Union:
                return CompileUnion(pattern, input, source, correlated);
            case Graph graph:
                return CompileGraph(graph, input, source, correlated);
            case Extend extend when input.Schema.SlotOf(extend.Variable) < 0 && (correlated || IsUnit(input)):
                var extended = Compile(extend.Pattern, input, source, correlated);
                Context.CompiledIn = source;
                return new ExtendRows(extended, extend.Variable, extend.Expression) { Estimate = extended.Estimate };
            case Service service when Context.Services is { } services:
                return new ServiceJoin(input, service, services) { Estimate = input.Estimate };
            case Service service:
                return service.Silent
                    ? input
                    : throw new ServiceException($"SERVICE {service.Endpoint} is not allowed here: federation is switched off.") { IsRefused = true };
            default:
                var alone = CompileAlone(pattern, source);
                return IsUnit(input) ? alone : new HashJoin(input, alone) { Estimate = Math.Max(input.Estimate, alone.Estimate) };
        }
    }

    /// <summary>Patterns that end the scope of what is inside, or are given: they never start from rows.</summary>
    private Operator CompileAlone(GraphPattern pattern, PatternSource source)
    {
        Operator Inner(GraphPattern inner) => Compile(inner, Seed.Unit(Context), source, false);
        switch (pattern)
        {
            case Values values:
                return new ValueRows(Context, values);
            case GivenIds given:
                return new GivenRows(Context, given);
            case TextSearch search:
                return new TextSearchRows(Context, search, FoundBy(search, source.Index));
            case Extend extend:
                var extended = Inner(extend.Pattern);
                Context.CompiledIn = source;
                return new ExtendRows(extended, extend.Variable, extend.Expression) { Estimate = extended.Estimate };
            case Group group:
                if (CountOf(group, source) is { } counted)
                {
                    return counted;
                }

                var grouped = Exchanged(CompileAsked(group.Pattern, source, Asked.By(group)));
                Context.CompiledIn = source;
                if (group is { Keys.IsEmpty: true, Aggregates: [{ Aggregate: { Function: AggregateFunction.Count, Argument: null, Distinct: false } } count] })
                {
                    return new RowCount(grouped, count.Variable) { Estimate = 1 };
                }

                return new GroupRows(grouped, group) { Estimate = group.Keys.IsEmpty ? 1 : Math.Sqrt(grouped.Estimate) };
            case Project project:
                var projected = Inner(project.Pattern);
                return new ProjectColumns(projected, project.Variables) { Estimate = projected.Estimate };
            case Distinct { Pattern: Project project }:
                var rows = CompileAsked(project.Pattern, source, new Asked(project.Variables.ToHashSet(), AnyWillDo: true));
                return new DistinctRowsOperator(Exchanged(new ProjectColumns(rows, project.Variables) { Estimate = rows.Estimate })) { Estimate = rows.Estimate };
            case Distinct distinct:
                var all = Exchanged(Inner(distinct.Pattern));
                return new DistinctRowsOperator(all) { Estimate = all.Estimate };
            case Reduced { Pattern: Project project }:
                var some = CompileAsked(project.Pattern, source, new Asked(project.Variables.ToHashSet(), AnyWillDo: true));
                return new ProjectColumns(some, project.Variables) { Estimate = some.Estimate };
            case Reduced reduced:
                return Inner(reduced.Pattern);
            case OrderBy order:
                return Sort(order, null, source);
            case Slice { Pattern: Project { Pattern: OrderBy order } project } slice when slice.Limit is { } limit:
                return new SliceRows(new ProjectColumns(Sort(order, limit + slice.Offset, source), project.Variables), slice.Offset, limit) { Estimate = limit };
            case Slice { Pattern: OrderBy order } slice when slice.Limit is { } limit:
                return new SliceRows(Sort(order, limit + slice.Offset, source), slice.Offset, limit) { Estimate = limit };
            case Slice slice:
                var sliced = Exchanged(Inner(slice.Pattern));
                return new SliceRows(sliced, slice.Offset, slice.Limit) { Estimate = Math.Min(sliced.Estimate, slice.Limit ?? long.MaxValue) };
            default:
                throw new ArgumentException($"Unknown pattern {pattern.GetType().Name}.", nameof(pattern));
        }
    }

    /// <summary>A pattern of which only some variables are read.</summary>
    private Operator CompileAsked(GraphPattern pattern, PatternSource source, Asked? asked) =>
        pattern is BasicGraphPattern or Join or Filter
            ? CompileGroup(pattern, Seed.Unit(Context), source, false, asked)
            : Compile(pattern, Seed.Unit(Context), source, false);

    private static bool IsScan(Operator pipeline) => pipeline switch
    {
        IndexJoin or IntersectJoin => IsScan(pipeline.Children[0]),
        RangeScan or ValueScan or ValueRows or GivenRows or TextSearchRows => true,
        _ => IsUnit(pipeline),
    };

    private SortRows Sort(OrderBy order, long? limit, PatternSource source)
    {
        var input = Exchanged(Compile(order.Pattern, Seed.Unit(Context), source, false));
        Context.CompiledIn = source;
        return new SortRows(input, order.Conditions, limit) { Estimate = input.Estimate };
    }

    /// <summary>COUNT(*) of one triple pattern is known without matching it.</summary>
    private IndexCount? CountOf(Group group, PatternSource source)
    {
        if (group is { Keys.IsEmpty: true, Aggregates: [{ Aggregate: { Function: AggregateFunction.Count, Argument: null, Distinct: false } } only] }
            && group.Pattern is BasicGraphPattern { Triples: [var triple] }
            && source.GraphName is null
            && triple is { Subject: not TripleTermPattern, Object: not TripleTermPattern }
            && new[] { triple.Subject, triple.Predicate, triple.Object }.OfType<Variable>().GroupBy(v => v).All(g => g.Count() == 1))
        {
            return new IndexCount(Context, only.Variable, Cardinality.Count(triple, source.Index)) { Estimate = 1 };
        }

        return null;
    }

    private Operator CompileGroup(
        GraphPattern pattern, Operator input, PatternSource source, bool correlated, Asked? asked, IReadOnlyList<Expression>? given = null) =>
        new GroupPlanner(this, new GroupParts(pattern, given, input.Schema, correlated), input, source, correlated, asked).Plan();

    /// <summary>Where a condition wants the optional part not to be there, it is enough to see whether it is.</summary>
    public void NoteAbsences(List<GraphPattern> leaves, List<Expression> conditions)
    {
        if (conditions.Count > 0)
        {
            // The conditions stay: something else may bind the variable.
            _absences.UnionWith(leaves.OfType<LeftJoin>().Where(join => conditions.Exists(c => Optionals.IsAbsence(c, join))));
        }
    }

    /// <summary>What a search finds. It runs while planning: so its size is known, and it is small beside what it is joined with.</summary>
    public TextFinds FoundBy(TextSearch search, TripleIndex index)
    {
        if (!_finds.TryGetValue((search, index), out var finds))
        {
            finds = TextFinds.Of(search, index, Context);
            _finds.Add((search, index), finds);
        }

        return finds;
    }

    /// <summary>Tests conditions, those with EXISTS by a pipeline of their own.</summary>
    public Operator ApplyConditions(Operator pipeline, IEnumerable<Expression> conditions, PatternSource source)
    {
        foreach (var condition in conditions)
        {
            Context.CheckPlanning();
            var (exists, negated) = condition switch
            {
                Exists plain => (plain, false),
                FunctionCall { Function: Function.Not, Arguments: [Exists inner] } => (inner, true),
                _ => (null, false),
            };
            if (exists is not null)
            {
                var seed = Seed.For(Context, pipeline.Schema, pipeline.Certain);
                var inner = exists.Pattern is BasicGraphPattern or PathPattern or Join or Filter
                    ? CompileGroup(exists.Pattern, seed, source, true, Asked.OnlyWhether)
                    : Compile(exists.Pattern, seed, source, true);
                var kind = exists.Negated == negated ? SeededJoinKind.Semi : SeededJoinKind.Anti;
                pipeline = new SeededJoin(pipeline, seed, inner, kind) { Estimate = pipeline.Estimate / 2 };
            }
            else
            {
                Context.CompiledIn = source;
                pipeline = new FilterRows(pipeline, condition) { Estimate = pipeline.Estimate / 3 };
            }
        }

        return pipeline;
    }

    /// <summary>A seed for the rows of the left side of an OPTIONAL, and the right side with its condition on it.</summary>
    private (Seed Seed, Operator Pipeline) Pipeline(
        Operator left, GraphPattern right, Expression? condition, PatternSource source, bool correlated, Asked? asked)
    {
        var seed = Seed.For(Context, left.Schema, left.Certain);
        List<Expression> conditions = condition is null ? [] : [.. Certainty.Conjuncts(condition)];
        if (!correlated && !Certainty.IsSeedable(right, left.Schema.Variables))
        {
            return (seed, ApplyConditions(new HashJoin(seed, Compile(right, Seed.Unit(Context), source, false)), conditions, source));
        }

        return (seed, right is BasicGraphPattern or PathPattern or Join or Filter
            ? CompileGroup(right, seed, source, correlated, asked, conditions)
            : ApplyConditions(Compile(right, seed, source, correlated), conditions, source));
    }

    private Operator CompileMinus(Minus minus, Operator input, PatternSource source, bool correlated)
    {
        var left = Compile(minus.Left, input, source, correlated);
        var own = InScope.Of(minus.Left);
        var certain = Certainty.Of(minus.Right);
        var shared = InScope.Of(minus.Right).Where(own.Contains).ToList();
        if (shared.Count == 0)
        {
            return left;
        }

        // The right side may start from the rows where it surely shares a bound variable with them; it never sees enclosing bindings.
        var seed = Seed.For(Context, left.Schema, left.Certain);
        var starts = shared.Any(v => left.Certain.Contains(v) && certain.Contains(v))
            && Certainty.IsSeedable(minus.Right, left.Schema.Variables)
            && InScope.Of(minus.Right).All(v => own.Contains(v) || left.Schema.SlotOf(v) < 0);
        var pipeline = starts
            ? minus.Right is BasicGraphPattern or Join or Filter
                ? CompileGroup(minus.Right, seed, source, false, Asked.OnlyWhether)
                : Compile(minus.Right, seed, source, false)
            : new HashJoin(seed, Compile(minus.Right, Seed.Unit(Context), source, false), mustOverlap: true);
        return new SeededJoin(left, seed, pipeline, SeededJoinKind.Anti) { Estimate = left.Estimate / 2 };
    }

    private Operator CompileUnion(GraphPattern pattern, Operator input, PatternSource source, bool correlated)
    {
        var branches = new List<GraphPattern>();
        Collect(pattern);
        if (IsUnit(input))
        {
            return new UnionRows(Context, [.. branches.Select(b => Exchanged(Compile(b, Seed.Unit(Context), source, correlated)))]);
        }

        var seeds = branches.ConvertAll(_ => Seed.For(Context, input.Schema, input.Certain));
        var pipelines = branches.Zip(seeds, (b, s) => Compile(b, s, source, correlated)).ToList();
        return new SeededUnion(input, seeds, new UnionRows(Context, pipelines)) { Estimate = input.Estimate };

        void Collect(GraphPattern part)
        {
            if (part is Union union)
            {
                Collect(union.Left);
                Collect(union.Right);
            }
            else
            {
                branches.Add(part);
            }
        }
    }

    private Operator CompileGraph(Graph graph, Operator input, PatternSource source, bool correlated)
    {
        if (graph.Name is ConstantTerm constant)
        {
            var exists = Context.Dataset.TryGetNamed(Context.Terms.Intern(constant.Term), out var index);
            if (!exists)
            {
                // Nothing is in a graph that is not there, not even what needs no triple (section 18.6).
                return new HashJoin(input, new ValueRows(Context, new Values([], [])));
            }

            return graph.Pattern is BasicGraphPattern { Triples.IsEmpty: true } ? input : Compile(graph.Pattern, input, PatternSource.Of(index), correlated);
        }

        var name = (Variable)graph.Name;
        if (IsPlain(graph.Pattern, name))
        {
            return Compile(graph.Pattern, input, new PatternSource(() => Context.Snapshot.NamedGraphs, name), correlated);
        }

        Operator each;
        if (graph.Pattern is BasicGraphPattern { Triples.IsEmpty: true })
        {
            each = new GraphNameRows(Context, name);
        }
        else
        {
            Operator In(uint graphName) =>
                Compile(graph.Pattern, Seed.Unit(Context), PatternSource.Of(Context.Dataset.Named(new TermId(graphName))), false);
            var sample = In(0);
            each = new EachGraph(Context, new Schema([.. sample.Schema.Variables.Append(name).Distinct()]), sample.Certain, name, In);
        }

        return IsUnit(input) ? each : new HashJoin(input, each);
    }

    /// <summary>Joins of triples in a variable graph share the graph's name as one more column; anything else goes graph by graph.</summary>
    private static bool IsPlain(GraphPattern pattern, Variable name) => pattern switch
    {
        BasicGraphPattern bgp => !bgp.Triples.IsEmpty,
        Join join => IsPlain(join.Left, name) && IsPlain(join.Right, name),
        Filter filter => IsPlain(filter.Pattern, name)
            && Certainty.IsLocal(filter.Condition, filter.Pattern) && !Certainty.VariablesOf(filter.Condition).Contains(name),
        _ => false,
    };
}
