using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>
/// Expressions of OData 4.01 that the library's lexer does not know, told by ones that it does: <c>divby</c>, <c>hassubset</c>, the colons of
/// <c>case</c>, durations without their prefix as arguments, and <c>aggregate(collection/$count as alias)</c>. Places in the new text lead back to the text that was sent.
/// </summary>
internal sealed class ExpressionText
{
    private static readonly string[] Words = ["divby", "hassubset", "hassubsequence", "case", "totalseconds", "geo.", "/$count as"];

    private readonly string _sent;
    private readonly StringBuilder _text = new();
    private readonly List<(int Place, int Sent)> _places = [];
    private int _members;

    private ExpressionText(string sent) => _sent = sent;

    /// <summary>The text for the library.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads a text.</summary>
    /// <exception cref="ODataRequestException">A function of the standard that is not answered.</exception>
    public static ExpressionText Of(string sent)
    {
        var told = new ExpressionText(sent);
        if (Array.Exists(Words, w => sent.Contains(w, StringComparison.OrdinalIgnoreCase)))
        {
            told.Copy(0, sent.Length, isCase: false);
            told.Text = told._text.ToString();
        }
        else
        {
            told.Text = sent;
        }

        return told;
    }

    /// <summary>The place in the text that was sent.</summary>
    public int Sent(int place)
    {
        var known = _places.FindLastIndex(p => p.Place <= place);
        return known < 0 ? place : Math.Min(_sent.Length, _places[known].Sent + place - _places[known].Place);
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.';

    private void Copy(int from, int to, bool isCase)
    {
        _places.Add((_text.Length, from));
        var depth = 0;
        for (var i = from; i < to;)
        {
            var c = _sent[i];
            if (c == '\'')
            {
                var end = EndOfQuoted(i, to);
                _text.Append(_sent, i, end - i);
                i = end;
            }
            else if (IsWord(c))
            {
                var end = i;
                while (end < to && IsWord(_sent[end]))
                {
                    end++;
                }

                i = Word(i, end, to);
            }
            else
            {
                depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
                _text.Append(isCase && depth == 0 && c == ':' ? ',' : c);
                i++;
            }
        }
    }

    /// <summary>Writes a word with what belongs to it and returns where to go on.</summary>
    private int Word(int start, int end, int to)
    {
        var word = _sent[start..end].ToLowerInvariant();
        var isMember = start > 0 && _sent[start - 1] is '/' or '@' or '$';
        if (!isMember && word == "divby" && start > 0 && _sent[start - 1] == ' ' && end < to && _sent[end] == ' ')
        {
            // An exact quotient: of decimals, where both are integers (Part 2, section 5.1.1.2.4).
            Replace("div 1.0 div", end);
            return end;
        }

        if (word == "count" && start > 1 && _sent[start - 2] == '/' && _sent[start - 1] == '$' && _sent.AsSpan(end).StartsWith(" as ", StringComparison.OrdinalIgnoreCase))
        {
            // How many there are behind all together is the sum of how many are behind each (Data Aggregation, section 3.1.3.5).
            Replace("count with sum", end);
            return end;
        }

        if (!isMember && end < to && _sent[end] == '(' && EndOfGroup(end, to) is var close && close > 0)
        {
            switch (word)
            {
                case "hassubset":
                    HasSubset(Arguments(end + 1, close - 1), close);
                    return close;
                case "case":
                    _text.Append("case(");
                    Copy(end + 1, close - 1, isCase: true);
                    Replace(")", close);
                    return close;
                case "totalseconds" when _sent[end + 1] == '\'':
                    Replace("totalseconds(duration", end + 1);
                    return end + 1;
                case "hassubsequence":
                    throw ODataRequestException.NotImplemented("The function hassubsequence");
                case "geo.distance" or "geo.intersects" or "geo.length":
                    throw ODataRequestException.NotImplemented($"The function {word}");
            }
        }

        _text.Append(_sent, start, end - start);
        return end;
    }

    private void Replace(string text, int sent)
    {
        _text.Append(text);
        _places.Add((_text.Length, sent));
    }

    /// <summary>All members of the second collection are in the first (Part 2, section 5.1.1.6.1).</summary>
    private void HasSubset(List<(int From, int To)> arguments, int close)
    {
        if (arguments.Count != 2)
        {
            throw new ODataRequestException(400, "hassubset takes two collections.");
        }

        var (all, some) = (List(arguments[0]), List(arguments[1]));
        if (some is not null)
        {
            _text.Append('(');
            for (var i = 0; i < some.Count; i++)
            {
                _text.Append(i == 0 ? "" : " and ").Append(some[i]).Append(" in ");
                Collection(all, arguments[0]);
            }

            Replace(some.Count == 0 ? "true)" : ")", close);
            return;
        }

        var member = FormattableString.Invariant($"member{++_members}");
        Copy(arguments[1].From, arguments[1].To, isCase: false);
        _text.Append("/all(").Append(member).Append(':').Append(member).Append(" in ");
        Collection(all, arguments[0]);
        Replace(")", close);
    }

    private void Collection(List<string>? literals, (int From, int To) path)
    {
        if (literals is not null)
        {
            _text.Append('(').AppendJoin(',', literals).Append(')');
        }
        else
        {
            Copy(path.From, path.To, isCase: false);
        }
    }

    /// <summary>The literals of a JSON array; null where the text is a path.</summary>
    private List<string>? List((int From, int To) argument)
    {
        var text = _sent[argument.From..argument.To].Trim();
        if (!text.StartsWith('['))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(e => e.ValueKind switch
            {
                JsonValueKind.String => $"'{e.GetString()!.Replace("'", "''", StringComparison.Ordinal)}'",
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => e.GetRawText(),
                _ => throw ODataRequestException.NotImplemented("A collection of objects in hassubset"),
            })];
        }
        catch (JsonException)
        {
            throw new ODataRequestException(400, $"'{text}' is no JSON array.");
        }
    }

    /// <summary>The parts between commas that stand in no parentheses, brackets or quotes.</summary>
    private List<(int From, int To)> Arguments(int from, int to)
    {
        var parts = new List<(int, int)>();
        var (start, depth) = (from, 0);
        for (var i = from; i < to; i++)
        {
            var c = _sent[i];
            if (c is '\'' or '"')
            {
                i = EndOfQuoted(i, to) - 1;
            }
            else if (c == ',' && depth == 0)
            {
                parts.Add((start, i));
                start = i + 1;
            }
            else
            {
                depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            }
        }

        parts.Add((start, to));
        return parts;
    }

    /// <summary>Where a group that an opening parenthesis begins is over; 0 where it is not closed.</summary>
    private int EndOfGroup(int open, int to)
    {
        var depth = 0;
        for (var i = open; i < to; i++)
        {
            switch (_sent[i])
            {
                case '\'' or '"':
                    i = EndOfQuoted(i, to) - 1;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i + 1;
            }
        }

        return 0;
    }

    /// <summary>Where a text in quotes is over; within double ones, those of JSON, a backslash escapes.</summary>
    private int EndOfQuoted(int open, int to)
    {
        for (var i = open + 1; i < to; i++)
        {
            if (_sent[i] == _sent[open])
            {
                return i + 1;
            }

            i += _sent[open] == '"' && _sent[i] == '\\' ? 1 : 0;
        }

        return to;
    }
}
