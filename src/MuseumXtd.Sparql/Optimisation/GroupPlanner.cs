using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Plans one group of joins and filters: all that is joined is put in the best order, and each condition is tested as soon as it can be.
/// </summary>
internal sealed class GroupPlanner
{
    /// <summary>With more rows than this here, an endpoint is asked before, not for each of them.</summary>
    private const double ManySent = 20_000;

    /// <summary>With more conditions than this at a time they are not worth a step each.</summary>
    private const int StepEach = 16;

    private readonly Planner _planner;
    private readonly QueryContext _context;
    private readonly Cardinality _cardinality;
    private readonly PatternSource _source;
    private readonly bool _correlated;
    private readonly List<Expression> _conditions;
    private readonly List<JoinOrder.Step> _steps = [];

    // Triple terms with variables in them, by the variable that stands for the whole.
    private readonly Dictionary<Variable, TripleTermPattern> _packed = [];

    // What is neither a triple nor ordered among them, and what is asked of endpoints.
    private List<GraphPattern> _others = [];
    private List<Service> _services = [];

    private Operator _pipeline;
    private Asked? _asked;
    private Equalities? _equalities;
    private Peeling? _peeling;
    private HashSet<Variable> _roots = [];

    /// <summary>A plan to be made.</summary>
    /// <param name="planner">Plans what is nested.</param>
    /// <param name="parts">What is joined, and the conditions.</param>
    /// <param name="input">What it starts from.</param>
    /// <param name="source">Where triples are matched.</param>
    /// <param name="correlated">Whether all parts see the input's bindings.</param>
    /// <param name="asked">What is read of the rows; null for everything.</param>
    public GroupPlanner(Planner planner, GroupParts parts, Operator input, PatternSource source, bool correlated, Asked? asked)
    {
        _planner = planner;
        _context = planner.Context;
        _cardinality = planner.Cardinality;
        _source = source;
        _correlated = correlated;
        _asked = asked;
        _pipeline = input;
        _conditions = parts.Conditions;
        foreach (var leaf in parts.Leaves)
        {
            Add(leaf);
        }
    }

    /// <summary>The plan.</summary>
    public Operator Plan()
    {
        if (_others.Count > 0)
        {
            StartFromOthers();
        }

        if (_conditions.Count > 0)
        {
            ApplyReady();
            Equate();
            Bound();
        }

        _peeling = _asked is null || _source.GraphName is not null ? null : Peel(_asked);
        _roots = _peeling is null ? [] : [.. _peeling.Roots];
        var order = JoinOrder.Choose(_steps, _pipeline.Certain, Math.Max(1, _pipeline.Estimate), _cardinality);
        if (_services.Count > 0 && order.Count > 0 && order[^1].Rows > ManySent && AskFirst() is { } first)
        {
            order = JoinOrder.Choose(_steps, new VariableSet(InScope.Of(first.Pattern)), Math.Max(1, _pipeline.Estimate), _cardinality);
        }

        if (_peeling?.Scan is var (scanned, value))
        {
            Scan(scanned, value);
        }

        WeighAnyOf(_pipeline.Certain);
        for (var i = 0; i < order.Count; i++)
        {
            _context.CheckPlanning();
            var (step, rows) = order[i];
            var triples = _packed.Count == 0 || step.Pattern is null ? [] : Pack(step.Pattern);
            _pipeline = Join(step, order, i);
            if (_pipeline is not Seed)
            {
                _pipeline.Estimate = rows;
                _pipeline = _planner.Divisible(_pipeline);
            }

            foreach (var variable in triples)
            {
                _pipeline = new UnpackTriple(_pipeline, variable, _packed[variable]) { Estimate = rows };
            }

            ApplyReady();
            WeighAnyOf(_pipeline.Certain);
        }

        JoinTheRest();
        _pipeline = _planner.ApplyConditions(_pipeline, _conditions, _source);
        return Weigh([.. _roots]);
    }

    /// <summary>Sorts a part in: what is ordered by its number of rows, and what is not.</summary>
    private void Add(GraphPattern leaf)
    {
        switch (leaf)
        {
            case BasicGraphPattern bgp:
                foreach (var triple in bgp.Triples)
                {
                    _steps.Add(StepOf(triple));
                }

                break;
            case PathPattern path:
                _steps.Add(new JoinOrder.Step(null, _source.Index, [.. PathJoin.VariablesOf(path)], path));
                break;
            case TextSearch search:
                _steps.Add(new JoinOrder.Step(null, _source.Index, [.. search.Variables], search, _planner.FoundBy(search, _source.Index).Count));
                break;
            default:
                _others.Add(leaf);
                break;
        }
    }

