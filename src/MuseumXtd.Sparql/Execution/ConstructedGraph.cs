using System.Collections.Immutable;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// The triples of a CONSTRUCT (SPARQL 1.1 Query, section 16.2): the template for each solution, with fresh blank nodes, without triples
/// that are none, each once.
/// </summary>
internal sealed class ConstructedGraph(QueryContext context, Operator plan, ImmutableArray<TriplePattern> template) : GraphResults(context.Terms, plan)
{
    /// <inheritdoc/>
    public override void WriteTo(IQuadSink sink)
    {
        var plan = Root!;
        var seen = new RowTable(3, 3, plan);
        var quads = new QuadTemplate(Terms, plan.Schema, [.. template.Select(t => new QuadPattern(null, t))], null);
        using var subject = new ByteBuffer();
        using var predicate = new ByteBuffer();
        using var @object = new ByteBuffer();
        QuadAction write = (s, p, o, _) =>
        {
            seen.GetOrAdd([s, p, o], out var added);
            if (!added)
            {
                return;
            }

            if (seen.Count > context.MaxRows)
            {
                throw new QueryBudgetException("rows", $"The query makes more than {context.MaxRows} triples (in {plan}). Add a LIMIT.", plan.ToString());
            }

            sink.Quad(
                Terms.Encoded(new TermId(s), subject), Terms.Encoded(new TermId(p), predicate), Terms.Encoded(new TermId(o), @object), default);
        };
        long held = 0;
        while (NextOf(plan) is { } batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                quads.Fill(batch, row, write);
            }

            context.Charge(seen.Bytes - held, plan);
            held = seen.Bytes;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => context.Release();
}
