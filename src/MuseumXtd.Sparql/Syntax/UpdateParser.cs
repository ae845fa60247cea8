using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Update requests (SPARQL 1.1 Query, section 19.8, rules 29 to 52).</summary>
internal sealed class UpdateParser
{
    private readonly TokenReader _tokens;
    private readonly PatternParser _patterns;

    // Data of two operations may not share a label (section 19.6); templates and patterns are worlds of their own.
    private readonly Dictionary<string, int> _dataLabels = new(StringComparer.Ordinal);

    public UpdateParser(string text, string? baseIri)
    {
        var queries = new QueryParser(text, baseIri);
        _tokens = queries.Tokens;
        _patterns = queries.Patterns;
    }

    public UpdateRequest ReadRequest()
    {
        var operations = ImmutableArray.CreateBuilder<UpdateOperation>();
        while (true)
        {
            _tokens.ReadPrologue();
            if (_tokens.Current.Kind == TokenKind.End)
            {
                break;
            }

            operations.Add(ReadOperation());
            if (!_tokens.TryTake(";"))
            {
                break;
            }
        }

        if (_tokens.Current.Kind != TokenKind.End)
        {
            throw _tokens.Unexpected("';' or the end of the request");
        }

        return new UpdateRequest(operations.ToImmutable()) { BaseIri = _tokens.BaseIri };
    }

    private UpdateOperation ReadOperation()
    {
        if (_tokens.TryTakeWord("INSERT"))
        {
            return _tokens.TryTakeWord("DATA") ? new InsertData(ReadQuads(Content.NewData)) : ReadInsert(null, []);
        }

        if (_tokens.TryTakeWord("DELETE"))
        {
            if (_tokens.TryTakeWord("DATA"))
            {
                return new DeleteData(ReadQuads(Content.KnownData));
            }

            if (_tokens.TryTakeWord("WHERE"))
            {
                var quads = ReadQuads(Content.KnownTemplate);
                return new Modify(null, quads, [], null, PatternOf(quads));
            }

            return ReadDelete(null);
        }

        if (_tokens.TryTakeWord("WITH"))
        {
            var with = _tokens.ExpectIri("the IRI of a graph after WITH");
            if (_tokens.TryTakeWord("DELETE"))
            {
                return ReadDelete(with);
            }

            _tokens.ExpectWord("INSERT");
            return ReadInsert(with, []);
        }

        return ReadManagement();
    }

    private UpdateOperation ReadManagement()
    {
        if (_tokens.TryTakeWord("LOAD"))
        {
            var silent = _tokens.TryTakeWord("SILENT");
            var source = _tokens.ExpectIri("the IRI of a document");
            return new Load(source, _tokens.TryTakeWord("INTO") ? ReadGraphRef() : null, silent);
        }

        if (_tokens.TryTakeWord("CLEAR"))
        {
            var silent = _tokens.TryTakeWord("SILENT");
            return new Clear(ReadTarget(), silent);
        }

        if (_tokens.TryTakeWord("DROP"))
        {
            var silent = _tokens.TryTakeWord("SILENT");
            return new Drop(ReadTarget(), silent);
        }

        if (_tokens.TryTakeWord("CREATE"))
        {
            var silent = _tokens.TryTakeWord("SILENT");
            return new Create(ReadGraphRef(), silent);
        }

        return _tokens.TryTakeWord("ADD") ? ReadTransfer(TransferKind.Add)
            : _tokens.TryTakeWord("COPY") ? ReadTransfer(TransferKind.Copy)
            : _tokens.TryTakeWord("MOVE") ? ReadTransfer(TransferKind.Move)
            : throw _tokens.Unexpected("INSERT, DELETE, WITH, LOAD, CLEAR, DROP, CREATE, ADD, COPY or MOVE");
    }

    private Transfer ReadTransfer(TransferKind kind)
    {
        var silent = _tokens.TryTakeWord("SILENT");
        var from = ReadGraphOrDefault();
        _tokens.ExpectWord("TO");
        return new Transfer(kind, from, ReadGraphOrDefault(), silent);
    }

    private Modify ReadDelete(Iri? with)
    {
        var delete = ReadQuads(Content.KnownTemplate);
        return _tokens.TryTakeWord("INSERT") ? ReadInsert(with, delete) : ReadWhere(with, delete, []);
    }

    private Modify ReadInsert(Iri? with, ImmutableArray<QuadPattern> delete) => ReadWhere(with, delete, ReadQuads(Content.NewTemplate));