    /// <summary>
    /// A triple to be joined. A triple term with variables in it is a variable of its own, and is taken apart as soon as that is bound.
    /// </summary>
    private JoinOrder.Step StepOf(TriplePattern triple)
    {
        if (triple is { Subject: not TripleTermPattern, Object: not TripleTermPattern })
        {
            return new JoinOrder.Step(triple, _source.Index, triple.Variables, null);
        }

        var inner = new List<Variable>();
        var flat = new TriplePattern(Flat(triple.Subject), triple.Predicate, Flat(triple.Object));
        return new JoinOrder.Step(flat, _source.Index, [.. flat.Variables.Concat(inner).Distinct()], null);

        PatternTerm Flat(PatternTerm term)
        {
            if (term is not TripleTermPattern pattern)
            {
                return term;
            }

            var variable = _context.NewVariable("triple");
            _packed.Add(variable, pattern);
            inner.AddRange(UnpackTriple.VariablesOf(pattern));
            return variable;
        }
    }

    /// <summary>Given rows are few and restrict the rest: they come first. A pattern that can only be computed alone starts the pipeline.</summary>
    private void StartFromOthers()
    {
        _planner.NoteAbsences(_others, _conditions);
        foreach (var given in _others.Where(o => o is Values or GivenIds).OrderBy(o => o is Values values ? values.Rows.Length : ((GivenIds)o).Ids.Length))
        {
            _pipeline = _planner.Compile(given, _pipeline, _source, _correlated);
        }

        _services = [.. _others.OfType<Service>()];
        _others = [.. _others.Where(o => o is not (Values or GivenIds or Service))];
        if (Planner.IsUnit(_pipeline) && _others.Find(o => !Certainty.IsSeedable(o, [])) is { } start)
        {
            _pipeline = _planner.Compile(start, _pipeline, _source, _correlated);
            _others.Remove(start);
        }

        foreach (var other in _others.ToList())
        {
            if (_correlated || Certainty.IsSeedable(other, _pipeline.Schema.Variables))
            {
                _steps.Add(new JoinOrder.Step(null, _source.Index, InScope.Of(other), other));
                _others.Remove(other);
            }
        }
    }

    /// <summary>Asks an endpoint before anything is matched here; null where none can be asked yet.</summary>
    private Service? AskFirst()
    {
        if (_services.Find(s => s.Endpoint is ConstantTerm) is not { } first || _peeling?.Scan is not null || !Planner.IsUnit(_pipeline))
        {
            return null;
        }

        _pipeline = _planner.Compile(first, _pipeline, _source, _correlated);
        _services.Remove(first);
        return first;
    }

    /// <summary>Turns conditions of equality into joins.</summary>
    private void Equate()
    {
        if (_steps.Count == 0 || !_conditions.Exists(Equalities.IsCandidate))
        {
            return;
        }

        var kept = new HashSet<Variable>(_pipeline.Schema.Variables);
        kept.UnionWith(ReadByOthers());
        kept.UnionWith(_steps.Where(s => s.Other is not (null or PathPattern)).SelectMany(s => s.Variables));
        if (_source.GraphName is { } name)
        {
            kept.Add(name);
        }

        _equalities = new Equalities(_steps, _conditions, kept, _pipeline.Certain, _context.Terms);
        _equalities.Apply();
        if (_asked is not null)
        {
            // Copies that nobody reads are left out; what is read of the others is their source.
            var read = _conditions.SelectMany(Certainty.VariablesOf).ToHashSet();
            _equalities.Copies.RemoveAll(c => !_asked.Variables.Contains(c.Variable) && !read.Contains(c.Variable));
            _asked = _asked with { Variables = _asked.Variables.Concat(_equalities.Copies.Select(c => c.Source).OfType<Variable>()).ToHashSet() };
        }
    }

    /// <summary>What is read besides by the steps: by patterns joined in another way, by endpoints, within triple terms.</summary>
    private IEnumerable<Variable> ReadByOthers() =>
        _others.Concat(_services).SelectMany(o => InScope.Of(o)).Concat(_packed.Keys).Concat(_packed.Values.SelectMany(UnpackTriple.VariablesOf));

