using MuseumXtd.Sparql.Algebra;
using static MuseumXtd.Sparql.Tests.Expressions.ExpressionTesting;

namespace MuseumXtd.Sparql.Tests.Expressions;

public sealed class OperatorTests
{
    [Theory]
    [InlineData("true", "true", "true", "true")]
    [InlineData("true", "false", "true", "false")]
    [InlineData("false", "true", "true", "false")]
    [InlineData("false", "false", "false", "false")]
    [InlineData("true", "error", "true", "error")]
    [InlineData("error", "true", "true", "error")]
    [InlineData("false", "error", "error", "false")]
    [InlineData("error", "false", "error", "false")]
    [InlineData("error", "error", "error", "error")]
    public void Logic_has_three_values(string left, string right, string or, string and)
    {
        Check(Function.Or, or, left, right);
        Check(Function.And, and, left, right);
    }

    [Theory]
    [InlineData("\"\"", "false")]
    [InlineData("\"x\"", "true")]
    [InlineData("\"x\"@en", "error")]
    [InlineData("0", "false")]
    [InlineData("0.0", "false")]
    [InlineData("xsd:double(NaN)", "false")]
    [InlineData("3", "true")]
    [InlineData("xsd:boolean(1)", "true")]
    [InlineData("xsd:boolean(abc)", "error")]
    [InlineData("xsd:integer(abc)", "error")]
    [InlineData("<http://a>", "error")]
    [InlineData("_:b", "error")]
    [InlineData("xsd:date(2020-01-01)", "error")]
    public void Effective_boolean_values_are_those_of_the_specification(string term, string expected)
    {
        Check(Function.And, expected, term, "true");
        Check(Function.Not, expected switch { "true" => "false", "false" => "true", _ => "error" }, term);
    }

    [Theory]
    [InlineData("1", "1.0", "true")]
    [InlineData("1", "1e0", "true")]
    [InlineData("1", "2", "false")]
    [InlineData("xsd:byte(1)", "xsd:float(1)", "true")]
    [InlineData("xsd:double(NaN)", "xsd:double(NaN)", "false")]
    [InlineData("xsd:integer(01)", "1", "true")]
    [InlineData("\"a\"", "\"a\"", "true")]
    [InlineData("\"a\"", "\"b\"", "false")]
    [InlineData("\"a\"@en", "\"a\"@EN", "true")]
    [InlineData("\"a\"@en", "\"a\"@fr", "false")]
    [InlineData("\"a\"@en", "\"a\"", "false")]
    [InlineData("\"a\"@ar--rtl", "\"a\"@ar", "false")]
    [InlineData("<http://a>", "<http://a>", "true")]
    [InlineData("<http://a>", "<http://b>", "false")]
    [InlineData("<http://a>", "\"http://a\"", "false")]
    [InlineData("true", "xsd:boolean(1)", "true")]
    [InlineData("xsd:dateTime(2020-01-01T00:00:00Z)", "xsd:dateTime(2020-01-01T02:00:00+02:00)", "true")]
    [InlineData("xsd:dateTime(2020-01-01T00:00:00Z)", "xsd:dateTime(2020-01-01T00:00:00)", "error")]
    [InlineData("xsd:dateTime(2020-01-01T00:00:00Z)", "xsd:dateTime(2020-01-02T00:00:00)", "false")]
    [InlineData("xsd:dayTimeDuration(P1D)", "xsd:duration(PT24H)", "true")]
    [InlineData("\"a\"^^<http://t>", "\"a\"^^<http://t>", "true")]
    [InlineData("\"a\"^^<http://t>", "\"b\"^^<http://t>", "error")]
    [InlineData("\"a\"^^<http://t>", "1", "error")]
    [InlineData("\"a\"^^<http://t>", "\"a\"", "error")]
    [InlineData("\"a\"^^<http://t>", "\"a\"@en", "false")]
    [InlineData("xsd:date(2020-01-01)", "xsd:dateTime(2020-01-01T00:00:00)", "false")]
    [InlineData("xsd:integer(abc)", "xsd:integer(abc)", "true")]
    [InlineData("xsd:integer(abc)", "1", "error")]
    public void Equality_compares_values_and_errs_where_they_are_unknown(string left, string right, string expected)
    {
        var negated = expected switch { "true" => "false", "false" => "true", _ => "error" };
        Check(Function.Equal, expected, left, right);
        Check(Function.Equal, expected, right, left);
        Check(Function.NotEqual, negated, left, right);
        Check(Function.NotEqual, negated, right, left);
    }

