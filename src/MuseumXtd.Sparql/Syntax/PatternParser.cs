using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>
/// Graph patterns, translated to the algebra as they are read (SPARQL 1.2 Query, sections 18.2.2 and 19.8).
/// </summary>
internal sealed class PatternParser
{
    private readonly TokenReader _tokens;
    private readonly Func<GraphPattern> _readSubSelect;

    public PatternParser(TokenReader tokens, Func<GraphPattern> readSubSelect)
    {
        _tokens = tokens;
        _readSubSelect = readSubSelect;
        Data = new DataParser(tokens);
        Triples = new TriplesParser(tokens, Data);
        Expressions = new ExpressionParser(tokens, this);
    }

    /// <summary>Literals and inline data.</summary>
    public DataParser Data { get; }

    /// <summary>Triples.</summary>
    public TriplesParser Triples { get; }

    /// <summary>Expressions.</summary>
    public ExpressionParser Expressions { get; }

    /// <summary>GroupGraphPattern, with its filters applied at its end.</summary>
    public GraphPattern ReadGroup()
    {
        var (pattern, filter) = ReadGroupParts();
        return filter is null ? pattern : new Filter(filter, pattern);
    }

    private (GraphPattern Pattern, Expression? Filter) ReadGroupParts()
    {
        _tokens.Enter();

        // A select keeps its own rule for aggregates; a group within it never allows them.
        var allowed = Expressions.AllowsAggregates;
        Expressions.AllowsAggregates = false;
        _tokens.Expect("{");
        Triples.EndBlock();
        var group = _tokens.IsWord("SELECT") ? (_readSubSelect(), null) : ReadElements();
        _tokens.Expect("}");
        Triples.EndBlock();
        Expressions.AllowsAggregates = allowed;
        _tokens.Leave();
        return group;
    }

    private (GraphPattern Pattern, Expression? Filter) ReadElements()
    {
        var pattern = GraphPattern.Unit;
        Expression? filter = null;
        var triples = new TriplesBlock(allowPaths: true);
        while (!_tokens.Is("}"))
        {
            var token = _tokens.Current;
            if (token.Kind == TokenKind.End)
            {
                throw _tokens.Unexpected("'}'");
            }

            if (_tokens.TryTakeWord("FILTER"))
            {
                var condition = Expressions.ReadConstraint();
                filter = filter is null ? condition : new FunctionCall(Function.And, [filter, condition]);
            }
            else if (Triples.StartsTriples(token))
            {
                Triples.ReadTriplesSameSubject(triples);
                if (!_tokens.Is("}") && !_tokens.Is(".") && Triples.StartsTriples(_tokens.Current))
                {
                    throw _tokens.Unexpected("'.', ';' or ','", "Is a dot missing between two triples?");
                }
            }
            else
            {
                pattern = JoinOf(pattern, triples.ToPattern());
                triples = new TriplesBlock(allowPaths: true);
                Triples.EndBlock();
                pattern = ReadElement(pattern);
                Triples.EndBlock();
            }

            if (_tokens.Is(".") && !(Triples.StartsTriples(token) || token.IsWord("FILTER") || _tokens.Current.Start > token.Start))
            {
                throw _tokens.Unexpected("a pattern");
            }

            _tokens.TryTake(".");
        }

        return (JoinOf(pattern, triples.ToPattern()), filter);
    }

    private GraphPattern ReadElement(GraphPattern before)
    {
        var token = _tokens.Current;
        if (_tokens.Is("{"))
        {
            var union = ReadGroup();
            while (_tokens.TryTakeWord("UNION"))
            {
                union = new Union(union, ReadGroup());
            }

            return JoinOf(before, union);
        }

        if (_tokens.TryTakeWord("OPTIONAL"))
        {
            var (right, condition) = ReadGroupParts();
            return new LeftJoin(before, right, condition);
        }

        if (_tokens.TryTakeWord("MINUS"))
        {
            return new Minus(before, ReadGroup());
        }

        if (_tokens.TryTakeWord("GRAPH"))
        {
            var name = Triples.ReadVariableOrIri();
            return JoinOf(before, new Graph(name, ReadGroup()));
        }

        if (_tokens.TryTakeWord("SERVICE"))
        {
            var silent = _tokens.TryTakeWord("SILENT");
            var endpoint = Triples.ReadVariableOrIri();
            var start = _tokens.Current.Start;
            var pattern = ReadGroup();
            return JoinOf(before, new Service(endpoint, pattern, silent, _tokens.TextFrom(start), _tokens.Prologue()));
        }

        if (_tokens.TryTakeWord("BIND"))
        {
            _tokens.Expect("(");
            var expression = Expressions.ReadExpression();
            _tokens.ExpectWord("AS");
            if (_tokens.Current.Kind != TokenKind.Variable)
            {
                throw _tokens.Unexpected("the variable to bind");
            }

            var variable = new Variable(_tokens.Current.Text);
            if (InScope.Of(before).Contains(variable))
            {
                throw _tokens.Error(_tokens.Current, $"{variable} is bound already in this group; BIND needs a new variable.");
            }

            _tokens.Take();
            _tokens.Expect(")");
            return new Extend(before, variable, expression);
        }

        if (_tokens.TryTakeWord("VALUES"))
        {
            return JoinOf(before, Data.ReadDataBlock());
        }

        throw _tokens.Unexpected("a triple, FILTER, OPTIONAL, UNION, BIND, VALUES, GRAPH, MINUS, SERVICE or '}'");
    }

    /// <summary>The join of two patterns, one of which may be empty.</summary>
    internal static GraphPattern JoinOf(GraphPattern left, GraphPattern right) =>
        IsUnit(left) ? right : IsUnit(right) ? left : new Join(left, right);

    private static bool IsUnit(GraphPattern pattern) => pattern is BasicGraphPattern { Triples.IsEmpty: true };
}
