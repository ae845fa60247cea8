using System.Globalization;
using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql;
using MuseumXtd.Store;

namespace MuseumXtd.Cli;

/// <summary>
/// Tells which words of which notes stand behind the results of a query: behind each triple of a graph, and behind each statement between two
/// terms of a solution.
/// </summary>
internal sealed class ResultOrigins(GardenGraph? garden, Snapshot snapshot, TextWriter output)
{
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
        var number = 0;
        while (solutions.NextBatch())
        {
            for (var row = 0; row < solutions.RowCount; row++)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{++number}:"));
                var terms = new List<TermId>();
                for (var i = 0; i < solutions.Variables.Length; i++)
                {
                    if (new TermId(solutions.Column(i)[row]) is { IsBound: true } id)
                    {
                        terms.Add(id);
                    }
                }

                foreach (var subject in terms)
                {
                    WriteStatements(solutions.Terms, subject, terms);
                }
            }
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
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {origin.File}:{origin.Line}:{origin.Column}: {origin.Words.ReplaceLineEndings(" ")}  [{subject} {predicate} {value}]"));
        }
    }

    private sealed class Sink(ResultOrigins origins) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            origins.Write(Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object));
    }
}
