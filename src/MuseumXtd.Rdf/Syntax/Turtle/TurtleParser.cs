using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>
/// The grammar of Turtle (RDF 1.2 Turtle, section 6.5) and TriG (RDF 1.2 TriG, section 4.5) by recursive descent. Subjects and predicates
/// that are in force lie in one frame of buffers per nesting level, so nothing is allocated per statement.
/// </summary>
internal sealed class TurtleParser : IDisposable
{
    private readonly Utf8Input _input;
    private readonly IQuadSink _sink;
    private readonly ReaderOptions _options;
    private readonly bool _trig;
    private readonly TurtleTokens _tokens;
    private readonly TurtleDirectives _directives;
    private readonly List<Frame> _frames = [];
    private readonly ByteBuffer _graph = new();
    private readonly ByteBuffer _object = new();
    private readonly ByteBuffer _scratch = new();
    private int _depth;
    private bool _isStopped;

    public TurtleParser(Utf8Input input, IQuadSink sink, ReaderOptions options, bool trig)
    {
        _input = input;
        _sink = sink;
        _options = options;
        _trig = trig;
        _tokens = new TurtleTokens(input, options);
        _directives = new TurtleDirectives(input, _tokens, sink);
    }

    public void ReadDocument(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                ReadStatements(cancellation);
                return;
            }
            catch (RdfSyntaxException e) when (_options.OnError is not null)
            {
                if (_isStopped || !_options.OnError(e))
                {
                    return;
                }

                _depth = 0;
                _graph.Clear();
                StatementSkipper.Skip(_input, isInGraph: false);
            }
        }
    }

    private void ReadStatements(CancellationToken cancellation)
    {
        var count = 0;
        while (_tokens.SkipSpace() >= 0)
        {
            ReadStatement();
            if ((++count & 0x3FF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _graph.Dispose();
        _object.Dispose();
        _scratch.Dispose();
        foreach (var frame in _frames)
        {
            frame.Subject.Dispose();
            frame.Predicate.Dispose();
            frame.Triple.Dispose();
        }
    }

    private void ReadStatement()
    {
        var c = _input.Peek();
        if (c == '@')
        {
            _directives.ReadAt();
        }
        else if (_trig && c == '{')
        {
            ReadGraph();
        }
        else if (Characters.IsAsciiLetter(c) && (_directives.TryReadSparql() || TryReadNamedGraph()))
        {
        }
        else
        {
            ReadTriplesOrGraph();
        }
    }

    /// <summary>TriG's <c>'GRAPH' labelOrSubject wrappedGraph</c>; false where there is none.</summary>
    private bool TryReadNamedGraph()
    {
        if (_trig && _tokens.TryKeyword("GRAPH"u8, ignoreCase: true))
        {
            _tokens.SkipSpace();
            var frame = Enter();
            if (_input.Peek() == '[')
            {
                ReadAnon(frame.Subject, "bad-graph-name", "Expected ']': a graph name is an IRI or a blank node without properties.");
            }
            else
            {
                _tokens.ReadNode(frame.Subject, "a graph name");
            }

            CopyTo(_graph, frame.Subject.Written);
            Leave();
            if (_tokens.SkipSpace() != '{')
            {
                throw _input.Error("expected-graph", "Expected '{' after the graph name.");
            }

            ReadGraph();
            return true;
        }

        return false;
    }

    /// <summary><c>triples '.'</c>, or in TriG also <c>labelOrSubject wrappedGraph</c>.</summary>
    private void ReadTriplesOrGraph()
    {
        var frame = Enter();
        var c = _input.Peek();
        var isGraphName = _trig;
        var mayEnd = false;
        if (c == '(')
        {
            ReadCollection(frame.Subject);
            isGraphName = false;
        }
        else if (c == '[')
        {
            mayEnd = ReadBlankNodePropertyList(frame.Subject);
            isGraphName &= !mayEnd;
        }
        else if (IsReifiedTriple())
        {
            ReadReifiedTriple(frame.Subject);
            mayEnd = true;
            isGraphName = false;
        }
        else
        {
            _tokens.ReadNode(frame.Subject, "a subject");
        }

        var next = _tokens.SkipSpace();
        if (isGraphName && next == '{')
        {
            CopyTo(_graph, frame.Subject.Written);
            Leave();
            ReadGraph();
            return;
        }

        if (!mayEnd || next != '.')
        {
            ReadPredicateObjectList(frame);
        }

        Leave();
        _tokens.Expect((byte)'.', "expected-dot", "Expected '.' at the end of the statement, or ';' or ',' to go on.");
    }

    /// <summary><c>'{' triplesBlock? '}'</c> for the graph in force, which ends with it.</summary>
    private void ReadGraph()
    {
        _input.Position++;
        while (true)
        {
            try
            {
                ReadStatementsOfGraph();
                break;
            }
            catch (RdfSyntaxException e) when (_options.OnError is not null)
            {
                if (!_options.OnError(e))
                {
                    _isStopped = true;
                    throw;
                }

                _depth = 0;
                StatementSkipper.Skip(_input, isInGraph: true);
            }
        }

        if (_input.Peek() < 0)
        {
            throw _input.Error("unterminated-graph", "The input ends within a graph; expected '}'.");
        }

        _input.Position++;
        _graph.Clear();
    }

    /// <summary>Reads up to the brace that ends the graph, or the end of the input.</summary>
    private void ReadStatementsOfGraph()
    {
        while (_tokens.SkipSpace() is not ('}' or -1))
        {
            ReadTriplesOfGraph();
            var c = _tokens.SkipSpace();
            if (c == '.')
            {
                _input.Position++;
            }
            else if (c != '}')
            {
                throw _input.Error("expected-dot", "Expected '.' or '}' after a statement of a graph.");
            }
        }
    }

    private void ReadTriplesOfGraph()
    {
        var frame = Enter();
        var mayEnd = false;
        switch (_input.Peek())
        {
            case '(':
                ReadCollection(frame.Subject);
                break;
            case '[':
                mayEnd = ReadBlankNodePropertyList(frame.Subject);
                break;
            case '<' when IsReifiedTriple():
                ReadReifiedTriple(frame.Subject);
                mayEnd = true;
                break;
            default:
                _tokens.ReadNode(frame.Subject, "a subject");
                break;
        }

        var next = _tokens.SkipSpace();
        if (!mayEnd || next is not ('.' or '}'))
        {
            ReadPredicateObjectList(frame);
        }

        Leave();
    }

    /// <summary><c>verb objectList (';' (verb objectList)?)*</c></summary>
    private void ReadPredicateObjectList(Frame frame)
    {
        while (true)
        {
            _tokens.SkipSpace();
            ReadVerb(frame.Predicate);
            ReadObjectList(frame);
            if (_tokens.SkipSpace() != ';')
            {
                return;
            }

            while (_tokens.SkipSpace() == ';')
            {
                _input.Position++;
            }

            if (_input.Peek() is '.' or ']' or '}' or '|' or -1)
            {
                return;
            }
        }
    }

    private void ReadVerb(ByteBuffer predicate)
    {
        if (_input.Peek() == 'a' && _tokens.EndsWord(1))
        {
            _input.Position++;
            CopyTo(predicate, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8);
            return;
        }

        if (_input.Peek() == '_' || !_tokens.ReadIriOrNothing(predicate))
        {
            throw _input.Error("expected-predicate", "Expected a predicate: an IRI, a prefixed name or 'a'.");
        }
    }

    private void ReadObjectList(Frame frame)
    {
        while (true)
        {
            _tokens.SkipSpace();
            ReadObject();
            _sink.Quad(frame.Subject.Written, frame.Predicate.Written, _object.Written, _graph.Written);
            var next = _tokens.SkipSpace();
            if (next == '~' || (next == '{' && _input.Peek(1) == '|'))
            {
                ReadAnnotations(frame);
                next = _tokens.SkipSpace();
            }

            if (next != ',')
            {
                return;
            }

            _input.Position++;
        }
    }

    /// <summary>Reads an object into the object buffer, after the statements that are nested in it.</summary>
    private void ReadObject(Within within = Within.Statement)
    {
        switch (_input.Peek())
        {
            case '"' or '\'':
                _tokens.ReadLiteral(_object);
                break;
            case '<' when _input.Peek(1) == '<' && _input.Peek(2) == '(':
                ReadTripleTerm();
                break;
            case '<' when _input.Peek(1) == '<' && within != Within.TripleTerm:
                var reified = Enter();
                ReadReifiedTriple(reified.Subject);
                CopyTo(_object, reified.Subject.Written);
                Leave();
                break;
            case '[' when within != Within.Statement:
                ReadAnon(_object, "bad-part", "Expected ']': a blank node within a triple term or a reified triple has no properties.");
                break;
            case '(' when within == Within.Statement:
                var list = Enter();
                ReadCollection(list.Subject);
                CopyTo(_object, list.Subject.Written);
                Leave();
                break;
            case '[':
                var nested = Enter();
                ReadBlankNodePropertyList(nested.Subject);
                CopyTo(_object, nested.Subject.Written);
                Leave();
                break;
            case '+' or '-' or (>= '0' and <= '9'):
            case '.' when Characters.IsDigit(_input.Peek(1)):
                _tokens.ReadNumber(_object);
                break;
            case 't' when _tokens.IsWord("true"u8):
                _tokens.ReadBoolean("true"u8, _object);
                break;
            case 'f' when _tokens.IsWord("false"u8):
                _tokens.ReadBoolean("false"u8, _object);
                break;
            default:
                _tokens.ReadNode(_object, "an object");
                break;
        }
    }

    /// <summary><c>'[' predicateObjectList? ']'</c>; returns whether there was a list.</summary>
    private bool ReadBlankNodePropertyList(ByteBuffer node)
    {
        _input.Position++;
        _tokens.WriteNewNode(node);
        if (_tokens.SkipSpace() == ']')
        {
            _input.Position++;
            return false;
        }

        var frame = Enter();
        CopyTo(frame.Subject, node.Written);
        ReadPredicateObjectList(frame);
        Leave();
        _tokens.Expect((byte)']', "expected-bracket", "Expected ']' at the end of the blank node's properties, or ';' or ',' to go on.");
        return true;
    }

    private void ReadAnon(ByteBuffer node, string code, string message)
    {
        _input.Position++;
        if (_tokens.SkipSpace() != ']')
        {
            throw _input.Error(code, message);
        }

        _input.Position++;
        _tokens.WriteNewNode(node);
    }

    private bool IsReifiedTriple() => _input.Peek() == '<' && _input.Peek(1) == '<' && _input.Peek(2) != '(';

    /// <summary><c>'&lt;&lt;' rtSubject verb rtObject reifier? '&gt;&gt;'</c>: says what reifies the triple, and stands for that.</summary>
    private void ReadReifiedTriple(ByteBuffer reifier)
    {
        _input.Position += 2;
        var frame = Enter();
        ReadTripleWithin(frame, Within.ReifiedTriple);
        if (_tokens.SkipSpace() == '~')
        {
            _input.Position++;
            ReadReifier(reifier);
        }
        else
        {
            _tokens.WriteNewNode(reifier);
        }

        Reify(reifier, frame.Triple);
        Leave();
        _tokens.ExpectClosing(">>"u8, "Expected '>>' at the end of the reified triple.");
    }

    /// <summary><c>'&lt;&lt;(' ttSubject verb ttObject ')&gt;&gt;'</c>, into the object buffer.</summary>
    private void ReadTripleTerm()
    {
        _input.Position += 3;
        var frame = Enter();
        ReadTripleWithin(frame, Within.TripleTerm);
        CopyTo(_object, frame.Triple.Written);
        Leave();
        _tokens.ExpectClosing(")>>"u8, "Expected ')>>' at the end of the triple term.");
    }

    private void ReadTripleWithin(Frame frame, Within within)
    {
        _tokens.SkipSpace();
        if (within == Within.ReifiedTriple && IsReifiedTriple())
        {
            ReadReifiedTriple(frame.Subject);
        }
        else if (_input.Peek() == '[')
        {
            ReadAnon(frame.Subject, "bad-part", "Expected ']': a blank node within a triple term or a reified triple has no properties.");
        }
        else
        {
            _tokens.ReadNode(frame.Subject, "a subject: an IRI or a blank node");
        }

        _tokens.SkipSpace();
        ReadVerb(frame.Predicate);
        _tokens.SkipSpace();
        ReadObject(within);
        frame.Triple.Clear();
        EncodedTerm.WriteTriple(frame.Subject.Written, frame.Predicate.Written, _object.Written, frame.Triple);
    }

    /// <summary><c>(reifier | '{|' predicateObjectList '|}')*</c> after an object: a block is about the reifier before it, or a new one.</summary>
    private void ReadAnnotations(Frame statement)
    {
        var frame = Enter();
        frame.Triple.Clear();
        EncodedTerm.WriteTriple(statement.Subject.Written, statement.Predicate.Written, _object.Written, frame.Triple);
        var isReified = false;
        while (true)
        {
            var c = _tokens.SkipSpace();
            if (c == '~')
            {
                _input.Position++;
                ReadReifier(frame.Subject);
                Reify(frame.Subject, frame.Triple);
                isReified = true;
            }
            else if (c == '{' && _input.Peek(1) == '|')
            {
                _input.Position += 2;
                if (!isReified)
                {
                    _tokens.WriteNewNode(frame.Subject);
                    Reify(frame.Subject, frame.Triple);
                }

                ReadPredicateObjectList(frame);
                _tokens.ExpectClosing("|}"u8, "Expected '|}' at the end of the annotation, or ';' or ',' to go on.");
                isReified = false;
            }
            else
            {
                Leave();
                return;
            }
        }
    }

    /// <summary>What follows <c>~</c>: a node, or nothing, which is a new one.</summary>
    private void ReadReifier(ByteBuffer reifier)
    {
        var c = _tokens.SkipSpace();
        if (c == '[')
        {
            ReadAnon(reifier, "bad-reifier", "Expected ']': a reifier is an IRI or a blank node without properties.");
        }
        else if (c == '_')
        {
            _tokens.ReadNode(reifier, "a reifier");
        }
        else if (!_tokens.ReadIriOrNothing(reifier))
        {
            _tokens.WriteNewNode(reifier);
        }
    }

    private void Reify(ByteBuffer reifier, ByteBuffer triple) =>
        _sink.Quad(reifier.Written, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"u8, triple.Written, _graph.Written);

    /// <summary><c>'(' object* ')'</c></summary>
    private void ReadCollection(ByteBuffer head)
    {
        _input.Position++;
        if (_tokens.SkipSpace() == ')')
        {
            _input.Position++;
            CopyTo(head, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8);
            return;
        }

        var frame = Enter();
        _tokens.WriteNewNode(head);
        CopyTo(frame.Subject, head.Written);
        while (true)
        {
            ReadObject();
            _sink.Quad(frame.Subject.Written, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first"u8, _object.Written, _graph.Written);
            var c = _tokens.SkipSpace();
            if (c < 0)
            {
                throw _input.Error("unterminated-collection", "The input ends within a collection; expected ')'.");
            }

            if (c == ')')
            {
                break;
            }

            _tokens.WriteNewNode(_scratch);
            _sink.Quad(frame.Subject.Written, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"u8, _scratch.Written, _graph.Written);
            CopyTo(frame.Subject, _scratch.Written);
        }

        _input.Position++;
        _sink.Quad(
            frame.Subject.Written,
            "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"u8,
            "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8,
            _graph.Written);
        Leave();
    }

    private Frame Enter()
    {
        if (_depth >= _options.MaxDepth)
        {
            throw _input.Error("too-deep", $"Nested more than {_options.MaxDepth} levels deep.");
        }

        if (_depth == _frames.Count)
        {
            _frames.Add(new Frame(new ByteBuffer(), new ByteBuffer(), new ByteBuffer()));
        }

        return _frames[_depth++];
    }

    private void Leave() => _depth--;

    private static void CopyTo(ByteBuffer output, ReadOnlySpan<byte> bytes)
    {
        output.Clear();
        output.Append(bytes);
    }

    /// <summary>Where an object stands: triples within others hold no collections and no properties of blank nodes.</summary>
    private enum Within
    {
        Statement,
        ReifiedTriple,
        TripleTerm,
    }

    /// <summary>The terms in force on one level of nesting; the triple only where one is talked about.</summary>
    private sealed record Frame(ByteBuffer Subject, ByteBuffer Predicate, ByteBuffer Triple);
}
