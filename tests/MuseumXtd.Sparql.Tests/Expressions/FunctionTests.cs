using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Sparql.Algebra;
using static MuseumXtd.Sparql.Tests.Expressions.ExpressionTesting;

namespace MuseumXtd.Sparql.Tests.Expressions;

public sealed class FunctionTests
{
    [Theory]
    [InlineData(Function.IsIri, "true", "<http://a>")]
    [InlineData(Function.IsIri, "false", "\"http://a\"")]
    [InlineData(Function.IsBlank, "true", "_:b")]
    [InlineData(Function.IsLiteral, "true", "12")]
    [InlineData(Function.IsLiteral, "error", "error")]
    [InlineData(Function.IsNumeric, "true", "12")]
    [InlineData(Function.IsNumeric, "false", "\"12\"")]
    [InlineData(Function.IsNumeric, "true", "xsd:nonNegativeInteger(1200)")]
    [InlineData(Function.IsNumeric, "false", "xsd:byte(1200)")]
    [InlineData(Function.IsNumeric, "false", "<http://example/>")]
    [InlineData(Function.Str, "\"http://a\"", "<http://a>")]
    [InlineData(Function.Str, "\"12\"", "12")]
    [InlineData(Function.Str, "\"012\"", "xsd:integer(012)")]
    [InlineData(Function.Str, "\"a\"", "\"a\"@en")]
    [InlineData(Function.Str, "error", "_:b")]
    [InlineData(Function.Lang, "\"en\"", "\"a\"@en")]
    [InlineData(Function.Lang, "\"\"", "12")]
    [InlineData(Function.Lang, "error", "<http://a>")]
    [InlineData(Function.Lang, "\"ar\"", "\"a\"@ar--rtl")]
    [InlineData(Function.LangDir, "\"rtl\"", "\"a\"@ar--rtl")]
    [InlineData(Function.LangDir, "\"\"", "\"a\"@ar")]
    [InlineData(Function.HasLang, "true", "\"a\"@ar")]
    [InlineData(Function.HasLang, "false", "\"a\"")]
    [InlineData(Function.HasLangDir, "true", "\"a\"@ar--rtl")]
    [InlineData(Function.HasLangDir, "false", "\"a\"@ar")]
    [InlineData(Function.Datatype, "<http://www.w3.org/2001/XMLSchema#string>", "\"a\"")]
    [InlineData(Function.Datatype, "<http://www.w3.org/2001/XMLSchema#integer>", "1")]
    [InlineData(Function.Datatype, "<http://www.w3.org/2001/XMLSchema#byte>", "xsd:byte(1)")]
    [InlineData(Function.Datatype, "<http://t>", "\"a\"^^<http://t>")]
    [InlineData(Function.Datatype, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>", "\"a\"@en")]
    [InlineData(Function.Datatype, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString>", "\"a\"@ar--rtl")]
    [InlineData(Function.Datatype, "error", "<http://a>")]
    [InlineData(Function.Iri, "<http://a>", "\"http://a\"")]
    [InlineData(Function.Iri, "<http://example.org/base/x>", "\"x\"")]
    [InlineData(Function.Iri, "error", "\"a\"@en")]
    [InlineData(Function.Iri, "error", "\"http://a b\"")]
    [InlineData(Function.StrDt, "\"iiii\"^^<http://example/romanNumeral>", "\"iiii\"", "<http://example/romanNumeral>")]
    [InlineData(Function.StrDt, "12", "\"12\"", "<http://www.w3.org/2001/XMLSchema#integer>")]
    [InlineData(Function.StrDt, "error", "\"a\"@en", "<http://t>")]
    [InlineData(Function.StrLang, "\"chat\"@en", "\"chat\"", "\"en\"")]
    [InlineData(Function.StrLang, "error", "\"chat\"", "\"\"")]
    [InlineData(Function.StrLang, "error", "\"chat\"@en", "\"en\"")]
    [InlineData(Function.StrLangDir, "\"a\"@ar--rtl", "\"a\"", "\"ar\"", "\"rtl\"")]
    [InlineData(Function.StrLangDir, "error", "\"a\"", "\"ar\"", "\"up\"")]
    [InlineData(Function.LangMatches, "true", "\"fr-BE\"", "\"FR\"")]
    [InlineData(Function.LangMatches, "false", "\"fro\"", "\"fr\"")]
    [InlineData(Function.LangMatches, "true", "\"fr\"", "\"*\"")]
    [InlineData(Function.LangMatches, "false", "\"\"", "\"*\"")]
    [InlineData(Function.IsTriple, "false", "\"a\"")]
    [InlineData(Function.Subject, "error", "\"a\"")]
    public void Functions_on_terms(Function function, string expected, params string[] arguments) => Check(function, expected, arguments);

