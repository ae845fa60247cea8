using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>A default graph and named graphs (section 13), as plain lists of triples without duplicates.</summary>
internal sealed record ReferenceDataset(
    IReadOnlyList<(Term Subject, Term Predicate, Term Object)> Default,
    IReadOnlyDictionary<Term, IReadOnlyList<(Term Subject, Term Predicate, Term Object)>> Named)
{
    /// <summary>What a snapshot holds, with the names that its blank nodes have there, as a query sees it.</summary>
    public static ReferenceDataset Of(Snapshot snapshot, DatasetClause? clause, DefaultGraphMode mode)
    {
        var named = new Dictionary<Term, IReadOnlyList<(Term, Term, Term)>>();
        foreach (var id in snapshot.GraphNames)
        {
            snapshot.TryGetGraph(new TermId(id), out var index);
            named.Add(Decode(snapshot, new TermId(id)), Triples(snapshot, index));
        }

        var own = Triples(snapshot, snapshot.DefaultGraph);
        if (clause is not null)
        {
            return new ReferenceDataset(
                [.. clause.Default.SelectMany(name => named.GetValueOrDefault(name) ?? []).Distinct()],
                named.Where(g => clause.Named.Any(name => name.Equals(g.Key))).ToDictionary());
        }

        return new ReferenceDataset(mode == DefaultGraphMode.Own ? own : [.. own.Concat(named.Values.SelectMany(g => g)).Distinct()], named);
    }

    private static List<(Term, Term, Term)> Triples(Snapshot snapshot, TripleIndex index)
    {
        var keys = index.Keys(TripleOrder.Spo);
        var starts = index.Starts(TripleOrder.Spo);
        var all = index.All(TripleOrder.Spo);
        var triples = new List<(Term, Term, Term)>();
        for (var key = 0; key < keys.Length; key++)
        {
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                triples.Add((
                    Decode(snapshot, new TermId(keys[key])), Decode(snapshot, new TermId(all.Second[row])), Decode(snapshot, new TermId(all.Third[row]))));
            }
        }

        return triples;
    }

    private static Term Decode(Snapshot snapshot, TermId id)
    {
        using var scratch = new ByteBuffer();
        return Term.Decode(snapshot.Dictionary.Encoded(id, scratch));
    }
}
