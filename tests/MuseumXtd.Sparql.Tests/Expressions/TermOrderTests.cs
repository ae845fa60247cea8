using MuseumXtd.Sparql.Expressions;
using MuseumXtd.Store;
using static MuseumXtd.Sparql.Tests.Expressions.ExpressionTesting;

namespace MuseumXtd.Sparql.Tests.Expressions;

public sealed class TermOrderTests
{
    private readonly QueryTerms _terms;
    private readonly TermId[] _ids;
    private readonly TermOrder _order;

    public TermOrderTests()
    {
        // Half of the terms are the dictionary's, half the query's own.
        var dictionary = new TermDictionary();
        for (var i = 0; i < Samples.Terms.Length; i += 2)
        {
            dictionary.GetOrAdd(Term(Samples.Terms[i])!.Encode());
        }

        _terms = new QueryTerms(dictionary);
        _ids = [TermId.Unbound, .. Samples.Terms.Select(text => _terms.Intern(Term(text)!))];
        _order = new TermOrder(_terms);
    }

    [Fact]
    public void Only_equal_terms_compare_as_equal_and_order_is_antisymmetric()
    {
        foreach (var x in _ids)
        {
            foreach (var y in _ids)
            {
                Assert.Equal(Math.Sign(_order.Compare(x, y)), -Math.Sign(_order.Compare(y, x)));
                Assert.Equal(x == y, _order.Compare(x, y) == 0);
            }
        }
    }

    [Fact]
    public void Order_is_transitive()
    {
        foreach (var x in _ids)
        {
            foreach (var y in _ids.Where(y => _order.Compare(x, y) < 0))
            {
                Assert.All(_ids.Where(z => _order.Compare(y, z) < 0), z => Assert.True(_order.Compare(x, z) < 0));
            }
        }
    }

    [Fact]
    public void Order_agrees_with_less()
    {
        foreach (var x in _ids)
        {
            foreach (var y in _ids)
            {
                if (Comparison.Compare(Value.Read(x, _terms), Value.Read(y, _terms)) == Ordering.Less)
                {
                    Assert.True(_order.Compare(x, y) < 0, $"{_terms.Decode(x)} {_terms.Decode(y)}");
                }
            }
        }
    }

    [Fact]
    public void Keys_never_contradict_the_order()
    {
        foreach (var x in _ids)
        {
            foreach (var y in _ids)
            {
                if (_order.Key(x) < _order.Key(y))
                {
                    Assert.True(_order.Compare(x, y) < 0, $"{_terms.Decode(x)} {_terms.Decode(y)}");
                }
            }
        }
    }

    [Fact]
    public void Kinds_come_in_the_order_of_the_specification()
    {
        string[] sorted = ["_:b1", "<http://a>", "\"a\"", "\"a\"@en", "0", "true", "xsd:date(2020-01-01)", "\"a\"^^<http://t>"];
        var ids = sorted.Select(text => _terms.Intern(Term(text)!)).Prepend(TermId.Unbound).ToArray();
        Assert.Equal(ids, ids.Reverse().Order(_order));
    }
}
