namespace MuseumXtd.Sparql.Syntax;

/// <summary>What someone may have meant who wrote a token where the grammar has another: the slips that people make, and the words of other query languages.</summary>
internal static class Hints
{
    private static readonly string[] Keywords =
    [
        "SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "FROM", "NAMED", "PREFIX", "BASE", "DISTINCT", "REDUCED", "FILTER", "OPTIONAL", "UNION", "MINUS", "BIND",
        "VALUES", "UNDEF", "GRAPH", "SERVICE", "SILENT", "EXISTS", "NOT", "GROUP", "BY", "HAVING", "ORDER", "ASC", "DESC", "LIMIT", "OFFSET", "INSERT", "DELETE", "DATA",
        "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "WITH", "USING", "DEFAULT", "ALL", "INTO",
    ];

    private static readonly Dictionary<string, string> OtherLanguages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AND"] = "SPARQL writes && for AND; between patterns nothing is needed.",
        ["OR"] = "SPARQL writes || for OR; between patterns UNION.",
        ["LIKE"] = "SPARQL has CONTAINS, STRSTARTS, STRENDS and REGEX for LIKE.",
        ["IS"] = "Whether a variable has a value is tested with BOUND(?variable).",
        ["NULL"] = "There is no NULL; whether a variable has a value is tested with BOUND(?variable).",
        ["MATCH"] = "A query begins with SELECT, CONSTRUCT, DESCRIBE or ASK.",
        ["JOIN"] = "Patterns that stand side by side are joined.",
        ["TOP"] = "The number of results is limited at the end: LIMIT 10.",
        ["ELSE"] = "A choice is written IF(condition, value, other value).",
        ["THEN"] = "A choice is written IF(condition, value, other value).",
    };

    /// <summary>A hint for a token that does not fit, or null.</summary>
    /// <param name="token">The token.</param>
    /// <param name="next">The one after it.</param>
    /// <param name="before">The one before it.</param>
    /// <param name="open">The bracket that is open there, with its place, or null.</param>
    public static string? For(Token token, Token next, Token before, (char Bracket, int Line, int Column)? open)
    {
        switch (token.Kind)
        {
            case TokenKind.End when open is { } bracket:
                return $"The '{bracket.Bracket}' at {bracket.Line}:{bracket.Column} is not closed.";
            case TokenKind.Word:
                return ForWord(token, before);
            case TokenKind.PrefixedName when token.Text == ":" && next.Is("="):
                return "There is no ':='; a value is given to a variable with BIND(expression AS ?variable).";
            case TokenKind.Iri when token.Text.Length == 0:
                return "SPARQL writes != for <>.";
            case TokenKind.Punctuation:
                return ForPunctuation(token.Text, next, before, open);
            default:
                return null;
        }
    }

    private static string? ForWord(Token token, Token before)
    {
        if (OtherLanguages.TryGetValue(token.Text, out var other))
        {
            return other;
        }

        if (Spelling.Nearest(token.Text, Keywords) is { } keyword && !keyword.Equals(token.Text, StringComparison.OrdinalIgnoreCase))
        {
            return $"Did you mean {keyword}? (A variable begins with a question mark: ?{token.Text}.)";
        }

        return before.Kind == TokenKind.Variable && before.End == token.Start ? "The name of a variable has letters, digits and '_' only."
            : Array.Exists(Keywords, k => token.IsWord(k)) || FunctionNames.TryGet(token.Text, out _, out _, out _) ? null
            : $"A text stands in quotation marks: \"{token.Text}\"; a variable begins with a question mark: ?{token.Text}; the name of a thing has a prefix: ex:{token.Text}.";
    }

    private static string? ForPunctuation(string text, Token next, Token before, (char Bracket, int Line, int Column)? open) => text switch
    {
        "=" when before.Is("=") => "Values are compared with one '='.",
        "&" => "SPARQL writes && for AND.",
        "|" => "SPARQL writes || for OR.",
        "<" => "If this begins an IRI: it has no spaces, quotation marks or braces in it, and ends with '>'.",
        "," when before.Kind == TokenKind.Variable => "Variables of SELECT stand side by side without commas.",
        ";" when next.Kind == TokenKind.End => "A query has no ';' at its end.",
        "}" or ")" or "]" when open is { } bracket => $"The '{bracket.Bracket}' at {bracket.Line}:{bracket.Column} is still open.",
        "}" or ")" or "]" => $"There is no open bracket for this '{text}'.",
        "?" => "A variable has a name after its question mark, without a space.",
        _ => null,
    };
}