    private Modify ReadWhere(Iri? with, ImmutableArray<QuadPattern> delete, ImmutableArray<QuadPattern> insert)
    {
        var merged = ImmutableArray.CreateBuilder<Iri>();
        var named = ImmutableArray.CreateBuilder<Iri>();
        while (_tokens.TryTakeWord("USING"))
        {
            (_tokens.TryTakeWord("NAMED") ? named : merged).Add(_tokens.ExpectIri("the IRI of a graph"));
        }

        _tokens.ExpectWord("WHERE");
        var dataset = merged.Count + named.Count == 0 ? null : new DatasetClause(merged.ToImmutable(), named.ToImmutable());
        _patterns.Triples.BeginBlock(new(StringComparer.Ordinal));
        return new Modify(with, delete, insert, dataset, _patterns.ReadGroup());
    }

    private Iri ReadGraphRef()
    {
        _tokens.ExpectWord("GRAPH");
        return _tokens.ExpectIri("the IRI of a graph");
    }

    private Iri? ReadGraphOrDefault()
    {
        if (_tokens.TryTakeWord("DEFAULT"))
        {
            return null;
        }

        _tokens.TryTakeWord("GRAPH");
        return _tokens.ExpectIri("DEFAULT or the IRI of a graph");
    }

    private GraphTarget ReadTarget() =>
        _tokens.TryTakeWord("DEFAULT") ? new GraphTarget(GraphTargetKind.Default)
        : _tokens.TryTakeWord("NAMED") ? new GraphTarget(GraphTargetKind.Named)
        : _tokens.TryTakeWord("ALL") ? new GraphTarget(GraphTargetKind.All)
        : _tokens.IsWord("GRAPH") ? new GraphTarget(GraphTargetKind.Graph, ReadGraphRef())
        : throw _tokens.Unexpected("GRAPH, DEFAULT, NAMED or ALL");

    /// <summary>QuadPattern and QuadData.</summary>
    private ImmutableArray<QuadPattern> ReadQuads(Content content)
    {
        var quads = ImmutableArray.CreateBuilder<QuadPattern>();
        _patterns.Triples.BeginBlock(content == Content.NewData ? _dataLabels : new(StringComparer.Ordinal));
        _tokens.Expect("{");
        ReadTriples(null, content, quads);
        while (_tokens.IsWord("GRAPH"))
        {
            _tokens.Take();
            var token = _tokens.Current;
            var graph = _patterns.Triples.ReadVariableOrIri();
            Check(graph, content, token);
            _tokens.Expect("{");
            ReadTriples(graph, content, quads);
            _tokens.Expect("}");
            _tokens.TryTake(".");
            ReadTriples(null, content, quads);
        }

        _tokens.Expect("}");
        return quads.ToImmutable();
    }

    private void ReadTriples(PatternTerm? graph, Content content, ImmutableArray<QuadPattern>.Builder quads)
    {
        var start = _tokens.Current;
        foreach (var triple in _patterns.Triples.ReadTriplesTemplate())
        {
            Check(triple.Subject, content, start);
            Check(triple.Predicate, content, start);
            Check(triple.Object, content, start);
            quads.Add(new QuadPattern(graph, triple));
        }
    }

    /// <summary>Data has no variables; what is removed has no blank nodes (section 19.8, notes 8 and 9).</summary>
    private void Check(PatternTerm term, Content content, Token at)
    {
        switch (term)
        {
            case TripleTermPattern triple:
                Check(triple.Subject, content, at);
                Check(triple.Predicate, content, at);
                Check(triple.Object, content, at);
                break;
            case Variable { IsHidden: true } when content is Content.KnownData or Content.KnownTemplate:
                throw _tokens.Error(at, "A blank node may not stand in what is deleted: it would mean no node in particular.", "Use a variable in DELETE ... WHERE.");
            case Variable { IsHidden: false } variable when content is Content.NewData or Content.KnownData:
                throw _tokens.Error(at, $"The variable {variable} may not stand in DATA.", "Use INSERT or DELETE with WHERE.");
            default:
                break;
        }
    }

    private static GraphPattern PatternOf(ImmutableArray<QuadPattern> quads)
    {
        var parts = new List<GraphPattern>();
        foreach (var group in quads.GroupBy(q => q.Graph))
        {
            var triples = new BasicGraphPattern([.. group.Select(q => q.Triple)]);
            parts.Add(group.Key is null ? triples : new Graph(group.Key, triples));
        }

        return PatternParser.Joined(parts);
    }

    /// <summary>What may stand in braces: data or a template, of what is new or of what is known already.</summary>
    private enum Content
    {
        NewData,
        KnownData,
        NewTemplate,
        KnownTemplate,
    }
}
