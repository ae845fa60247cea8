using System.Collections.Immutable;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Store.Text;

/// <summary>One run of a question over the segments of an index.</summary>
internal sealed class TextSearch
{
    // The usual constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, section 3.4).
    private const float Saturation = 1.2f;
    private const float LengthShare = 0.75f;
    private const float WholeText = 1.5f;

    private readonly TextSegment[] _segments;
    private readonly TermDictionary _dictionary;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<WordsInOrder, Wanted> _wanted = [];
    private readonly float _averageLength;

    private TextSearch(TextSegment[] segments, TermDictionary dictionary, CancellationToken cancellation)
    {
        _segments = segments;
        _dictionary = dictionary;
        _cancellation = cancellation;
        var texts = segments.Sum(s => (long)s.Texts.Length);
        _averageLength = texts == 0 ? 1 : Math.Max(1, segments.Sum(s => s.RunningWords) / (float)texts);
    }

    public static TextMatches Run(TextQuery query, TextSegment[] segments, TermDictionary dictionary, CancellationToken cancellation)
    {
        var search = new TextSearch(segments, dictionary, cancellation);
        var matches = new TextMatches(16);
        var words = query.Wanted().Sum(w => w.Words.Length);
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            using var hits = search.Evaluate(query, segment);
            for (var j = 0; j < hits.Count; j++)
            {
                var text = hits.Texts[j];
                matches.Add(segment.Texts[text], hits.Scores[j] * (segment.Lengths[text] == words ? WholeText : 1));
            }
        }

