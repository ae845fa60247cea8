using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Vocabulary;

namespace MuseumXtd.Shacl.Shapes;

/// <summary>A shapes graph to read shapes from: what is said of a node, in the order of the document.</summary>
internal sealed class ShapesGraph
{
    private readonly Dictionary<Term, List<(Iri Predicate, Term Object)>> _bySubject = [];
    private readonly Dictionary<(Iri Predicate, Term Object), List<Term>> _subjects = [];

    public ShapesGraph(Dataset dataset)
    {
        Dataset = dataset;
        foreach (var quad in dataset)
        {
            Add(_bySubject, quad.Subject, (quad.Predicate, quad.Object));
            Add(_subjects, (quad.Predicate, quad.Object), quad.Subject);
        }
    }

    public Dataset Dataset { get; }

    public IEnumerable<Term> Nodes => _bySubject.Keys;

    public IReadOnlyList<(Iri Predicate, Term Object)> Of(Term node) => _bySubject.GetValueOrDefault(node) ?? [];

    public IEnumerable<Term> Objects(Term node, Iri predicate)
    {
        foreach (var (p, o) in Of(node))
        {
            if (p == predicate)
            {
                yield return o;
            }
        }
    }

    public IReadOnlyList<Term> Subjects(Iri predicate, Term @object) => _subjects.GetValueOrDefault((predicate, @object)) ?? [];

    /// <summary>The one value of a property, or null.</summary>
    /// <exception cref="ShapesException">There are several.</exception>
    public Term? Single(Term node, Iri predicate)
    {
        Term? found = null;
        foreach (var value in Objects(node, predicate))
        {
            if (found is not null)
            {
                throw new ShapesException(node, $"{Short(predicate)} has more than one value.");
            }

            found = value;
        }

        return found;
    }

    /// <summary>The items of a list.</summary>
    /// <exception cref="ShapesException">It is no well-formed list (SHACL, section 2.1: SHACL lists).</exception>
    public List<Term> Items(Term list, Term owner, Iri predicate)
    {
        var items = new List<Term>();
        var seen = new HashSet<Term>();
        for (var cell = list; cell != RdfNames.Nil;)
        {
            var first = Objects(cell, RdfNames.First).ToList();
            var rest = Objects(cell, RdfNames.Rest).ToList();
            if (first.Count != 1 || rest.Count != 1 || !seen.Add(cell))
            {
                throw new ShapesException(owner, $"the value of {Short(predicate)} is no well-formed list.");
            }

            items.Add(first[0]);
            cell = rest[0];
        }

        return items;
    }

    /// <summary>Whether a node is an instance of a class or of one of its subclasses (SHACL, section 1.1: SHACL instance).</summary>
    public bool IsInstance(Term node, Iri type) => Objects(node, RdfNames.Type).Any(t => IsSubclass(t, type, []));

    /// <summary>A name of SHACL's as people write it.</summary>
    public static string Short(Iri name) =>
        name.Value.StartsWith(Sh.Namespace, StringComparison.Ordinal) ? "sh:" + name.Value[Sh.Namespace.Length..] : name.ToString();

    private bool IsSubclass(Term type, Iri of, HashSet<Term> seen)
    {
        var waiting = new Stack<Term>([type]);
        while (waiting.TryPop(out var next))
        {
            if (next == of)
            {
                return true;
            }

            if (seen.Add(next))
            {
                foreach (var above in Objects(next, Sh.SubClassOf))
                {
                    waiting.Push(above);
                }
            }
        }

        return false;
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
