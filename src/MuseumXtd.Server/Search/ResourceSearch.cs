using System.Collections.Immutable;
using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Server.Search;

/// <summary>Answers searches in algebra, like every other question.</summary>
internal sealed class ResourceSearch(QueryEngine engine, ServerOptions options)
{
    private const int ValuesOfFacet = 8;

    private static readonly Variable Resource = new("resource");
    private static readonly Variable Text = new("text");
    private static readonly Variable Score = new("score");
    private static readonly Variable Property = new("property");

    /// <summary>Properties whose texts say nothing of what a resource is: whoever has only such a text is no hit.</summary>
    private static readonly ImmutableArray<Expression> Technical =
    [
        .. new[] { "sourceText", "words", "sha256", "path", "language", "commit", "edtf" }.Select(n => new TermExpression(new Iri("https://w3id.org/museumxtd/ns#" + n))),
    ];

    private readonly Iri _vocabulary = new(options.BaseIri + "graph/vocabulary");

    private readonly Exists _isNoTerm = new(
        new Graph(
            new ConstantTerm(new Iri(options.BaseIri + "graph/vocabulary")),
            new BasicGraphPattern([new TriplePattern(Resource, new ConstantTerm(RdfNames.Type), new Variable("class"))])),
        Negated: true);

    /// <summary>Answers a search.</summary>
    /// <exception cref="QueryBudgetException">It took too long.</exception>
    public SearchAnswer Answer(SearchRequest request, Snapshot snapshot, CancellationToken cancellation)
    {
        if (TextQuery.Parse(request.Text) is not { } query)
        {
            return SearchAnswer.Empty;
        }

        var answer = Find(query, request, snapshot, cancellation);
        if (answer.Total == 0)
        {
            answer = Find(query.WithPrefixes(), request, snapshot, cancellation) with { IsOfBeginnings = true };
        }

        if (answer.Total == 0 && request.Filters.Count == 0
            && snapshot.Dictionary.Text.Suggest(request.Text, cancellation) is { } suggestion && TextQuery.Parse(suggestion) is { } other
            && Find(other, request with { Limit = 1 }, snapshot, cancellation).Total > 0)
        {
            return answer with { Suggestion = suggestion };
        }

        return answer;
    }

    /// <summary>One run gives all that is found, the best first: all of it is counted, and the page's part is told.</summary>
    private SearchAnswer Find(TextQuery query, SearchRequest request, Snapshot snapshot, CancellationToken cancellation)
    {
        var search = new TextSearch(query, Resource, Text, Score, Property);
        var found = Without(search, request, snapshot);
        if (found != search)
        {
            // A search is in order by itself, but not what is joined with it.
            found = new OrderBy(found, [new OrderCondition(new VariableExpression(Score), Descending: true)]);
        }

        ImmutableArray<Variable> wanted = [Resource, Text, Score, Property];
        var counts = new FacetCounts(snapshot.Dictionary, options.DefaultGraph == DefaultGraphMode.Own ? snapshot.DefaultGraph : snapshot.Union);
        var hits = new List<SearchHit>();
        using var results = engine.Select(new SelectQuery(new Project(found, wanted), wanted), snapshot, QueryOptions(), cancellation);
        while (results.NextBatch())
        {
            for (var row = Math.Max(0, request.Offset - counts.Total); row < results.RowCount && hits.Count < request.Limit; row++)
            {
                hits.Add(HitOf(results, row, query, snapshot));
            }

            counts.Add(results.Column(0));
        }

        return counts.Total == 0
            ? SearchAnswer.Empty
            : new SearchAnswer(
                counts.Total, hits,
                Facet.All.Select(f => (f.Name, Values: counts.Of(f.Property, ValuesOfFacet))).Where(f => f.Values.Count > 0).ToDictionary(f => f.Name, f => f.Values),
                false, null);
    }

    private static SearchHit HitOf(SolutionResults results, int row, TextQuery query, Snapshot snapshot)
    {
        var resource = At(0);
        var text = (Literal)At(1);
        return new SearchHit(
            resource,
            TypesOf(resource, snapshot),
            (Iri)At(3),
            text.Language,
            Snippet.Of(text.LexicalForm, query),
            decimal.Parse(((Literal)At(2)).LexicalForm, CultureInfo.InvariantCulture));

        Term At(int column) => results.Terms.Decode(new TermId(results.Column(column)[row]));
    }

    private QueryOptions QueryOptions() => new() { DefaultGraph = options.DefaultGraph, Timeout = options.Timeout, MaxMemoryBytes = options.MaxMemoryBytes };

    /// <summary>
    /// What is found without what has not the chosen values, what was found by a technical text only, and terms of the vocabulary: these are what hits are
    /// described with.
    /// </summary>
    private GraphPattern Without(TextSearch search, SearchRequest request, Snapshot snapshot)
    {
        var chosen = Facet.All.Where(f => request.Filters.ContainsKey(f.Name)).Select(f =>
            new TriplePattern(Resource, new ConstantTerm(f.Property), new ConstantTerm(new Iri(request.Filters[f.Name])))).ToImmutableArray();
        GraphPattern pattern = chosen.IsEmpty ? search : new Join(search, new BasicGraphPattern(chosen));
        return snapshot.Dictionary.TryGetId(_vocabulary.Encode(), out var id) && snapshot.TryGetGraph(id, out _)
            ? new Filter(new FunctionCall(Function.And, [new FunctionCall(Function.NotIn, [new VariableExpression(Property), .. Technical]), _isNoTerm]), pattern)
            : pattern;
    }

    private static List<Iri> TypesOf(Term resource, Snapshot snapshot)
    {
        var types = new List<Iri>();
        if (snapshot.Dictionary.TryGetId(resource.Encode(), out var id) && snapshot.Dictionary.TryGetId(RdfNames.Type.Encode(), out var type))
        {
            using var scratch = new Rdf.Buffers.ByteBuffer();
            foreach (var value in snapshot.Union.Range(TripleOrder.Spo, id, type).Third)
            {
                if (Term.Decode(snapshot.Dictionary.Encoded(new TermId(value), scratch)) is Iri iri)
                {
                    types.Add(iri);
                }
            }
        }

        return types;
    }
}