        return matches;
    }

    private HitList Evaluate(TextQuery query, TextSegment segment)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (query)
        {
            case WordsInOrder words:
                return EvaluateWords(words, segment);
            case AllOf all:
                var wanted = all.Parts.Where(p => p is not NoneOf).ToList();
                return Without(wanted.Count == 0 ? Everything(segment) : EvaluateAll(wanted, segment), all.Parts.OfType<NoneOf>(), segment);
            case AnyOf any:
                var sum = new HitList(segment);
                foreach (var part in any.Parts)
                {
                    using var hits = Evaluate(part, segment);
                    sum.AddAll(hits);
                }

                return sum.Settle();
            case NoneOf none:
                return Without(Everything(segment), [none], segment);
            default:
                throw new ArgumentException($"Unknown question {query.GetType().Name}.", nameof(query));
        }
    }

    private HitList EvaluateAll(List<TextQuery> parts, TextSegment segment)
    {
        HitList? result = null;
        foreach (var part in parts.OrderBy(p => p is WordsInOrder words ? Of(words).Rarest : double.MaxValue))
        {
            var hits = Evaluate(part, segment);
            if (result is null)
            {
                result = hits;
            }
            else
            {
                result.Keep(hits, whereThere: true);
                hits.Dispose();
            }

            if (result.Count == 0)
            {
                break;
            }
        }

        return result!;
    }

    private HitList Without(HitList hits, IEnumerable<NoneOf> unwanted, TextSegment segment)
    {
        foreach (var none in unwanted)
        {
            using var excluded = Evaluate(none.Part, segment);
            hits.Keep(excluded, whereThere: false);
        }

        return hits;
    }

    private static HitList Everything(TextSegment segment)
    {
        var hits = new HitList(segment);
        for (var text = 0; text < segment.Texts.Length; text++)
        {
            hits.Add(text, 1);
        }

        return hits;
    }

    private HitList EvaluateWords(WordsInOrder words, TextSegment segment)
    {
        var wanted = Of(words);
        HitList? result = null;
        foreach (var i in wanted.RarestFirst)
        {
            var hits = TextsWith(segment.Find(wanted.Words[i], wanted.IsPrefix(i)), wanted.Weights[i], segment);
            if (result is null)
            {
                result = hits;
            }
            else
            {
                result.Keep(hits, whereThere: true);
                hits.Dispose();
            }

            if (result.Count == 0)
            {
                break;
            }
        }

        if (wanted.Words.Length > 1)
        {
            using var scratch = new ByteBuffer();
            result!.Keep(text =>
            {
                _cancellation.ThrowIfCancellationRequested();
                return wanted.FollowEachOther(new EncodedTerm(_dictionary.Encoded(new TermId(segment.Texts[text]), scratch)).LexicalForm);
            });
        }

        return result!;
    }

    private HitList TextsWith((int From, int To) words, float weight, TextSegment segment)
    {
        var hits = new HitList(segment);
        for (var word = words.From; word < words.To; word++)
        {
            var postings = segment.Postings(word);
            while (postings.Read())
            {
                var length = 1 - LengthShare + (LengthShare * segment.Lengths[postings.Text] / _averageLength);
                hits.Add(postings.Text, weight * postings.Occurrences * (Saturation + 1) / (postings.Occurrences + (Saturation * length)));
            }
        }

        return hits.Settle();
    }

    private Wanted Of(WordsInOrder words)
    {
        if (!_wanted.TryGetValue(words, out var wanted))
        {
            wanted = new Wanted(words, _segments);
            _wanted.Add(words, wanted);
        }

        return wanted;
    }

    /// <summary>Words as bytes, with how rare each is.</summary>
    private sealed class Wanted
    {
        private readonly bool _isPrefix;
        private readonly int[] _fallBack;

        public Wanted(WordsInOrder query, TextSegment[] segments)
        {
            _isPrefix = query.IsPrefix;
            Words = [.. query.Words.Select(Encoding.UTF8.GetBytes)];
            Weights = new float[Words.Length];
            var counts = new double[Words.Length];
            var all = segments.Sum(s => (double)s.Texts.Length);
            for (var i = 0; i < Words.Length; i++)
            {
                foreach (var segment in segments)
                {
                    var (from, to) = segment.Find(Words[i], IsPrefix(i));
                    for (var word = from; word < to; word++)
                    {
                        counts[i] += segment.TextCount(word);
                    }
                }

                counts[i] = Math.Min(counts[i], all);
                Weights[i] = (float)Math.Log(1 + ((all - counts[i] + 0.5) / (counts[i] + 0.5)));
            }

            RarestFirst = [.. Enumerable.Range(0, Words.Length).OrderBy(i => counts[i])];
            Rarest = counts.Min();
            _fallBack = FallBack(Words);
        }

        public byte[][] Words { get; }

        public float[] Weights { get; }

        public ImmutableArray<int> RarestFirst { get; }

        public double Rarest { get; }

        public bool IsPrefix(int word) => _isPrefix && word == Words.Length - 1;

        /// <summary>Whether a text has the words one after another: the search of Knuth, Morris and Pratt, with words for letters.</summary>
        public bool FollowEachOther(ReadOnlySpan<byte> text)
        {
            var matched = 0;
            var reader = new WordReader(text);
            while (reader.Read() && matched < Words.Length)
            {
                while (matched > 0 && !Matches(reader.Word, matched))
                {
                    matched = _fallBack[matched];
                }

                matched += Matches(reader.Word, matched) ? 1 : 0;
            }

            reader.Dispose();
            return matched == Words.Length;
        }

        private bool Matches(ReadOnlySpan<byte> word, int place) =>
            IsPrefix(place) ? word.StartsWith(Words[place]) : word.SequenceEqual(Words[place]);

        private static int[] FallBack(byte[][] words)
        {
            var result = new int[words.Length];
            for (int i = 1, matched = 0; i + 1 < words.Length; i++)
            {
                while (matched > 0 && !words[i].AsSpan().SequenceEqual(words[matched]))
                {
                    matched = result[matched];
                }

                matched += words[i].AsSpan().SequenceEqual(words[matched]) ? 1 : 0;
                result[i + 1] = matched;
            }

            return result;
        }
    }
}
