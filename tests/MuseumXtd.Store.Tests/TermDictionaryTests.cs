using System.Text;
using CsCheck;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Store.Tests;

public sealed class TermDictionaryTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char['\0', '\uD7FF'], 0, 20],
        Among("", "\"", "\"@fr", "\"^^<x", "\\", "\n\r\t", "é\u0301", "\U0001F3DB", "\0", "<", "_:", "(", "0", "-0", "+1", "007"));

    private static readonly Gen<string> SafeText = Gen.String[Gen.Char.AlphaNumeric, 1, 12];

    private static readonly Gen<Literal> AnyLiteral = Gen.OneOf(
        Text.Select(t => new Literal(t)),
        Gen.Select(Text, Among("fr", "FR-ca", "x-private", "de-Latn-1996"), (t, l) => new Literal(t, l)),
        Text.Select(t => new Literal(t, "ar", BaseDirection.RightToLeft)),
        Gen.Select(Text, Among("integer", "decimal", "date", "boolean", "dateTime", "string", "token", "", "gYear", "inte", "ger dec"), (t, d) =>
            new Literal(t, new Iri(Xsd.Namespace + d))),
        Gen.Long.Select(n => new Literal(n.ToString(System.Globalization.CultureInfo.InvariantCulture), Xsd.Integer)));

    private static readonly Gen<Term> AnyTerm = Gen.Recursive<Term>((depth, inner) =>
    {
        var flat = Gen.OneOf(
            SafeText.Select(t => (Term)new Iri("http://x/" + t)), SafeText.Select(t => (Term)new BlankNode(t)), AnyLiteral.Select(l => (Term)l));
        return depth > 2 ? flat : Gen.OneOf(
            flat, Gen.Select(flat, SafeText, inner, (s, p, o) => (Term)new TripleTerm(s, new Iri("http://x/" + p), o)));
    });

    private static Gen<string> Among(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    [Fact]
    public void Terms_asked_for_together_have_the_numbers_of_each() =>
        AnyTerm.Array[0, 90].Sample(
            terms =>
            {
                var dictionary = new TermDictionary();
                var known = terms.Where((_, i) => i % 3 == 0).Select(t => (Term: t, Id: dictionary.GetOrAdd(t.Encode()))).ToArray();
                var encoded = Array.ConvertAll(terms, t => t.Encode());
                var ends = encoded.Select((_, i) => encoded.Take(i + 1).Sum(e => e.Length)).ToArray();
                var numbers = new uint[terms.Length];

                dictionary.GetOrAdd(encoded.SelectMany(e => e).ToArray(), ends, numbers);

                Assert.All(known, k => Assert.Equal(k.Id, dictionary.GetOrAdd(k.Term.Encode())));
                Assert.Equal(encoded.Select(e => dictionary.GetOrAdd(e).Value), numbers);
            },
            iter: 300);

    [Fact]
    public void Terms_come_back_as_they_went_in() =>
        AnyTerm.Array[1, 60].Sample(
            terms =>
            {
                var dictionary = new TermDictionary();
                using var scratch = new ByteBuffer();
                var ids = terms.Select(t => dictionary.GetOrAdd(t.Encode())).ToArray();
                for (var i = 0; i < terms.Length; i++)
                {
                    Assert.True(ids[i].IsBound);
                    Assert.Equal(terms[i], Term.Decode(dictionary.Encoded(ids[i], scratch)));
                    Assert.True(dictionary.TryGetId(terms[i].Encode(), out var again));
                    Assert.Equal(ids[i], again);
                    Assert.Equal(ids[i], dictionary.GetOrAdd(terms[i].Encode()));
                }

                Assert.Equal(terms.Distinct().Count(), ids.Distinct().Count());
            },
            iter: 500);

    [Theory]
    [InlineData("5", "integer", TermTag.InlineInteger)]
    [InlineData("-134217728", "integer", TermTag.InlineInteger)]
    [InlineData("134217728", "integer", TermTag.Numeric)]
    [InlineData("-0", "integer", TermTag.Numeric)]
    [InlineData("05", "integer", TermTag.Numeric)]
    [InlineData("+5", "integer", TermTag.Numeric)]
    [InlineData("five", "integer", TermTag.Numeric)]
    [InlineData("99999999999999999999", "integer", TermTag.Numeric)]
    [InlineData("5", "unsignedByte", TermTag.Numeric)]
    [InlineData("1.5", "decimal", TermTag.Numeric)]
    [InlineData("true", "boolean", TermTag.InlineBoolean)]
    [InlineData("1", "boolean", TermTag.OtherLiteral)]
    [InlineData("2024-02-29", "date", TermTag.InlineDate)]
    [InlineData("2023-02-29", "date", TermTag.Temporal)]
    [InlineData("2024-02-29Z", "date", TermTag.Temporal)]
    [InlineData("-0044-03-15", "date", TermTag.Temporal)]
    [InlineData("2024", "gYear", TermTag.Temporal)]
    [InlineData("P1Y", "yearMonthDuration", TermTag.Temporal)]
    [InlineData("x", "string", TermTag.String)]
    [InlineData("x", "anyURI", TermTag.OtherLiteral)]
    [InlineData("x", "", TermTag.OtherLiteral)]
    [InlineData("x", "int short", TermTag.OtherLiteral)]
    public void A_literal_is_classified_by_its_datatype(string lexicalForm, string datatype, TermTag tag)
    {
        var literal = new Literal(lexicalForm, new Iri(Xsd.Namespace + datatype));
        var dictionary = new TermDictionary();
        using var scratch = new ByteBuffer();

        var id = dictionary.GetOrAdd(literal.Encode());

        Assert.Equal(tag, id.Tag);
        Assert.Equal(literal, Term.Decode(dictionary.Encoded(id, scratch)));
    }

    [Fact]
    public void Inline_ids_sort_as_their_values() =>
        Gen.Select(Gen.Int[InlineValue.MinInteger, InlineValue.MaxInteger], Gen.Int[InlineValue.MinInteger, InlineValue.MaxInteger]).Sample((a, b) =>
        {
            Assert.True(InlineValue.TryInteger(a, out var left));
            Assert.True(InlineValue.TryInteger(b, out var right));
            Assert.Equal(a.CompareTo(b), left.CompareTo(right));
            Assert.Equal(a, InlineValue.Integer(left));
        });

    [Theory]
    [InlineData("05", "integer", 5.0)]
    [InlineData("+1.50", "decimal", 1.5)]
    [InlineData("-1e3", "double", -1000.0)]
    [InlineData("INF", "float", double.PositiveInfinity)]
    [InlineData("-INF", "double", double.NegativeInfinity)]
    [InlineData("NaN", "double", double.NaN)]
    [InlineData("+INF", "double", double.PositiveInfinity)]
    [InlineData(".5", "decimal", 0.5)]
    [InlineData("5.", "decimal", 5.0)]
    [InlineData(" 7\n", "int", 7.0)]
    [InlineData("-128", "byte", -128.0)]
    [InlineData("18446744073709551615", "unsignedLong", 18446744073709551615.0)]
    [InlineData("100000000000000000000000000000000000000000", "positiveInteger", 1e41)]
    [InlineData("0.1", "float", (double)0.1f)]
    public void A_number_in_the_dictionary_has_its_value(string lexicalForm, string datatype, double expected)
    {
        var dictionary = new TermDictionary();
        Assert.True(dictionary.TryGetDouble(dictionary.GetOrAdd(new Literal(lexicalForm, new Iri(Xsd.Namespace + datatype)).Encode()), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("", "integer")]
    [InlineData("five", "decimal")]
    [InlineData("1,5", "decimal")]
    [InlineData("Infinity", "double")]
    [InlineData("1e", "double")]
    [InlineData("e5", "double")]
    [InlineData(".", "decimal")]
    [InlineData("+", "integer")]
    [InlineData("1.5", "integer")]
    [InlineData("1e3", "decimal")]
    [InlineData("INF", "decimal")]
    [InlineData("1 000", "decimal")]
    [InlineData("128", "byte")]
    [InlineData("-1", "unsignedInt")]
    [InlineData("0", "positiveInteger")]
    [InlineData("-100000000000000000000000000000000000000000", "nonNegativeInteger")]
    public void An_ill_typed_number_has_no_value(string lexicalForm, string datatype)
    {
        var dictionary = new TermDictionary();
        Assert.False(dictionary.TryGetDouble(dictionary.GetOrAdd(new Literal(lexicalForm, new Iri(Xsd.Namespace + datatype)).Encode()), out _));
    }

    [Theory]
    [InlineData("2018-03-01T12:30:00Z", "dateTime")]
    [InlineData("2018-03-01T12:30:00", "dateTime")]
    [InlineData("-0044-03-15T24:00:00-14:00", "dateTime")]
    [InlineData("9999999-12-31T23:59:59+14:00", "dateTimeStamp")]
    [InlineData(" 2018-03-01T12:30:00Z ", "dateTime", false)]
    [InlineData("2018-03-01T12:30:00.5Z", "dateTime", false)]
    [InlineData("2018-02-30T12:30:00Z", "dateTime", false)]
    [InlineData("999999999-01-01T00:00:00Z", "dateTime", false)]
    [InlineData("2018-03-01T12:30:00", "dateTimeStamp", false)]
    [InlineData("2018", "gYear", false)]
    [InlineData("PT1H", "duration", false)]
    [InlineData("2018-03-01Z", "date", false)]
    public void A_time_in_the_dictionary_has_its_value_unless_its_text_must_be_read(string lexicalForm, string datatype, bool isKept = true)
    {
        var dictionary = new TermDictionary();
        var id = dictionary.GetOrAdd(new Literal(lexicalForm, new Iri(Xsd.Namespace + datatype)).Encode());
        var next = dictionary.GetOrAdd("\"next\""u8);
        using var scratch = new ByteBuffer();

        Assert.Equal(isKept, dictionary.TryGetDateTime(id, out var value));
        Assert.True(dictionary.Encoded(next, scratch).SequenceEqual("\"next\""u8));
        if (isKept)
        {
            Assert.True(XsdDateTime.TryParse(Encoding.UTF8.GetBytes(lexicalForm), XsdDatatype.DateTime, out var expected));
            Assert.Equal(expected, value);
        }
    }

    [Fact]
    public void Terms_longer_than_a_segment_are_kept_between_short_ones()
    {
        var dictionary = new TermDictionary();
        using var scratch = new ByteBuffer();
        var terms = new List<byte[]>();
        foreach (var length in (int[])[1, 127, 128, 16_384, 1 << 20, (1 << 20) - 6, 3, 5_000_000, 2, 2_097_152])
        {
            terms.Add(Encoding.UTF8.GetBytes("\"" + new string('x', length) + "\""));
        }

        var ids = terms.ConvertAll(t => dictionary.GetOrAdd(t));

        for (var i = 0; i < terms.Count; i++)
        {
            Assert.True(dictionary.Encoded(ids[i], scratch).SequenceEqual(terms[i]));
            Assert.True(dictionary.TryGetId(terms[i], out var again));
            Assert.Equal(ids[i], again);
        }
    }

    [Fact]
    public void A_term_that_was_never_added_has_no_id()
    {
        var dictionary = new TermDictionary();
        dictionary.GetOrAdd("<http://x/a"u8);
        Assert.False(dictionary.TryGetId("<http://x/b"u8, out _));
        Assert.False(dictionary.TryGetId("\"http://x/a\""u8, out _));
    }

    [Fact]
    public async Task Readers_find_what_was_added_before_while_the_writer_adds()
    {
        const int Terms = 200_000;
        var dictionary = new TermDictionary();
        var ids = new uint[Terms];
        var ready = 0;
        var readers = Enumerable.Range(0, 3).Select(seed => Task.Run(() =>
        {
            using var scratch = new ByteBuffer();
            var random = new Random(seed);
            int known;
            do
            {
                known = Volatile.Read(ref ready);
                for (var i = 0; i < 100 && known > 0; i++)
                {
                    var term = random.Next(known);
                    Assert.True(dictionary.TryGetId(Name(term), out var id));
                    Assert.Equal(ids[term], id.Value);
                    Assert.True(dictionary.Encoded(id, scratch).SequenceEqual(Name(term)));
                }
            }
            while (known < Terms);
        })).ToArray();

        for (var i = 0; i < Terms; i++)
        {
            ids[i] = dictionary.GetOrAdd(Name(i)).Value;
            Volatile.Write(ref ready, i + 1);
        }

        await Task.WhenAll(readers);
        Assert.Equal(Terms, dictionary.Count);

        static byte[] Name(int i) => Encoding.UTF8.GetBytes($"<http://x/some/longer/name/{i}");
    }
}
