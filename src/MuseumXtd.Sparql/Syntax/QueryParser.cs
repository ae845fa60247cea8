using System.Collections.Immutable;
using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Query forms and solution modifiers (SPARQL 1.1 Query, sections 18.2.4, 18.2.5 and 19.8, rules 1 to 28).</summary>
internal sealed class QueryParser
{
    private readonly TokenReader _tokens;
    private readonly PatternParser _patterns;
    private int _aggregates;

    public QueryParser(string text, string? baseIri)
    {
        _tokens = new TokenReader(text, baseIri);
        _patterns = new PatternParser(_tokens, () => ReadSelect(isSubquery: true).Pattern);
    }

    /// <summary>The tokens, for the parser of updates.</summary>
    public TokenReader Tokens => _tokens;

    /// <summary>The patterns, for the parser of updates.</summary>
    public PatternParser Patterns => _patterns;

    public Query ReadQuery()
    {
        _tokens.ReadPrologue();
        Query query;
        if (_tokens.IsWord("SELECT"))
        {
            query = ReadSelect(isSubquery: false);
        }
        else if (_tokens.TryTakeWord("CONSTRUCT"))
        {
            query = ReadConstruct();
        }
        else if (_tokens.TryTakeWord("DESCRIBE"))
        {
            query = ReadDescribe();
        }
        else if (_tokens.TryTakeWord("ASK"))
        {
            var dataset = ReadDatasetClauses();
            query = new AskQuery(ReadModifiers(ReadWhere(), null)) { Dataset = dataset };
        }
        else
        {
            throw _tokens.Unexpected("SELECT, CONSTRUCT, DESCRIBE or ASK");
        }

        if (_tokens.Current.Kind != TokenKind.End)
        {
            throw _tokens.Unexpected("the end of the query");
        }

        return query with { BaseIri = _tokens.BaseIri, Prefixes = _tokens.Prefixes };
    }

    private SelectQuery ReadSelect(bool isSubquery)
    {
        _tokens.ExpectWord("SELECT");
        var distinct = _tokens.TryTakeWord("DISTINCT");
        var reduced = !distinct && _tokens.TryTakeWord("REDUCED");
        var selection = new Selection();
        _patterns.Expressions.AllowsAggregates = true;
        ReadSelection(selection);
        _patterns.Expressions.AllowsAggregates = false;
        var dataset = isSubquery ? null : ReadDatasetClauses();
        var where = ReadWhere();
        var pattern = ReadModifiers(where, selection, distinct, reduced, out var variables);
        return new SelectQuery(pattern, variables) { Dataset = dataset };
    }

    private void ReadSelection(Selection selection)
    {
        if (_tokens.TryTake("*"))
        {
            selection.All = true;
            return;
        }

        while (true)
        {
            if (_tokens.Current.Kind == TokenKind.Variable)
            {
                var token = _tokens.Take();
                selection.Items.Add((new Variable(token.Text), null, token));
            }
            else if (_tokens.TryTake("("))
            {
                var expression = _patterns.Expressions.ReadExpression();
                _tokens.ExpectWord("AS");
                var token = _tokens.Current;
                if (token.Kind != TokenKind.Variable)
                {
                    throw _tokens.Unexpected("a variable after AS");
                }

                _tokens.Take();
                _tokens.Expect(")");
                selection.Items.Add((new Variable(token.Text), expression, token));
            }
            else if (selection.Items.Count == 0)
            {
                throw _tokens.Unexpected("'*', a variable or '(expression AS ?variable)'");
            }
            else
            {
                return;
            }
        }
    }

    private ConstructQuery ReadConstruct()
    {
        if (_tokens.Is("{"))
        {
            var template = _patterns.Triples.ReadTemplate();
            var dataset = ReadDatasetClauses();
            return new ConstructQuery(ReadModifiers(ReadWhere(), null), template) { Dataset = dataset };
        }

        var clauses = ReadDatasetClauses();
        _tokens.ExpectWord("WHERE");
        var triples = _patterns.Triples.ReadTemplate();
        return new ConstructQuery(ReadModifiers(new BasicGraphPattern(triples), null), triples) { Dataset = clauses };
    }

    private DescribeQuery ReadDescribe()
    {
        var targets = ImmutableArray.CreateBuilder<PatternTerm>();
        var all = _tokens.TryTake("*");
        while (!all && (_tokens.Current.Kind == TokenKind.Variable || _tokens.IsIri))
        {
            targets.Add(_patterns.Triples.ReadVariableOrIri());
        }

        if (!all && targets.Count == 0)
        {
            throw _tokens.Unexpected("'*', a variable or an IRI");
        }

        var dataset = ReadDatasetClauses();
        var where = _tokens.IsWord("WHERE") || _tokens.Is("{") ? ReadWhere() : GraphPattern.Unit;
        var pattern = ReadModifiers(where, null);
        if (all)
        {
            targets.AddRange(InScope.Of(where).Where(v => !v.IsHidden));
        }

        return new DescribeQuery(pattern, targets.ToImmutable()) { Dataset = dataset };
    }

