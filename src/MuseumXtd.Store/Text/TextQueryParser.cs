using System.Collections.Immutable;

namespace MuseumXtd.Store.Text;

/// <summary>Reads questions as people type them; every text is one.</summary>
internal sealed class TextQueryParser(string text)
{
    // Deeper parentheses are read as if they were not there: nobody writes them, and reading must not use up the stack.
    private const int MaxDepth = 64;

    private int _at;
    private int _depth;

    public TextQuery? Read()
    {
        var parts = new List<TextQuery>();
        while (_at < text.Length)
        {
            if (ReadAny() is { } part)
            {
                parts.Add(part);
            }

            // A closing parenthesis that nothing opens.
            SkipSpace();
            _at += _at < text.Length ? 1 : 0;
        }

        return All(parts);
    }

    private static TextQuery? All(List<TextQuery> parts) => parts.Count switch
    {
        0 => null,
        1 => parts[0],
        _ => new AllOf([.. parts.SelectMany(p => p is AllOf all ? all.Parts : [p])]),
    };

    private TextQuery? ReadAny()
    {
        var parts = ImmutableArray.CreateBuilder<TextQuery>();
        do
        {
            if (ReadAll() is { } part)
            {
                parts.Add(part);
            }
        }
        while (TryTakeWord("OR") || TryTake('|'));

        return parts.Count < 2 ? parts.FirstOrDefault() : new AnyOf(parts.ToImmutable());
    }

    private TextQuery? ReadAll()
    {
        var parts = new List<TextQuery>();
        while (true)
        {
            SkipSpace();
            if (_at == text.Length || text[_at] is ')' or '|' || IsWord("OR"))
            {
                return All(parts);
            }

            if (!TryTakeWord("AND") && ReadOne() is { } part)
            {
                parts.Add(part);
            }
        }
    }

    private TextQuery? ReadOne()
    {
        var isNegated = false;
        while (TryTakeWord("NOT") || TryTake('-') || TryTake('!'))
        {
            isNegated = !isNegated;
        }

        SkipSpace();
        if (_at == text.Length || text[_at] is ')' or '|' || IsWord("OR"))
        {
            return null;
        }

        var part = text[_at] switch
        {
            '(' => ReadGroup(),
            '"' or '“' or '«' => ReadQuoted(),
            _ => ReadWord(),
        };
        return part is null || !isNegated ? part : part is NoneOf none ? none.Part : new NoneOf(part);
    }

    private TextQuery? ReadGroup()
    {
        _at++;
        if (_depth == MaxDepth)
        {
            return null;
        }

        _depth++;
        var group = ReadAny();
        _depth--;
        TryTake(')');
        return group;
    }

    private TextQuery? ReadQuoted()
    {
        var end = text.AsSpan(_at + 1).IndexOfAny('"', '”', '»');
        var quoted = end < 0 ? text[(_at + 1)..] : text.Substring(_at + 1, end);
        _at = end < 0 ? text.Length : _at + end + 2;
        return TextQuery.Phrase(quoted, TryTakeNow('*'));
    }

    private TextQuery? ReadWord()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '|' or '"' or '“' or '«'))
        {
            _at++;
        }

        var word = text[start.._at];
        return TextQuery.Phrase(word, word.EndsWith('*'));
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private bool TryTake(char c)
    {
        SkipSpace();
        return TryTakeNow(c);
    }

    private bool TryTakeNow(char c)
    {
        var isThere = _at < text.Length && text[_at] == c;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool TryTakeWord(string word)
    {
        SkipSpace();
        var isThere = IsWord(word);
        _at += isThere ? word.Length : 0;
        return isThere;
    }

    /// <summary>Whether an operator comes next, a word of its own in capitals.</summary>
    private bool IsWord(string word) =>
        string.CompareOrdinal(text, _at, word, 0, word.Length) == 0
        && (_at + word.Length == text.Length || text[_at + word.Length] is '(' or '"' || char.IsWhiteSpace(text[_at + word.Length]));
}
