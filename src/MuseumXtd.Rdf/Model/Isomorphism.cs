namespace MuseumXtd.Rdf.Model;

/// <summary>
/// Whether two datasets are the same but for the names of their blank nodes (RDF 1.1 Concepts, section 3.6). Colours of blank nodes are
/// refined by what surrounds them; where colours remain shared, a node is fixed and the rest tried, with back-tracking.
/// </summary>
public static class Isomorphism
{
    /// <summary>Whether the datasets are isomorphic.</summary>
    public static bool AreIsomorphic(IReadOnlyCollection<Quad> left, IReadOnlyCollection<Quad> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        var leftRest = left.Where(HasBlankNode).ToList();
        var rightRest = right.Where(HasBlankNode).ToList();
        var rightGround = right.Where(q => !HasBlankNode(q)).ToHashSet();
        return leftRest.Count == rightRest.Count
            && left.Where(q => !HasBlankNode(q)).All(rightGround.Contains)
            && Match(leftRest, rightRest, [], []);
    }

    private static bool Match(
        List<Quad> left, List<Quad> right, Dictionary<BlankNode, ulong> leftFixed, Dictionary<BlankNode, ulong> rightFixed)
    {
        var leftColours = Refine(left, leftFixed);
        var rightColours = Refine(right, rightFixed);
        var leftClasses = leftColours.GroupBy(c => c.Value, c => c.Key).ToDictionary(g => g.Key, g => g.ToList());
        var rightClasses = rightColours.GroupBy(c => c.Value, c => c.Key).ToDictionary(g => g.Key, g => g.ToList());
        if (leftClasses.Count != rightClasses.Count
            || leftClasses.Any(c => !rightClasses.TryGetValue(c.Key, out var other) || other.Count != c.Value.Count))
        {
            return false;
        }

        var shared = leftClasses.Where(c => c.Value.Count > 1).OrderBy(c => c.Value.Count).ThenBy(c => c.Key).FirstOrDefault();
        if (shared.Value is null)
        {
            var mapping = leftClasses.ToDictionary(c => c.Value[0], c => rightClasses[c.Key][0]);
            var target = right.ToHashSet();
            return left.All(q => target.Contains(Rename(q, mapping)));
        }

        var mark = Mix((ulong)leftFixed.Count + 1, 0x9E3779B97F4A7C15);
        var leftNext = new Dictionary<BlankNode, ulong>(leftFixed) { [shared.Value[0]] = mark };
        return rightClasses[shared.Key].Any(
            candidate => Match(left, right, leftNext, new Dictionary<BlankNode, ulong>(rightFixed) { [candidate] = mark }));
    }

    private static Dictionary<BlankNode, ulong> Refine(List<Quad> quads, Dictionary<BlankNode, ulong> start)
    {
        var colours = new Dictionary<BlankNode, ulong>();
        foreach (var node in quads.SelectMany(q => NodesOf(q)))
        {
            colours[node] = start.GetValueOrDefault(node, 1UL);
        }

        var classes = 0;
        while (true)
        {
            var next = colours.ToDictionary(c => c.Key, c => Mix(c.Value, 17));
            foreach (var quad in quads)
            {
                var parts = (Span<ulong>)[Hash(quad.Subject, colours), Hash(quad.Predicate, colours), Hash(quad.Object, colours), quad.Graph is null ? 3 : Hash(quad.Graph, colours)];
                var statement = Mix(Mix(Mix(parts[0], parts[1]), parts[2]), parts[3]);
                AddTo(next, quad.Subject, Mix(statement, 101));
                AddTo(next, quad.Object, Mix(statement, 103));
                if (quad.Graph is not null)
                {
                    AddTo(next, quad.Graph, Mix(statement, 107));
                }
            }

            var count = next.Values.Distinct().Count();
            colours = next;
            if (count == classes || count == colours.Count)
            {
                return colours;
            }

            classes = count;
        }
    }

    /// <summary>Sums of hashes do not depend on the order of the statements.</summary>
    private static void AddTo(Dictionary<BlankNode, ulong> colours, Term term, ulong hash)
    {
        switch (term)
        {
            case BlankNode node:
                colours[node] += hash;
                break;
            case TripleTerm triple:
                AddTo(colours, triple.Subject, Mix(hash, 211));
                AddTo(colours, triple.Object, Mix(hash, 223));
                break;
            default:
                break;
        }
    }

    private static ulong Hash(Term term, Dictionary<BlankNode, ulong> colours) => term switch
    {
        BlankNode node => colours[node],
        TripleTerm triple => Mix(Mix(Hash(triple.Subject, colours), Hash(triple.Predicate, colours)), Hash(triple.Object, colours)),
        _ => (ulong)(uint)term.GetHashCode() | 0x100000000UL,
    };

    private static ulong Mix(ulong a, ulong b)
    {
        var x = (a ^ (b * 0xBF58476D1CE4E5B9UL)) + 0x94D049BB133111EBUL;
        x ^= x >> 31;
        x *= 0xD6E8FEB86659FD93UL;
        return x ^ (x >> 32);
    }

    private static IEnumerable<BlankNode> NodesOf(Quad quad) =>
        NodesOf(quad.Subject).Concat(NodesOf(quad.Object)).Concat(quad.Graph is null ? [] : NodesOf(quad.Graph));

    private static IEnumerable<BlankNode> NodesOf(Term term) => term switch
    {
        BlankNode node => [node],
        TripleTerm triple => NodesOf(triple.Subject).Concat(NodesOf(triple.Object)),
        _ => [],
    };

    private static bool HasBlankNode(Quad quad) => NodesOf(quad).Any();

    private static Quad Rename(Quad quad, Dictionary<BlankNode, BlankNode> mapping) => new(
        Rename(quad.Subject, mapping), quad.Predicate, Rename(quad.Object, mapping), quad.Graph is null ? null : Rename(quad.Graph, mapping));

    private static Term Rename(Term term, Dictionary<BlankNode, BlankNode> mapping) => term switch
    {
        BlankNode node => mapping[node],
        TripleTerm triple => new TripleTerm(Rename(triple.Subject, mapping), triple.Predicate, Rename(triple.Object, mapping)),
        _ => term,
    };
}
