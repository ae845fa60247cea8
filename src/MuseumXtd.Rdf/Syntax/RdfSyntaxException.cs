namespace MuseumXtd.Rdf.Syntax;

/// <summary>The input is not well formed.</summary>
public sealed class RdfSyntaxException : Exception
{
    /// <summary>A syntax error at a place in the input.</summary>
    /// <param name="code">A stable code, such as <c>turtle-expected-dot</c>.</param>
    /// <param name="message">What is wrong and what was expected, without the position.</param>
    /// <param name="line">Line, from 1.</param>
    /// <param name="column">Column in characters (Unicode code points), from 1.</param>
    public RdfSyntaxException(string code, string message, long line, long column)
        : base($"{line}:{column}: {message}")
    {
        Code = code;
        Detail = message;
        Line = line;
        Column = column;
    }

    /// <summary>A stable code, such as <c>turtle-expected-dot</c>.</summary>
    public string Code { get; }

    /// <summary>The message without the position.</summary>
    public string Detail { get; }

    /// <summary>Line, from 1.</summary>
    public long Line { get; }

    /// <summary>Column in characters (Unicode code points), from 1.</summary>
    public long Column { get; }
}
