using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Sparql;

namespace MuseumXtd.Shacl.Tests;

/// <summary>What the W3C's tests do not look at: ill-formed shapes, recursion, budgets, targets by query, and what reports look like.</summary>
public sealed class ShapesTests
{
    [Theory]
    [InlineData("ex:S a sh:NodeShape ; sh:minCount 1 .", "sh:minCount is for property shapes only")]
    [InlineData("ex:S a sh:PropertyShape .", "wants one sh:path")]
    [InlineData("ex:S a sh:PropertyShape ; sh:path ex:p , ex:q .", "sh:path has more than one value")]
    [InlineData("ex:S a sh:PropertyShape ; sh:path ( ex:p ) .", "at least two paths")]
    [InlineData("ex:S a sh:PropertyShape ; sh:path [ ex:p ex:q ] .", "no well-formed path")]
    [InlineData("ex:S a sh:PropertyShape ; sh:path _:p . _:p sh:inversePath _:p .", "refers to itself, or has more than 1000 steps")]
    [InlineData("ex:S a sh:PropertyShape ; sh:path _:a . _:a rdf:first _:b ; rdf:rest ( _:b ) . _:b rdf:first _:c ; rdf:rest ( _:c _:c _:c _:c _:c _:c _:c _:c ) . _:c rdf:first ex:p ; rdf:rest ( _:d _:d _:d _:d _:d _:d _:d _:d _:d ) . _:d sh:alternativePath ( ex:p ex:p ex:p ex:p ex:p ex:p ex:p ex:p ex:p ex:p ) .", "more than 1000 steps")]
    [InlineData("ex:S a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 , 2 .", "sh:minCount has more than one value")]
    [InlineData("ex:S a sh:PropertyShape ; sh:path ex:p ; sh:maxCount \"1\" .", "wants an integer")]
    [InlineData("ex:S a sh:NodeShape ; sh:nodeKind ex:Thing .", "one of SHACL's six kinds")]
    [InlineData("ex:S a sh:NodeShape ; sh:datatype \"x\" .", "wants an IRI")]
    [InlineData("ex:S a sh:NodeShape ; sh:pattern \"(\" .", "no valid pattern")]
    [InlineData("ex:S a sh:NodeShape ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .", "no well-formed list")]
    [InlineData("ex:S a sh:NodeShape ; sh:property [ sh:minLength 1 ] .", "wants a sh:path")]
    [InlineData("ex:S a sh:NodeShape ; sh:sparql [ sh:select \"SELECT $this WHERE { oops }\" ] .", "not well formed at its line 1")]
    [InlineData("ex:S a sh:NodeShape ; sh:sparql [ sh:select \"ASK { }\" ] .", "of another form")]
    [InlineData("ex:S a sh:NodeShape . <> sh:entailment ex:Rdfs .", "not supported")]
    public void Ill_formed_shapes_are_refused_with_the_reason(string shapes, string reason)
    {
        var graph = Validating.Read("@base <http://example.org/doc> .\n" + shapes);
        var failure = Assert.Throws<ShapesException>(() => ShapeSet.Compile(graph));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recursive_shape_is_evaluated_where_the_data_end_it()
    {
        const string Shapes = "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:next ; sh:node ex:S ] ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .";
        Assert.True(Validating.Validate("ex:a ex:name 1 ; ex:next ex:b . ex:b ex:name 2 .", Shapes).Conforms);
        Assert.False(Validating.Validate("ex:a ex:name 1 ; ex:next ex:b . ex:b ex:other 2 .", Shapes).Conforms);
        var failure = Assert.Throws<ShapesException>(() => Validating.Validate("ex:a ex:name 1 ; ex:next ex:b . ex:b ex:name 2 ; ex:next ex:a .", Shapes));
        Assert.Contains("back to the same node", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recursion_along_a_long_chain_ends_with_a_message()
    {
        var chain = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"ex:n{i} ex:next ex:n{i + 1} .\n"));
        var failure = Assert.Throws<ShapesException>(
            () => Validating.Validate(chain, "ex:S a sh:NodeShape ; sh:targetNode ex:n0 ; sh:property [ sh:path ex:next ; sh:node ex:S ] ."));
        Assert.Contains("too deep", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_list_the_first_values_are_named_once_for_all_results()
    {
        var data = string.Concat(Enumerable.Range(0, 2000).Select(i => $"ex:n{i} ex:p {i} .\n"));
        var report = Validating.Validate(data, $"ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:in ( {string.Join(' ', Enumerable.Range(10_000, 50_000))} ) ] .");
        Assert.Equal(2000, report.Results.Length);
        Assert.EndsWith(", 10019, … (50000).", report.Results[0].Message("en"), StringComparison.Ordinal);
        Assert.Same(report.Results[0].Message("en"), report.Results[^1].Message("en"));
    }

    [Fact]
    public void Results_count_as_memory_of_the_validation()
    {
        var data = string.Concat(Enumerable.Range(0, 2000).Select(i => $"ex:n{i} ex:p {i} .\n"));
        var options = new ValidationOptions { DefaultGraph = DefaultGraphMode.Own, MaxMemoryBytes = 500_000 };
        var failure = Assert.Throws<QueryBudgetException>(() => Validating.Validate(data, "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:maxLength 1 .", options));
        Assert.Equal("memory", failure.Budget);
    }

    [Fact]
    public void A_query_says_which_nodes_are_meant()
    {
        const string Shapes = """
            ex:S a sh:NodeShape ; sh:nodeKind sh:BlankNode ;
              sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this WHERE { ?this <http://example.org/age> ?a FILTER (?a > 17) }" ] ;
              sh:target [ a ex:OfKind ; ex:kind ex:Robot ] .
            ex:OfKind a sh:SPARQLTargetType ; sh:parameter [ sh:path ex:kind ] ; sh:select "SELECT ?this WHERE { ?this a $kind }" .
            """;
        var report = Validating.Validate("ex:a ex:age 20 . ex:b ex:age 10 . ex:c a ex:Robot .", Shapes);
        Assert.Equal(["http://example.org/a", "http://example.org/c"], report.Results.Select(r => ((Iri)r.FocusNode).Value));
    }

    [Fact]
    public void A_query_is_asked_once_for_many_nodes_and_answers_for_each()
    {
        var data = string.Concat(Enumerable.Range(0, 3000).Select(i => $"ex:n{i:D4} a ex:C ; ex:p {i} .\n"));
        const string Shapes = """
            ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [
              sh:message "{?value} of {$this}" ;
              sh:select "SELECT $this ?value WHERE { $this <http://example.org/p> ?value . FILTER (?value > 2997) OPTIONAL { ?x <http://example.org/q> $this } FILTER (!bound(?x)) }" ] .
            """;
        var report = Validating.Validate(data, Shapes);
        Assert.Equal(["2998 of http://example.org/n2998", "2999 of http://example.org/n2999"], report.Results.Select(r => r.Message("en")));
    }

    [Fact]
    public void A_query_with_a_limit_is_asked_for_each_node()
    {
        const string Shapes = """
            ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [
              sh:select "SELECT $this ?value WHERE { $this <http://example.org/p> ?value } ORDER BY ?value LIMIT 1" ] .
            """;
        var report = Validating.Validate("ex:a a ex:C ; ex:p 1 , 2 . ex:b a ex:C ; ex:p 3 , 4 .", Shapes);
        Assert.Equal(["1", "3"], report.Results.Select(r => ((Literal)r.Value!).LexicalForm));
    }

    [Fact]
    public void A_message_of_a_shape_comes_in_the_language_that_is_asked_for()
    {
        var report = Validating.Validate(
            "ex:a ex:p 1 .", "ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:datatype xsd:string ; sh:message \"Text!\"@en , \"Du texte !\"@fr ] .");
        Assert.Equal("ex:a\n  erreur  ex:p = 1  Du texte !\nNon conforme : 1 résultat sur 1 nœud.\n", Validating.Text(report, "fr"));
        Assert.Equal("ex:a\n  violation  ex:p = 1  Text!\nDoes not conform: 1 result on 1 node.\n", Validating.Text(report));
    }

    [Fact]
    public void Without_a_message_the_report_says_what_is_wanted()
    {
        var report = Validating.Validate(
            "ex:a ex:p 1 .",
            "ex:S sh:targetNode ex:a ; sh:severity sh:Warning ; sh:class ex:C ; sh:property ex:P . ex:P sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1 ; sh:severity sh:Info .");
        Assert.Equal(
            "ex:a\n  warning  The value must be of class ex:C.  [ex:S]\n  info  ex:p/^ex:q  A value is missing.  [ex:P]\nDoes not conform: 2 results on 1 node.\n",
            Validating.Text(report));
    }

    [Fact]
    public void The_same_data_in_another_order_give_the_same_report()
    {
        const string Shapes = "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:maxInclusive 1 ; sh:nodeKind sh:IRI ] .";
        var first = Validating.Validate("ex:a ex:p 1 , 2 . ex:b ex:p 3 , 0 .", Shapes);
        var second = Validating.Validate("ex:b ex:p 0 , 3 . ex:a ex:p 2 , 1 .", Shapes);
        Assert.Equal(Turtle(first), Turtle(second));
    }

    [Fact]
    public void A_validation_ends_when_it_is_cancelled_or_over_its_budget()
    {
        var data = string.Concat(Enumerable.Range(0, 2000).Select(i => $"ex:n{i} ex:p ex:n{(i + 1) % 2000} .\n"));
        const string Shapes = "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:nodeKind sh:Literal ] .";
        Assert.Equal("time", Assert.Throws<QueryBudgetException>(() => Validating.Validate(data, Shapes, new ValidationOptions { Timeout = TimeSpan.Zero })).Budget);
        Assert.Equal("rows", Assert.Throws<QueryBudgetException>(() => Validating.Validate(data, Shapes, new ValidationOptions { MaxResults = 100 })).Budget);
        Assert.Equal("memory", Assert.Throws<QueryBudgetException>(() => Validating.Validate(data, Shapes, new ValidationOptions { MaxMemoryBytes = 1000 })).Budget);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Validating.Validate(data, Shapes, cancellation: cancelled.Token));
    }

    [Fact]
    public void One_named_graph_is_validated_alone()
    {
        var name = new Iri("http://example.org/g");
        var data = new Dataset { new Quad(new Iri("x:a"), new Iri("x:p"), new Literal("1"), name), new Quad(new Iri("x:b"), new Iri("x:p"), new Literal("1")) };
        using var store = Validating.Store(data);
        var shapes = ShapeSet.Compile(Validating.Read("ex:S sh:targetSubjectsOf <x:p> ; sh:class ex:C ; sh:sparql [ sh:select \"SELECT $this WHERE { $this <x:p> ?o }\" ] ."));
        var report = Validator.Validate(shapes, store.Current, new ValidationOptions { DataGraph = name });
        Assert.Equal([new Iri("x:a"), new Iri("x:a")], report.Results.Select(r => r.FocusNode));
    }

    private static string Turtle(ValidationReport report)
    {
        using var output = new MemoryStream();
        using var writer = new SortedWriter(output, RdfFormats.Turtle, new WriterOptions { Prefixes = ReportGraph.PrefixesOf(report) });
        ReportGraph.Write(report, writer);
        writer.Complete();
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