    [Theory]
    [InlineData("1", "2", "true")]
    [InlineData("2", "1", "false")]
    [InlineData("1", "1.5", "true")]
    [InlineData("9007199254740993", "9007199254740992", "false")]
    [InlineData("xsd:double(NaN)", "1", "false")]
    [InlineData("\"a\"", "\"b\"", "true")]
    [InlineData("\"é\"", "\"z\"", "false")]
    [InlineData("false", "true", "true")]
    [InlineData("xsd:date(2020-01-01)", "xsd:date(2020-01-02)", "true")]
    [InlineData("xsd:date(2020-01-01Z)", "xsd:date(2020-01-01)", "error")]
    [InlineData("xsd:time(10:00:00)", "xsd:time(11:00:00)", "true")]
    [InlineData("xsd:gYear(-0044)", "xsd:gYear(0014)", "true")]
    [InlineData("xsd:yearMonthDuration(P11M)", "xsd:yearMonthDuration(P1Y)", "true")]
    [InlineData("xsd:duration(P1M)", "xsd:duration(P30D)", "error")]
    [InlineData("\"a\"@en", "\"b\"@en", "error")]
    [InlineData("<http://a>", "<http://b>", "error")]
    [InlineData("1", "\"2\"", "error")]
    public void Order_is_that_of_the_values(string left, string right, string less)
    {
        Check(Function.Less, less, left, right);
        Check(Function.Greater, less, right, left);
    }

    [Theory]
    [InlineData(Function.Add, "1", "2", "3")]
    [InlineData(Function.Add, "1", "2.5", "3.5")]
    [InlineData(Function.Add, "1.5", "1e0", "xsd:double(2.5E0)")]
    [InlineData(Function.Add, "xsd:float(1)", "1.5", "xsd:float(2.5E0)")]
    [InlineData(Function.Add, "xsd:byte(100)", "xsd:byte(100)", "200")]
    [InlineData(Function.Add, "9223372036854775807", "1", "xsd:integer(9223372036854775808)")]
    [InlineData(Function.Add, "\"1\"", "2", "error")]
    [InlineData(Function.Subtract, "1", "2", "-1")]
    [InlineData(Function.Multiply, "3", "2.5", "7.5")]
    [InlineData(Function.Multiply, "xsd:integer(100000000000000000000)", "xsd:integer(100000000000000000000)", "error")]
    [InlineData(Function.Divide, "1", "4", "0.25")]
    [InlineData(Function.Divide, "4", "2", "xsd:decimal(2)")]
    [InlineData(Function.Divide, "1", "0", "error")]
    [InlineData(Function.Divide, "1e0", "0", "xsd:double(INF)")]
    [InlineData(Function.Add, "xsd:date(2020-01-31)", "xsd:yearMonthDuration(P1M)", "xsd:date(2020-02-29)")]
    [InlineData(Function.Subtract, "xsd:dateTime(2020-01-02T00:00:00Z)", "xsd:dateTime(2020-01-01T12:00:00Z)", "xsd:dayTimeDuration(PT12H)")]
    [InlineData(Function.Add, "xsd:time(23:00:00)", "xsd:dayTimeDuration(PT2H)", "xsd:time(01:00:00)")]
    [InlineData(Function.Subtract, "xsd:date(2020-03-01)", "xsd:dayTimeDuration(P1D)", "xsd:date(2020-02-29)")]
    public void Arithmetic_promotes_types(Function function, string left, string right, string expected) =>
        Check(function, expected, left, right);

    [Theory]
    [InlineData(Function.In, "2", "true", "1", "2", "3")]
    [InlineData(Function.In, "2", "false", "1", "3")]
    [InlineData(Function.In, "2", "true", "error", "2")]
    [InlineData(Function.In, "2", "error", "error", "3")]
    [InlineData(Function.NotIn, "2", "false", "error", "2")]
    [InlineData(Function.NotIn, "2", "error", "error", "3")]
    [InlineData(Function.NotIn, "2", "true", "1", "3")]
    public void Lists_are_searched_by_equality_and_errors_count_only_where_nothing_is_found(
        Function function, string value, string expected, params string[] list) =>
        Check(function, expected, [value, .. list]);

    [Fact]
    public void An_empty_list_holds_nothing()
    {
        Check(Function.In, "false", "2");
        Check(Function.NotIn, "true", "2");
    }

    [Theory]
    [InlineData(Function.If, "1", "true", "1", "2")]
    [InlineData(Function.If, "2", "false", "1", "2")]
    [InlineData(Function.If, "1", "true", "1", "error")]
    [InlineData(Function.If, "error", "error", "1", "2")]
    [InlineData(Function.Coalesce, "2", "error", "2", "3")]
    [InlineData(Function.Coalesce, "error", "error", "error")]
    [InlineData(Function.SameTerm, "false", "1", "1.0")]
    [InlineData(Function.SameTerm, "true", "1", "1")]
    [InlineData(Function.SameTerm, "error", "1", "error")]
    [InlineData(Function.Bound, "true", "1")]
    [InlineData(Function.Bound, "false", "error")]
    public void Functional_forms_look_at_errors_themselves(Function function, string expected, params string[] arguments) =>
        Check(function, expected, arguments);
}