    private DatasetClause? ReadDatasetClauses()
    {
        if (!_tokens.IsWord("FROM"))
        {
            return null;
        }

        var merged = ImmutableArray.CreateBuilder<Iri>();
        var named = ImmutableArray.CreateBuilder<Iri>();
        while (_tokens.TryTakeWord("FROM"))
        {
            (_tokens.TryTakeWord("NAMED") ? named : merged).Add(_tokens.ExpectIri("the IRI of a graph"));
        }

        return new DatasetClause(merged.ToImmutable(), named.ToImmutable());
    }

    private GraphPattern ReadWhere()
    {
        _tokens.TryTakeWord("WHERE");
        return _patterns.ReadGroup();
    }

    private GraphPattern ReadModifiers(GraphPattern where, Selection? selection) => ReadModifiers(where, selection, false, false, out _);

    /// <summary>Grouping, HAVING, VALUES, SELECT expressions, ORDER BY, projection, DISTINCT and LIMIT, in the order of section 18.2.4.</summary>
    private GraphPattern ReadModifiers(
        GraphPattern where, Selection? selection, bool distinct, bool reduced, out ImmutableArray<Variable> variables)
    {
        var keys = ReadGroupBy();
        _patterns.Expressions.AllowsAggregates = true;
        var having = ReadHaving();
        var order = ReadOrderBy();
        _patterns.Expressions.AllowsAggregates = false;
        var (offset, limit) = ReadLimitOffset();
        var values = _tokens.TryTakeWord("VALUES") ? _patterns.Data.ReadDataBlock() : null;

        var aggregates = new List<GroupAggregate>();
        var items = selection?.Items ?? [];
        if (items.Exists(i => i.Expression is not null))
        {
            items = items.ConvertAll(i => i with { Expression = i.Expression is { } expression ? Extract(expression, aggregates) : null });
        }

        having = [.. having.Select(h => Extract(h, aggregates))];
        order = [.. order.Select(o => o with { Expression = Extract(o.Expression, aggregates) })];
        var isGrouped = keys is not null || aggregates.Count > 0 || having.Count > 0;

        var pattern = where;
        if (isGrouped)
        {
            pattern = new Group(pattern, keys ?? [], [.. aggregates]);
            _tokens.CheckHeight(pattern.Height);
            CheckGrouping(selection, keys ?? []);
        }

        foreach (var condition in having)
        {
            pattern = new Filter(condition, pattern);
            _tokens.CheckHeight(pattern.Height);
        }

        if (values is not null)
        {
            pattern = new Join(pattern, values);
        }

        ImmutableArray<Variable> scope = selection is { All: true } || items.Exists(i => i.Expression is not null) ? InScope.Of(pattern) : [];
        foreach (var (variable, expression, token) in items)
        {
            if (expression is not null)
            {
                if (scope.Contains(variable))
                {
                    throw _tokens.Error(token, $"{variable} is in use already; AS needs a new variable.");
                }

                scope = scope.Add(variable);
                pattern = new Extend(pattern, variable, expression);
                _tokens.CheckHeight(pattern.Height);
            }
        }

        if (order.Count > 0)
        {
            pattern = new OrderBy(pattern, [.. order]);
            _tokens.CheckHeight(pattern.Height);
        }

        variables = [];
        if (selection is not null)
        {
            variables = selection.All ? [.. scope.Where(v => !v.IsHidden)] : [.. items.Select(i => i.Variable).Distinct()];
            pattern = new Project(pattern, variables);
            pattern = distinct ? new Distinct(pattern) : reduced ? new Reduced(pattern) : pattern;
        }

        return offset > 0 || limit is not null ? new Slice(pattern, offset, limit) : pattern;
    }

    /// <summary>Outside aggregates, only keys may be used of the grouped solutions (section 19.8, note 8 to 12).</summary>
    private void CheckGrouping(Selection? selection, ImmutableArray<GroupKey> keys)
    {
        if (selection is null)
        {
            return;
        }

        if (selection.All)
        {
            throw _tokens.Error(_tokens.Current, "SELECT * is not possible with GROUP BY or aggregates; name the variables.");
        }

        var allowed = keys.Select(k => k.Variable).ToHashSet();
        foreach (var (variable, expression, token) in selection.Items)
        {
            if (expression is null)
            {
                if (!allowed.Contains(variable))
                {
                    throw _tokens.Error(token, $"{variable} is neither a key of GROUP BY nor an aggregate.", "Add it to GROUP BY, or use SAMPLE.");
                }

                continue;
            }

            if (FreeVariables(expression).FirstOrDefault(v => !allowed.Contains(v)) is { } free)
            {
                throw _tokens.Error(
                    token, $"{free} is used outside an aggregate but is no key of GROUP BY.", "Name a grouped expression: GROUP BY (... AS ?key).");
            }

            allowed.Add(variable);
        }
    }

    private static IEnumerable<Variable> FreeVariables(Expression expression) => expression switch
    {
        VariableExpression variable => [variable.Variable],
        FunctionCall call => call.Arguments.SelectMany(FreeVariables),
        IriFunctionCall call => call.Arguments.SelectMany(FreeVariables),
        _ => [],
    };

