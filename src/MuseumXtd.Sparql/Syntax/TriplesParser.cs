using System.Collections.Immutable;
using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Triples with all that the grammar has to shorten them, in patterns and templates (SPARQL 1.2 Query, section 19.8).</summary>
internal sealed class TriplesParser
{
    private readonly TokenReader _tokens;
    private readonly DataParser _data;
    private readonly PathParser _paths;
    private Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private int _block;
    private int _fresh;

    public TriplesParser(TokenReader tokens, DataParser data)
    {
        _tokens = tokens;
        _data = data;
        _paths = new PathParser(tokens);
    }

    /// <summary>A variable that no query can name.</summary>
    public Variable Fresh() => new("." + (_fresh++).ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends a basic graph pattern: labels of blank nodes stand in one only.</summary>
    public void EndBlock() => _block++;

    /// <summary>Begins a block whose labels of blank nodes may not stand in other blocks with the same known labels.</summary>
    public void BeginBlock(Dictionary<string, int> labels)
    {
        _labels = labels;
        _block++;
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

    /// <summary>VarOrIri.</summary>
    public PatternTerm ReadVariableOrIri()
    {
        if (_tokens.Current.Kind == TokenKind.Variable)
        {
            return new Variable(_tokens.Take().Text);
        }

        return new ConstantTerm(_tokens.ExpectIri("a variable or an IRI"));
    }

    public bool StartsTriples(Token token) => token.Kind switch
    {
        TokenKind.Variable or TokenKind.Iri or TokenKind.PrefixedName or TokenKind.BlankNodeLabel or TokenKind.String
            or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double => true,
        TokenKind.Word => token.IsWord("true") || token.IsWord("false"),
        TokenKind.Punctuation => token.Text is "[" or "(" or "<<" or "<<(" || (token.Text is "+" or "-" && _tokens.Next.Start == token.End),
        _ => false,
    };

    /// <summary>TriplesSameSubject and TriplesSameSubjectPath.</summary>
    public void ReadTriplesSameSubject(TriplesBlock triples)
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
        _tokens.Enter();
        _tokens.Expect("<<");
        var subject = ReadPart(triples, isObject: false);
        var predicate = ReadPredicate();
        var @object = ReadPart(triples, isObject: true);
        var reifier = _tokens.TryTake("~") ? ReadReifier() : FreshNode();
        _tokens.Expect(">>");
        Reify(reifier, TripleOf(subject, predicate, @object), triples);
        _tokens.Leave();
        return reifier;
    }

    /// <summary>TripleTerm.</summary>
    private PatternTerm ReadTripleTerm()
    {
        _tokens.Enter();
        _tokens.Expect("<<(");
        var subject = ReadPart(null, isObject: false);
        var predicate = ReadPredicate();
        var @object = ReadPart(null, isObject: true);
        _tokens.Expect(")>>");
        _tokens.Leave();
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

        return isObject || !_data.StartsLiteral ? ReadTerm() : throw _tokens.Unexpected("a subject: a variable, an IRI or a blank node");
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
                _tokens.Enter();
                _tokens.Take();
                if (reifier is null)
                {
                    reifier = FreshNode();
                    Reify(reifier, TripleOf(subject, predicate, @object), triples);
                }

                ReadPropertyList(reifier, triples);
                _tokens.Expect("|}");
                reifier = null;
                _tokens.Leave();
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
        _tokens.Enter();
        _tokens.Take();
        var node = FreshNode();
        var hasProperties = !_tokens.Is("]");
        if (hasProperties)
        {
            ReadPropertyList(node, triples);
        }

        _tokens.Expect("]");
        _tokens.Leave();
        return (node, hasProperties);
    }

    private PatternTerm ReadCollection(TriplesBlock triples)
    {
        _tokens.Enter();
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

        _tokens.Leave();
        return head;
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

        return _data.StartsLiteral ? new ConstantTerm(_data.ReadLiteral()) : throw _tokens.Unexpected("a term: a variable, an IRI, a literal or a blank node");
    }
}
