namespace MuseumXtd.Garden.Notes;

/// <summary>
/// Front matter of the kind that nearly all notes have: keys with a word, a quoted text or a list of these, at most one level below a key. What YAML (1.2,
/// sections 7.3 and 7.4) could read in another way, and all that is not well formed, is left to the parser of YAML: a text is read here exactly as there, or not at all.
/// </summary>
internal readonly ref struct PlainFrontMatter
{
    // Signs that mean nothing inside a plain scalar, wherever it stands.
    private const string InScalar = " -_./'’+&";

    // And those that mean something inside brackets only.
    private const string InBlock = "()!?;,=%@~*…–";

    private readonly ReadOnlySpan<char> _text;
    private readonly int _start;
    private readonly List<FrontMatterField> _fields;

    private PlainFrontMatter(string text, int start, int end)
    {
        _text = text.AsSpan(start, end - start);
        _start = start;
        _fields = new List<FrontMatterField>(8);
    }

    /// <summary>The fields of a range of text, or null where it is not as plain as that.</summary>
    public static List<FrontMatterField>? Read(string text, int start, int end)
    {
        var reader = new PlainFrontMatter(text, start, end);
        return reader.ReadLines() ? reader._fields : null;
    }

    private bool ReadLines()
    {
        // The key that has no value on its line, how far what stands below it is indented, and the items of a list there.
        var (parent, parentStart, indent) = ("", 0, -1);
        List<FrontMatterValue>? items = null;
        for (var at = 0; at < _text.Length;)
        {
            var length = _text[at..].IndexOf('\n');
            var end = length < 0 ? _text.Length : at + length;
            var stop = at + _text[at..end].TrimEnd(' ').Length;
            var first = SkipSpaces(at, stop);
            var depth = first - at;
            at = end + 1;
            if (first == stop)
            {
                continue;
            }

            if (_text[first] == '-')
            {
                if (parent.Length == 0 || (indent >= 0 && (items is null || depth != indent)) || !ReadItem(first, stop, out var item))
                {
                    return false;
                }

                (items, indent) = (items ?? [], depth);
                if (item.Text.Length > 0)
                {
                    items.Add(item);
                }

                continue;
            }

            if (depth == 0)
            {
                AddParent(parent, parentStart, indent, items);
                (parent, items, indent) = ("", null, -1);
            }
            else if (parent.Length == 0 || items is not null || (indent >= 0 && depth != indent))
            {
                return false;
            }
            else
            {
                indent = depth;
            }

            if (!ReadField(first, stop, parent, out var open))
            {
                return false;
            }

            if (open is not null && depth > 0)
            {
                _fields.Add(new FrontMatterField($"{parent}.{open}", _start + first, []));
            }
            else if (open is not null)
            {
                (parent, parentStart) = (open, first);
            }
        }

        AddParent(parent, parentStart, indent, items);
        return true;
    }

    private void AddParent(string parent, int start, int indent, List<FrontMatterValue>? items)
    {
        if (parent.Length > 0 && (items is not null || indent < 0))
        {
            _fields.Add(new FrontMatterField(parent, _start + start, items ?? []));
        }
    }

    private bool ReadItem(int at, int stop, out FrontMatterValue item)
    {
        item = default;
        return at + 2 < stop && _text[at + 1] == ' ' && ReadScalar(at + 2, stop, InBlock, out var end, out item) && end == stop;
    }

    /// <summary>Reads a line with a key; <paramref name="open"/> is the key where no value stands behind it.</summary>
    private bool ReadField(int at, int stop, string parent, out string? open)
    {
        open = null;
        var colon = at;
        while (colon < stop && (char.IsLetterOrDigit(_text[colon]) || _text[colon] is ' ' or '_' or '-'))
        {
            colon++;
        }

        // YAML looks for the colon of a key for a thousand characters only.
        if (colon == stop || _text[colon] != ':' || !char.IsLetter(_text[at]) || _text[colon - 1] == ' ' || colon - at > 100)
        {
            return false;
        }

        var key = _text[at..colon].ToString();
        if (colon + 1 == stop)
        {
            open = key;
            return true;
        }

        if (_text[colon + 1] != ' ' || ReadValues(SkipSpaces(colon + 1, stop), stop) is not { } values)
        {
            return false;
        }

        _fields.Add(new FrontMatterField(parent.Length > 0 ? $"{parent}.{key}" : key, _start + at, values));
        return true;
    }

    private FrontMatterValue[]? ReadValues(int at, int stop)
    {
        if (_text[at] != '[')
        {
            return !ReadScalar(at, stop, InBlock, out var end, out var only) || end != stop ? null : only.Text.Length > 0 ? [only] : [];
        }

        var values = new List<FrontMatterValue>();
        do
        {
            at = SkipSpaces(at + 1, stop);
            if (at >= stop || !ReadScalar(at, stop, "", out at, out var value))
            {
                return null;
            }

            if (value.Text.Length > 0)
            {
                values.Add(value);
            }

            at = SkipSpaces(at, stop);
        }
        while (at < stop && _text[at] == ',');
        return at == stop - 1 && _text[at] == ']' ? [.. values] : null;
    }

    private int SkipSpaces(int at, int stop)
    {
        while (at < stop && _text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads a scalar up to a sign that is not of it; the text is empty where it says nothing.</summary>
    private bool ReadScalar(int at, int stop, string signs, out int end, out FrontMatterValue value)
    {
        value = default;
        end = at;
        var first = _text[at];
        if (first is '"' or '\'')
        {
            end++;
            while (end < stop && _text[end] != first && (_text[end] is >= ' ' and < '\u007F' and not '\\' || char.IsLetterOrDigit(_text[end]) || IsSign(_text[end], InBlock)))
            {
                end++;
            }

            // A quote behind a single one is that sign itself.
            if (end >= stop || _text[end] != first || (end + 1 < stop && _text[end + 1] == '\''))
            {
                return false;
            }

            value = ValueOf(at + 1, end);
            end++;
            return true;
        }

        if (!char.IsLetterOrDigit(first))
        {
            return false;
        }

        while (end < stop && (char.IsLetterOrDigit(_text[end]) || IsSign(_text[end], signs) || (signs.Length > 0 && _text[end] == ':' && end + 1 < stop && _text[end + 1] == '/')))
        {
            end++;
        }

        while (_text[end - 1] == ' ')
        {
            end--;
        }

        value = _text[at..end] is "null" ? new FrontMatterValue("", 0, 0) : ValueOf(at, end);
        return true;
    }

    private static bool IsSign(char c, string signs) => InScalar.Contains(c, StringComparison.Ordinal) || signs.Contains(c, StringComparison.Ordinal);

    private FrontMatterValue ValueOf(int from, int end) => new(_text[from..end].Trim().ToString(), _start + from, end - from);
}
