using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;
using static MuseumXtd.Sparql.Tests.Expressions.ExpressionTesting;

namespace MuseumXtd.Sparql.Tests.Expressions;

public sealed class QueryTermsTests
{
    [Fact]
    public void Every_term_has_one_id_and_comes_back_as_it_was()
    {
        var dictionary = new TermDictionary();
        var known = dictionary.GetOrAdd(Term("\"a\"@en")!.Encode());
        var terms = new QueryTerms(dictionary);
        var scratch = new ByteBuffer();

        // The case of a language tag means nothing; the spelling met first is kept.
        Assert.Equal(known, terms.Intern(Term("\"a\"@EN")!));
        Assert.Equal(terms.Intern(Term("\"new\"@fr-ch")!), terms.Intern(Term("\"new\"@fr-CH")!));
        foreach (var text in Samples.Terms.Where(t => t != "\"a\"@EN"))
        {
            var term = Term(text)!;
            var id = terms.Intern(term);
            Assert.Equal(id, terms.Intern(term.Encode()));
            Assert.Equal(term, terms.Decode(id));
            Assert.Equal(term.Kind, terms.KindOf(id));
            Assert.Equal(term.Encode(), terms.Encoded(id, scratch).ToArray());
            Assert.Equal(new TermDictionary().GetOrAdd(term.Encode()).Tag, terms.TagOf(id));
        }

        Assert.Equal(known, terms.Intern(Term("\"a\"@en")!));
    }

    [Fact]
    public void A_made_term_keeps_its_id_when_the_store_learns_it()
    {
        var dictionary = new TermDictionary();
        var terms = new QueryTerms(dictionary);
        var id = terms.Intern(Term("\"new\"")!);
        dictionary.GetOrAdd(Term("\"new\"")!.Encode());
        Assert.Equal(id, terms.Intern(Term("\"new\"")!));
    }

    [Fact]
    public void A_term_that_the_store_learns_later_has_the_same_tag_for_all_threads_of_a_query()
    {
        var dictionary = new TermDictionary();
        dictionary.GetOrAdd(Term("\"known\"")!.Encode());
        var terms = new QueryTerms(dictionary);
        var ofWorker = new QueryTerms(terms);
        Assert.Equal(TermTag.Local, terms.Intern(Term("\"new\"")!).Tag);
        dictionary.GetOrAdd(Term("\"new\"")!.Encode());
        Assert.Equal(TermTag.Local, ofWorker.Intern(Term("\"new\"")!).Tag);
        Assert.Equal(TermTag.String, ofWorker.Intern(Term("\"known\"")!).Tag);
        Assert.Equal(TermTag.String, new QueryTerms(dictionary).Intern(Term("\"new\"")!).Tag);
    }

    [Fact]
    public void Many_terms_are_charged_and_found_again()
    {
        var terms = new QueryTerms(new TermDictionary());
        var before = terms.LocalBytes;
        var ids = Enumerable.Range(0, 20_000).Select(i => terms.Intern(new Iri($"http://example.org/{i}"))).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(new Iri("http://example.org/12345"), terms.Decode(ids[12_345]));
        Assert.Equal(ids[777], terms.Intern(new Iri("http://example.org/777")));
        Assert.True(terms.LocalBytes > before + (20_000 * 20));
    }

    [Fact]
    public void Fresh_blank_nodes_are_no_others()
    {
        var dictionary = new TermDictionary();
        var taken = dictionary.GetOrAdd(new BlankNode("q1").Encode());
        var terms = new QueryTerms(dictionary);
        var other = terms.Intern(new BlankNode("q2"));
        var fresh = new[] { terms.FreshBlankNode(), terms.FreshBlankNode() };
        Assert.Equal(4, new[] { taken, other, fresh[0], fresh[1] }.Distinct().Count());
    }

    [Fact]
    public void Blank_nodes_of_equal_strings_are_one_within_a_solution_only()
    {
        var context = Context();
        var x = new Variable("x");
        var call = new FunctionCall(Function.BNode, [new VariableExpression(x)]);
        var text = context.Terms.Intern(Term("\"a\"")!).Value;
        var first = ExpressionCompiler.Compile(call, new Schema([x]), context);
        var second = ExpressionCompiler.Compile(call, new Schema([x, new Variable("first")]), context);
        var batch = new Batch([[text, text], new uint[2]], 2);
        var nodes = new uint[2];
        first.EvaluateAll(batch, nodes);
        nodes.CopyTo(batch.Columns[1], 0);
        second.EvaluateAll(batch, nodes);
        Assert.Equal(batch.Columns[1], nodes);
        Assert.NotEqual(nodes[0], nodes[1]);
        Assert.Equal(TermKind.BlankNode, context.Terms.KindOf(new TermId(nodes[0])));
        var one = nodes[0];
        first.EvaluateAll(batch, nodes);
        Assert.NotEqual(one, nodes[0]);
    }

    [Fact]
    public void Blank_nodes_without_a_string_always_differ()
    {
        var context = Context();
        var call = ExpressionCompiler.Compile(new FunctionCall(Function.BNode, []), new Schema([]), context);
        var batch = new Batch([], 1);
        Assert.NotEqual(call.EvaluateId(batch, 0), call.EvaluateId(batch, 0));
    }
}
