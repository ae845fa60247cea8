using System.Collections.Immutable;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>
/// The triples of a DESCRIBE: the concise bounded description of each resource, that is all triples it is the subject of and, for every
/// blank node among their objects, its description too. Literals have none.
/// </summary>
internal sealed class DescribedGraph(QueryContext context, Operator plan, ImmutableArray<PatternTerm> targets) : GraphResults(context.Terms, plan)
{
    /// <inheritdoc/>
    public override void WriteTo(IQuadSink sink)
    {
        var plan = Root!;
        var resources = new HashSet<uint>();
        var queue = new Queue<uint>();
        foreach (var constant in targets.OfType<ConstantTerm>())
        {
            Add(Terms.Intern(constant.Term).Value);
        }

        var slots = targets.OfType<Variable>().Select(plan.Schema.SlotOf).Where(s => s >= 0).ToArray();
        while (slots.Length > 0 && NextOf(plan) is { } batch)
        {
            foreach (var slot in slots)
            {
                foreach (var id in batch.Column(slot))
                {
                    Add(id);
                }
            }
        }

        using var subject = new ByteBuffer();
        using var predicate = new ByteBuffer();
        using var @object = new ByteBuffer();
        long count = 0;
        while (queue.TryDequeue(out var resource))
        {
            context.Check(plan);
            var range = context.Dataset.DefaultGraph.Range(TripleOrder.Spo, new TermId(resource));
            for (var i = 0; i < range.Count; i++)
            {
                if (++count > context.MaxRows)
                {
                    throw new QueryBudgetException("rows", $"The description has more than {context.MaxRows} triples.");
                }

                sink.Quad(
                    Terms.Encoded(new TermId(resource), subject),
                    Terms.Encoded(new TermId(range.Second[i]), predicate),
                    Terms.Encoded(new TermId(range.Third[i]), @object),
                    default);
                if (new TermId(range.Third[i]).Tag == TermTag.BlankNode)
                {
                    Add(range.Third[i]);
                }
            }
        }

        void Add(uint id)
        {
            if (id != 0 && resources.Add(id))
            {
                queue.Enqueue(id);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => context.Release();
}
