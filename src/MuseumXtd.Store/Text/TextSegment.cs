namespace MuseumXtd.Store.Text;

/// <summary>
/// The words of a range of the dictionary's terms, immutable: a sorted list of words, and for each the texts that hold it. Texts are numbered as they
/// lie in the dictionary; of each, its id and how many words it has are kept.
/// </summary>
/// <remarks>A word's texts are gaps between their numbers as variable-length integers, doubled; an odd one is followed by how often the word occurs.</remarks>
internal sealed class TextSegment
{
    private readonly byte[] _words;
    private readonly int[] _wordStarts;
    private readonly byte[] _postings;
    private readonly int[] _postingStarts;
    private readonly int[] _textCounts;

    public TextSegment(
        uint[] texts, ushort[] lengths, byte[] words, int[] wordStarts, byte[] postings, int[] postingStarts, int[] textCounts, long wordCount)
    {
        Texts = texts;
        Lengths = lengths;
        _words = words;
        _wordStarts = wordStarts;
        _postings = postings;
        _postingStarts = postingStarts;
        _textCounts = textCounts;
        RunningWords = wordCount;
    }

    /// <summary>The ids of the texts by number.</summary>
    public uint[] Texts { get; }

    /// <summary>How many words each text has, at most 65,535.</summary>
    public ushort[] Lengths { get; }

    /// <summary>How many different words.</summary>
    public int WordCount => _textCounts.Length;

    /// <summary>The length of all texts together, in words.</summary>
    public long RunningWords { get; }

    /// <summary>How large it is when it is to be merged.</summary>
    public int Weight => _postings.Length + Texts.Length;

    public long Bytes =>
        (Texts.Length * 6L) + _words.Length + _postings.Length + ((_wordStarts.Length + _postingStarts.Length + _textCounts.Length) * 4L);

    /// <summary>A word by its number in sorted order.</summary>
    public ReadOnlySpan<byte> Word(int word) => _words.AsSpan(_wordStarts[word], _wordStarts[word + 1] - _wordStarts[word]);

    /// <summary>All words, one after another, and where each begins.</summary>
    public ReadOnlySpan<byte> AllWords => _words;

    /// <summary>Where each word begins in <see cref="AllWords"/>, and the end.</summary>
    public ReadOnlySpan<int> WordStarts => _wordStarts;

    /// <summary>How many texts hold a word.</summary>
    public int TextCount(int word) => _textCounts[word];

    /// <summary>The texts that hold a word, as they are stored.</summary>
    public ReadOnlySpan<byte> RawPostings(int word) => _postings.AsSpan(_postingStarts[word], _postingStarts[word + 1] - _postingStarts[word]);

    /// <summary>The texts that hold a word, in ascending order.</summary>
    public PostingReader Postings(int word) => new(RawPostings(word));

    /// <summary>The words that are equal to a word, or begin with it: from a number up to another.</summary>
    public (int From, int To) Find(ReadOnlySpan<byte> word, bool isPrefix)
    {
        var from = LowerBound(word, 0);
        if (!isPrefix)
        {
            return (from, from < WordCount && Word(from).SequenceEqual(word) ? from + 1 : from);
        }

        var (low, high) = (from, WordCount);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Word(middle).StartsWith(word))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (from, low);
    }

    private int LowerBound(ReadOnlySpan<byte> word, int low)
    {
        var high = WordCount;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Word(middle).SequenceCompareTo(word) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

/// <summary>Reads the texts of one word.</summary>
internal ref struct PostingReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>The number of the present text.</summary>
    public int Text { get; private set; } = -1;

    /// <summary>How often the word is in it.</summary>
    public int Occurrences { get; private set; }

    public bool Read()
    {
        if (_at == _bytes.Length)
        {
            return false;
        }

        var gap = Varint();
        Text += (int)(gap >> 1);
        Occurrences = (gap & 1) == 0 ? 1 : (int)Varint();
        return true;
    }

    /// <summary>What comes after the present text, as it is stored.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[_at..];

    private uint Varint()
    {
        uint value = _bytes[_at++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            uint next = _bytes[_at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
