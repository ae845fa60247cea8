using System.Collections.Immutable;
using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>
/// Graph patterns, translated to the algebra as they are read (SPARQL 1.2 Query, sections 18.2.2 and 19.8).
/// </summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 250;

    private readonly TokenReader _tokens;
    private readonly PathParser _paths;
    private readonly Func<GraphPattern> _readSubSelect;
    private Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private int _block;
    private int _fresh;
    private int _depth;

    public PatternParser(TokenReader tokens, Func<GraphPattern> readSubSelect)
    {
        _tokens = tokens;
        _readSubSelect = readSubSelect;
        _paths = new PathParser(tokens);
        Expressions = new ExpressionParser(tokens, this);
    }

    public ExpressionParser Expressions { get; }

    /// <summary>A variable that no query can name.</summary>
    public Variable Fresh() => new("." + (_fresh++).ToString(CultureInfo.InvariantCulture));

    /// <summary>GroupGraphPattern, with its filters applied at its end.</summary>
    public GraphPattern ReadGroup()
    {
        var (pattern, filter) = ReadGroupParts();
        return filter is null ? pattern : new Filter(filter, pattern);
    }

    /// <summary>ConstructTemplate: triples in braces, without paths.</summary>
    public ImmutableArray<TriplePattern> ReadTemplate()
    {
        _tokens.Expect("{");
        var triples = new TriplesBlock(allowPaths: false);
        while (!_tokens.Is("}"))
        {
            ReadTriplesSameSubject(triples);
            if (!_tokens.TryTake(".") && !_tokens.Is("}"))
            {
                throw _tokens.Unexpected("'.' or '}' after a triple");
            }
        }

        _tokens.Take();
        _block++;
        return [.. triples.Triples];
    }

    /// <summary>TriplesTemplate of updates: triples without paths, up to a brace or GRAPH.</summary>
    public ImmutableArray<TriplePattern> ReadTriplesTemplate()
    {
        var triples = new TriplesBlock(allowPaths: false);
        while (!_tokens.Is("}") && !_tokens.IsWord("GRAPH"))
        {
            ReadTriplesSameSubject(triples);
            if (!_tokens.TryTake(".") && !_tokens.Is("}") && !_tokens.IsWord("GRAPH"))
            {
                throw _tokens.Unexpected("'.', GRAPH or '}' after a triple");
            }
        }

        return [.. triples.Triples];
    }

    /// <summary>Begins a block whose labels of blank nodes may not stand in other blocks with the same known labels.</summary>
    public void BeginBlock(Dictionary<string, int> labels)
    {
        _labels = labels;
        _block++;
    }

    /// <summary>DataBlock of VALUES.</summary>
    public Values ReadDataBlock()
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<Term?>>();
        if (_tokens.Current.Kind == TokenKind.Variable)
        {
            variables.Add(new Variable(_tokens.Take().Text));
            _tokens.Expect("{");
            while (!_tokens.TryTake("}"))
            {
                rows.Add([ReadDataValue()]);
            }

            return new Values(variables.ToImmutable(), rows.ToImmutable());
        }

        _tokens.Expect("(");
        while (!_tokens.TryTake(")"))
        {
            if (_tokens.Current.Kind != TokenKind.Variable)
            {
                throw _tokens.Unexpected("a variable or ')'");
            }

            var variable = new Variable(_tokens.Current.Text);
            if (variables.Contains(variable))
            {
                throw _tokens.Error(_tokens.Current, $"{variable} stands twice in this VALUES.");
            }

            _tokens.Take();
            variables.Add(variable);
        }

        _tokens.Expect("{");
        while (!_tokens.TryTake("}"))
        {
            var start = _tokens.Current;
            _tokens.Expect("(");
            var row = ImmutableArray.CreateBuilder<Term?>(variables.Count);
            while (!_tokens.TryTake(")"))
            {
                row.Add(ReadDataValue());
            }

            if (row.Count != variables.Count)
            {
                throw _tokens.Error(start, $"This row has {row.Count} values for {variables.Count} variables.");
            }

            rows.Add(row.ToImmutable());
        }

        return new Values(variables.ToImmutable(), rows.ToImmutable());
    }

    /// <summary>RDFLiteral, NumericLiteral or BooleanLiteral.</summary>
    public Literal ReadLiteral()
    {
        var token = _tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.String:
                _tokens.Take();
                if (_tokens.Current.Kind == TokenKind.LanguageTag)
                {
                    return WithLanguage(token.Text, _tokens.Take());
                }

                return _tokens.TryTake("^^") ? new Literal(token.Text, _tokens.ExpectIri("the datatype, an IRI")) : new Literal(token.Text);
            case TokenKind.Word when token.IsWord("true") || token.IsWord("false"):
                _tokens.Take();
                return new Literal(token.Text.ToLowerInvariant(), Xsd.Boolean);
            default:
                return ReadNumber();
        }
    }

    private Literal WithLanguage(string text, Token tag)
    {
        var at = tag.Text.IndexOf("--", StringComparison.Ordinal);
        return at < 0 ? new Literal(text, tag.Text) : tag.Text[at..] switch
        {
            "--ltr" => new Literal(text, tag.Text[..at], BaseDirection.LeftToRight),
            "--rtl" => new Literal(text, tag.Text[..at], BaseDirection.RightToLeft),
            _ => throw _tokens.Error(tag, $"The base direction '{tag.Text[at..]}' is neither --ltr nor --rtl."),
        };
    }

    /// <summary>A number with or without a sign that touches it.</summary>
    public Literal ReadNumber()
    {
        var sign = "";
        if (_tokens.Is("+") || _tokens.Is("-"))
        {
            if (_tokens.Next.Start != _tokens.Current.End)
            {
                throw _tokens.Unexpected("a term");
            }

            sign = _tokens.Take().Text;
        }

        var token = _tokens.Current;
        var datatype = token.Kind switch
        {
            TokenKind.Integer => Xsd.Integer,
            TokenKind.Decimal => Xsd.Decimal,
            TokenKind.Double => Xsd.Double,
            _ => throw _tokens.Unexpected("a number"),
        };
        _tokens.Take();
        return new Literal(sign + token.Text, datatype);
    }

    /// <summary>VarOrIri.</summary>
    public PatternTerm ReadVariableOrIri()
    {
        if (_tokens.Current.Kind == TokenKind.Variable)
        {
            return new Variable(_tokens.Take().Text);
        }

        return new ConstantTerm(_tokens.ExpectIri("a variable or an IRI"));
    }

    private (GraphPattern Pattern, Expression? Filter) ReadGroupParts()
    {
        if (++_depth > MaxDepth)
        {
            throw _tokens.Error(_tokens.Current, $"Groups nest more than {MaxDepth} levels deep.");
        }

        // A select keeps its own rule for aggregates; a group within it never allows them.
        var allowed = Expressions.AllowsAggregates;
        Expressions.AllowsAggregates = false;
        _tokens.Expect("{");
        _block++;
        var group = _tokens.IsWord("SELECT") ? (ReadSubSelect(), null) : ReadElements();
        _tokens.Expect("}");
        _block++;
        Expressions.AllowsAggregates = allowed;
        _depth--;
        return group;
    }

    private GraphPattern ReadSubSelect() => _readSubSelect();

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
            else if (StartsTriples(token))
            {
                ReadTriplesSameSubject(triples);
                if (!_tokens.Is("}") && !_tokens.Is(".") && StartsTriples(_tokens.Current))
                {
                    throw _tokens.Unexpected("'.', ';' or ','", "Is a dot missing between two triples?");
                }
            }
            else
            {
                pattern = JoinOf(pattern, triples.ToPattern());
                triples = new TriplesBlock(allowPaths: true);
                _block++;
                pattern = ReadElement(pattern);
                _block++;
            }

            if (_tokens.Is(".") && !(StartsTriples(token) || token.IsWord("FILTER") || _tokens.Current.Start > token.Start))
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
            var name = ReadVariableOrIri();
            return JoinOf(before, new Graph(name, ReadGroup()));
        }

        if (_tokens.TryTakeWord("SERVICE"))
        {
            var silent = _tokens.TryTakeWord("SILENT");
            var endpoint = ReadVariableOrIri();
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
            return JoinOf(before, ReadDataBlock());
        }

        throw _tokens.Unexpected("a triple, FILTER, OPTIONAL, UNION, BIND, VALUES, GRAPH, MINUS, SERVICE or '}'");
    }

    private static GraphPattern JoinOf(GraphPattern left, GraphPattern right) =>
        IsUnit(left) ? right : IsUnit(right) ? left : new Join(left, right);

    private static bool IsUnit(GraphPattern pattern) => pattern is BasicGraphPattern { Triples.IsEmpty: true };

    private bool StartsTriples(Token token) => token.Kind switch
    {
        TokenKind.Variable or TokenKind.Iri or TokenKind.PrefixedName or TokenKind.BlankNodeLabel or TokenKind.String
            or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double => true,
        TokenKind.Word => token.IsWord("true") || token.IsWord("false"),
        TokenKind.Punctuation => token.Text is "[" or "(" or "<<" or "<<(" || (token.Text is "+" or "-" && _tokens.Next.Start == token.End),
        _ => false,
    };

    private Term? ReadDataValue()
    {
        if (_tokens.TryTakeWord("UNDEF"))
        {
            return null;
        }

        if (_tokens.IsIri)
        {
            return _tokens.ExpectIri();
        }

        return _tokens.Is("<<(") ? ReadTripleTermData()
            : StartsLiteral ? ReadLiteral() : throw _tokens.Unexpected("an IRI, a literal, a triple term or UNDEF");
    }

    /// <summary>TripleTermData: no variables and no blank nodes.</summary>
    private TripleTerm ReadTripleTermData()
    {
        Enter();
        _tokens.Expect("<<(");
        var subject = _tokens.ExpectIri();
        var predicate = _tokens.TryTakeWord("a") ? RdfNames.Type : _tokens.ExpectIri();
        var @object = _tokens.Is("<<(") ? ReadTripleTermData()
            : _tokens.IsIri ? (Term)_tokens.ExpectIri()
            : StartsLiteral ? ReadLiteral() : throw _tokens.Unexpected("an IRI, a literal or a triple term");
        _tokens.Expect(")>>");
        _depth--;
        return new TripleTerm(subject, predicate, @object);
    }

    public bool StartsLiteral =>
        _tokens.Current.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double
        || _tokens.Is("+") || _tokens.Is("-") || _tokens.IsWord("true") || _tokens.IsWord("false");

    /// <summary>TriplesSameSubject and TriplesSameSubjectPath.</summary>
    private void ReadTriplesSameSubject(TriplesBlock triples)
    {
        PatternTerm subject;
        var mayEnd = false;
        if (_tokens.Is("("))
        {
            subject = ReadCollection(triples);
            mayEnd = subject is Variable;
        }
        else if (_tokens.Is("["))
        {
            (subject, mayEnd) = ReadBlankNodePropertyList(triples);
        }
        else if (_tokens.Is("<<"))
        {
            subject = ReadReifiedTriple(triples);
            mayEnd = true;
        }
        else if (_tokens.Is("<<("))
        {
            // No triple has such a subject, but the grammar lets a query ask.
            subject = ReadTripleTerm();
        }
        else
        {
            subject = ReadTerm();
        }

        if (!mayEnd || StartsVerb)
        {
            ReadPropertyList(subject, triples);
        }
    }

    private bool StartsVerb => _tokens.Current.Kind == TokenKind.Variable || _paths.StartsPath;

    private void ReadPropertyList(PatternTerm subject, TriplesBlock triples)
    {
        while (true)
        {
            if (!StartsVerb)
            {
                throw _tokens.Unexpected("a property: an IRI, a prefixed name, 'a' or a variable");
            }

            PropertyPath? path = null;
            PatternTerm? verb = null;
            var start = _tokens.Current;
            if (_tokens.Current.Kind == TokenKind.Variable)
            {
                verb = new Variable(_tokens.Take().Text);
            }
            else
            {
                path = _paths.Read();
                if (path is LinkPath link)
                {
                    verb = new ConstantTerm(link.Predicate);
                }
                else if (!triples.AllowPaths)
                {
                    throw _tokens.Error(start, "A property path may not stand in a template.");
                }
            }

            do
            {
                var @object = ReadNode(triples);
                if (triples.AllowPaths && verb is ConstantTerm { Term: Iri name } && TextSearchSyntax.IsSearch(name))
                {
                    triples.Add(TextSearchSyntax.Read(name, subject, @object, triples.Triples, problem => _tokens.Error(start, problem)));
                }
                else if (verb is not null)
                {
                    triples.Add(new TriplePattern(subject, verb, @object));
                    ReadAnnotations(subject, verb, @object, triples);
                }
                else
                {
                    AddPath(subject, path!, @object, triples);
                    if (_tokens.Is("~") || _tokens.Is("{|"))
                    {
                        throw _tokens.Error(_tokens.Current, "Only a triple with a single predicate can be annotated, not a path.");
                    }
                }
            }
            while (_tokens.TryTake(","));

            if (!_tokens.TryTake(";"))
            {
                return;
            }

            while (_tokens.TryTake(";"))
            {
            }

            if (!StartsVerb)
            {
                return;
            }
        }
    }

    /// <summary>Property paths to patterns (section 18.2.2.4): what is fixed becomes triples.</summary>
    private void AddPath(PatternTerm subject, PropertyPath path, PatternTerm @object, TriplesBlock triples)
    {
        switch (path)
        {
            case LinkPath link:
                triples.Add(new TriplePattern(subject, new ConstantTerm(link.Predicate), @object));
                break;
            case InversePath inverse:
                AddPath(@object, inverse.Path, subject, triples);
                break;
            case SequencePath sequence:
                var middle = Fresh();
                AddPath(subject, sequence.Left, middle, triples);
                AddPath(middle, sequence.Right, @object, triples);
                break;
            case AlternativePath alternative:
                var left = new TriplesBlock(allowPaths: true);
                AddPath(subject, alternative.Left, @object, left);
                var right = new TriplesBlock(allowPaths: true);
                AddPath(subject, alternative.Right, @object, right);
                triples.Add(new Union(left.ToPattern(), right.ToPattern()));
                break;
            default:
                triples.Add(new PathPattern(subject, path, @object));
                break;
        }
    }

    private PatternTerm ReadNode(TriplesBlock triples)
    {
        if (_tokens.Is("("))
        {
            return ReadCollection(triples);
        }

        return _tokens.Is("[") ? ReadBlankNodePropertyList(triples).Node
            : _tokens.Is("<<") ? ReadReifiedTriple(triples)
            : _tokens.Is("<<(") ? ReadTripleTerm() : ReadTerm();
    }

    /// <summary>ReifiedTriple: what reifies the triple, which the block learns.</summary>
    private PatternTerm ReadReifiedTriple(TriplesBlock triples)
    {
        Enter();
        _tokens.Expect("<<");
        var subject = ReadPart(triples, isObject: false);
        var predicate = ReadPredicate();
        var @object = ReadPart(triples, isObject: true);
        var reifier = _tokens.TryTake("~") ? ReadReifier() : FreshNode();
        _tokens.Expect(">>");
        Reify(reifier, TripleOf(subject, predicate, @object), triples);
        _depth--;
        return reifier;
    }

    /// <summary>TripleTerm.</summary>
    private PatternTerm ReadTripleTerm()
    {
        Enter();
        _tokens.Expect("<<(");
        var subject = ReadPart(null, isObject: false);
        var predicate = ReadPredicate();
        var @object = ReadPart(null, isObject: true);
        _tokens.Expect(")>>");
        _depth--;
        return TripleOf(subject, predicate, @object);
    }

    /// <summary>A subject or object within a triple; a reified triple only where there is a block that learns of it.</summary>
    private PatternTerm ReadPart(TriplesBlock? triples, bool isObject)
    {
        if (triples is not null && _tokens.Is("<<"))
        {
            return ReadReifiedTriple(triples);
        }

        if (_tokens.Is("["))
        {
            _tokens.Take();
            _tokens.Expect("]", "A blank node within a triple has no properties.");
            return FreshNode();
        }

        if (_tokens.Is("<<("))
        {
            return ReadTripleTerm();
        }

        return isObject || !StartsLiteral ? ReadTerm() : throw _tokens.Unexpected("a subject: a variable, an IRI or a blank node");
    }

    private PatternTerm ReadPredicate() =>
        _tokens.TryTakeWord("a") ? new ConstantTerm(RdfNames.Type) : ReadVariableOrIri();

    /// <summary>Annotation: reifiers of the triple before, and blocks of what is said of them.</summary>
    private void ReadAnnotations(PatternTerm subject, PatternTerm predicate, PatternTerm @object, TriplesBlock triples)
    {
        PatternTerm? reifier = null;
        while (true)
        {
            if (_tokens.TryTake("~"))
            {
                reifier = ReadReifier();
                Reify(reifier, TripleOf(subject, predicate, @object), triples);
            }
            else if (_tokens.Is("{|"))
            {
                Enter();
                _tokens.Take();
                if (reifier is null)
                {
                    reifier = FreshNode();
                    Reify(reifier, TripleOf(subject, predicate, @object), triples);
                }

                ReadPropertyList(reifier, triples);
                _tokens.Expect("|}");
                reifier = null;
                _depth--;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>What follows <c>~</c>: a node, or nothing, which is a new blank node.</summary>
    private PatternTerm ReadReifier()
    {
        if (_tokens.Is("[") && _tokens.Next.Is("]"))
        {
            _tokens.Take();
            _tokens.Take();
            return FreshNode();
        }

        return _tokens.Current.Kind is TokenKind.Variable or TokenKind.BlankNodeLabel || _tokens.IsIri ? ReadTerm() : FreshNode();
    }

    private static void Reify(PatternTerm reifier, PatternTerm triple, TriplesBlock triples) =>
        triples.Add(new TriplePattern(reifier, new ConstantTerm(RdfNames.Reifies), triple));

    private static PatternTerm TripleOf(PatternTerm subject, PatternTerm predicate, PatternTerm @object) =>
        (subject, predicate, @object) is (ConstantTerm s, ConstantTerm { Term: Iri p }, ConstantTerm o)
            ? new ConstantTerm(new TripleTerm(s.Term, p, o.Term))
            : new TripleTermPattern(subject, predicate, @object);

    private Variable FreshNode() => new("_:" + Fresh().Name);

    private (PatternTerm Node, bool HasProperties) ReadBlankNodePropertyList(TriplesBlock triples)
    {
        Enter();
        _tokens.Take();
        var node = FreshNode();
        var hasProperties = !_tokens.Is("]");
        if (hasProperties)
        {
            ReadPropertyList(node, triples);
        }

        _tokens.Expect("]");
        _depth--;
        return (node, hasProperties);
    }

    private PatternTerm ReadCollection(TriplesBlock triples)
    {
        Enter();
        _tokens.Take();
        var head = (PatternTerm)new ConstantTerm(RdfNames.Nil);
        Variable? last = null;
        while (!_tokens.Is(")"))
        {
            var cell = FreshNode();
            var item = ReadNode(triples);
            triples.Add(new TriplePattern(cell, new ConstantTerm(RdfNames.First), item));
            if (last is null)
            {
                head = cell;
            }
            else
            {
                triples.Add(new TriplePattern(last, new ConstantTerm(RdfNames.Rest), cell));
            }

            last = cell;
        }

        _tokens.Take();
        if (last is not null)
        {
            triples.Add(new TriplePattern(last, new ConstantTerm(RdfNames.Rest), new ConstantTerm(RdfNames.Nil)));
        }

        _depth--;
        return head;
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw _tokens.Error(_tokens.Current, $"Nested more than {MaxDepth} levels deep.");
        }
    }

    private PatternTerm ReadTerm()
    {
        var token = _tokens.Current;
        if (token.Kind == TokenKind.BlankNodeLabel)
        {
            if (!_labels.TryAdd(token.Text, _block) && _labels[token.Text] != _block)
            {
                throw _tokens.Error(token, $"The blank node _:{token.Text} is used in two basic graph patterns; use a variable.");
            }

            _tokens.Take();
            return new Variable("_:" + token.Text);
        }

        if (token.Kind == TokenKind.Variable || _tokens.IsIri)
        {
            return ReadVariableOrIri();
        }

        return StartsLiteral ? new ConstantTerm(ReadLiteral()) : throw _tokens.Unexpected("a term: a variable, an IRI, a literal or a blank node");
    }

    /// <summary>Triples and paths read so far that belong to one basic graph pattern or stand between two.</summary>
    private sealed class TriplesBlock(bool allowPaths)
    {
        private readonly List<GraphPattern> _others = [];

        public bool AllowPaths { get; } = allowPaths;

        public List<TriplePattern> Triples { get; } = [];

        public void Add(TriplePattern triple) => Triples.Add(triple);

        public void Add(GraphPattern pattern) => _others.Add(pattern);

        public GraphPattern ToPattern() =>
            _others.Aggregate(Triples.Count == 0 ? GraphPattern.Unit : new BasicGraphPattern([.. Triples]), JoinOf);
    }
}
