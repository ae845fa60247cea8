using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Expressions;
using static MuseumXtd.Sparql.Tests.Expressions.ExpressionTesting;

namespace MuseumXtd.Sparql.Tests.Expressions;

public sealed class AccumulatorTests
{
    private static readonly Variable X = new("x");

    [Theory]
    [InlineData(AggregateFunction.Count, "3", "1", "2", "error", "2")]
    [InlineData(AggregateFunction.Sum, "5", "1", "2", "2")]
    [InlineData(AggregateFunction.Sum, "3.5", "1", "2.5")]
    [InlineData(AggregateFunction.Sum, "xsd:double(3.5E0)", "1", "2.5e0")]
    [InlineData(AggregateFunction.Sum, "xsd:float(2.0E0)", "1", "xsd:float(1)")]
    [InlineData(AggregateFunction.Sum, "xsd:integer(18014398509481986)", "9007199254740993", "9007199254740993")]
    [InlineData(AggregateFunction.Sum, "error", "1", "error")]
    [InlineData(AggregateFunction.Sum, "error", "1", "\"2\"")]
    [InlineData(AggregateFunction.Avg, "1.5", "1", "2")]
    [InlineData(AggregateFunction.Avg, "xsd:double(1.5E0)", "1e0", "2")]
    [InlineData(AggregateFunction.Avg, "error", "1", "_:b")]
    [InlineData(AggregateFunction.Min, "-3", "1", "-3", "2.5")]
    [InlineData(AggregateFunction.Max, "2.5", "1", "-3", "2.5")]
    [InlineData(AggregateFunction.Min, "<http://a>", "1", "<http://a>", "\"x\"")]
    [InlineData(AggregateFunction.Max, "xsd:date(2021-01-01)", "xsd:date(2020-05-05)", "xsd:date(2021-01-01)")]
    [InlineData(AggregateFunction.Max, "error", "1", "error")]
    [InlineData(AggregateFunction.Sample, "7", "error", "7", "7")]
    [InlineData(AggregateFunction.GroupConcat, "\"a b 1\"", "\"a\"", "\"b\"@en", "1")]
    [InlineData(AggregateFunction.GroupConcat, "error", "\"a\"", "_:b")]
    public void Aggregates_of_one_group(AggregateFunction function, string expected, params string[] values) =>
        Assert.Equal(Term(expected), Aggregate(new Aggregate(function, new VariableExpression(X), false), values));

    [Theory]
    [InlineData(AggregateFunction.Count, "0")]
    [InlineData(AggregateFunction.Sum, "0")]
    [InlineData(AggregateFunction.Avg, "0")]
    [InlineData(AggregateFunction.Min, "error")]
    [InlineData(AggregateFunction.Max, "error")]
    [InlineData(AggregateFunction.Sample, "error")]
    [InlineData(AggregateFunction.GroupConcat, "\"\"")]
    public void Aggregates_of_no_row(AggregateFunction function, string expected) =>
        Assert.Equal(Term(expected), Aggregate(new Aggregate(function, new VariableExpression(X), false), []));

    [Theory]
    [InlineData(AggregateFunction.Count, "2")]
    [InlineData(AggregateFunction.Sum, "3")]
    [InlineData(AggregateFunction.Avg, "1.5")]
    [InlineData(AggregateFunction.GroupConcat, "\"2,1\"")]
    public void Distinct_values_count_once(AggregateFunction function, string expected) =>
        Assert.Equal(Term(expected), Aggregate(new Aggregate(function, new VariableExpression(X), true, ","), ["2", "1", "2", "2"]));

    [Fact]
    public void Solutions_are_counted_whether_bound_or_not()
    {
        Assert.Equal(Term("3"), Aggregate(new Aggregate(AggregateFunction.Count, null, false), ["1", "error", "1"]));
        Assert.Equal(Term("2"), Aggregate(new Aggregate(AggregateFunction.Count, null, true), ["1", "error", "1"]));
    }

    [Fact]
    public void An_average_may_be_protected_from_errors()
    {
        var protectedValue = new FunctionCall(Function.Coalesce, [new VariableExpression(X), Parse("0")]);
        Assert.Equal(Term("xsd:decimal(2)"), Aggregate(new Aggregate(AggregateFunction.Avg, protectedValue, false), ["4", "error"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_groups_over_many_batches_equal_sums_made_by_hand(bool distinct)
    {
        var context = Context();
        var accumulator = Accumulator.Create(new Aggregate(AggregateFunction.Sum, new VariableExpression(X), distinct), new Schema([X]), context);
        var random = new Random(7);
        var met = new HashSet<(int, int)>();
        var sums = new long[500];
        var batch = new Batch([new uint[Batch.Capacity]], 0);
        var groups = new int[Batch.Capacity];
        for (var round = 1; round <= 5; round++)
        {
            batch.Count = Batch.Capacity;
            for (var row = 0; row < batch.Count; row++)
            {
                var value = random.Next(-20, 20);
                groups[row] = random.Next(round * 100);
                batch.Columns[0][row] = context.Terms.Intern(Term(value.ToString(System.Globalization.CultureInfo.InvariantCulture))!).Value;
                sums[groups[row]] += !distinct || met.Add((groups[row], value)) ? value : 0;
            }

            accumulator.Add(batch, groups, round * 100);
        }

        Assert.Equal(sums, Enumerable.Range(0, 500).Select(group => (long)Value.Read(accumulator.Result(group), context.Terms).AsInteger));
        Assert.True(accumulator.Bytes > 500 * sizeof(long));
    }

    private static Rdf.Term? Aggregate(Aggregate aggregate, string[] values)
    {
        var context = Context();
        var accumulator = Accumulator.Create(aggregate, new Schema([X]), context);
        if (values.Length > 0)
        {
            var ids = values.Select(text => Term(text) is { } term ? context.Terms.Intern(term).Value : 0).ToArray();
            accumulator.Add(new Batch([ids], ids.Length), new int[ids.Length], 1);
        }

        var id = accumulator.Result(0);
        return id.IsBound ? context.Terms.Decode(id) : null;
    }
}
