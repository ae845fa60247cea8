using System.Text;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>
/// The tokens and terms of Turtle and TriG (RDF 1.2 Turtle, section 6.5: the terminals), with what directives declare for them: prefixes and
/// the base. Terms are put into the buffers that are passed.
/// </summary>
internal sealed class TurtleTokens : IDisposable
{
    private readonly Utf8Input _input;
    private readonly TermLexer _lexer;
    private readonly Namespaces _namespaces = new();
    private readonly ByteBuffer _iri = new();
    private readonly ByteBuffer _datatype = new();
    private readonly ByteBuffer _scratch = new();
    private IriResolver? _resolver;
    private long _anonymous;

    public TurtleTokens(Utf8Input input, ReaderOptions options)
    {
        _input = input;
        _lexer = new TermLexer(input, options.BlankNodeScope);
        if (options.BaseIri is not null)
        {
            _resolver = new IriResolver(Encoding.UTF8.GetBytes(options.BaseIri));
        }
    }

    /// <summary>Writes a blank node that no document can name.</summary>
    public void WriteNewNode(ByteBuffer output) => _lexer.WriteAnonymousNode(_anonymous++, output);

    public void Dispose()
    {
        _iri.Dispose();
        _datatype.Dispose();
        _scratch.Dispose();
    }

    public void ReadPrefix(IQuadSink sink)
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

        _iri.Clear();
        ReadIri(_iri);
        _namespaces.Set(prefix, _iri.Written[1..]);
        sink.Prefix(prefix, _iri.Written[1..]);
    }

    public void ReadBase()
    {
        if (SkipSpace() != '<')
        {
            throw _input.Error("expected-iri", "Expected the base IRI in angle brackets.");
        }

        _iri.Clear();
        ReadIri(_iri);
        _resolver = new IriResolver(_iri.Written[1..]);
    }

    /// <summary>A version announcement changes nothing here: documents of all versions are read by one grammar.</summary>
    public void ReadVersion()
    {
        var quote = SkipSpace();
        if (quote is not ('"' or '\'') || (_input.Peek(1) == quote && _input.Peek(2) == quote))
        {
            throw _input.Error("expected-version", "Expected the version as a string in single quote marks, such as \"1.2\".");
        }

        _lexer.ReadString(_scratch, longForms: false, out _);
    }

    public void ReadNode(ByteBuffer node, string expected)
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

    public bool ReadIriOrNothing(ByteBuffer output)
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

    public void ReadLiteral(ByteBuffer output)
    {
        var text = _lexer.ReadString(_scratch, longForms: true, out _);
        output.Clear();
        output.Append((byte)'"');
        output.Append(text);
        output.Append((byte)'"');
        if (_input.Peek() == '@')
        {
            _input.Mark = _input.Position;
            output.Append(_lexer.ReadLanguageTag());
        }
        else if (_input.Peek() == '^' && _input.Peek(1) == '^')
        {
            _input.Position += 2;
            SkipSpace();
            var length = output.Length;
            output.Append("^^"u8);
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
                output.Truncate(length);
            }
            else
            {
                output.Append(_datatype.Written);
            }
        }
    }

    public void ReadNumber(ByteBuffer output)
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

        output.Clear();
        output.Append((byte)'"');
        output.Append(_input.Slice(_input.Mark + start, _input.Position));
        output.Append(type);
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

    public void ReadBoolean(ReadOnlySpan<byte> word, ByteBuffer output)
    {
        _input.Position += word.Length;
        output.Clear();
        output.Append((byte)'"');
        output.Append(word);
        output.Append("\"^^<http://www.w3.org/2001/XMLSchema#boolean"u8);
    }

    public bool IsWord(ReadOnlySpan<byte> word)
    {
        _input.Peek(word.Length);
        return _input.Ahead.StartsWith(word) && EndsWord(word.Length);
    }

    /// <summary>Whether no name goes on at an offset; a dot that ends the statement ends the word too.</summary>
    public bool EndsWord(int offset)
    {
        var c = _input.Peek(offset);
        if (c == '.')
        {
            return !ContinuesLocalName(offset + 1);
        }

        return c < 0 || c != ':' && !Characters.IsName(c < 0x80 ? c : Characters.Decode(_input.Ahead[offset..], out _));
    }

    public bool TryKeyword(ReadOnlySpan<byte> keyword, bool ignoreCase)
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

    public void Expect(byte expected, string code, string message)
    {
        if (SkipSpace() != expected)
        {
            throw _input.Error(code, message);
        }

        _input.Position++;
    }

    public void ExpectClosing(ReadOnlySpan<byte> closing, string message)
    {
        SkipSpace();
        _input.Peek(closing.Length - 1);
        if (!_input.Ahead.StartsWith(closing))
        {
            throw _input.Error("expected-closing", message);
        }

        _input.Position += closing.Length;
    }

    /// <summary>Skips white space and comments, marks the token that follows, and returns its first byte or -1.</summary>
    public int SkipSpace()
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

    private static void CopyTo(ByteBuffer output, ReadOnlySpan<byte> bytes)
    {
        output.Clear();
        output.Append(bytes);
    }
}
