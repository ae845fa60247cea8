using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>Property paths, straight from section 18.4: every definition tells which pairs of ends there are, and how often.</summary>
internal sealed class ReferencePaths(IReadOnlyList<(Term Subject, Term Predicate, Term Object)> graph)
{
    private readonly List<Term> _nodes = [.. graph.SelectMany(t => new[] { t.Subject, t.Object }).Distinct()];

    /// <summary>The pairs that a path joins; null ends are variables.</summary>
    public List<(Term Subject, Term Object)> Pairs(Term? subject, PropertyPath path, Term? @object) => path switch
    {
        LinkPath link => Matches(subject, p => p.Equals(link.Predicate), @object),
        InversePath inverse => Turn(Pairs(@object, inverse.Path, subject)),
        SequencePath sequence => Sequence(subject, sequence, @object),
        AlternativePath alternative => [.. Pairs(subject, alternative.Left, @object), .. Pairs(subject, alternative.Right, @object)],
        ZeroOrOnePath optional => [.. ZeroLength(subject, @object).Concat(Pairs(subject, optional.Path, @object)).Distinct()],
        ZeroOrMorePath closure => Closure(subject, @object, node => ZeroOrMore(node, closure.Path), node => ZeroOrMore(node, new InversePath(closure.Path))),
        OneOrMorePath closure => Closure(subject, @object, node => OneOrMore(node, closure.Path), node => OneOrMore(node, new InversePath(closure.Path))),
        NegatedPropertySet negated => Negated(subject, negated, @object),
        _ => throw new ArgumentException($"Unknown path {path.GetType().Name}.", nameof(path)),
    };

    private static List<(Term Subject, Term Object)> Turn(List<(Term Subject, Term Object)> pairs) => pairs.ConvertAll(p => (p.Object, p.Subject));

    private List<(Term, Term)> Matches(Term? subject, Func<Term, bool> predicate, Term? @object) =>
    [
        .. graph.Where(t => predicate(t.Predicate) && (subject is null || t.Subject == subject) && (@object is null || t.Object == @object))
            .Select(t => (t.Subject, t.Object)),
    ];

    /// <summary>A join of two patterns over a fresh variable.</summary>
    private List<(Term, Term)> Sequence(Term? subject, SequencePath sequence, Term? @object)
    {
        var left = Pairs(subject, sequence.Left, null);
        var right = Pairs(null, sequence.Right, @object);
        return [.. from l in left from r in right where l.Object == r.Subject select (l.Subject, r.Object)];
    }

    private List<(Term, Term)> ZeroLength(Term? subject, Term? @object) => (subject, @object) switch
    {
        (null, null) => _nodes.ConvertAll(n => (n, n)),
        (null, { } o) => [(o, o)],
        ({ } s, null) => [(s, s)],
        ({ } s, { } o) => s == o ? [(s, o)] : [],
    };

    private List<(Term, Term)> Closure(Term? subject, Term? @object, Func<Term, IEnumerable<Term>> from, Func<Term, IEnumerable<Term>> to) =>
        subject is not null ? [.. from(subject).Where(end => @object is null || end == @object).Select(end => (subject, end))]
        : @object is not null ? [.. to(@object).Select(start => (start, @object))]
        : [.. _nodes.SelectMany(start => from(start).Select(end => (start, end)))];

    private HashSet<Term> ZeroOrMore(Term node, PropertyPath path)
    {
        var visited = new HashSet<Term>();
        Alp(node, path, visited);
        return visited;
    }

    private HashSet<Term> OneOrMore(Term node, PropertyPath path)
    {
        var visited = new HashSet<Term>();
        foreach (var (_, next) in Pairs(node, path, null))
        {
            Alp(next, path, visited);
        }

        return visited;
    }

    /// <summary>The function ALP of section 18.4.</summary>
    private void Alp(Term node, PropertyPath path, HashSet<Term> visited)
    {
        if (visited.Add(node))
        {
            foreach (var (_, next) in Pairs(node, path, null))
            {
                Alp(next, path, visited);
            }
        }
    }

    /// <summary>Section 18.2.2.1: forward and inverse ones are alternatives; without inverse ones there is the forward part only.</summary>
    private List<(Term, Term)> Negated(Term? subject, NegatedPropertySet negated, Term? @object)
    {
        var forward = negated.Forward.IsEmpty && !negated.Backward.IsEmpty ? [] : Matches(subject, p => !negated.Forward.Contains((Iri)p), @object);
        var backward = negated.Backward.IsEmpty ? [] : Turn(Matches(@object, p => !negated.Backward.Contains((Iri)p), subject));
        return [.. forward, .. backward];
    }
}
