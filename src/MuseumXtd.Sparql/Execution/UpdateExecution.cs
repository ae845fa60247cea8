using System.Collections.Immutable;
using System.Diagnostics;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Optimisation;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Execution;

/// <summary>One update request that is carried out on a transaction (SPARQL 1.1 Update, section 4).</summary>
internal sealed class UpdateExecution(StoreTransaction transaction, UpdateOptions options, string? baseIri, CancellationToken cancellation)
{
    // Quads of a list, between two looks at the time.
    private const int Many = 1 << 10;

    private readonly long _start = Stopwatch.GetTimestamp();

    public void Run(UpdateOperation operation)
    {
        CheckTime();
        switch (operation)
        {
            case InsertData insert:
                Insert(insert.Quads);
                break;
            case DeleteData delete:
                Delete(delete.Quads);
                break;
            case Modify modify:
                Change(modify);
                break;
            case Clear clear:
                ClearGraphs(clear.Target);
                break;
            case Drop drop:
                ClearGraphs(drop.Target);
                break;
            case Create create:
                MakeGraph(create);
                break;
            case Transfer transfer:
                Move(transfer);
                break;
            case Load load:
                LoadDocument(load);
                break;
            default:
                throw new ArgumentException($"Unknown operation {operation.GetType().Name}.", nameof(operation));
        }

        // What ran out of time in its last step changes nothing either.
        CheckTime();
    }

    /// <summary>Ends the update when it was cancelled or its time is up; what is left of it otherwise.</summary>
    private TimeSpan CheckTime()
    {
        cancellation.ThrowIfCancellationRequested();
        if (options.Timeout == Timeout.InfiniteTimeSpan)
        {
            return options.Timeout;
        }

        var left = options.Timeout - Stopwatch.GetElapsedTime(_start);
        return left > TimeSpan.Zero
            ? left
            : throw new QueryBudgetException("time", $"The update ran longer than {options.Timeout.TotalSeconds:0.###} s. Send it in smaller requests.");
    }

    private void Insert(ImmutableArray<QuadPattern> quads)
    {
        var nodes = new Dictionary<string, BlankNode>(StringComparer.Ordinal);
        using var subject = new ByteBuffer();
        using var predicate = new ByteBuffer();
        using var @object = new ByteBuffer();
        using var graph = new ByteBuffer();
        var count = 0;
        foreach (var (name, triple) in quads)
        {
            if (++count % Many == 0)
            {
                CheckTime();
            }

            transaction.Quad(
                Encode(triple.Subject, subject, nodes), Encode(triple.Predicate, predicate, nodes), Encode(triple.Object, @object, nodes), Encode(name, graph, nodes));
        }
    }

    private void Delete(ImmutableArray<QuadPattern> quads)
    {
        using var subject = new ByteBuffer();
        using var predicate = new ByteBuffer();
        using var @object = new ByteBuffer();
        using var graph = new ByteBuffer();
        var count = 0;
        foreach (var (name, triple) in quads)
        {
            if (++count % Many == 0)
            {
                CheckTime();
            }

            transaction.Remove(
                Encode(triple.Subject, subject, null), Encode(triple.Predicate, predicate, null), Encode(triple.Object, @object, null), Encode(name, graph, null));
        }
    }

    private ReadOnlySpan<byte> Encode(PatternTerm? term, ByteBuffer output, Dictionary<string, BlankNode>? nodes)
    {
        output.Clear();
        if (term is not null)
        {
            Ground(term, nodes).Encode(output);
        }

        return output.Written;
    }

    private Term Ground(PatternTerm term, Dictionary<string, BlankNode>? nodes) => term switch
    {
        ConstantTerm constant => constant.Term,
        TripleTermPattern triple => new TripleTerm(Ground(triple.Subject, nodes), (Iri)Ground(triple.Predicate, nodes), Ground(triple.Object, nodes)),
        Variable { IsHidden: true } node when nodes is not null => NodeOf(node.Name, nodes),
        _ => throw new ArgumentException($"{term} is no data."),
    };

    private BlankNode NodeOf(string label, Dictionary<string, BlankNode> nodes)
    {
        if (!nodes.TryGetValue(label, out var node))
        {
            using var scratch = new ByteBuffer();
            node = (BlankNode)Term.Decode(transaction.Dictionary.Encoded(transaction.FreshBlankNode(), scratch));
            nodes.Add(label, node);
        }

        return node;
    }

    /// <summary>Removes and adds what the solutions of the pattern tell, all removals first (section 3.1.3).</summary>
    private void Change(Modify modify)
    {
        var snapshot = transaction.Preview(cancellation);
        var clause = modify.Using ?? (modify.With is null ? options.Dataset : null);
        var dataset = clause is null && modify.With is { } with
            ? ActiveDataset.With(snapshot, with)
            : ActiveDataset.Of(snapshot, clause, options.DefaultGraph);
        var context = new QueryContext(snapshot, dataset, Budget(), baseIri, cancellation);
        try
        {
            var plan = new Planner(context).Plan(modify.Pattern);
            var delete = new QuadTemplate(context.Terms, plan.Schema, modify.Delete, modify.With);
            var insert = new QuadTemplate(context.Terms, plan.Schema, modify.Insert, modify.With);
            var added = new List<(TermId Subject, TermId Predicate, TermId Object, TermId Graph)>();
            QuadAction remove = Remove;
            QuadAction keep = (subject, predicate, @object, graph) =>
                added.Add((Kept(subject, context.Terms), Kept(predicate, context.Terms), Kept(@object, context.Terms), Kept(graph, context.Terms)));
            while (plan.Next() is { } batch)
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    delete.Fill(batch, row, remove);
                    insert.Fill(batch, row, keep);
                }

                // 16 bytes a quad in the list, and about as much again in the transaction.
                context.Charge((long)batch.Count * modify.Insert.Length * 32, plan);
            }

