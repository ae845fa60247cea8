using System.Buffers;

namespace MuseumXtd.Store.Text;

/// <summary>Texts of a segment by their numbers, ascending, each with a score. It adds up what is added to the same text.</summary>
internal sealed class HitList(TextSegment segment) : IDisposable
{
    private int[] _texts = ArrayPool<int>.Shared.Rent(64);
    private float[] _scores = ArrayPool<float>.Shared.Rent(64);
    private float[]? _sums;
    private int _count;
    private bool _isSorted = true;

    /// <summary>How many texts; after <see cref="Settle"/>.</summary>
    public int Count => _count;

    public ReadOnlySpan<int> Texts => _texts.AsSpan(0, _count);

    public Span<float> Scores => _scores.AsSpan(0, _count);

    /// <summary>Adds to the score of a text.</summary>
    public void Add(int text, float score)
    {
        if (_sums is not null)
        {
            _sums[text] += score;
            return;
        }

        if (_count == Math.Min(_texts.Length, _scores.Length))
        {
            Grow(ref _texts);
            Grow(ref _scores);
        }

        _isSorted &= _count == 0 || _texts[_count - 1] < text;
        _texts[_count] = text;
        _scores[_count++] = score;

        // Many in disorder are added up in place of being sorted.
        const int ShareOfAll = 16;
        if (!_isSorted && _count > segment.Texts.Length / ShareOfAll)
        {
            _sums = ArrayPool<float>.Shared.Rent(segment.Texts.Length);
            _sums.AsSpan(0, segment.Texts.Length).Clear();
            for (var i = 0; i < _count; i++)
            {
                _sums[_texts[i]] += _scores[i];
            }
        }
    }

    /// <summary>Adds all of another list.</summary>
    public void AddAll(HitList other)
    {
        for (var i = 0; i < other._count; i++)
        {
            Add(other._texts[i], other._scores[i]);
        }
    }

    /// <summary>Ends adding: texts are in order, each once.</summary>
    public HitList Settle()
    {
        if (_sums is { } sums)
        {
            _sums = null;
            _isSorted = true;
            _count = 0;
            for (var text = 0; text < segment.Texts.Length; text++)
            {
                if (sums[text] > 0)
                {
                    Add(text, sums[text]);
                }
            }

            ArrayPool<float>.Shared.Return(sums);
        }
        else if (!_isSorted)
        {
            _texts.AsSpan(0, _count).Sort(_scores.AsSpan(0, _count));
            var last = -1;
            for (var i = 0; i < _count; i++)
            {
                if (last >= 0 && _texts[last] == _texts[i])
                {
                    _scores[last] += _scores[i];
                }
                else
                {
                    last++;
                    (_texts[last], _scores[last]) = (_texts[i], _scores[i]);
                }
            }

            _count = last + 1;
            _isSorted = true;
        }

        return this;
    }

    /// <summary>Keeps the texts that another list has too, or those that it has not. Scores add up.</summary>
    public void Keep(HitList other, bool whereThere)
    {
        var (kept, j) = (0, 0);
        for (var i = 0; i < _count; i++)
        {
            // The other list may be much longer: leap.
            for (var step = 1; j < other._count && other._texts[j] < _texts[i]; step *= 2)
            {
                if (j + step >= other._count || other._texts[j + step] >= _texts[i])
                {
                    var found = other._texts.AsSpan(j, Math.Min(step, other._count - j)).BinarySearch(_texts[i]);
                    j += found < 0 ? ~found : found;
                    break;
                }

                j += step;
            }

            var isThere = j < other._count && other._texts[j] == _texts[i];
            if (isThere == whereThere)
            {
                (_texts[kept], _scores[kept]) = (_texts[i], _scores[i] + (isThere ? other._scores[j] : 0));
                kept++;
            }
        }

        _count = kept;
    }

    /// <summary>Keeps the texts that pass a test.</summary>
    public void Keep(Func<int, bool> test)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (test(_texts[i]))
            {
                (_texts[kept], _scores[kept]) = (_texts[i], _scores[i]);
                kept++;
            }
        }

        _count = kept;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_texts);
        ArrayPool<float>.Shared.Return(_scores);
        if (_sums is not null)
        {
            ArrayPool<float>.Shared.Return(_sums);
        }

        (_texts, _scores, _sums, _count) = ([], [], null, 0);
    }

    private void Grow<T>(ref T[] array)
    {
        var larger = ArrayPool<T>.Shared.Rent(_count * 2);
        array.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
