using System.Buffers;

namespace MuseumXtd.Store.Text;

/// <summary>The texts that a question finds, in the order of the dictionary, each with its score. To be disposed.</summary>
public sealed class TextMatches : IDisposable
{
    private uint[] _texts;
    private float[] _scores;

    internal TextMatches(int capacity)
    {
        _texts = ArrayPool<uint>.Shared.Rent(Math.Max(16, capacity));
        _scores = ArrayPool<float>.Shared.Rent(Math.Max(16, capacity));
    }

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Values of <see cref="TermId"/>; valid until disposed.</summary>
    public ReadOnlySpan<uint> Texts => _texts.AsSpan(0, Count);

    /// <summary>
    /// How well each text answers (BM25: rare words count more than common ones, short texts more than long ones; half as much again for a text with
    /// no other words). Positive; it means something in comparison with others of the same question only.
    /// </summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_texts.Length > 0)
        {
            ArrayPool<uint>.Shared.Return(_texts);
            ArrayPool<float>.Shared.Return(_scores);
            (_texts, _scores, Count) = ([], [], 0);
        }
    }

    internal void Add(uint text, float score)
    {
        if (Count == _texts.Length)
        {
            Grow(ref _texts);
            Grow(ref _scores);
        }

        _texts[Count] = text;
        _scores[Count++] = score;
    }

    private void Grow<T>(ref T[] array)
    {
        var larger = ArrayPool<T>.Shared.Rent(Count * 2);
        array.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
