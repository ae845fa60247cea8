namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>
/// Finds where reading can go on after an error in Turtle or TriG: behind the next <c>.</c> that stands outside strings, IRIs and comments and
/// is no part of a number or a name. It begins at the token that could not be read, and reads tokens as loosely as it can.
/// </summary>
internal static class StatementSkipper
{
    /// <param name="input">The input, marked at the token that could not be read.</param>
    /// <param name="isInGraph">Whether the brace that ends a graph ends the statement too, and is left to be read.</param>
    public static void Skip(Utf8Input input, bool isInGraph)
    {
        input.IsLenient = true;
        input.Position = Math.Min(input.Mark, input.Position);
        var before = (int)' ';
        var braces = 0;
        int c;
        while ((c = input.Peek()) >= 0)
        {
            input.Mark = input.Position;
            switch (c)
            {
                case '"' or '\'':
                    SkipString(input, (byte)c);
                    break;
                case '<' when input.Peek(1) != '<':
                    SkipIri(input);
                    break;
                case '#':
                    SkipLine(input);
                    break;
                case '.' when EndsStatement(before, input.Peek(1)) && braces == 0:
                    input.Position++;
                    End(input);
                    return;
                case '}' when before != '|' && isInGraph:
                    End(input);
                    return;
                case '{' when input.Peek(1) != '|':
                    braces += isInGraph ? 0 : 1;
                    input.Position++;
                    break;
                case '}' when before != '|' && --braces <= 0:
                    input.Position++;
                    End(input);
                    return;
                default:
                    input.Position++;
                    break;
            }

            before = c;
        }

        End(input);
    }

    private static void End(Utf8Input input)
    {
        input.Mark = input.Position;
        input.IsLenient = false;
    }

    private static bool EndsStatement(int before, int after) => !Characters.IsDigit(after) && !(IsOfName(before) && IsOfName(after));

    private static bool IsOfName(int c) => c >= 0x80 || c is ':' or '_' or '-' or '%' or '\\' || Characters.IsAsciiLetter(c) || Characters.IsDigit(c);

    private static void SkipString(Utf8Input input, byte quote)
    {
        var isLong = input.Peek(1) == quote && input.Peek(2) == quote;
        input.Position += isLong ? 3 : 1;
        int c;
        while ((c = input.Peek()) >= 0)
        {
            input.Mark = input.Position;
            if (c == '\\' && input.Peek(1) >= 0)
            {
                input.Position += 2;
            }
            else if (c == quote && (!isLong || (input.Peek(1) == quote && input.Peek(2) == quote)))
            {
                input.Position += isLong ? 3 : 1;
                return;
            }
            else if (c is '\n' or '\r' && !isLong)
            {
                return;
            }
            else
            {
                input.Position++;
            }
        }
    }

    /// <summary>An IRI ends with its bracket, or before what cannot stand in it.</summary>
    private static void SkipIri(Utf8Input input)
    {
        input.Position++;
        int c;
        while ((c = input.Peek()) >= 0 && !Characters.IsWhitespace(c) && c is not ('<' or '"'))
        {
            input.Position++;
            input.Mark = input.Position;
            if (c == '>')
            {
                return;
            }
        }
    }

    private static void SkipLine(Utf8Input input)
    {
        while (input.Peek() is >= 0 and not ('\n' or '\r'))
        {
            input.Position++;
            input.Mark = input.Position;
        }
    }
}
