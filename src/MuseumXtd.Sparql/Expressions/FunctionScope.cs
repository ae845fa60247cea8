using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>What an implementation of a function works with: the query, and buffers of the one call it belongs to.</summary>
internal sealed class FunctionScope(ExpressionContext context)
{
    /// <summary>The query.</summary>
    public ExpressionContext Context { get; } = context;

    /// <summary>The query's terms.</summary>
    public QueryTerms Terms { get; } = context.Terms;

    /// <summary>Where the function writes its result; it is empty when the function begins.</summary>
    public ByteBuffer Result { get; } = new();

    /// <summary>For the lexical form of an argument that has no text.</summary>
    public ByteBuffer Scratch { get; } = new();

    /// <summary>For characters, where a function needs UTF-16.</summary>
    public char[] Characters { get; private set; } = [];

    /// <summary>The text as UTF-16, valid until the next call.</summary>
    public ReadOnlySpan<char> ToUtf16(ReadOnlySpan<byte> text)
    {
        if (Characters.Length < text.Length)
        {
            Characters = new char[Math.Max(text.Length, 2 * Characters.Length)];
        }

        return Characters.AsSpan(0, System.Text.Encoding.UTF8.GetChars(text, Characters));
    }

    /// <summary>Ends the query when an expression makes a text of more bytes than any use has for one.</summary>
    /// <exception cref="QueryBudgetException">The text is too long.</exception>
    public static void CheckLength(long bytes)
    {
        const int Longest = 1 << 26;
        if (bytes > Longest)
        {
            throw new QueryBudgetException("memory", $"An expression makes a text of more than {Longest >> 20} MB.");
        }
    }

    /// <summary>Adds characters to the result, as UTF-8.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        CheckLength(Result.Length + (long)text.Length);
        var room = Result.GetSpan(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        Result.Advance(System.Text.Encoding.UTF8.GetBytes(text, room));
    }
}