    [Theory]
    [InlineData(Function.StrLen, "5", "\"chats\"")]
    [InlineData(Function.StrLen, "2", "\"é𝄞\"@en")]
    [InlineData(Function.StrLen, "error", "1")]
    [InlineData(Function.SubStr, "\"bar\"", "\"foobar\"", "4")]
    [InlineData(Function.SubStr, "\"bar\"@en", "\"foobar\"@en", "4")]
    [InlineData(Function.SubStr, "\"b\"", "\"foobar\"", "4", "1")]
    [InlineData(Function.SubStr, "\"𝄞b\"", "\"é𝄞bc\"", "2", "2")]
    [InlineData(Function.SubStr, "\"fo\"", "\"foobar\"", "0", "3")]
    [InlineData(Function.SubStr, "\"\"", "\"foobar\"", "-5", "3")]
    [InlineData(Function.SubStr, "\"\"", "\"foobar\"", "9")]
    [InlineData(Function.SubStr, "\"oba\"", "\"foobar\"", "2.5", "2.6")]
    [InlineData(Function.UCase, "\"FOOÉ\"@en", "\"fooé\"@en")]
    [InlineData(Function.UCase, "\"STRASSE\"", "\"straße\"")]
    [InlineData(Function.LCase, "\"bar\"", "\"BAR\"")]
    [InlineData(Function.LCase, "\"été\"", "\"ÉTÉ\"")]
    [InlineData(Function.StrStarts, "true", "\"foobar\"", "\"foo\"")]
    [InlineData(Function.StrStarts, "true", "\"foobar\"@en", "\"foo\"@EN")]
    [InlineData(Function.StrStarts, "true", "\"foobar\"@en", "\"foo\"")]
    [InlineData(Function.StrStarts, "error", "\"foobar\"", "\"foo\"@en")]
    [InlineData(Function.StrStarts, "error", "\"foobar\"@en", "\"foo\"@fr")]
    [InlineData(Function.StrEnds, "true", "\"foobar\"", "\"bar\"")]
    [InlineData(Function.StrEnds, "error", "\"foobar\"", "12")]
    [InlineData(Function.Contains, "true", "\"foobar\"", "\"bar\"")]
    [InlineData(Function.Contains, "false", "\"foobar\"", "\"baz\"")]
    [InlineData(Function.StrBefore, "\"a\"", "\"abc\"", "\"b\"")]
    [InlineData(Function.StrBefore, "\"a\"@en", "\"abc\"@en", "\"bc\"")]
    [InlineData(Function.StrBefore, "error", "\"abc\"@en", "\"b\"@cy")]
    [InlineData(Function.StrBefore, "\"\"", "\"abc\"", "\"\"")]
    [InlineData(Function.StrBefore, "\"\"", "\"abc\"", "\"xyz\"")]
    [InlineData(Function.StrBefore, "\"\"", "\"abc\"@en", "\"z\"@en")]
    [InlineData(Function.StrBefore, "\"\"@en", "\"abc\"@en", "\"\"@en")]
    [InlineData(Function.StrAfter, "\"c\"", "\"abc\"", "\"b\"")]
    [InlineData(Function.StrAfter, "\"\"@en", "\"abc\"@en", "\"abc\"")]
    [InlineData(Function.StrAfter, "\"abc\"@en", "\"abc\"@en", "\"\"")]
    [InlineData(Function.StrAfter, "\"\"", "\"abc\"", "\"xyz\"")]
    [InlineData(Function.EncodeForUri, "\"Los%20Angeles\"", "\"Los Angeles\"")]
    [InlineData(Function.EncodeForUri, "\"%C3%A9~-_.\"", "\"é~-_.\"@fr")]
    [InlineData(Function.Concat, "\"foobar\"", "\"foo\"", "\"bar\"")]
    [InlineData(Function.Concat, "\"foobar\"@en", "\"foo\"@en", "\"bar\"@en")]
    [InlineData(Function.Concat, "\"foobar\"", "\"foo\"@en", "\"bar\"")]
    [InlineData(Function.Concat, "\"foobar\"", "\"foo\"@en", "\"bar\"@es")]
    [InlineData(Function.Concat, "error", "\"foo\"", "1")]
    public void Functions_on_strings(Function function, string expected, params string[] arguments) => Check(function, expected, arguments);

