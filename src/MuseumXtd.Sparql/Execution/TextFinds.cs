using System.Runtime.InteropServices;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// What a search finds in a graph: texts that are objects of its triples and, where resources are asked for, each subject with its best text. A text that is
/// a name counts three times as much as the same words in prose.
/// </summary>
internal sealed class TextFinds
{
    private const float NameWeight = 3;

    private static readonly byte[][] NameProperties =
    [
        .. new[]
        {
            "https://w3id.org/museumxtd/ns#name", "https://w3id.org/museumxtd/ns#altName", "http://www.w3.org/2000/01/rdf-schema#label",
            "http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2004/02/skos/core#altLabel", "http://xmlns.com/foaf/0.1/name",
            "http://purl.org/dc/terms/title", "http://purl.org/dc/elements/1.1/title", "https://schema.org/name", "http://schema.org/name",
        }.Select(n => new Iri(n).Encode()),
    ];

    private readonly TripleIndex _index;
    private readonly bool _ofResources;
    private readonly uint[] _names;
    private readonly Dictionary<uint, int> _places = [];
    private readonly List<Find> _finds = [];
    private Find[] _ordered = [];

    private TextFinds(TextSearch search, TripleIndex index, TermDictionary dictionary)
    {
        _index = index;
        _ofResources = search.Resource is not null;
        _names = [.. NameProperties.Select(n => dictionary.TryGetId(n, out var id) ? id.Value : 0).Where(id => id != 0)];
    }

    /// <summary>How many.</summary>
    public int Count => _ordered.Length;

    /// <summary>One of them: with a limit or a score the best first.</summary>
    public ref readonly Find this[int place] => ref _ordered[place];

    /// <summary>Runs a search.</summary>
    public static TextFinds Of(TextSearch search, TripleIndex index, QueryContext context)
    {
        var dictionary = context.Snapshot.Dictionary;
        var finds = new TextFinds(search, index, dictionary);
        if (search.Query is null || search.Limit == 0)
        {
            return finds;
        }

        // No operator does this; the budget is checked in the name of the plan's beginning.
        var seed = Seed.Unit(context);
        using var matches = dictionary.Text.Find(search.Query, context.Cancellation);
        var best = search.Limit is { } limit && matches.Count > limit ? finds.FindBest(matches, limit, seed) : finds.FindAll(matches, seed);
        if (search.Limit is not null || search.Score is not null)
        {
            finds.SortBest(best);
            best = best[..(int)Math.Min(best.Length, search.Limit ?? int.MaxValue)];
        }

        finds._ordered = best.ToArray();
        finds._finds.Clear();
        finds._places.Clear();
        return finds;
    }

    private Span<Find> FindAll(TextMatches matches, Seed seed)
    {
        _finds.EnsureCapacity(matches.Count);
        if (_ofResources)
        {
            _places.EnsureCapacity(matches.Count);
        }

        for (var i = 0; i < matches.Count; i++)
        {
            Add(matches.Texts[i], matches.Scores[i]);
            seed.Context.Check(seed, 8);
        }

        return CollectionsMarshal.AsSpan(_finds);
    }

    /// <summary>
    /// Looks at the matches from the best on, and ends where not even a name could be better than as many as are wanted. So a common word costs little
    /// more than a rare one.
    /// </summary>
    private Span<Find> FindBest(TextMatches matches, long limit, Seed seed)
    {
        var order = new ulong[matches.Count];
        for (var i = 0; i < order.Length; i++)
        {
            // Positive floats order as their bits do.
            order[i] = ((ulong)~BitConverter.SingleToUInt32Bits(matches.Scores[i]) << 32) | (uint)i;
        }

        Array.Sort(order);
        for (long from = 0, size = Math.Max(64, limit * 2); from < order.Length; from += size, size *= 2)
        {
            for (var i = from; i < Math.Min(order.Length, from + size); i++)
            {
                Add(matches.Texts[(int)(uint)order[i]], matches.Scores[(int)(uint)order[i]]);
                seed.Context.Check(seed, 8);
            }

            if (_finds.Count >= limit && from + size < order.Length)
            {
                var sorted = _finds.ToArray();
                SortBest(sorted);
                if (sorted[limit - 1].Score > matches.Scores[(int)(uint)order[from + size]] * NameWeight)
                {
                    break;
                }
            }
        }

        return CollectionsMarshal.AsSpan(_finds);
    }

    /// <summary>The best first, and among equals the term that was learnt first.</summary>
    private void SortBest(Span<Find> finds)
    {
        var keys = new ulong[finds.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)~BitConverter.SingleToUInt32Bits(finds[i].Score) << 32) | (_ofResources ? finds[i].Resource : finds[i].Text);
        }

        keys.AsSpan().Sort(finds);
    }

    private void Add(uint text, float score)
    {
        var triples = _index.Range(TripleOrder.Osp, new TermId(text));
        if (!_ofResources)
        {
            if (!triples.IsEmpty)
            {
                _finds.Add(new Find(0, text, 0, triples.Third.ContainsAny(_names) ? score * NameWeight : score));
            }

            return;
        }

        for (var i = 0; i < triples.Count; i++)
        {
            var property = triples.Third[i];
            var find = new Find(triples.Second[i], text, property, _names.AsSpan().Contains(property) ? score * NameWeight : score);
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, find.Resource, out var isThere);
            if (!isThere)
            {
                place = _finds.Count;
                _finds.Add(find);
            }
            else if (find.IsBetterThan(_finds[place]))
            {
                _finds[place] = find;
            }
        }
    }

    /// <summary>A resource with the text that it was found by, or a text alone.</summary>
    public readonly record struct Find(uint Resource, uint Text, uint Property, float Score)
    {
        /// <summary>Whether this is the one of two of the same resource that is told.</summary>
        public bool IsBetterThan(Find other) =>
            Score != other.Score ? Score > other.Score : Text != other.Text ? Text < other.Text : Property < other.Property;
    }
}
