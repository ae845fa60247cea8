using System.Text;
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
    private readonly TermLexer _lexer;
    private readonly Namespaces _namespaces = new();
    private readonly List<Frame> _frames = [];
    private readonly ByteBuffer _graph = new();
    private readonly ByteBuffer _object = new();
    private readonly ByteBuffer _datatype = new();
    private readonly ByteBuffer _scratch = new();
    private IriResolver? _resolver;
    private long _anonymous;
    private int _depth;
    private bool _isStopped;

    public TurtleParser(Utf8Input input, IQuadSink sink, ReaderOptions options, bool trig)
    {
        _input = input;
        _sink = sink;
        _options = options;
        _trig = trig;
        _lexer = new TermLexer(input, options.BlankNodeScope);
        if (options.BaseIri is not null)
        {
            _resolver = new IriResolver(Encoding.UTF8.GetBytes(options.BaseIri));
        }
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
        while (SkipSpace() >= 0)
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
        _graph.Dispose();
        _object.Dispose();
        _datatype.Dispose();
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
            ReadAtDirective();
        }
        else if (_trig && c == '{')
        {
            ReadGraph();
        }
        else if (Characters.IsAsciiLetter(c) && TryReadSparqlDirective())
        {
        }
        else
        {
            ReadTriplesOrGraph();
        }
    }

    private void ReadAtDirective()
    {
        var start = _input.Position - _input.Mark;
        if (TryKeyword("@prefix"u8, ignoreCase: false))
        {
            ReadPrefix();
        }
        else if (TryKeyword("@base"u8, ignoreCase: false))
        {
            ReadBase();
        }
        else if (TryKeyword("@version"u8, ignoreCase: false))
        {
            ReadVersion();
        }
        else
        {
            throw _input.Error("unknown-directive", "Expected @prefix, @base or @version.", _input.Mark + start);
        }

        Expect((byte)'.', "expected-dot", "Expected '.' at the end of the directive.");
    }

    private bool TryReadSparqlDirective()
    {
        if (TryKeyword("PREFIX"u8, ignoreCase: true))
        {
            ReadPrefix();
            return true;
        }

        if (TryKeyword("BASE"u8, ignoreCase: true))
        {
            ReadBase();
            return true;
        }

        if (TryKeyword("VERSION"u8, ignoreCase: true))
        {
            ReadVersion();
            return true;
        }

        if (_trig && TryKeyword("GRAPH"u8, ignoreCase: true))
        {
            SkipSpace();
            var frame = Enter();
            if (_input.Peek() == '[')
            {
                ReadAnon(frame.Subject, "bad-graph-name", "Expected ']': a graph name is an IRI or a blank node without properties.");
            }
            else
            {
                ReadNode(frame.Subject, "a graph name");
            }

            CopyTo(_graph, frame.Subject.Written);
            Leave();
            if (SkipSpace() != '{')
            {
                throw _input.Error("expected-graph", "Expected '{' after the graph name.");
            }

            ReadGraph();
            return true;
        }

        return false;
    }

    private void ReadPrefix()
    {
        SkipSpace();
        var start = _input.Position - _input.Mark;
        if (_input.Peek() != ':')
        {
            var c = _lexer.PeekCodePoint(out var length);
            if (!Characters.IsNameBase(c))
            {
                throw _input.Error("expected-prefix", "Expected a prefix that ends with ':'.");
            }

            _input.Position += length;
            _lexer.SkipName();
        }

        if (_input.Peek() != ':')
        {
            throw _input.Error("expected-prefix", "Expected ':' at the end of the prefix.");
        }

        var prefix = _input.Slice(_input.Mark + start, _input.Position).ToArray();
        _input.Position++;
        if (SkipSpace() != '<')
        {
            throw _input.Error("expected-iri", "Expected the IRI of the prefix in angle brackets.");
        }

        _object.Clear();
        ReadIri(_object);
        _namespaces.Set(prefix, _object.Written[1..]);
        _sink.Prefix(prefix, _object.Written[1..]);
    }

    private void ReadBase()
    {
        if (SkipSpace() != '<')
        {
            throw _input.Error("expected-iri", "Expected the base IRI in angle brackets.");
        }

        _object.Clear();
        ReadIri(_object);
        _resolver = new IriResolver(_object.Written[1..]);
    }

    /// <summary>A version announcement changes nothing here: documents of all versions are read by one grammar.</summary>
    private void ReadVersion()
    {
        var quote = SkipSpace();
        if (quote is not ('"' or '\'') || (_input.Peek(1) == quote && _input.Peek(2) == quote))
        {
            throw _input.Error("expected-version", "Expected the version as a string in single quote marks, such as \"1.2\".");
        }

        _lexer.ReadString(_scratch, longForms: false, out _);
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
            ReadNode(frame.Subject, "a subject");
        }

        var next = SkipSpace();
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
        Expect((byte)'.', "expected-dot", "Expected '.' at the end of the statement, or ';' or ',' to go on.");
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
        while (SkipSpace() is not ('}' or -1))
        {
            ReadTriplesOfGraph();
            var c = SkipSpace();
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
                ReadNode(frame.Subject, "a subject");
                break;
        }

        var next = SkipSpace();
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
            SkipSpace();
            ReadVerb(frame.Predicate);
            ReadObjectList(frame);
            if (SkipSpace() != ';')
            {
                return;
            }

            while (SkipSpace() == ';')
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
        if (_input.Peek() == 'a' && EndsWord(1))
        {
            _input.Position++;
            CopyTo(predicate, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type"u8);
            return;
        }

        if (_input.Peek() == '_' || !ReadIriOrNothing(predicate))
        {
            throw _input.Error("expected-predicate", "Expected a predicate: an IRI, a prefixed name or 'a'.");
        }
    }

    private void ReadObjectList(Frame frame)
    {
        while (true)
        {
            SkipSpace();
            ReadObject();
            _sink.Quad(frame.Subject.Written, frame.Predicate.Written, _object.Written, _graph.Written);
            var next = SkipSpace();
            if (next == '~' || (next == '{' && _input.Peek(1) == '|'))
            {
                ReadAnnotations(frame);
                next = SkipSpace();
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
                ReadLiteral();
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
                ReadNumber();
                break;
            case 't' when IsWord("true"u8):
                ReadBoolean("true"u8);
                break;
            case 'f' when IsWord("false"u8):
                ReadBoolean("false"u8);
                break;
            default:
                ReadNode(_object, "an object");
                break;
        }
    }

    /// <summary><c>'[' predicateObjectList? ']'</c>; returns whether there was a list.</summary>
    private bool ReadBlankNodePropertyList(ByteBuffer node)
    {
        _input.Position++;
        _lexer.WriteAnonymousNode(_anonymous++, node);
        if (SkipSpace() == ']')
        {
            _input.Position++;
            return false;
        }

        var frame = Enter();
        CopyTo(frame.Subject, node.Written);
        ReadPredicateObjectList(frame);
        Leave();
        Expect((byte)']', "expected-bracket", "Expected ']' at the end of the blank node's properties, or ';' or ',' to go on.");
        return true;
    }

    private void ReadAnon(ByteBuffer node, string code, string message)
    {
        _input.Position++;
        if (SkipSpace() != ']')
        {
            throw _input.Error(code, message);
        }

        _input.Position++;
        _lexer.WriteAnonymousNode(_anonymous++, node);
    }

    private bool IsReifiedTriple() => _input.Peek() == '<' && _input.Peek(1) == '<' && _input.Peek(2) != '(';

    /// <summary><c>'&lt;&lt;' rtSubject verb rtObject reifier? '&gt;&gt;'</c>: says what reifies the triple, and stands for that.</summary>
    private void ReadReifiedTriple(ByteBuffer reifier)
    {
        _input.Position += 2;
        var frame = Enter();
        ReadTripleWithin(frame, Within.ReifiedTriple);
        if (SkipSpace() == '~')
        {
            _input.Position++;
            ReadReifier(reifier);
        }
        else
        {
            _lexer.WriteAnonymousNode(_anonymous++, reifier);
        }

        Reify(reifier, frame.Triple);
        Leave();
        ExpectClosing(">>"u8, "Expected '>>' at the end of the reified triple.");
    }

    /// <summary><c>'&lt;&lt;(' ttSubject verb ttObject ')&gt;&gt;'</c>, into the object buffer.</summary>
    private void ReadTripleTerm()
    {
        _input.Position += 3;
        var frame = Enter();
        ReadTripleWithin(frame, Within.TripleTerm);
        CopyTo(_object, frame.Triple.Written);
        Leave();
        ExpectClosing(")>>"u8, "Expected ')>>' at the end of the triple term.");
    }

    private void ReadTripleWithin(Frame frame, Within within)
    {
        SkipSpace();
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
            ReadNode(frame.Subject, "a subject: an IRI or a blank node");
        }

        SkipSpace();
        ReadVerb(frame.Predicate);
        SkipSpace();
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
            var c = SkipSpace();
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
                    _lexer.WriteAnonymousNode(_anonymous++, frame.Subject);
                    Reify(frame.Subject, frame.Triple);
                }

                ReadPredicateObjectList(frame);
                ExpectClosing("|}"u8, "Expected '|}' at the end of the annotation, or ';' or ',' to go on.");
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
        var c = SkipSpace();
        if (c == '[')
        {
            ReadAnon(reifier, "bad-reifier", "Expected ']': a reifier is an IRI or a blank node without properties.");
        }
        else if (c == '_')
        {
            ReadNode(reifier, "a reifier");
        }
        else if (!ReadIriOrNothing(reifier))
        {
            _lexer.WriteAnonymousNode(_anonymous++, reifier);
        }
    }

    private void Reify(ByteBuffer reifier, ByteBuffer triple) =>
        _sink.Quad(reifier.Written, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"u8, triple.Written, _graph.Written);

    private void ExpectClosing(ReadOnlySpan<byte> closing, string message)
    {
        SkipSpace();
        _input.Peek(closing.Length - 1);
        if (!_input.Ahead.StartsWith(closing))
        {
            throw _input.Error("expected-closing", message);
        }

        _input.Position += closing.Length;
    }

    /// <summary><c>'(' object* ')'</c></summary>
    private void ReadCollection(ByteBuffer head)
    {
        _input.Position++;
        if (SkipSpace() == ')')
        {
            _input.Position++;
            CopyTo(head, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"u8);
            return;
        }

        var frame = Enter();
        _lexer.WriteAnonymousNode(_anonymous++, head);
        CopyTo(frame.Subject, head.Written);
        while (true)
        {
            ReadObject();
            _sink.Quad(frame.Subject.Written, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first"u8, _object.Written, _graph.Written);
            var c = SkipSpace();
            if (c < 0)
            {
                throw _input.Error("unterminated-collection", "The input ends within a collection; expected ')'.");
            }

            if (c == ')')
            {
                break;
            }

            _lexer.WriteAnonymousNode(_anonymous++, _scratch);
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

    private void ReadNode(ByteBuffer node, string expected)
    {
        if (_input.Peek() == '_')
        {
            CopyTo(node, _lexer.ReadBlankNode(_scratch));
        }
        else if (!ReadIriOrNothing(node))
        {
            throw _input.Error("expected-term", $"Expected {expected}" + (_input.Peek() < 0 ? ", not the end of the input." : "."));
        }
    }

    private bool ReadIriOrNothing(ByteBuffer output)
    {
        var c = _input.Peek();
        output.Clear();
        if (c == '<')
        {
            ReadIri(output);
            return true;
        }

        return (c == ':' || c > 0 && Characters.IsNameBase(_lexer.PeekCodePoint(out _))) && ReadPrefixedName(output);
    }

    private void ReadIri(ByteBuffer output)
    {
        var start = _input.Position - _input.Mark;
        var iri = _lexer.ReadIriRef(_scratch);
        if (Characters.HasScheme(iri[1..]))
        {
            output.Append(iri);
            return;
        }

        if (_resolver is null)
        {
            throw _input.Error("relative-iri", "A relative IRI needs a base: write @base, or give the document's IRI.", _input.Mark + start);
        }

        output.Append((byte)'<');
        _resolver.Resolve(iri[1..], output);
    }

    private bool ReadPrefixedName(ByteBuffer output)
    {
        var start = _input.Position - _input.Mark;
        if (_input.Peek() != ':')
        {
            _lexer.SkipName();
        }

        if (_input.Peek() != ':')
        {
            var word = Encoding.UTF8.GetString(_input.Slice(_input.Mark + start, _input.Position));
            throw _input.Error("unexpected-word", $"Unexpected '{word}'; expected a term, such as an IRI or a prefixed name with ':'.", _input.Mark + start);
        }

        var prefix = _input.Slice(_input.Mark + start, _input.Position);
        if (!_namespaces.TryGet(prefix, out var iri))
        {
            throw _input.Error(
                "undeclared-prefix", $"The prefix '{Encoding.UTF8.GetString(prefix)}:' is not declared; add a @prefix line.", _input.Mark + start);
        }

        output.Append((byte)'<');
        output.Append(iri);
        _input.Position++;
        AppendLocalName(output);
        return true;
    }

    /// <summary>PN_LOCAL: names with colons, dots inside, percent escapes and backslash escapes.</summary>
    private void AppendLocalName(ByteBuffer output)
    {
        var first = true;
        while (true)
        {
            var run = Characters.AsciiNameLength(_input.Ahead);
            if (run > 0 && (!first || _input.Ahead[0] != (byte)'-'))
            {
                output.Append(_input.Ahead[..run]);
                _input.Position += run;
                first = false;
                continue;
            }

            var c = _lexer.PeekCodePoint(out var length);
            switch (c)
            {
                case ':':
                    break;
                case '.' when !first:
                    var dots = 1;
                    while (_input.Peek(dots) == '.')
                    {
                        dots++;
                    }

                    if (!ContinuesLocalName(dots))
                    {
                        return;
                    }

                    length = dots;
                    break;
                case '%':
                    if (!Characters.IsHexDigit(_input.Peek(1)) || !Characters.IsHexDigit(_input.Peek(2)))
                    {
                        throw _input.Error("bad-percent", "Expected two hexadecimal digits after '%' in a local name.");
                    }

                    length = 3;
                    break;
                case '\\':
                    var escaped = _input.Peek(1);
                    if (escaped < 0 || !"_~.-!$&'()*+,;=/?#@%"u8.Contains((byte)escaped))
                    {
                        throw _input.Error("bad-escape", "Expected one of _ ~ . - ! $ & ' ( ) * + , ; = / ? # @ % after '\\' in a local name.");
                    }

                    output.Append((byte)escaped);
                    _input.Position += 2;
                    first = false;
                    continue;
                default:
                    if (c < 0 || !(first ? Characters.IsNameStart(c) || Characters.IsDigit(c) : Characters.IsName(c)))
                    {
                        return;
                    }

                    break;
            }

            output.Append(_input.Ahead[..length]);
            _input.Position += length;
            first = false;
        }
    }

    private bool ContinuesLocalName(int offset)
    {
        var c = _input.Peek(offset);
        return c is ':' or '%' or '\\'
            || c >= 0 && Characters.IsName(c < 0x80 ? c : Characters.Decode(_input.Ahead[offset..], out _));
    }

    private void ReadLiteral()
    {
        var text = _lexer.ReadString(_scratch, longForms: true, out _);
        _object.Clear();
        _object.Append((byte)'"');
        _object.Append(text);
        _object.Append((byte)'"');
        if (_input.Peek() == '@')
        {
            _input.Mark = _input.Position;
            _object.Append(_lexer.ReadLanguageTag());
        }
        else if (_input.Peek() == '^' && _input.Peek(1) == '^')
        {
            _input.Position += 2;
            SkipSpace();
            var length = _object.Length;
            _object.Append("^^"u8);
            var start = _input.Position - _input.Mark;
            if (!ReadIriOrNothing(_datatype))
            {
                throw _input.Error("expected-datatype", "Expected the datatype: an IRI or a prefixed name.", _input.Mark + start);
            }

            if (TermLexer.IsOfLanguageStrings(_datatype.Written))
            {
                throw _input.Error("bad-datatype", TermLexer.LanguageExpected, _input.Mark + start);
            }

            if (_datatype.Written.SequenceEqual("<http://www.w3.org/2001/XMLSchema#string"u8))
            {
                _object.Truncate(length);
            }
            else
            {
                _object.Append(_datatype.Written);
            }
        }
    }

    private void ReadNumber()
    {
        var start = _input.Position - _input.Mark;
        if (_input.Peek() is '+' or '-')
        {
            _input.Position++;
        }

        var whole = SkipDigits();
        var fraction = 0;
        var type = "\"^^<http://www.w3.org/2001/XMLSchema#integer"u8;
        if (_input.Peek() == '.' && (Characters.IsDigit(_input.Peek(1)) || (whole > 0 && IsExponent(1))))
        {
            _input.Position++;
            fraction = SkipDigits();
            type = "\"^^<http://www.w3.org/2001/XMLSchema#decimal"u8;
        }

        if (whole + fraction > 0 && IsExponent(0))
        {
            _input.Position += _input.Peek(1) is '+' or '-' ? 2 : 1;
            SkipDigits();
            type = "\"^^<http://www.w3.org/2001/XMLSchema#double"u8;
        }

        if (whole + fraction == 0)
        {
            throw _input.Error("bad-number", "Expected a number or another object.", _input.Mark + start);
        }

        _object.Clear();
        _object.Append((byte)'"');
        _object.Append(_input.Slice(_input.Mark + start, _input.Position));
        _object.Append(type);
    }

    private int SkipDigits()
    {
        var count = 0;
        while (Characters.IsDigit(_input.Peek()))
        {
            _input.Position++;
            count++;
        }

        return count;
    }

    private bool IsExponent(int offset) =>
        _input.Peek(offset) is 'e' or 'E'
        && (Characters.IsDigit(_input.Peek(offset + 1))
            || (_input.Peek(offset + 1) is '+' or '-' && Characters.IsDigit(_input.Peek(offset + 2))));

    private void ReadBoolean(ReadOnlySpan<byte> word)
    {
        _input.Position += word.Length;
        _object.Clear();
        _object.Append((byte)'"');
        _object.Append(word);
        _object.Append("\"^^<http://www.w3.org/2001/XMLSchema#boolean"u8);
    }

    private bool IsWord(ReadOnlySpan<byte> word)
    {
        _input.Peek(word.Length);
        return _input.Ahead.StartsWith(word) && EndsWord(word.Length);
    }

    /// <summary>Whether no name goes on at an offset; a dot that ends the statement ends the word too.</summary>
    private bool EndsWord(int offset)
    {
        var c = _input.Peek(offset);
        if (c == '.')
        {
            return !ContinuesLocalName(offset + 1);
        }

        return c < 0 || c != ':' && !Characters.IsName(c < 0x80 ? c : Characters.Decode(_input.Ahead[offset..], out _));
    }

    private bool TryKeyword(ReadOnlySpan<byte> keyword, bool ignoreCase)
    {
        for (var i = 0; i < keyword.Length; i++)
        {
            var c = _input.Peek(i);
            if (c != keyword[i] && !(ignoreCase && c >= 0 && (c & ~0x20) == keyword[i]))
            {
                return false;
            }
        }

        // "@prefix:" and "PREFIX:" declare the empty prefix, but "prefix:x" is a prefixed name.
        if (!EndsWord(keyword.Length) && !(keyword[0] == '@' && _input.Peek(keyword.Length) == ':'))
        {
            return false;
        }

        _input.Position += keyword.Length;
        return true;
    }

    private void Expect(byte expected, string code, string message)
    {
        if (SkipSpace() != expected)
        {
            throw _input.Error(code, message);
        }

        _input.Position++;
    }

    /// <summary>Skips white space and comments, marks the token that follows, and returns its first byte or -1.</summary>
    private int SkipSpace()
    {
        while (true)
        {
            _input.Mark = _input.Position;
            var c = _input.Peek();
            if (Characters.IsWhitespace(c))
            {
                _input.Position++;
            }
            else if (c == '#')
            {
                SkipComment();
            }
            else
            {
                return c;
            }
        }
    }

    private void SkipComment()
    {
        while (_input.Peek() >= 0)
        {
            var end = _input.Ahead.IndexOfAny((byte)'\n', (byte)'\r');
            _input.Position += end < 0 ? _input.Ahead.Length : end;
            _input.Mark = _input.Position;
            if (end >= 0)
            {
                return;
            }
        }
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
