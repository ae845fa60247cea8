using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// The triples of a CONSTRUCT (SPARQL 1.1 Query, section 16.2): the template for each solution, with fresh blank nodes, without triples
/// that are none, each once.
/// </summary>
internal sealed class ConstructedGraph(QueryContext context, Operator plan, ImmutableArray<TriplePattern> template) : GraphResults(context.Terms)
{
    /// <inheritdoc/>
    public override string Explain() => PlanText.Of(plan);

    /// <inheritdoc/>
    public override void WriteTo(IQuadSink sink)
    {
        var seen = new RowTable(3, 3);
        var parts = template.Select(t => (Part(t.Subject), Part(t.Predicate), Part(t.Object))).ToArray();
        var labels = template.SelectMany(IndexJoin.VariablesOf).Where(v => v.Name.StartsWith("_:", StringComparison.Ordinal)).Distinct().ToList();
        var nodes = new Dictionary<Variable, uint>();
        using var subject = new ByteBuffer();
        using var predicate = new ByteBuffer();
        using var @object = new ByteBuffer();
        long held = 0;
        while (plan.Next() is { } batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                foreach (var label in labels)
                {
                    nodes[label] = Terms.FreshBlankNode().Value;
                }

                foreach (var (s, p, o) in parts)
                {
                    Span<uint> triple = [Get(s, batch, row, nodes), Get(p, batch, row, nodes), Get(o, batch, row, nodes)];
                    if (!IsTriple(triple))
                    {
                        continue;
                    }

                    seen.GetOrAdd(triple, out var added);
                    if (added)
                    {
                        if (seen.Count > context.MaxRows)
                        {
                            throw new QueryBudgetException("rows", $"The query makes more than {context.MaxRows} triples. Add a LIMIT.");
                        }

                        sink.Quad(
                            Terms.Encoded(new TermId(triple[0]), subject),
                            Terms.Encoded(new TermId(triple[1]), predicate),
                            Terms.Encoded(new TermId(triple[2]), @object),
                            default);
                    }
                }
            }

            context.Charge(seen.Bytes - held, plan);
            held = seen.Bytes;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => context.Release();

    private static uint Get((uint Constant, int Slot, Variable? Label) part, Batch batch, int row, Dictionary<Variable, uint> nodes) =>
        part.Label is not null ? nodes[part.Label]
        : part.Constant != 0 ? part.Constant
        : part.Slot < 0 ? 0 : batch.Columns[part.Slot][row];

    private (uint Constant, int Slot, Variable? Label) Part(PatternTerm term) => term switch
    {
        Variable variable when variable.Name.StartsWith("_:", StringComparison.Ordinal) => (0, -1, variable),
        Variable variable => (0, plan.Schema.SlotOf(variable), null),
        _ => (Terms.Intern(((ConstantTerm)term).Term).Value, -1, null),
    };

    private bool IsTriple(ReadOnlySpan<uint> triple) =>
        triple[0] != 0 && triple[1] != 0 && triple[2] != 0
        && Terms.KindOf(new TermId(triple[0])) is TermKind.Iri or TermKind.BlankNode
        && Terms.KindOf(new TermId(triple[1])) == TermKind.Iri;
}
