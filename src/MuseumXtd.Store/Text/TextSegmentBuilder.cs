using System.Buffers.Binary;
using System.IO.Hashing;

namespace MuseumXtd.Store.Text;

/// <summary>Gathers the words of texts into a <see cref="TextSegment"/>.</summary>
internal sealed class TextSegmentBuilder
{
    // Chosen anew each time, so that nobody can prepare words that all fall in one place of the table.
    private readonly long _seed = Random.Shared.NextInt64();
    private readonly List<uint> _texts = [];
    private readonly List<ushort> _lengths = [];
    private uint[] _table = new uint[1 << 12];
    private byte[] _words = new byte[1 << 14];
    private int[] _wordStarts = new int[1 << 10];
    private int[] _lastPosting = new int[1 << 10];
    private int[] _textCounts = new int[1 << 10];
    private Posting[] _postings = new Posting[1 << 12];
    private int _wordCount;
    private long _runningWords;

    /// <summary>How many pairs of a text and one of its words it holds.</summary>
    public int PostingCount { get; private set; }

    /// <summary>Adds the next text.</summary>
    public void Add(TermId id, ReadOnlySpan<byte> text)
    {
        var number = _texts.Count;
        var length = 0;
        var words = new WordReader(text);
        while (words.Read())
        {
            length++;
            Count(NumberOf(words.Word), number);
        }

        words.Dispose();
        _texts.Add(id.Value);
        _lengths.Add((ushort)Math.Min(length, ushort.MaxValue));
        _runningWords += length;
    }

    /// <summary>What was gathered.</summary>
    public TextSegment ToSegment()
    {
        var sorted = SortedWords();
        var places = new int[_wordCount];
        for (int rank = 0, at = 0; rank < sorted.Length; rank++)
        {
            places[sorted[rank]] = at;
            at += _textCounts[sorted[rank]];
        }

        // Postings were met text by text; word by word they stay so.
        var byWord = new Posting[PostingCount];
        foreach (ref var posting in _postings.AsSpan(0, PostingCount))
        {
            byWord[places[posting.Word]++] = posting;
        }

        var words = new byte[_wordStarts[_wordCount]];
        var (wordStarts, postingStarts, counts) = (new int[_wordCount + 1], new int[_wordCount + 1], new int[_wordCount]);
        var writer = new PostingWriter(PostingCount * 2);
        var next = 0;
        for (var rank = 0; rank < sorted.Length; rank++)
        {
            var word = Word(sorted[rank]);
            word.CopyTo(words.AsSpan(wordStarts[rank]));
            wordStarts[rank + 1] = wordStarts[rank] + word.Length;
            counts[rank] = _textCounts[sorted[rank]];
            writer.Begin();
            for (var i = 0; i < counts[rank]; i++)
            {
                writer.Add(byWord[next].Text, byWord[next].Occurrences);
                next++;
            }

            postingStarts[rank + 1] = writer.Length;
        }

        return new TextSegment([.. _texts], [.. _lengths], words, wordStarts, writer.ToArray(), postingStarts, counts, _runningWords);
    }

    /// <summary>Two segments as one; the second is of later terms.</summary>
    public static TextSegment Merge(TextSegment first, TextSegment second)
    {
        var capacity = first.WordCount + second.WordCount;
        var (wordStarts, postingStarts, counts) = (new int[capacity + 1], new int[capacity + 1], new int[capacity]);
        var words = new byte[first.AllWords.Length + second.AllWords.Length];
        var writer = new PostingWriter(first.Weight + second.Weight);
        var (i, j, count) = (0, 0, 0);
        while (i < first.WordCount || j < second.WordCount)
        {
            var order = i == first.WordCount ? 1 : j == second.WordCount ? -1 : first.Word(i).SequenceCompareTo(second.Word(j));
            var word = order <= 0 ? first.Word(i) : second.Word(j);
            word.CopyTo(words.AsSpan(wordStarts[count]));
            wordStarts[count + 1] = wordStarts[count] + word.Length;
            writer.Begin();
            if (order <= 0)
            {
                var postings = first.Postings(i);
                while (order == 0 && postings.Read())
                {
                    // Only the last number matters: the gap to what follows is counted from it.
                }

                writer.Append(first.RawPostings(i), postings.Text);
                counts[count] = first.TextCount(i++);
            }

            if (order >= 0)
            {
                var postings = second.Postings(j);
                postings.Read();
                writer.Add(postings.Text + first.Texts.Length, postings.Occurrences);
                writer.Append(postings.Rest, 0);
                counts[count] += second.TextCount(j++);
            }

            postingStarts[++count] = writer.Length;
        }

        return new TextSegment(
            [.. first.Texts, .. second.Texts],
            [.. first.Lengths, .. second.Lengths],
            words.AsSpan(0, wordStarts[count]).ToArray(),
            wordStarts.AsSpan(0, count + 1).ToArray(),
            writer.ToArray(),
            postingStarts.AsSpan(0, count + 1).ToArray(),
            counts.AsSpan(0, count).ToArray(),
            first.RunningWords + second.RunningWords);
    }

