using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests;

public sealed class UpdateTests : IDisposable
{
    private const string Prologue = "PREFIX : <http://example.org/> ";

    private readonly QuadStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Operations_of_a_request_see_what_those_before_did()
    {
        Run("INSERT DATA { :a :p 1 } ; INSERT { ?s :q ?o } WHERE { ?s :p ?o } ; DELETE WHERE { ?s :p ?o }");

        Assert.True(Ask("ASK { :a :q 1 }"));
        Assert.False(Ask("ASK { ?s :p ?o }"));
    }

    [Fact]
    public void What_is_deleted_and_inserted_by_one_operation_is_there()
    {
        Run("INSERT DATA { :a :p 1 }");
        Run("DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }");

        Assert.Equal(1, _store.Current.QuadCount);
    }

    [Fact]
    public void A_request_that_fails_leaves_the_store_as_it_was()
    {
        Run("CREATE GRAPH :g");
        var before = _store.Current;

        Assert.Throws<UpdateException>(() => Run("INSERT DATA { :a :p 1 } ; CREATE GRAPH :g"));
        Assert.Same(before, _store.Current);
    }

    [Fact]
    public void A_created_graph_is_there_until_it_is_dropped()
    {
        Run("CREATE GRAPH :g");
        Assert.True(Ask("ASK { GRAPH :g { } }"));

        Run("DROP GRAPH :g");
        Assert.False(Ask("ASK { GRAPH ?g { } }"));
        Assert.Equal(UInt128.Zero, _store.Current.ContentHash);
    }

    [Fact]
    public void Blank_nodes_of_a_template_are_new_for_each_solution_and_in_each_request()
    {
        Run("INSERT DATA { :a :p 1, 2 }");
        Run("INSERT { [] :of ?o } WHERE { :a :p ?o }");
        Run("INSERT { [] :of ?o } WHERE { :a :p ?o }");

        Assert.Equal(6, _store.Current.QuadCount);
    }

    [Fact]
    public void A_blank_node_of_data_is_one_node_within_its_request_only()
    {
        Run("INSERT DATA { _:x :p 1 . _:x :p 2 }");
        Run("INSERT DATA { _:x :p 3 }");

        Assert.True(Ask("ASK { ?x :p 1, 2 }"));
        Assert.False(Ask("ASK { ?x :p 1, 3 }"));
    }

    [Fact]
    public void With_gives_patterns_and_templates_their_graph()
    {
        Run("INSERT DATA { GRAPH :g { :a :p 1 } :b :p 2 }");
        Run("WITH :g DELETE { ?s :p ?o } INSERT { ?s :q ?o } WHERE { ?s :p ?o }");

        Assert.True(Ask("ASK { GRAPH :g { :a :q 1 } :b :p 2 }"));
        Assert.False(Ask("ASK { GRAPH :g { :a :p 1 } }"));
    }

    [Fact]
    public void Using_takes_the_place_of_with_for_patterns()
    {
        Run("INSERT DATA { GRAPH :g { :a :p 1 } GRAPH :h { :b :p 2 } }");
        Run("WITH :g INSERT { ?s :copied ?o } USING :h WHERE { ?s :p ?o }");

        Assert.True(Ask("ASK { GRAPH :g { :b :copied 2 } }"));
        Assert.False(Ask("ASK { GRAPH :g { :a :copied ?o } }"));
    }

    [Fact]
    public void A_missing_source_does_not_empty_the_target_of_copy()
    {
        Run("INSERT DATA { GRAPH :g { :a :p 1 } }");

        Assert.Throws<UpdateException>(() => Run("COPY GRAPH :nowhere TO GRAPH :g"));
    }

    [Fact]
    public void Load_is_refused_unless_it_is_allowed()
    {
        Assert.Throws<UpdateException>(() => Run("LOAD <http://example.org/doc>"));
        Run("LOAD SILENT <http://example.org/doc>");
    }

    [Theory]
    [InlineData("DELETE { _:b :p ?o } WHERE { ?s :p ?o }")]
    [InlineData("DELETE WHERE { ?s :p [] }")]
    [InlineData("DELETE DATA { _:b :p 1 }")]
    [InlineData("INSERT DATA { ?s :p 1 }")]
    [InlineData("INSERT DATA { GRAPH ?g { :s :p 1 } }")]
    [InlineData("INSERT DATA { :s :p/:q 1 }")]
    [InlineData("INSERT DATA { _:b :p 1 } ; INSERT DATA { _:b :p 2 }")]
    [InlineData("INSERT DATA { GRAPH :g { GRAPH :h { :s :p 1 } } }")]
    [InlineData("SELECT * { ?s ?p ?o }")]
    public void Requests_that_the_grammar_forbids_are_refused(string text) =>
        Assert.Throws<SparqlSyntaxException>(() => SparqlParser.ParseUpdate(Prologue + text));

    private void Run(string text)
    {
        using var transaction = _store.Begin();
        new UpdateEngine().Execute(SparqlParser.ParseUpdate(Prologue + text), transaction, UpdateOptions.Default);
        transaction.Commit();
    }

    private bool Ask(string text)
    {
        using var results = new QueryEngine().Execute(
            SparqlParser.ParseQuery(Prologue + text), _store.Current, new QueryOptions { DefaultGraph = DefaultGraphMode.Own });
        return ((BooleanResults)results).Value;
    }
}
