using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>The tokens of a text with one ahead, the prefixes and base in force, and what all parts of the grammar need of them.</summary>
internal sealed class TokenReader
{
    private static readonly Dictionary<string, string> WellKnown = new(StringComparer.Ordinal)
    {
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["rdfs"] = "http://www.w3.org/2000/01/rdf-schema#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
        ["owl"] = "http://www.w3.org/2002/07/owl#",
        ["skos"] = "http://www.w3.org/2004/02/skos/core#",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["dc"] = "http://purl.org/dc/elements/1.1/",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["schema"] = "https://schema.org/",
        ["prov"] = "http://www.w3.org/ns/prov#",
        ["sh"] = "http://www.w3.org/ns/shacl#",
        ["oa"] = "http://www.w3.org/ns/oa#",
        ["geo"] = "http://www.w3.org/2003/01/geo/wgs84_pos#",
        ["mxtd"] = "https://w3id.org/museumxtd/ns#",
    };

    private readonly Lexer _lexer;
    private IriResolver? _resolver;
    private Token? _next;

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

    public Token Take()
    {
        var token = Current;
        Current = Next;
        _next = null;
        return token;
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
        Error(Current, $"Expected {expected}, found {Describe(Current)}.", hint);

    public SparqlSyntaxException Error(Token at, string message, string? hint = null) => _lexer.Error(at.Start, message, hint);

    public void SetBase(Token token) => _resolver = new IriResolver(Encoding.UTF8.GetBytes(Resolve(token).Value));

    /// <summary>The IRI of an IRI or prefixed name token.</summary>
    public Iri Resolve(Token token)
    {
        if (token.Kind == TokenKind.PrefixedName)
        {
            var colon = token.Text.IndexOf(':', StringComparison.Ordinal);
            var prefix = token.Text[..colon];
            if (!Prefixes.TryGetValue(prefix, out var iri))
            {
                var hint = WellKnown.TryGetValue(prefix, out var known) ? $"Add: PREFIX {prefix}: <{known}>" : null;
                throw Error(token, $"The prefix '{prefix}:' is not declared.", hint);
            }

            return new Iri(iri + token.Text[(colon + 1)..]);
        }

        var bytes = Encoding.UTF8.GetBytes(token.Text);
        if (IriResolver.IsAbsolute(bytes))
        {
            return new Iri(token.Text);
        }

        if (_resolver is null)
        {
            throw Error(token, $"The IRI <{token.Text}> is relative and there is no base.", "Add: BASE <...>");
        }

        using var output = new ByteBuffer();
        _resolver.Resolve(bytes, output);
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
                    throw Unexpected("a prefix that ends with ':'");
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