    private ReadOnlySpan<byte> Word(int number) => _words.AsSpan(_wordStarts[number], _wordStarts[number + 1] - _wordStarts[number]);

    private void Count(int word, int text)
    {
        var last = _lastPosting[word];
        if (last >= 0 && _postings[last].Text == text)
        {
            _postings[last].Occurrences++;
            return;
        }

        if (PostingCount == _postings.Length)
        {
            Array.Resize(ref _postings, PostingCount * 2);
        }

        _postings[PostingCount] = new Posting { Word = word, Text = text, Occurrences = 1 };
        _lastPosting[word] = PostingCount++;
        _textCounts[word]++;
    }

    private int NumberOf(ReadOnlySpan<byte> word)
    {
        var mask = _table.Length - 1;
        for (var slot = (int)XxHash3.HashToUInt64(word, _seed) & mask; ; slot = (slot + 1) & mask)
        {
            var entry = _table[slot];
            if (entry == 0)
            {
                _table[slot] = (uint)AddWord(word) + 1;
                if (_wordCount > _table.Length / 2)
                {
                    Grow();
                }

                return _wordCount - 1;
            }

            if (Word((int)entry - 1).SequenceEqual(word))
            {
                return (int)entry - 1;
            }
        }
    }

    private int AddWord(ReadOnlySpan<byte> word)
    {
        if (_wordCount + 1 == _wordStarts.Length)
        {
            Array.Resize(ref _wordStarts, _wordStarts.Length * 2);
            Array.Resize(ref _lastPosting, _wordStarts.Length);
            Array.Resize(ref _textCounts, _wordStarts.Length);
        }

        var start = _wordStarts[_wordCount];
        if (_words.Length - start < word.Length)
        {
            Array.Resize(ref _words, Math.Max(start + word.Length, _words.Length * 2));
        }

        word.CopyTo(_words.AsSpan(start));
        _lastPosting[_wordCount] = -1;
        _wordStarts[_wordCount + 1] = start + word.Length;
        return _wordCount++;
    }

    private void Grow()
    {
        var table = new uint[_table.Length * 2];
        var mask = table.Length - 1;
        for (var number = 0; number < _wordCount; number++)
        {
            var slot = (int)XxHash3.HashToUInt64(Word(number), _seed) & mask;
            while (table[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            table[slot] = (uint)number + 1;
        }

        _table = table;
    }

    /// <summary>The words by their bytes: by the first eight as one number, the few that agree in them by the rest.</summary>
    private int[] SortedWords()
    {
        var (keys, numbers) = (new ulong[_wordCount], new int[_wordCount]);
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        for (var number = 0; number < numbers.Length; number++)
        {
            numbers[number] = number;
            var word = Word(number);
            start.Clear();
            word[..Math.Min(word.Length, start.Length)].CopyTo(start);
            keys[number] = BinaryPrimitives.ReadUInt64BigEndian(start);
        }

        Array.Sort(keys, numbers);
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                numbers.AsSpan(from, to - from).Sort((x, y) => Word(x).SequenceCompareTo(Word(y)));
            }

            from = to;
        }

        return numbers;
    }

    private struct Posting
    {
        public int Word;
        public int Text;
        public int Occurrences;
    }
}