    private ImmutableArray<GroupKey>? ReadGroupBy()
    {
        if (!_tokens.IsWord("GROUP"))
        {
            return null;
        }

        _tokens.Take();
        _tokens.ExpectWord("BY");
        var keys = ImmutableArray.CreateBuilder<GroupKey>();
        while (true)
        {
            if (_tokens.Current.Kind == TokenKind.Variable)
            {
                var variable = new Variable(_tokens.Take().Text);
                keys.Add(new GroupKey(variable, new VariableExpression(variable)));
            }
            else if (_tokens.TryTake("("))
            {
                var expression = _patterns.Expressions.ReadExpression();
                var variable = _patterns.Triples.Fresh();
                if (_tokens.TryTakeWord("AS"))
                {
                    if (_tokens.Current.Kind != TokenKind.Variable)
                    {
                        throw _tokens.Unexpected("a variable after AS");
                    }

                    variable = new Variable(_tokens.Take().Text);
                }
                else if (expression is VariableExpression plain)
                {
                    variable = plain.Variable;
                }

                _tokens.Expect(")");
                keys.Add(new GroupKey(variable, expression));
            }
            else if (StartsCall)
            {
                keys.Add(new GroupKey(_patterns.Triples.Fresh(), _patterns.Expressions.ReadConstraint()));
            }
            else if (keys.Count == 0)
            {
                throw _tokens.Unexpected("a variable, a function or '(expression)' after GROUP BY");
            }
            else
            {
                return keys.ToImmutable();
            }
        }
    }

    private bool StartsCall =>
        _tokens.IsIri
        || (_tokens.Current.Kind == TokenKind.Word
            && !_tokens.IsWord("HAVING") && !_tokens.IsWord("ORDER") && !_tokens.IsWord("LIMIT") && !_tokens.IsWord("OFFSET") && !_tokens.IsWord("VALUES")
            && !_tokens.IsWord("ASC") && !_tokens.IsWord("DESC"));

    private List<Expression> ReadHaving()
    {
        var conditions = new List<Expression>();
        if (!_tokens.TryTakeWord("HAVING"))
        {
            return conditions;
        }

        do
        {
            conditions.Add(_patterns.Expressions.ReadConstraint());
        }
        while (_tokens.Is("(") || StartsCall);
        return conditions;
    }

    private List<OrderCondition> ReadOrderBy()
    {
        var conditions = new List<OrderCondition>();
        if (!_tokens.TryTakeWord("ORDER"))
        {
            return conditions;
        }

        _tokens.ExpectWord("BY");
        while (true)
        {
            if (_tokens.TryTakeWord("ASC"))
            {
                conditions.Add(new OrderCondition(_patterns.Expressions.ReadBracketed(), false));
            }
            else if (_tokens.TryTakeWord("DESC"))
            {
                conditions.Add(new OrderCondition(_patterns.Expressions.ReadBracketed(), true));
            }
            else if (_tokens.Current.Kind == TokenKind.Variable)
            {
                conditions.Add(new OrderCondition(new VariableExpression(new Variable(_tokens.Take().Text)), false));
            }
            else if (_tokens.Is("(") || StartsCall)
            {
                conditions.Add(new OrderCondition(_patterns.Expressions.ReadConstraint(), false));
            }
            else if (conditions.Count == 0)
            {
                throw _tokens.Unexpected("a variable, ASC, DESC, a function or '(expression)' after ORDER BY");
            }
            else
            {
                return conditions;
            }
        }
    }

    private (long Offset, long? Limit) ReadLimitOffset()
    {
        long offset = 0;
        long? limit = null;
        var (hasOffset, hasLimit) = (false, false);
        while (true)
        {
            if (!hasLimit && _tokens.TryTakeWord("LIMIT"))
            {
                limit = ReadInteger();
                hasLimit = true;
            }
            else if (!hasOffset && _tokens.TryTakeWord("OFFSET"))
            {
                offset = ReadInteger();
                hasOffset = true;
            }
            else
            {
                return (offset, limit);
            }
        }
    }

    private long ReadInteger()
    {
        if (_tokens.Current.Kind != TokenKind.Integer
            || !long.TryParse(_tokens.Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw _tokens.Unexpected("a whole number");
        }

        _tokens.Take();
        return value;
    }

    /// <summary>Replaces aggregates by the variables that the group binds them to.</summary>
    private Expression Extract(Expression expression, List<GroupAggregate> aggregates)
    {
        switch (expression)
        {
            case AggregateExpression aggregate:
                var variable = new Variable(".agg" + (_aggregates++).ToString(CultureInfo.InvariantCulture));
                aggregates.Add(new GroupAggregate(variable, aggregate.Aggregate));
                return new VariableExpression(variable);
            case FunctionCall call:
                return call with { Arguments = [.. call.Arguments.Select(a => Extract(a, aggregates))] };
            case IriFunctionCall call:
                return call with { Arguments = [.. call.Arguments.Select(a => Extract(a, aggregates))] };
            default:
                return expression;
        }
    }

    private sealed class Selection
    {
        public bool All { get; set; }

        public List<(Variable Variable, Expression? Expression, Token Token)> Items { get; } = [];
    }
}
