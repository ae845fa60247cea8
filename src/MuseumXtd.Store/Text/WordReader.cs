using System.Buffers;
using System.Text;

namespace MuseumXtd.Store.Text;

/// <summary>
/// The words of a text of UTF-8, one after another: runs of letters and digits, folded (no case, no accents, <c>œ</c> as <c>oe</c>). Everything else
/// separates words, apostrophes and hyphens too, so <c>l’École</c> is <c>l</c> and <c>ecole</c>. An ideograph is a word of its own.
/// </summary>
public ref struct WordReader
{
    private const int LongestFold = 8;

    private readonly ReadOnlySpan<byte> _text;
    private byte[] _folded;
    private int _length;
    private int _next;

    /// <summary>A reader at the beginning of a text.</summary>
    public WordReader(ReadOnlySpan<byte> text)
    {
        _text = text;
        _folded = ArrayPool<byte>.Shared.Rent(64);
    }

    /// <summary>The present word, folded; valid until the next one is read.</summary>
    public readonly ReadOnlySpan<byte> Word => _folded.AsSpan(0, _length);

    /// <summary>Where the present word begins in the text.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends in the text.</summary>
    public int End { get; private set; }

    /// <summary>Goes to the next word; false at the end of the text.</summary>
    public bool Read()
    {
        _length = 0;
        var ascii = LetterFolding.Ascii;
        var at = _next;
        while (at < _text.Length)
        {
            var c = _text[at];
            if (c < 0x80)
            {
                if (ascii[c] == 0)
                {
                    if (_length > 0)
                    {
                        break;
                    }

                    at++;
                    continue;
                }

                Begin(at);
                _folded[_length++] = ascii[c];
                End = ++at;
                continue;
            }

            Rune.DecodeFromUtf8(_text[at..], out var rune, out var consumed);
            Begin(at);
            var length = LetterFolding.Fold(rune, _folded.AsSpan(_length), out var isGap, out var isAlone);
            if (isGap || (isAlone && _length > 0))
            {
                if (_length > 0)
                {
                    break;
                }

                at += consumed;
                continue;
            }

            at += consumed;
            _length += length;
            End = _length > 0 ? at : End;
            if (isAlone)
            {
                break;
            }
        }

        _next = at;
        return _length > 0;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_folded);
        _folded = [];
    }

    private void Begin(int at)
    {
        if (_length == 0)
        {
            Start = at;
        }

        if (_folded.Length - _length < LongestFold)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_folded.Length * 2);
            Word.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_folded);
            _folded = larger;
        }
    }
}
