namespace MuseumXtd.Sparql;

/// <summary>The text is not a SPARQL query, update or results document.</summary>
public sealed class SparqlSyntaxException : Exception
{
    /// <summary>A syntax error at a place in the text.</summary>
    /// <param name="message">What is wrong and what was expected, without the position.</param>
    /// <param name="line">Line, from 1.</param>
    /// <param name="column">Column in characters (Unicode code points), from 1.</param>
    /// <param name="hint">What the writer may have meant, or null.</param>
    public SparqlSyntaxException(string message, int line, int column, string? hint = null)
        : base($"{line}:{column}: {message}" + (hint is null ? "" : $" {hint}"))
    {
        Detail = message;
        Line = line;
        Column = column;
        Hint = hint;
    }

    /// <summary>The message without the position.</summary>
    public string Detail { get; }

    /// <summary>Line, from 1.</summary>
    public int Line { get; }

    /// <summary>Column in characters (Unicode code points), from 1.</summary>
    public int Column { get; }

    /// <summary>What the writer may have meant, or null.</summary>
    public string? Hint { get; }
}
