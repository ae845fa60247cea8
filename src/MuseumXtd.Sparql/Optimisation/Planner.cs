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
    private readonly Cardinality _cardinality = new(context.Terms, context.DistortEstimates);
    private readonly Dictionary<(TextSearch, TripleIndex), TextFinds> _finds = [];
    private readonly HashSet<GraphPattern> _absences = new(ReferenceEqualityComparer.Instance);

    /// <summary>With more rows than this here, an endpoint is asked before, not for each of them.</summary>
    private const double ManySent = 20_000;

    /// <summary>The plan of a whole pattern on the default graph.</summary>
    public Operator Plan(GraphPattern pattern) => Compile(pattern, Seed.Unit(context), PatternSource.Of(context.Dataset.DefaultGraph), false);

    /// <summary>The plan of a pattern that sees the bindings of its input throughout, as EXISTS does.</summary>
    public Operator PlanCorrelated(GraphPattern pattern, Operator input, PatternSource source) => Compile(pattern, input, source, true);

    private static bool IsUnit(Operator input) => input is Seed { Schema.Width: 0 };

    private Operator Compile(GraphPattern pattern, Operator input, PatternSource source, bool correlated)
    {
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
                context.CompiledIn = source;
                return new ExtendRows(extended, extend.Variable, extend.Expression) { Estimate = extended.Estimate };
            case Service service when context.Services is { } services:
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
        Operator Inner(GraphPattern inner) => Compile(inner, Seed.Unit(context), source, false);
        switch (pattern)
        {
            case Values values:
                return new ValueRows(context, values);
            case GivenIds given:
                return new GivenRows(context, given);
            case TextSearch search:
                return new TextSearchRows(context, search, FoundBy(search, source.Index));
            case Extend extend:
                var extended = Inner(extend.Pattern);
                context.CompiledIn = source;
                return new ExtendRows(extended, extend.Variable, extend.Expression) { Estimate = extended.Estimate };
            case Group group:
                if (CountOf(group, source) is { } counted)
                {
                    return counted;
                }

                var grouped = CompileAsked(group.Pattern, source, Asked.By(group));
                context.CompiledIn = source;
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
                return new DistinctRowsOperator(new ProjectColumns(rows, project.Variables) { Estimate = rows.Estimate }) { Estimate = rows.Estimate };
            case Distinct distinct:
                var all = Inner(distinct.Pattern);
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
                var sliced = Inner(slice.Pattern);
                return new SliceRows(sliced, slice.Offset, slice.Limit) { Estimate = Math.Min(sliced.Estimate, slice.Limit ?? long.MaxValue) };
            default:
                throw new ArgumentException($"Unknown pattern {pattern.GetType().Name}.", nameof(pattern));
        }
    }

    /// <summary>A pattern of which only some variables are read.</summary>
    private Operator CompileAsked(GraphPattern pattern, PatternSource source, Asked? asked) =>
        pattern is BasicGraphPattern or Join or Filter
            ? CompileGroup(pattern, Seed.Unit(context), source, false, asked)
            : Compile(pattern, Seed.Unit(context), source, false);

    private SortRows Sort(OrderBy order, long? limit, PatternSource source)
    {
        var input = Compile(order.Pattern, Seed.Unit(context), source, false);
        context.CompiledIn = source;
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
            return new IndexCount(context, only.Variable, _cardinality.Count(triple, source.Index)) { Estimate = 1 };
        }

        return null;
    }

    /// <summary>Joins and filters: all that is joined is put in the best order, and each condition is tested as soon as it can be.</summary>
    /// <param name="pattern">The joins and filters.</param>
    /// <param name="input">What they start from.</param>
    /// <param name="source">Where triples are matched.</param>
    /// <param name="correlated">Whether all parts see the input's bindings.</param>
    /// <param name="asked">What is read of the rows; null for everything.</param>
    /// <param name="given">Conditions on all of it, besides those that are within.</param>
    private Operator CompileGroup(
        GraphPattern pattern, Operator input, PatternSource source, bool correlated, Asked? asked, IReadOnlyList<Expression>? given = null)
    {
        var leaves = new List<GraphPattern>();
        var conditions = new List<Expression>(given ?? []);
        Flatten(pattern, leaves, conditions, isRoot: true, correlated);
        Simplify(leaves, conditions, input.Schema, correlated);
        PushIntoOptional(leaves, conditions);
        NoteAbsences(leaves, conditions);
        var pipeline = input;
        var others = new List<GraphPattern>();
        var steps = new List<JoinOrder.Step>();
        var packed = new Dictionary<Variable, TripleTermPattern>();
        foreach (var leaf in leaves)
        {
            switch (leaf)
            {
                case BasicGraphPattern bgp:
                    steps.AddRange(bgp.Triples.Select(t => StepOf(t, source, packed)));
                    break;
                case PathPattern path:
                    steps.Add(new JoinOrder.Step(null, source.Index, [.. PathJoin.VariablesOf(path)], path));
                    break;
                case TextSearch search:
                    steps.Add(new JoinOrder.Step(null, source.Index, [.. search.Variables], search, FoundBy(search, source.Index).Count));
                    break;
                default:
                    others.Add(leaf);
                    break;
            }
        }

        // Given rows are few and restrict the rest: they come first. A pattern that can only be computed alone starts the pipeline.
        foreach (var known in others.Where(o => o is Values or GivenIds).OrderBy(o => o is Values values ? values.Rows.Length : ((GivenIds)o).Ids.Length))
        {
            pipeline = Compile(known, pipeline, source, correlated);
        }

        others.RemoveAll(o => o is Values or GivenIds);
        var services = others.OfType<Service>().ToList();
        others.RemoveAll(o => o is Service);
        if (IsUnit(pipeline) && others.Find(o => !Certainty.IsSeedable(o, [])) is { } start)
        {
            pipeline = Compile(start, pipeline, source, correlated);
            others.Remove(start);
        }

        foreach (var other in others.ToList())
        {
            if (correlated || Certainty.IsSeedable(other, pipeline.Schema.Variables))
            {
                steps.Add(new JoinOrder.Step(null, source.Index, InScope.Of(other), other));
                others.Remove(other);
            }
        }

        pipeline = ApplyReady(pipeline, conditions, source);
        var equalities = Equate(steps, conditions, [.. others, .. services], pipeline, source, packed);
        if (equalities is not null)
        {
            asked = Unasked(equalities, asked, conditions);
        }

        Bound(steps, conditions);
        var peeling = asked is null || source.GraphName is not null ? null : Peel(steps, pipeline, source.Index, asked, conditions, [.. others, .. services], packed);
        var roots = peeling?.Roots.ToHashSet() ?? [];
        var order = JoinOrder.Choose(steps, pipeline.Certain, Math.Max(1, pipeline.Estimate), _cardinality);
        if (services.Find(s => s.Endpoint is ConstantTerm) is { } first && peeling?.Scan is null && IsUnit(pipeline) && order.Count > 0 && order[^1].Rows > ManySent)
        {
            // An endpoint is asked for what the rows here need, unless these are so many that it had better be asked first.
            pipeline = Compile(first, pipeline, source, correlated);
            services.Remove(first);
            order = JoinOrder.Choose(steps, InScope.Of(first.Pattern).ToHashSet(), Math.Max(1, pipeline.Estimate), _cardinality);
        }

        if (peeling?.Scan is var (scanned, value))
        {
            pipeline = new ValueScan(context, scanned, value, source.Index) { Estimate = _cardinality.Distinct(scanned, value, source.Index) };
            if (packed.TryGetValue(value, out var term))
            {
                pipeline = new UnpackTriple(pipeline, value, term) { Estimate = pipeline.Estimate };
            }

            pipeline = ApplyReady(pipeline, conditions, source);
        }

        if (asked is { AnyWillDo: true })
        {
            pipeline = Weigh(pipeline, peeling, roots.Where(pipeline.Certain.Contains).ToList(), roots, source.Index, anyWillDo: true);
        }

        for (var i = 0; i < order.Count; i++)
        {
            var (step, rows) = order[i];
            var triples = step.Pattern is null || packed.Count == 0 ? [] : IndexJoin.VariablesOf(step.Pattern).Where(packed.ContainsKey).ToList();
            foreach (var variable in triples.Where(v => UnpackTriple.VariablesOf(packed[v]).All(pipeline.Certain.Contains)).ToList())
            {
                // All parts are known: the whole is looked up, not searched for.
                pipeline = new PackTriple(pipeline, variable, packed[variable]) { Estimate = pipeline.Estimate };
                triples.Remove(variable);
            }

            pipeline = step switch
            {
                { Pattern: { } triple } when Intersection(pipeline, triple, order, i, source) is { } intersection => intersection,
                { Pattern: { } triple, Objects: { } parts } when IsUnit(pipeline) && IsWorthScanning(parts, triple, source)
                    => new RangeScan(context, triple, source.Index, parts),
                { Pattern: { } triple } => new IndexJoin(pipeline, triple, source),
                { Other: Values values } when equalities is not null && equalities.Lists.TryGetValue(values, out var list)
                    && pipeline.Certain.Contains(values.Variables[0]) => ApplyConditions(pipeline, [list], source),
                { Other: PathPattern path } => new PathJoin(pipeline, path, source.Index),
                _ when correlated || IsUnit(pipeline) || Certainty.IsSeedable(step.Other!, pipeline.Schema.Variables)
                    => Compile(step.Other!, pipeline, source, correlated),
                _ => new HashJoin(pipeline, Compile(step.Other!, Seed.Unit(context), source, false)),
            };
            if (pipeline is not Seed)
            {
                pipeline.Estimate = rows;
            }

            foreach (var variable in triples)
            {
                pipeline = new UnpackTriple(pipeline, variable, packed[variable]) { Estimate = rows };
            }

            pipeline = ApplyReady(pipeline, conditions, source);
            if (asked is { AnyWillDo: true })
            {
                pipeline = Weigh(pipeline, peeling, roots.Where(pipeline.Certain.Contains).ToList(), roots, source.Index, anyWillDo: true);
            }
        }

        foreach (var (variable, from) in equalities?.Copies ?? [])
        {
            pipeline = new CopyColumn(pipeline, variable, from) { Estimate = pipeline.Estimate };
        }

        foreach (var other in others)
        {
            var alone = Compile(other, Seed.Unit(context), source, false);
            pipeline = IsUnit(pipeline) ? alone : new HashJoin(pipeline, alone) { Estimate = Math.Max(pipeline.Estimate, alone.Estimate) };
            pipeline = ApplyReady(pipeline, conditions, source);
        }

        foreach (var service in services.OrderBy(s => s.Endpoint is Variable ? 1 : 0))
        {
            pipeline = ApplyReady(Compile(service, pipeline, source, correlated), conditions, source);
        }

        pipeline = ApplyConditions(pipeline, conditions, source);
        return Weigh(pipeline, peeling, [.. roots], roots, source.Index, asked is { AnyWillDo: true });
    }

    /// <summary>Turns conditions of equality into joins; null when there are none.</summary>
    private Equalities? Equate(
        List<JoinOrder.Step> steps, List<Expression> conditions, List<GraphPattern> others, Operator pipeline, PatternSource source,
        Dictionary<Variable, TripleTermPattern> packed)
    {
        if (steps.Count == 0 || !conditions.Exists(Equalities.IsCandidate))
        {
            return null;
        }

        var kept = new HashSet<Variable>(pipeline.Schema.Variables);
        kept.UnionWith(others.SelectMany(o => InScope.Of(o)));
        kept.UnionWith(steps.Where(s => s.Other is not (null or PathPattern)).SelectMany(s => s.Variables));
        kept.UnionWith(packed.Keys);
        kept.UnionWith(packed.Values.SelectMany(UnpackTriple.VariablesOf));
        if (source.GraphName is { } name)
        {
            kept.Add(name);
        }

        var equalities = new Equalities(steps, conditions, kept, pipeline.Certain, context.Terms);
        equalities.Apply();
        return equalities;
    }

    /// <summary>Leaves out copies that nobody reads; what is read of the others is their source.</summary>
    private static Asked? Unasked(Equalities equalities, Asked? asked, List<Expression> conditions)
    {
        if (asked is null)
        {
            return null;
        }

        var read = conditions.SelectMany(Certainty.VariablesOf).ToHashSet();
        equalities.Copies.RemoveAll(c => !asked.Variables.Contains(c.Variable) && !read.Contains(c.Variable));
        return asked with { Variables = asked.Variables.Concat(equalities.Copies.Select(c => c.Source).OfType<Variable>()).ToHashSet() };
    }

    /// <summary>Tells the steps which objects the conditions leave.</summary>
    private void Bound(List<JoinOrder.Step> steps, List<Expression> conditions)
    {
        var bounds = new Dictionary<Variable, IdRanges>();
        foreach (var condition in conditions)
        {
            if (IdRanges.Of(condition, context.Terms) is var (variable, ranges))
            {
                bounds[variable] = bounds.TryGetValue(variable, out var others) ? others.And(ranges) : ranges;
            }
        }

        for (var i = 0; i < steps.Count && bounds.Count > 0; i++)
        {
            if (steps[i].Pattern is { Subject: Variable subject, Predicate: ConstantTerm predicate, Object: Variable @object }
                && subject != @object && bounds.TryGetValue(@object, out var ranges))
            {
                var objects = steps[i].Index.Range(TripleOrder.Pos, context.Terms.Intern(predicate.Term)).Second;
                steps[i] = steps[i] with { Objects = ranges.PartsOf(objects) };
            }
        }
    }

    /// <summary>Whether few enough objects are left that finding their subjects in any order costs less than reading all.</summary>
    private bool IsWorthScanning(List<Range> parts, TriplePattern triple, PatternSource source)
    {
        const int Few = 3;
        return source.GraphName is null && parts.Sum(p => p.End.Value - p.Start.Value) <= _cardinality.Count(triple, source.Index) / Few;
    }

    /// <summary>
    /// A triple to be joined. A triple term with variables in it is a variable of its own, and is taken apart as soon as that is bound.
    /// </summary>
    private JoinOrder.Step StepOf(TriplePattern triple, PatternSource source, Dictionary<Variable, TripleTermPattern> packed)
    {
        var inner = new List<Variable>();
        PatternTerm Flat(PatternTerm term)
        {
            if (term is not TripleTermPattern pattern)
            {
                return term;
            }

            var variable = context.NewVariable("triple");
            packed.Add(variable, pattern);
            inner.AddRange(UnpackTriple.VariablesOf(pattern));
            return variable;
        }

        var flat = new TriplePattern(Flat(triple.Subject), triple.Predicate, Flat(triple.Object));
        var variables = IndexJoin.VariablesOf(flat);
        variables.AddRange(inner.Distinct().Except(variables).ToList());
        return new JoinOrder.Step(flat, source.Index, variables, null);
    }

    /// <summary>What a search finds. It runs while planning: so its size is known, and it is small beside what it is joined with.</summary>
    private TextFinds FoundBy(TextSearch search, TripleIndex index)
    {
        if (!_finds.TryGetValue((search, index), out var finds))
        {
            finds = TextFinds.Of(search, index, context);
            _finds.Add((search, index), finds);
        }

        return finds;
    }

    /// <summary>Takes the trees that need only be counted off the steps; null when there are none.</summary>
    private Peeling? Peel(
        List<JoinOrder.Step> steps, Operator pipeline, TripleIndex index, Asked asked, List<Expression> conditions, List<GraphPattern> others,
        Dictionary<Variable, TripleTermPattern> packed)
    {
        const int Many = 16;
        var isAll = IsUnit(pipeline) && others.Count == 0 && steps.TrueForAll(s => s.Pattern is not null);
        var triples = steps.Where(s => s.Pattern is not null).Select(s => s.Pattern!).Distinct().ToList();
        if (triples.Count == 0 || steps.Count > Many)
        {
            return null;
        }

        var needed = new HashSet<Variable>(asked.Variables);
        needed.UnionWith(pipeline.Schema.Variables);
        needed.UnionWith(packed.Keys);
        needed.UnionWith(packed.Values.SelectMany(UnpackTriple.VariablesOf));
        needed.UnionWith(conditions.SelectMany(Certainty.VariablesOf));
        needed.UnionWith(others.SelectMany(o => InScope.Of(o)));
        needed.UnionWith(steps.Where(s => s.Pattern is null).SelectMany(s => s.Variables));
        var peeling = Peeling.Choose(triples, needed, pipeline.Certain, isAll, Cost, _cardinality, index);
        steps.RemoveAll(s => s.Pattern is { } triple && !peeling.Core.Contains(triple));
        return peeling;

        (double, double) Cost(IReadOnlyList<TriplePattern> core)
        {
            var order = JoinOrder.Choose(
                [.. steps.Where(s => s.Pattern is null || core.Contains(s.Pattern))], pipeline.Certain, Math.Max(1, pipeline.Estimate), _cardinality,
                isOneOfMany: true);
            return (order.Sum(s => s.Rows), order.Count == 0 ? 1 : order[^1].Rows);
        }
    }

    private Operator Weigh(Operator pipeline, Peeling? peeling, List<Variable> now, HashSet<Variable> roots, TripleIndex index, bool anyWillDo)
    {
        if (now.Count == 0)
        {
            return pipeline;
        }

        roots.ExceptWith(now);
        return new WeighRows(pipeline, [.. now.Select(v => (v, peeling!.TreeOn(v, context, index)))], anyWillDo) { Estimate = pipeline.Estimate };
    }

    /// <summary>
    /// The step together with later ones that bind the same new variable and nothing else: their common values are found at once. These
    /// later steps are taken out of the order. Null when there are none.
    /// </summary>
    private static IntersectJoin? Intersection(
        Operator pipeline, TriplePattern triple, List<(JoinOrder.Step Step, double Rows)> order, int at, PatternSource source)
    {
        var added = IndexJoin.VariablesOf(triple).Where(v => !pipeline.Certain.Contains(v)).ToList();
        if (source.GraphName is not null || added is not [var variable] || pipeline.Schema.SlotOf(variable) >= 0 || !IsLookUp(triple))
        {
            return null;
        }

        var patterns = new List<TriplePattern> { triple };
        for (var i = order.Count - 1; i > at; i--)
        {
            if (order[i].Step.Pattern is { } other && IsLookUp(other))
            {
                patterns.Insert(1, other);
                order.RemoveAt(i);
            }
        }

        return patterns.Count == 1 ? null : new IntersectJoin(pipeline, variable, patterns, source.Index);

        bool IsLookUp(TriplePattern other) =>
            Positions.Of(other, variable) is var place and >= 0
            && Enumerable.Range(0, 3).All(p => p == place
                || Positions.At(other, p) is ConstantTerm || (Positions.At(other, p) is Variable bound && pipeline.Certain.Contains(bound)));
    }

    /// <summary>Takes joins apart. A filter within is lifted to the whole where that cannot change what it sees.</summary>
    private static void Flatten(GraphPattern pattern, List<GraphPattern> leaves, List<Expression> conditions, bool isRoot, bool correlated)
    {
        switch (pattern)
        {
            case Join join:
                Flatten(join.Left, leaves, conditions, false, correlated);
                Flatten(join.Right, leaves, conditions, false, correlated);
                break;
            case Filter filter when isRoot || correlated || Certainty.IsLocal(filter.Condition, filter.Pattern):
                conditions.AddRange(Certainty.Conjuncts(filter.Condition));
                Flatten(filter.Pattern, leaves, conditions, isRoot, correlated);
                break;
            default:
                leaves.Add(pattern);
                break;
        }
    }

    /// <summary>An OPTIONAL whose part a condition wants to be there is a join.</summary>
    private static void Simplify(List<GraphPattern> leaves, List<Expression> conditions, Schema input, bool correlated)
    {
        for (var i = leaves.Count - 1; i >= 0 && conditions.Count > 0; i--)
        {
            if (leaves[i] is not LeftJoin leaf)
            {
                continue;
            }

            var elsewhere = leaves.Where((_, other) => other != i).SelectMany(o => InScope.Of(o)).Concat(input.Variables).ToHashSet();
            var simple = Optionals.Simplify(leaf, conditions, elsewhere);
            if (!ReferenceEquals(simple, leaf))
            {
                leaves.RemoveAt(i);
                Flatten(simple, leaves, conditions, false, correlated);
            }
        }
    }

    /// <summary>Where a condition wants the optional part not to be there, it is enough to see whether it is.</summary>
    private void NoteAbsences(List<GraphPattern> leaves, List<Expression> conditions)
    {
        // The conditions stay: something else may bind the variable.
        _absences.UnionWith(leaves.OfType<LeftJoin>().Where(join => conditions.Exists(c => Optionals.IsAbsence(c, join))));
    }

    /// <summary>A condition on what the left of an OPTIONAL always binds is tested before the optional part is looked for.</summary>
    private static void PushIntoOptional(List<GraphPattern> leaves, List<Expression> conditions)
    {
        for (var i = 0; i < leaves.Count; i++)
        {
            var (optionals, left) = (new Stack<LeftJoin>(), leaves[i]);
            for (; left is LeftJoin join; left = join.Left)
            {
                optionals.Push(join);
            }

            var pushed = conditions.Where(c => optionals.Count > 0 && Certainty.IsLocal(c, left)).ToList();
            if (pushed.Count > 0)
            {
                conditions.RemoveAll(pushed.Contains);
                leaves[i] = optionals.Aggregate(
                    pushed.Aggregate(left, (pattern, condition) => new Filter(condition, pattern)), (pattern, join) => join with { Left = pattern });
            }
        }
    }

    /// <summary>Tests the conditions all of whose variables are bound by now.</summary>
    private Operator ApplyReady(Operator pipeline, List<Expression> conditions, PatternSource source)
    {
        foreach (var condition in conditions.ToList())
        {
            if (!Certainty.HasExists(condition) && Certainty.VariablesOf(condition).All(pipeline.Certain.Contains) && !IsUnit(pipeline))
            {
                pipeline = ApplyConditions(pipeline, [condition], source);
                conditions.Remove(condition);
            }
        }

        return pipeline;
    }

    private Operator ApplyConditions(Operator pipeline, IEnumerable<Expression> conditions, PatternSource source)
    {
        foreach (var condition in conditions)
        {
            var (exists, negated) = condition switch
            {
                Exists plain => (plain, false),
                FunctionCall { Function: Function.Not, Arguments: [Exists inner] } => (inner, true),
                _ => (null, false),
            };
            if (exists is not null)
            {
                var seed = Seed.For(context, pipeline.Schema, pipeline.Certain);
                var inner = exists.Pattern is BasicGraphPattern or PathPattern or Join or Filter
                    ? CompileGroup(exists.Pattern, seed, source, true, Asked.OnlyWhether)
                    : Compile(exists.Pattern, seed, source, true);
                var kind = exists.Negated == negated ? SeededJoinKind.Semi : SeededJoinKind.Anti;
                pipeline = new SeededJoin(pipeline, seed, inner, kind) { Estimate = pipeline.Estimate / 2 };
            }
            else
            {
                context.CompiledIn = source;
                pipeline = new FilterRows(pipeline, condition) { Estimate = pipeline.Estimate / 3 };
            }
        }

        return pipeline;
    }

    /// <summary>A seed for the rows of the left side of an OPTIONAL, and the right side with its condition on it.</summary>
    private (Seed Seed, Operator Pipeline) Pipeline(
        Operator left, GraphPattern right, Expression? condition, PatternSource source, bool correlated, Asked? asked)
    {
        var seed = Seed.For(context, left.Schema, left.Certain);
        List<Expression> conditions = condition is null ? [] : [.. Certainty.Conjuncts(condition)];
        if (!correlated && !Certainty.IsSeedable(right, left.Schema.Variables))
        {
            return (seed, ApplyConditions(new HashJoin(seed, Compile(right, Seed.Unit(context), source, false)), conditions, source));
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
        var seed = Seed.For(context, left.Schema, left.Certain);
        var starts = shared.Any(v => left.Certain.Contains(v) && certain.Contains(v))
            && Certainty.IsSeedable(minus.Right, left.Schema.Variables)
            && InScope.Of(minus.Right).All(v => own.Contains(v) || left.Schema.SlotOf(v) < 0);
        var pipeline = starts
            ? minus.Right is BasicGraphPattern or Join or Filter
                ? CompileGroup(minus.Right, seed, source, false, Asked.OnlyWhether)
                : Compile(minus.Right, seed, source, false)
            : new HashJoin(seed, Compile(minus.Right, Seed.Unit(context), source, false), mustOverlap: true);
        return new SeededJoin(left, seed, pipeline, SeededJoinKind.Anti) { Estimate = left.Estimate / 2 };
    }

    private Operator CompileUnion(GraphPattern pattern, Operator input, PatternSource source, bool correlated)
    {
        var branches = new List<GraphPattern>();
        Collect(pattern);
        if (IsUnit(input))
        {
            return new UnionRows(context, [.. branches.Select(b => Compile(b, Seed.Unit(context), source, correlated))]);
        }

        var seeds = branches.ConvertAll(_ => Seed.For(context, input.Schema, input.Certain));
        var pipelines = branches.Zip(seeds, (b, s) => Compile(b, s, source, correlated)).ToList();
        return new SeededUnion(input, seeds, new UnionRows(context, pipelines)) { Estimate = input.Estimate };

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
            var exists = context.Dataset.TryGetNamed(context.Terms.Intern(constant.Term), out var index);
            if (!exists)
            {
                // Nothing is in a graph that is not there, not even what needs no triple (section 18.6).
                return new HashJoin(input, new ValueRows(context, new Values([], [])));
            }

            return graph.Pattern is BasicGraphPattern { Triples.IsEmpty: true } ? input : Compile(graph.Pattern, input, PatternSource.Of(index), correlated);
        }

        var name = (Variable)graph.Name;
        if (IsPlain(graph.Pattern, name))
        {
            return Compile(graph.Pattern, input, new PatternSource(context.Snapshot.NamedGraphs, name), correlated);
        }

        Operator each;
        if (graph.Pattern is BasicGraphPattern { Triples.IsEmpty: true })
        {
            each = new GraphNameRows(context, name);
        }
        else
        {
            Operator In(uint graphName) =>
                Compile(graph.Pattern, Seed.Unit(context), PatternSource.Of(context.Dataset.Named(new TermId(graphName))), false);
            var sample = In(0);
            each = new EachGraph(context, new Schema([.. sample.Schema.Variables.Append(name).Distinct()]), sample.Certain, name, In);
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