    [Theory]
    [InlineData(Function.Regex, "true", "\"Alice\"", "\"^ali\"", "\"i\"")]
    [InlineData(Function.Regex, "false", "\"Alice\"", "\"^ali\"")]
    [InlineData(Function.Regex, "true", "\"abcDEF\"@en", "\"cDE\"")]
    [InlineData(Function.Regex, "true", "\"MUSÉE\"", "\"musée\"", "\"i\"")]
    [InlineData(Function.Regex, "true", "\"a Museum\"", "\"MUSEUM\"", "\"i\"")]
    [InlineData(Function.Regex, "true", "\"273 K\"", "\"k$\"", "\"i\"")]
    [InlineData(Function.Regex, "true", "\"museum and archive\"", "\"museum.*(heritage|archive)\"")]
    [InlineData(Function.Regex, "false", "\"a\nb\"", "\"a.b\"")]
    [InlineData(Function.Regex, "true", "\"a\nb\"", "\"a.b\"", "\"s\"")]
    [InlineData(Function.Regex, "false", "\"a\nb\"", "\"^b\"")]
    [InlineData(Function.Regex, "true", "\"a\nb\"", "\"^b\"", "\"m\"")]
    [InlineData(Function.Regex, "false", "\"b\n\"", "\"b$\"")]
    [InlineData(Function.Regex, "true", "\"hello world\"", "\"hello[ ]world\"", "\"x\"")]
    [InlineData(Function.Regex, "true", "\"helloworld\"", "\"hello world\"", "\"x\"")]
    [InlineData(Function.Regex, "true", "\"a.b\"", "\"A.B\"", "\"qi\"")]
    [InlineData(Function.Regex, "false", "\"axb\"", "\"a.b\"", "\"q\"")]
    [InlineData(Function.Regex, "true", "\"bcd\"", "\"^[a-z-[aeiou]]+$\"")]
    [InlineData(Function.Regex, "true", "\"abab\"", "\"^(ab)\\1$\"")]
    [InlineData(Function.Regex, "true", "\"x1:y\"", "\"^\\i\\c*$\"")]
    [InlineData(Function.Regex, "true", "\"\"", "\"^$\"")]
    [InlineData(Function.Regex, "true", "\"b\"", "\"a?b\"")]
    [InlineData(Function.Regex, "true", "\"xb\"", "\"ab*|b\"")]
    [InlineData(Function.Regex, "true", "\"xb\"", "\"a\\(c|b\"")]
    [InlineData(Function.Regex, "false", "\"xb\"", "\"ab+\"")]
    [InlineData(Function.Regex, "true", "\"THE ARCHIVES\"", "\"archives?\"", "\"i\"")]
    [InlineData(Function.Regex, "true", "\"20 \u212Aelvin\"", "\"kelvin.?\"", "\"i\"")]
    [InlineData(Function.Regex, "error", "\"a\"", "\"(?=a)\"")]
    [InlineData(Function.Regex, "error", "\"a\"", "\"[a\"")]
    [InlineData(Function.Regex, "error", "\"a\"", "\"a\"", "\"z\"")]
    [InlineData(Function.Regex, "error", "12", "\"a\"")]
    [InlineData(Function.Replace, "\"aZcZ\"", "\"abcb\"", "\"b\"", "\"Z\"")]
    [InlineData(Function.Replace, "\"aZZ\"@en", "\"abb\"@en", "\"B\"", "\"Z\"", "\"i\"")]
    [InlineData(Function.Replace, "\"a[1=ab][2=]cd\"", "\"abcd\"", "\"(ab)|(a)\"", "\"a[1=$1][2=$2]\"")]
    [InlineData(Function.Replace, "\"*c*bra\"", "\"abracadabra\"", "\"a.*a(.)\"", "\"*c*$1\"")]
    [InlineData(Function.Replace, "\"carted\"", "\"darted\"", "\"^(.*?)d(.*)$\"", "\"$1c$2\"")]
    [InlineData(Function.Replace, "error", "\"abc\"", "\".*?\"", "\"$1\"")]
    [InlineData(Function.Replace, "\"a$c\"", "\"abc\"", "\"b\"", "\"\\$\"")]
    [InlineData(Function.Replace, "error", "\"abc\"", "\"b\"", "\"$\"")]
    public void Patterns_are_those_of_XPath(Function function, string expected, params string[] arguments) => Check(function, expected, arguments);

