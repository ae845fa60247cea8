using System.Globalization;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Cli;

/// <summary>
/// Tells which words of which notes stand behind the results of a query: behind each triple of a graph, and behind each statement between two
/// terms of a solution.
/// </summary>
internal sealed class ResultOrigins(GardenGraph? garden, Snapshot snapshot, TextWriter output)
{
    private readonly List<TermId> _constants = [];
    private HashSet<string> _shown = [];
    private bool _hasWritten;

    /// <summary>
    /// The query to ask for origins in place of another. What a SELECT leaves out, such as the subject of the statements, is kept in it, and what its
    /// patterns name is looked at too. Where solutions are joined in one, by DISTINCT or GROUP BY, they stay so.
    /// </summary>
    public Query Widened(Query query)
    {
        foreach (var constant in Constants(query.Pattern))
        {
            if (snapshot.Dictionary.TryGetId(constant.Encode(), out var id) && !_constants.Contains(id))
            {
                _constants.Add(id);
            }
        }

        if (query is not SelectQuery select)
        {
            return query;
        }

        _shown = [.. select.Variables.Select(v => v.Name)];
        return Widened(select.Pattern) is { } wide ? select with { Pattern = wide, Variables = InScope.Of(wide) } : query;
    }

    private static GraphPattern? Widened(GraphPattern pattern) => pattern switch
    {
        Slice slice when Widened(slice.Pattern) is { } wide => slice with { Pattern = wide },
        Project project => project with { Variables = InScope.Of(project.Pattern) },
        _ => null,
    };

    private static IEnumerable<Term> Constants(GraphPattern pattern) => pattern switch
    {
        BasicGraphPattern basic => basic.Triples.SelectMany(t => (PatternTerm[])[t.Subject, t.Object]).OfType<ConstantTerm>().Select(c => c.Term),
        PathPattern path => ((PatternTerm[])[path.Subject, path.Object]).OfType<ConstantTerm>().Select(c => c.Term),
        Join join => Constants(join.Left).Concat(Constants(join.Right)),
        LeftJoin join => Constants(join.Left).Concat(Constants(join.Right)),
        Union union => Constants(union.Left).Concat(Constants(union.Right)),
        Minus minus => Constants(minus.Left),
        Filter filter => Constants(filter.Pattern),
        Graph graph => Constants(graph.Pattern),
        Extend extend => Constants(extend.Pattern),
        Group group => Constants(group.Pattern),
        Project project => Constants(project.Pattern),
        Distinct distinct => Constants(distinct.Pattern),
        Reduced reduced => Constants(reduced.Pattern),
        OrderBy order => Constants(order.Pattern),
        Slice slice => Constants(slice.Pattern),
        _ => [],
    };

    public void Write(QueryResults results)
    {
        if (results is GraphResults graph)
        {
            graph.WriteTo(new Sink(this));
        }
        else if (results is SolutionResults solutions)
        {
            WriteRows(solutions);
        }
    }

    private void WriteRows(SolutionResults solutions)
    {
        var (number, silent) = (0, 0);
        while (solutions.NextBatch())
        {
            for (var row = 0; row < solutions.RowCount; row++)
            {
                var terms = new List<TermId>(_constants);
                var shown = new List<string>();
                for (var i = 0; i < solutions.Variables.Length; i++)
                {
                    if (new TermId(solutions.Column(i)[row]) is { IsBound: true } id)
                    {
                        terms.Add(id);
                        if (_shown.Contains(solutions.Variables[i].Name))
                        {
                            shown.Add($"?{solutions.Variables[i].Name}={solutions.Terms.Decode(id)}");
                        }
                    }
                }

                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{++number}: {string.Join("  ", shown)}"));
                _hasWritten = false;
                foreach (var subject in terms.Distinct())
                {
                    WriteStatements(solutions.Terms, subject, terms);
                }

                if (!_hasWritten)
                {
                    output.WriteLine("  no note says a statement between these values");
                    silent++;
                }
            }
        }

        if (silent > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{silent} of {number} rows have no words: DISTINCT, GROUP BY and subqueries hide the subject of their statements, so select it as well; and what the vocabulary and the list of places say is in no note."));
        }
    }

    private void WriteStatements(QueryTerms terms, TermId subject, List<TermId> values)
    {
        var range = snapshot.Union.Range(TripleOrder.Spo, subject);
        for (var i = 0; i < range.Count; i++)
        {
            var value = new TermId(range.Third[i]);
            if (values.Contains(value) && terms.Decode(new TermId(range.Second[i])) is Iri predicate)
            {
                Write(terms.Decode(subject), predicate, terms.Decode(value));
            }
        }
    }

    private void Write(Term subject, Iri predicate, Term value)
    {
        foreach (var origin in garden?.Origins.Of(subject, predicate, value) ?? [])
        {
            _hasWritten = true;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {OneLine.Of(origin.File)}:{origin.Line}:{origin.Column}: {origin.Words.ReplaceLineEndings(" ")}  [{subject} {predicate} {value}]"));
        }
    }

    private sealed class Sink(ResultOrigins origins) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            origins.Write(Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object));
    }
}
