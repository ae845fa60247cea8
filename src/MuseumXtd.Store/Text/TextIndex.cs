using MuseumXtd.Rdf;

namespace MuseumXtd.Store.Text;

/// <summary>
/// The words of all plain and language-tagged strings of a dictionary, to find texts by words whatever their case and accents. It follows the
/// dictionary: what was added since is taken in when something is looked for. Since a dictionary never forgets, it may find texts that no
/// triple of a snapshot has any more: whoever asks keeps those that its snapshot holds. Safe for any number of threads; writers of the
/// store never wait for it.
/// </summary>
/// <remarks>
/// Segments, each of a range of the dictionary, every one at least twice as large as the next: new texts become a small segment, and segments of like
/// size are merged, large ones in the background. So a saved note costs what its own words cost.
/// </remarks>
public sealed class TextIndex
{
    private const int PostingsAtOnce = 1 << 20;
    private const int LargeMerge = 1 << 16;

    // A guess, and what a posting takes while it is sorted by words.
    private const int PostingsOfText = 8;
    private const int BytesOfPosting = 32;

    private readonly TermDictionary _dictionary;
    private readonly Lock _growing = new();
    private TextSegment[] _segments = [];
    private int _covered;
    private bool _isMerging;
    private long _noMergeBefore = long.MinValue;

    internal TextIndex(TermDictionary dictionary) => _dictionary = dictionary;

    /// <summary>How many texts it holds.</summary>
    public int TextCount => Segments.Sum(s => s.Texts.Length);

    /// <summary>The bytes that it takes.</summary>
    public long Bytes => Segments.Sum(s => s.Bytes);

    /// <summary>Whether it holds every string that the dictionary has now, so that nothing needs to be read before it answers.</summary>
    public bool IsComplete => Volatile.Read(ref _covered) == _dictionary.Count;

    internal TextSegment[] Segments => Volatile.Read(ref _segments);

    /// <summary>Makes one segment of two.</summary>
    internal Func<TextSegment, TextSegment, TextSegment> Merge { get; set; } = TextSegmentBuilder.Merge;

    /// <summary>How long a merge that found no memory is not tried again.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Takes in what the dictionary has learnt since: right after a load, before somebody has to wait for it.</summary>
    /// <exception cref="StoreFullException">There is no room; what was taken in stays.</exception>
    public void CatchUp(CancellationToken cancellation = default)
    {
        if (IsComplete)
        {
            return;
        }

        while (!_growing.TryEnter(TimeSpan.FromMilliseconds(20)))
        {
            // Another reader takes in what is new, perhaps all of a load; whoever waits for it may give up.
            cancellation.ThrowIfCancellationRequested();
        }

        try
        {
            for (var end = _dictionary.Count; _covered < end;)
            {
                cancellation.ThrowIfCancellationRequested();
                _dictionary.Room?.Invoke(Math.Min((end - (long)_covered) * PostingsOfText, PostingsAtOnce) * BytesOfPosting);
                var (segment, next) = Read(_covered, end);
                if (segment.Texts.Length > 0)
                {
                    Publish([.. _segments, segment]);
                }

                Volatile.Write(ref _covered, next);
                BeginLargeMerge();
            }
        }
        finally
        {
            _growing.Exit();
        }
    }

    /// <summary>The texts that a question asks for, with the best first among equals of its own measure: <see cref="TextMatches.Scores"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="StoreFullException">There is no room to take in what is new.</exception>
    public TextMatches Find(TextQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        CatchUp(cancellation);
        return TextSearch.Run(query, Segments, _dictionary, cancellation);
    }

    /// <summary>
    /// The plain and language-tagged strings that may contain a part of text, whatever their case and accents; every other one does not. Null where that is no
    /// help: most texts are candidates, the part has no letters and digits, or there is no room to take in what is new.
    /// </summary>
    public TextCandidates? Candidates(string part, CancellationToken cancellation = default)
    {
        try
        {
            CatchUp(cancellation);
        }
        catch (StoreFullException)
        {
            // Whoever asks looks at all texts, as without an index.
            return null;
        }

        var terms = Volatile.Read(ref _covered);
        return TextCandidates.Of(part, Segments, terms, cancellation);
    }