    [Theory]
    [InlineData(Function.Abs, "1", "-1")]
    [InlineData(Function.Abs, "1.5", "-1.5")]
    [InlineData(Function.Round, "xsd:decimal(2)", "2.4999")]
    [InlineData(Function.Round, "xsd:decimal(3)", "2.5")]
    [InlineData(Function.Round, "xsd:decimal(-2)", "-2.5")]
    [InlineData(Function.Round, "xsd:double(-2.0E0)", "-2.5e0")]
    [InlineData(Function.Ceil, "xsd:decimal(11)", "10.5")]
    [InlineData(Function.Ceil, "xsd:decimal(-10)", "-10.5")]
    [InlineData(Function.Floor, "xsd:decimal(10)", "10.5")]
    [InlineData(Function.Floor, "xsd:decimal(-11)", "-10.5")]
    [InlineData(Function.Floor, "7", "7")]
    [InlineData(Function.Floor, "error", "\"7\"")]
    public void Functions_on_numbers(Function function, string expected, params string[] arguments) => Check(function, expected, arguments);

    [Theory]
    [InlineData(Function.Year, "2011")]
    [InlineData(Function.Month, "1")]
    [InlineData(Function.Day, "10")]
    [InlineData(Function.Hours, "14")]
    [InlineData(Function.Minutes, "45")]
    [InlineData(Function.Seconds, "13.815")]
    [InlineData(Function.Timezone, "xsd:dayTimeDuration(-PT5H)")]
    [InlineData(Function.Tz, "\"-05:00\"")]
    public void Functions_on_times(Function function, string expected) =>
        Check(function, expected, "xsd:dateTime(2011-01-10T14:45:13.815-05:00)");

    [Theory]
    [InlineData(Function.Timezone, "xsd:dayTimeDuration(PT0S)", "xsd:dateTime(2011-01-10T14:45:13.815Z)")]
    [InlineData(Function.Timezone, "error", "xsd:dateTime(2011-01-10T14:45:13.815)")]
    [InlineData(Function.Tz, "\"Z\"", "xsd:dateTime(2011-01-10T14:45:13.815Z)")]
    [InlineData(Function.Tz, "\"\"", "xsd:dateTime(2011-01-10T14:45:13.815)")]
    [InlineData(Function.Year, "2015", "xsd:date(2015-06-01)")]
    [InlineData(Function.Hours, "error", "xsd:date(2015-06-01)")]
    [InlineData(Function.Year, "error", "\"2015\"")]
    public void Functions_on_parts_of_times(Function function, string expected, string argument) => Check(function, expected, argument);

    [Fact]
    public void Now_is_the_time_of_the_query() =>
        Assert.Equal(Term("xsd:dateTime(2026-03-04T05:06:07-05:00)"), Evaluate(Function.Now));