    /// <summary>Tells the steps which objects the conditions leave.</summary>
    private void Bound()
    {
        Dictionary<Variable, IdRanges>? bounds = null;
        foreach (var condition in _conditions)
        {
            if (IdRanges.Of(condition, _context.Terms) is var (variable, ranges))
            {
                bounds ??= [];
                bounds[variable] = bounds.TryGetValue(variable, out var others) ? others.And(ranges) : ranges;
            }
        }

        for (var i = 0; i < _steps.Count && bounds is not null; i++)
        {
            if (_steps[i].Pattern is { Subject: Variable subject, Predicate: ConstantTerm predicate, Object: Variable @object }
                && subject != @object && bounds.TryGetValue(@object, out var ranges))
            {
                var objects = _steps[i].Index.Range(TripleOrder.Pos, _context.Terms.Intern(predicate.Term)).Second;
                _steps[i] = _steps[i] with { Objects = ranges.PartsOf(objects) };
            }
        }
    }

    /// <summary>Takes the trees that need only be counted off the steps; null when there are none.</summary>
    private Peeling? Peel(Asked asked)
    {
        const int Many = 16;
        var isAll = Planner.IsUnit(_pipeline) && _others.Count + _services.Count == 0 && _steps.TrueForAll(s => s.Pattern is not null);
        var triples = _steps.Where(s => s.Pattern is not null).Select(s => s.Pattern!).Distinct().ToList();
        if (triples.Count == 0 || _steps.Count > Many)
        {
            return null;
        }

        var needed = new HashSet<Variable>(asked.Variables);
        needed.UnionWith(_pipeline.Schema.Variables);
        needed.UnionWith(ReadByOthers());
        needed.UnionWith(_conditions.SelectMany(Certainty.VariablesOf));
        needed.UnionWith(_steps.Where(s => s.Pattern is null).SelectMany(s => s.Variables));
        var peeling = Peeling.Choose(triples, needed, _pipeline.Certain, isAll, Cost, _cardinality, _source.Index);
        _steps.RemoveAll(s => s.Pattern is { } triple && !peeling.Core.Contains(triple));
        return peeling;

        (double, double) Cost(IReadOnlyList<TriplePattern> core)
        {
            var order = JoinOrder.Choose(
                [.. _steps.Where(s => s.Pattern is null || core.Contains(s.Pattern))], _pipeline.Certain, Math.Max(1, _pipeline.Estimate), _cardinality,
                isOneOfMany: true);
            return (order.Sum(s => s.Rows), order.Count == 0 ? 1 : order[^1].Rows);
        }
    }

    /// <summary>Where all triples hang on one variable, its values are all that is read.</summary>
    private void Scan(TriplePattern scanned, Variable value)
    {
        _pipeline = _planner.Divisible(
            new ValueScan(_context, scanned, value, _source.Index) { Estimate = _cardinality.Distinct(scanned, value, _source.Index) });
        if (_packed.TryGetValue(value, out var term))
        {
            _pipeline = new UnpackTriple(_pipeline, value, term) { Estimate = _pipeline.Estimate };
        }

        ApplyReady();
    }

    /// <summary>Counts the trees on variables that are bound by now, where it is enough to see that there is one.</summary>
    private void WeighAnyOf(VariableSet bound)
    {
        if (_roots.Count > 0 && _asked is { AnyWillDo: true })
        {
            _pipeline = Weigh([.. _roots.Where(bound.Contains)]);
        }
    }

    private Operator Weigh(List<Variable> now)
    {
        if (now.Count == 0)
        {
            return _pipeline;
        }

        _roots.ExceptWith(now);
        return new WeighRows(_pipeline, [.. now.Select(v => (v, _peeling!.TreeOn(v, _context, _source.Index)))], _asked is { AnyWillDo: true })
        {
            Estimate = _pipeline.Estimate,
        };
    }

    /// <summary>Looks up the triple terms of a pattern whose parts are all known, and tells those that are to be taken apart.</summary>
    private List<Variable> Pack(TriplePattern pattern)
    {
        var triples = pattern.Variables.Where(_packed.ContainsKey).ToList();
        foreach (var variable in triples.Where(v => UnpackTriple.VariablesOf(_packed[v]).All(_pipeline.Certain.Contains)).ToList())
        {
            _pipeline = new PackTriple(_pipeline, variable, _packed[variable]) { Estimate = _pipeline.Estimate };
            triples.Remove(variable);
        }

        return triples;
    }

