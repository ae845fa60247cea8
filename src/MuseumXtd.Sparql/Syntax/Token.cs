namespace MuseumXtd.Sparql.Syntax;

/// <summary>The kinds of tokens of SPARQL text.</summary>
internal enum TokenKind : byte
{
    End,
    Word,
    Iri,
    PrefixedName,
    BlankNodeLabel,
    Variable,
    LanguageTag,
    String,
    Integer,
    Decimal,
    Double,
    Punctuation,
}

/// <summary>A token: its kind, where it lies, and its content: an IRI without brackets, a string unescaped, a variable without <c>?</c>.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text)
{
    /// <summary>Whether this is a string in three quote marks.</summary>
    public bool IsLongString { get; init; }

    public bool Is(string punctuation) => Kind == TokenKind.Punctuation && Text == punctuation;

    public bool IsWord(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
