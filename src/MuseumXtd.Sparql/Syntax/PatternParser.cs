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
        var parts = new List<GraphPattern>();
        var filters = new List<Expression>();
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
                filters.Add(Expressions.ReadConstraint());
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
                Add(parts, triples.ToPattern());
                triples = new TriplesBlock(allowPaths: true);
                Triples.EndBlock();
                ReadElement(parts);
                Triples.EndBlock();
            }

            if (_tokens.Is(".") && !(Triples.StartsTriples(token) || token.IsWord("FILTER") || _tokens.Current.Start > token.Start))
            {
                throw _tokens.Unexpected("a pattern");
            }

            _tokens.TryTake(".");
        }

        Add(parts, triples.ToPattern());
        return (Joined(parts), filters.Count == 0 ? null : Balanced.Of(filters, (a, b) => new FunctionCall(Function.And, [a, b])));
    }

    /// <summary>Reads what follows parts that are joined: it is joined with them, or it is an operation on them all.</summary>
    private void ReadElement(List<GraphPattern> parts)
    {
        var token = _tokens.Current;
        if (_tokens.Is("{"))
        {
            var branches = new List<GraphPattern> { ReadGroup() };
            while (_tokens.TryTakeWord("UNION"))
            {
                branches.Add(ReadGroup());
            }

            Add(parts, Balanced.Of(branches, (a, b) => new Union(a, b)));
            return;
        }

        if (_tokens.TryTakeWord("OPTIONAL"))
        {
            var (right, condition) = ReadGroupParts();
            Replace(parts, new LeftJoin(Joined(parts), right, condition));
            return;
        }

        if (_tokens.TryTakeWord("MINUS"))
        {
            Replace(parts, new Minus(Joined(parts), ReadGroup()));
            return;
        }

        if (_tokens.TryTakeWord("GRAPH"))
        {
            var name = Triples.ReadVariableOrIri();
            Add(parts, new Graph(name, ReadGroup()));
            return;
        }

        if (_tokens.TryTakeWord("SERVICE"))
        {
            var silent = _tokens.TryTakeWord("SILENT");
            var endpoint = Triples.ReadVariableOrIri();
            var start = _tokens.Current.Start;
            var pattern = ReadGroup();
            Add(parts, new Service(endpoint, pattern, silent, _tokens.TextFrom(start), _tokens.Prologue()));
            return;
        }

        if (_tokens.TryTakeWord("BIND"))
        {
            Replace(parts, ReadBind(Joined(parts)));
            return;
        }

        if (_tokens.TryTakeWord("VALUES"))
        {
            Add(parts, Data.ReadDataBlock());
            return;
        }

        throw _tokens.Unexpected("a triple, FILTER, OPTIONAL, UNION, BIND, VALUES, GRAPH, MINUS, SERVICE or '}'");
    }

    private Extend ReadBind(GraphPattern before)
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

    /// <summary>The join of some patterns.</summary>
    internal static GraphPattern Joined(List<GraphPattern> parts) => parts.Count == 0 ? GraphPattern.Unit : Balanced.Of(parts, (a, b) => new Join(a, b));

    private void Add(List<GraphPattern> parts, GraphPattern pattern)
    {
        _tokens.CheckHeight(pattern.Height);
        if (pattern is not BasicGraphPattern { Triples.IsEmpty: true })
        {
            parts.Add(pattern);
        }
    }

    private void Replace(List<GraphPattern> parts, GraphPattern pattern)
    {
        parts.Clear();
        Add(parts, pattern);
    }
}