    private Operator Join(JoinOrder.Step step, List<(JoinOrder.Step Step, double Rows)> order, int at)
    {
        if (step.Pattern is { } triple)
        {
            return (Operator?)Intersection(triple, order, at)
                ?? (step.Objects is { } parts && Planner.IsUnit(_pipeline) && IsWorthScanning(parts, triple)
                    ? new RangeScan(_context, triple, _source.Index, parts)
                    : new IndexJoin(_pipeline, triple, _source));
        }

        return step.Other switch
        {
            Values values when _equalities is not null && _equalities.Lists.TryGetValue(values, out var list)
                && _pipeline.Certain.Contains(values.Variables[0]) => _planner.ApplyConditions(_pipeline, [list], _source),
            PathPattern path => new PathJoin(_pipeline, path, _source.Index),
            var other when _correlated || Planner.IsUnit(_pipeline) || Certainty.IsSeedable(other!, _pipeline.Schema.Variables)
                => _planner.Compile(other!, _pipeline, _source, _correlated),
            var other => new HashJoin(_pipeline, _planner.Compile(other!, Seed.Unit(_context), _source, false)),
        };
    }

    /// <summary>Whether few enough objects are left that finding their subjects in any order costs less than reading all.</summary>
    private bool IsWorthScanning(List<Range> parts, TriplePattern triple)
    {
        const int Few = 3;
        return _source.GraphName is null && parts.Sum(p => p.End.Value - p.Start.Value) <= _cardinality.Count(triple, _source.Index) / Few;
    }

    /// <summary>
    /// The step together with later ones that bind the same new variable and nothing else: their common values are found at once. These
    /// later steps are taken out of the order. Null when there are none.
    /// </summary>
    private IntersectJoin? Intersection(TriplePattern triple, List<(JoinOrder.Step Step, double Rows)> order, int at)
    {
        if (_source.GraphName is not null || at == order.Count - 1 || Added(triple) is not { } variable
            || _pipeline.Schema.SlotOf(variable) >= 0 || !IsLookUp(triple, variable))
        {
            return null;
        }

        List<TriplePattern>? patterns = null;
        for (var i = order.Count - 1; i > at; i--)
        {
            if (order[i].Step.Pattern is { } other && IsLookUp(other, variable))
            {
                patterns ??= [triple];
                patterns.Insert(1, other);
                order.RemoveAt(i);
            }
        }

        return patterns is null ? null : new IntersectJoin(_pipeline, variable, patterns, _source.Index);
    }

    /// <summary>The one variable that a pattern adds to what is bound; null where it adds none or more.</summary>
    private Variable? Added(TriplePattern triple)
    {
        Variable? added = null;
        foreach (var variable in triple.Variables)
        {
            if (!_pipeline.Certain.Contains(variable))
            {
                if (added is not null)
                {
                    return null;
                }

                added = variable;
            }
        }

        return added;
    }

    /// <summary>Whether a pattern gives the values of a variable, all else in it being known.</summary>
    private bool IsLookUp(TriplePattern triple, Variable variable)
    {
        var place = Positions.Of(triple, variable);
        for (var position = 0; position < 3 && place >= 0; position++)
        {
            if (position != place
                && !(Positions.At(triple, position) is ConstantTerm || (Positions.At(triple, position) is Variable bound && _pipeline.Certain.Contains(bound))))
            {
                return false;
            }
        }

        return place >= 0;
    }

    /// <summary>Joins what has no place in the order: copies, what is computed alone, endpoints.</summary>
    private void JoinTheRest()
    {
        foreach (var (variable, from) in _equalities?.Copies ?? [])
        {
            _pipeline = new CopyColumn(_pipeline, variable, from) { Estimate = _pipeline.Estimate };
        }

        foreach (var other in _others)
        {
            var alone = _planner.Compile(other, Seed.Unit(_context), _source, false);
            _pipeline = Planner.IsUnit(_pipeline) ? alone : new HashJoin(_pipeline, alone) { Estimate = Math.Max(_pipeline.Estimate, alone.Estimate) };
            ApplyReady();
        }

        foreach (var service in _services.OrderBy(s => s.Endpoint is Variable ? 1 : 0))
        {
            _pipeline = _planner.Compile(service, _pipeline, _source, _correlated);
            ApplyReady();
        }
    }

    /// <summary>Tests the conditions all of whose variables are bound by now.</summary>
    private void ApplyReady()
    {
        if (_conditions.Count == 0 || Planner.IsUnit(_pipeline))
        {
            return;
        }

        var ready = new List<Expression>();
        _conditions.RemoveAll(IsReady);
        if (ready.Count > 0)
        {
            _pipeline = _planner.ApplyConditions(_pipeline, ready.Count <= StepEach ? ready : [Balanced.Of(ready, And)], _source);
        }

        bool IsReady(Expression condition)
        {
            var isReady = !Certainty.HasExists(condition) && Certainty.VariablesOf(condition).All(_pipeline.Certain.Contains);
            if (isReady)
            {
                ready.Add(condition);
            }

            return isReady;
        }

        static Expression And(Expression left, Expression right) => new FunctionCall(Function.And, [left, right]);
    }
}