    [Theory]
    [InlineData(Function.Md5, "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData(Function.Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData(Function.Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(Function.Sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")]
    [InlineData(Function.Sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public void Hashes_are_lower_case_hexadecimal(Function function, string expected) => Check(function, $"\"{expected}\"", "\"abc\"");

    [Theory]
    [InlineData("integer", "\" 12 \"", "12")]
    [InlineData("integer", "\"12.5\"", "error")]
    [InlineData("integer", "12.9", "12")]
    [InlineData("integer", "-1.9e0", "-1")]
    [InlineData("integer", "true", "1")]
    [InlineData("integer", "xsd:double(NaN)", "error")]
    [InlineData("integer", "<http://a>", "error")]
    [InlineData("decimal", "1.5e0", "1.5")]
    [InlineData("decimal", "\"1.50\"", "1.5")]
    [InlineData("double", "1", "xsd:double(1.0E0)")]
    [InlineData("double", "\"INF\"", "xsd:double(INF)")]
    [InlineData("float", "\"1.5\"", "xsd:float(1.5E0)")]
    [InlineData("boolean", "\"1\"", "true")]
    [InlineData("boolean", "0.0", "false")]
    [InlineData("boolean", "\"yes\"", "error")]
    [InlineData("boolean", "xsd:double(NaN)", "false")]
    [InlineData("string", "<http://a>", "\"http://a\"")]
    [InlineData("string", "1.5e0", "\"1.5\"")]
    [InlineData("string", "1e6", "\"1.0E6\"")]
    [InlineData("string", "xsd:integer(01)", "\"1\"")]
    [InlineData("string", "\"a\"@en", "error")]
    [InlineData("dateTime", "\"2020-01-01T00:00:00Z\"", "xsd:dateTime(2020-01-01T00:00:00Z)")]
    [InlineData("dateTime", "xsd:date(2020-01-01)", "xsd:dateTime(2020-01-01T00:00:00)")]
    [InlineData("date", "xsd:dateTime(2020-01-01T10:00:00Z)", "xsd:date(2020-01-01Z)")]
    [InlineData("gYear", "xsd:date(2020-05-01)", "xsd:gYear(2020)")]
    [InlineData("dayTimeDuration", "\"PT36H\"", "xsd:dayTimeDuration(P1DT12H)")]
    [InlineData("byte", "300", "error")]
    [InlineData("byte", "100", "xsd:byte(100)")]
    public void Casts_convert_or_err(string type, string argument, string expected) =>
        CheckNamed(Xsd.Namespace + type, expected, argument);

    [Fact]
    public void A_function_that_is_not_known_is_an_error() => CheckNamed("http://example.org/f", "error", "1");

    [Fact]
    public void Triple_terms_are_made_and_taken_apart()
    {
        var triple = new TripleTerm(new Iri("http://s"), new Iri("http://p"), new Literal("o", "en"));
        var call = Call(Function.Triple, "<http://s>", "<http://p>", "\"o\"@en");
        Assert.Equal(triple, Evaluate(call));
        Assert.Equal(triple.Subject, Evaluate(new FunctionCall(Function.Subject, [call])));
        Assert.Equal(triple.Predicate, Evaluate(new FunctionCall(Function.Predicate, [call])));
        Assert.Equal(triple.Object, Evaluate(new FunctionCall(Function.Object, [call])));
        Assert.Equal(Term("true"), Evaluate(new FunctionCall(Function.IsTriple, [call])));
        Assert.Null(Evaluate(Function.Triple, "\"s\"", "<http://p>", "1"));
    }

    [Fact]
    public void Uuids_differ_and_are_IRIs_or_strings()
    {
        var first = Assert.IsType<Iri>(Evaluate(Function.Uuid));
        var second = Assert.IsType<Iri>(Evaluate(Function.Uuid));
        Assert.NotEqual(first, second);
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", first.Value);
        Assert.Equal(36, Assert.IsType<Literal>(Evaluate(Function.StrUuid)).LexicalForm.Length);
    }

    [Fact]
    public void Random_numbers_are_doubles_from_0_to_1()
    {
        var number = Assert.IsType<Literal>(Evaluate(Function.Rand));
        Assert.Equal(Xsd.Double, number.Datatype);
        Assert.InRange(double.Parse(number.LexicalForm, System.Globalization.CultureInfo.InvariantCulture), 0, 1);
    }
}