    /// <summary>
    /// What was asked with each word that no text has replaced by the most common one that is spelt most alike; null when there is none. It looks at all words:
    /// for when nothing was found.
    /// </summary>
    public string? Suggest(string text, CancellationToken cancellation = default)
    {
        CatchUp(cancellation);
        const int Many = 8;
        var words = TextQuery.FoldedWords(text);
        var replaced = words.Length > Many ? [] : words.Select(w => WordSuggestions.For(w, Segments, cancellation) ?? w).ToList();
        return words.SequenceEqual(replaced) || replaced.Count == 0 ? null : string.Join(' ', replaced);
    }

    /// <summary>What it holds of the first terms, for a dictionary of these.</summary>
    internal TextIndex First(TermDictionary dictionary, int count)
    {
        lock (_growing)
        {
            var segments = _segments.TakeWhile(s => new TermId(s.Texts[^1]).Payload < count).ToArray();
            var covered = segments.Length == _segments.Length ? Math.Min(_covered, count)
                : segments.Length == 0 ? 0
                : (int)new TermId(segments[^1].Texts[^1]).Payload + 1;
            return new TextIndex(dictionary) { _segments = segments, _covered = covered, Merge = Merge, Patience = Patience };
        }
    }

    private (TextSegment Segment, int Next) Read(int from, int to)
    {
        var builder = new TextSegmentBuilder();
        var next = from;
        for (; next < to && builder.PostingCount < PostingsAtOnce; next++)
        {
            var encoded = _dictionary.TermAt((uint)next);
            if (encoded[0] == (byte)'"' && TermDictionary.Classify(encoded) is (TermTag.String or TermTag.LangString) and var tag)
            {
                builder.Add(TermId.Of(tag, (uint)next), new EncodedTerm(encoded).LexicalForm);
            }
        }

        return (builder.ToSegment(), next);
    }

    /// <summary>Publishes segments; the last ones are merged first while they are of like size, unless they are large. Within the lock.</summary>
    private void Publish(TextSegment[] segments)
    {
        while (segments is [.., var first, var second] && AreAlike(first, second) && !IsLarge(first, second))
        {
            segments = [.. segments[..^2], Merge(first, second)];
        }

        Volatile.Write(ref _segments, segments);
    }

    /// <summary>Has two large segments of like size merged in the background, where there are some: the last, also when an earlier try failed. Within the lock.</summary>
    private void BeginLargeMerge()
    {
        if (_isMerging || Environment.TickCount64 < _noMergeBefore)
        {
            return;
        }

        for (var i = _segments.Length - 2; i >= 0; i--)
        {
            var (first, second) = (_segments[i], _segments[i + 1]);
            if (AreAlike(first, second) && IsLarge(first, second))
            {
                _ = Task.Run(() => MergeLarge(first, second));
                _isMerging = true;
                return;
            }
        }
    }

    private void MergeLarge(TextSegment first, TextSegment second)
    {
        TextSegment? merged = null;
        try
        {
            _dictionary.Room?.Invoke(first.Bytes + second.Bytes);
            merged = Merge(first, second);
        }
        catch (Exception e) when (e is OutOfMemoryException or StoreFullException)
        {
            // Questions are answered from both as well; there may be room for one later.
        }

        lock (_growing)
        {
            _isMerging = false;
            if (merged is null)
            {
                _noMergeBefore = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
                return;
            }

            var at = Array.IndexOf(_segments, first);

            // Meanwhile the second may have become part of another.
            if (at >= 0 && at + 1 < _segments.Length && _segments[at + 1] == second)
            {
                Publish([.. _segments[..at], merged, .. _segments[(at + 2)..]]);
            }

            BeginLargeMerge();
        }
    }

    private static bool AreAlike(TextSegment first, TextSegment second) => first.Weight < 2 * second.Weight;

    private static bool IsLarge(TextSegment first, TextSegment second) => first.Weight + second.Weight > LargeMerge;
}