            foreach (var (subject, predicate, @object, graph) in added)
            {
                context.Check(plan, 1);
                transaction.Add(subject, predicate, @object, graph);
            }
        }
        finally
        {
            context.Release();
        }
    }

    private void Remove(uint subject, uint predicate, uint @object, uint graph)
    {
        // A term that only the query knows is in no quad.
        if (IsKnown(subject) && IsKnown(predicate) && IsKnown(@object) && IsKnown(graph))
        {
            transaction.Remove(new TermId(subject), new TermId(predicate), new TermId(@object), new TermId(graph));
        }

        static bool IsKnown(uint id) => id == 0 || new TermId(id).Tag != TermTag.Local;
    }

    /// <summary>The id in the store's dictionary of a term of the query.</summary>
    private TermId Kept(uint id, QueryTerms terms) =>
        id != 0 && new TermId(id).Tag == TermTag.Local ? transaction.Intern(terms.Encoded(new TermId(id), terms.Scratch)) : new TermId(id);

    private QueryOptions Budget()
    {
        return new QueryOptions { Timeout = CheckTime(), MaxMemoryBytes = options.MaxMemoryBytes, Now = options.Now, Services = options.Services };
    }

    /// <summary>A graph that is not there is as good as cleared (section 3.2.2 leaves it to stores).</summary>
    private void ClearGraphs(GraphTarget target)
    {
        var snapshot = transaction.Preview(cancellation);
        if (target.Kind is GraphTargetKind.Default or GraphTargetKind.All)
        {
            transaction.Clear(default);
        }

        if (target.Graph is not null)
        {
            transaction.Clear(target.Graph.Encode());
        }
        else if (target.Kind is GraphTargetKind.Named or GraphTargetKind.All)
        {
            using var name = new ByteBuffer();
            foreach (var graph in snapshot.GraphNames)
            {
                transaction.Clear(snapshot.Dictionary.Encoded(new TermId(graph), name));
            }
        }
    }

    private void MakeGraph(Create create)
    {
        if (!Exists(create.Graph))
        {
            transaction.Create(create.Graph.Encode());
        }
        else if (!create.Silent)
        {
            throw new UpdateException($"CREATE: the graph {create.Graph} exists already. Use CREATE SILENT where that is no matter.");
        }
    }

    private void Move(Transfer transfer)
    {
        if (transfer.From == transfer.To)
        {
            return;
        }

        var source = IndexOf(transfer.From);
        if (transfer.From is not null && !Exists(transfer.From))
        {
            if (transfer is { Kind: not TransferKind.Add, Silent: false } && IndexOf(transfer.To).Count > 0)
            {
                throw new UpdateException($"There is no graph {transfer.From}; what it is to replace was kept. Use CLEAR to empty a graph.");
            }

            if (transfer.Silent)
            {
                return;
            }
        }

        var to = transfer.To?.Encode() ?? [];
        if (transfer.Kind != TransferKind.Add)
        {
            transaction.Clear(to);
        }

        var target = transfer.To is null ? default : transaction.Intern(to);
        var keys = source.Keys(TripleOrder.Spo);
        var starts = source.Starts(TripleOrder.Spo);
        var all = source.All(TripleOrder.Spo);
        for (var key = 0; key < keys.Length; key++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = starts[key]; row < starts[key + 1]; row++)
            {
                transaction.Add(new TermId(keys[key]), new TermId(all.Second[row]), new TermId(all.Third[row]), target);
            }
        }

        if (transfer.Kind == TransferKind.Move)
        {
            transaction.Clear(transfer.From?.Encode() ?? []);
        }
    }

    private void LoadDocument(Load load)
    {
        try
        {
            if (options.Load is null)
            {
                throw new UpdateException("LOAD is not allowed here. Send the document itself with the Graph Store Protocol.");
            }

            // A document that breaks off in the middle must leave nothing behind.
            var document = new Rdf.Model.Dataset();
            options.Load(load.Source, document, cancellation);
            foreach (var quad in document)
            {
                transaction.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), (load.Into ?? quad.Graph)?.Encode());
            }
        }
        catch (Exception e) when (load.Silent && e is UpdateException or IOException or RdfSyntaxException)
        {
            // SILENT: as if it had succeeded.
        }
    }

    private bool Exists(Iri graph)
    {
        var snapshot = transaction.Preview(cancellation);
        return snapshot.Dictionary.TryGetId(graph.Encode(), out var id) && snapshot.TryGetGraph(id, out _);
    }

    private TripleIndex IndexOf(Iri? graph)
    {
        var snapshot = transaction.Preview(cancellation);
        return graph is null ? snapshot.DefaultGraph
            : snapshot.Dictionary.TryGetId(graph.Encode(), out var id) && snapshot.TryGetGraph(id, out var index) ? index
            : TripleIndex.Empty;
    }
}
