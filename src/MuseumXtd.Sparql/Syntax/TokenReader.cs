using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>The tokens of a text with one ahead, the prefixes and base in force, and what all parts of the grammar need of them.</summary>
internal sealed class TokenReader
{
    /// <summary>How many levels patterns and expressions may have: all that reads them goes down as far, on a stack that is not endless.</summary>
    public const int MaxHeight = 1000;

    private const int MaxDepth = 250;

    private readonly Lexer _lexer;
    private IriResolver? _resolver;
    private Token? _next;
    private readonly Stack<Token> _open = [];
    private Token _before;
    private int _taken;
    private int _depth;

    public TokenReader(string text, string? baseIri)
    {
        _lexer = new Lexer(text);
        if (baseIri is not null)
        {
            _resolver = new IriResolver(Encoding.UTF8.GetBytes(baseIri));
        }

        Current = _lexer.Next();
    }

    public Token Current { get; private set; }

    public Token Next => _next ??= _lexer.Next();

    public Dictionary<string, string> Prefixes { get; } = new(StringComparer.Ordinal);

    public string? BaseIri => _resolver is null ? null : Encoding.UTF8.GetString(_resolver.Base);

    /// <summary>The text from a place to the end of the last token taken.</summary>
    public string TextFrom(int start) => _lexer.Between(start, _taken);

    /// <summary>The declarations in force, as text.</summary>
    public string Prologue() =>
        (BaseIri is null ? "" : $"BASE <{BaseIri}>\n") + string.Concat(Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"PREFIX {p.Key}: <{p.Value}>\n"));

    public Token Take()
    {
        var token = Current;
        _taken = token.End;
        _before = token;
        if (token.Kind == TokenKind.Punctuation)
        {
            Balance(token);
        }

        Current = Next;
        _next = null;
        return token;
    }

    /// <summary>Goes one level deeper: what nests without end is an error, not the end of the process.</summary>
    public void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw Error(Current, $"Nested more than {MaxDepth} levels deep.");
        }
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public void Leave() => _depth--;

    /// <summary>Reads parts between which the same operator stands, which is associative.</summary>
    public T ReadRow<T>(string sign, Func<T> readPart, Func<T, T, T> operation)
    {
        var first = readPart();
        if (!Is(sign))
        {
            return first;
        }

        var parts = new List<T> { first };
        while (TryTake(sign))
        {
            parts.Add(readPart());
        }

        return Balanced.Of(parts, operation);
    }

    /// <summary>Ends the parse where what was read has too many levels.</summary>
    public void CheckHeight(int height)
    {
        if (height > MaxHeight)
        {
            throw Error(Current, $"More than {MaxHeight} levels, where each counts on the one before.", "A long row of OPTIONAL, MINUS, BIND or of arithmetic makes a level each: ask in several queries.");
        }
    }

    public bool Is(string punctuation) => Current.Is(punctuation);

    public bool IsWord(string keyword) => Current.IsWord(keyword);

    public bool TryTake(string punctuation)
    {
        if (!Current.Is(punctuation))
        {
            return false;
        }

        Take();
        return true;
    }

    public bool TryTakeWord(string keyword)
    {
        if (!Current.IsWord(keyword))
        {
            return false;
        }

        Take();
        return true;
    }

    public void Expect(string punctuation, string? hint = null)
    {
        if (!TryTake(punctuation))
        {
            throw Unexpected($"'{punctuation}'", hint);
        }
    }

    public void ExpectWord(string keyword)
    {
        if (!TryTakeWord(keyword))
        {
            throw Unexpected(keyword);
        }
    }

    public SparqlSyntaxException Unexpected(string expected, string? hint = null) =>
        Error(Current, $"Expected {expected}, found {Describe(Current)}.", hint ?? Hints.For(Current, PeekSafely(), _before, Open()));

    public SparqlSyntaxException Error(Token at, string message, string? hint = null) => _lexer.Error(at.Start, message, hint);

    /// <summary>Keeps the brackets that are open, to name the one that is not closed.</summary>
    private void Balance(Token token)
    {
        if (token.Text is "{" or "(" or "[")
        {
            _open.Push(token);
        }
        else if (token.Text is "}" or ")" or "]")
        {
            _open.TryPop(out _);
        }
    }

    private (char, int, int)? Open() =>
        _open.TryPeek(out var token) && _lexer.Error(token.Start, "") is var place ? (token.Text[0], place.Line, place.Column) : null;

    /// <summary>The next token, or the end where there is none that can be read.</summary>
    private Token PeekSafely()
    {
        try
        {
            return Next;
        }
        catch (SparqlSyntaxException)
        {
            return new Token(TokenKind.End, Current.End, Current.End, "");
        }
    }

    public void SetBase(Token token) => _resolver = new IriResolver(Encoding.UTF8.GetBytes(Resolve(token).Value));

    /// <summary>The IRI of an IRI or prefixed name token.</summary>
    public Iri Resolve(Token token)
    {
        if (token.Kind == TokenKind.PrefixedName)
        {
            var colon = token.Text.IndexOf(':', StringComparison.Ordinal);
            var prefix = token.Text.AsSpan(0, colon);
            if (!Prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out var iri))
            {
                throw Error(token, $"The prefix '{prefix}:' is not declared.", KnownPrefixes.Hint(prefix.ToString(), Prefixes.Keys));
            }

            return new Iri(string.Concat(iri, token.Text.AsSpan(colon + 1)));
        }

        if (IriResolver.IsAbsolute(token.Text))
        {
            return new Iri(token.Text);
        }

        if (_resolver is null)
        {
            throw Error(token, $"The IRI <{token.Text}> is relative and there is no base.", "Add: BASE <...>");
        }

        using var output = new ByteBuffer();
        _resolver.Resolve(Encoding.UTF8.GetBytes(token.Text), output);
        return new Iri(Encoding.UTF8.GetString(output.Written));
    }

    public bool IsIri => Current.Kind is TokenKind.Iri or TokenKind.PrefixedName;

    public Iri ExpectIri(string expected = "an IRI") => IsIri ? Resolve(Take()) : throw Unexpected(expected);

    public void ReadPrologue()
    {
        while (true)
        {
            if (TryTakeWord("BASE"))
            {
                if (Current.Kind != TokenKind.Iri)
                {
                    throw Unexpected("an IRI in angle brackets");
                }

                SetBase(Take());
            }
            else if (TryTakeWord("PREFIX"))
            {
                var name = Current;
                if (name.Kind != TokenKind.PrefixedName || name.Text.IndexOf(':', StringComparison.Ordinal) != name.Text.Length - 1)
                {
                    throw Unexpected("a prefix that ends with ':'", name.Kind is TokenKind.Word ? $"Write: PREFIX {name.Text}: <...>" : null);
                }

                Take();
                if (Current.Kind != TokenKind.Iri)
                {
                    throw Unexpected("the IRI of the prefix in angle brackets");
                }

                Prefixes[name.Text[..^1]] = Resolve(Take()).Value;
            }
            else if (TryTakeWord("VERSION"))
            {
                // Queries of all versions are read by one grammar; a long string is no version.
                if (Current.Kind != TokenKind.String || Current.IsLongString)
                {
                    throw Unexpected("the version as a string, such as \"1.2\"");
                }

                Take();
            }
            else
            {
                return;
            }
        }
    }

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.Iri => $"<{token.Text}>",
        TokenKind.Variable => $"?{token.Text}",
        TokenKind.String => "a string",
        TokenKind.BlankNodeLabel => $"_:{token.Text}",
        TokenKind.LanguageTag => $"@{token.Text}",
        _ => $"'{token.Text}'",
    };
}
