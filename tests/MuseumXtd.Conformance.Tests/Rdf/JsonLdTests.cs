using System.Text;
using System.Text.Json.Nodes;
using MuseumXtd.Conformance.Tests.Manifests;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Syntax.JsonLd;
using Xunit.Abstractions;

namespace MuseumXtd.Conformance.Tests.Rdf;

/// <summary>The W3C's tests of JSON-LD 1.1, but for those of HTML and of documents behind HTTP, which is not fetched here.</summary>
public sealed class JsonLdTests(ITestOutputHelper output)
{
    private const string Base = "https://w3c.github.io/json-ld-api/tests/";

    [Theory]
    [InlineData("expand")]
    [InlineData("toRdf")]
    [InlineData("fromRdf")]
    [InlineData("flatten")]
    [InlineData("compact")]
    public void All_tests_of_the_suite_pass(string suite)
    {
        if (Suites.Folder is null)
        {
            output.WriteLine($"jsonld11/{suite}: skipped, the suites are not here.");
            return;
        }

        var folder = Path.Combine(Suites.Folder, "dev", "json-ld-api", "tests");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, suite + "-manifest.jsonld")))!;
        var (passed, total, old) = (0, 0, 0);
        var failures = new List<string>();
        foreach (var test in manifest["sequence"]!.AsArray())
        {
            // Tests of processors of version 1.0 say something else than those of 1.1.
            if ((string?)test!["option"]?["specVersion"] == "json-ld-1.0")
            {
                old++;
                continue;
            }

            total++;
            try
            {
                Run(suite, folder, test);
                passed++;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add($"{(string?)test["@id"]} {(string?)test["name"]}: {e.GetType().Name} {string.Join(" | ", e.Message.Split('\n').Select(l => l.Trim()).Take(9))}");
            }
        }

        output.WriteLine($"jsonld11/{suite}  {passed}/{total}, {old} of JSON-LD 1.0 not run");
        failures.ForEach(f => output.WriteLine("FAILED " + f));
        Assert.NotEqual(0, total);
        Assert.Empty(failures);
    }

    private static void Run(string suite, string folder, JsonNode test)
    {
        var input = (string)test["input"]!;
        var bytes = File.ReadAllBytes(Path.Combine(folder, input));
        var option = test["option"];
        var options = new JsonLdOptions
        {
            Base = (string?)option?["base"] ?? Base + input,
            IsVersion10 = (string?)option?["processingMode"] == "json-ld-1.0",
            ExpandContext = (string?)option?["expandContext"] is { } context ? File.ReadAllText(Path.Combine(folder, context)) : null,
            CompactArrays = (bool?)option?["compactArrays"] ?? true,
            CompactToRelative = (bool?)option?["compactToRelative"] ?? true,
            ProduceGeneralizedRdf = (bool?)option?["produceGeneralizedRdf"] ?? false,
            UseNativeTypes = (bool?)option?["useNativeTypes"] ?? false,
            UseRdfType = (bool?)option?["useRdfType"] ?? false,
            Direction = (string?)option?["rdfDirection"] switch
            {
                "i18n-datatype" => RdfDirection.I18nDatatype,
                "compound-literal" => RdfDirection.CompoundLiteral,
                _ => RdfDirection.None,
            },
            Ordered = true,
            LoadContext = iri => iri.StartsWith(Base, StringComparison.Ordinal) && File.Exists(Path.Combine(folder, iri[Base.Length..]))
                ? File.ReadAllText(Path.Combine(folder, iri[Base.Length..])) : null,
        };
        if ((string?)test["expectErrorCode"] is { } code)
        {
            var error = Assert.Throws<JsonLdException>(() => Answer(suite, folder, test, bytes, options));
            Assert.Equal(code, error.Code);
            return;
        }

        var answer = Answer(suite, folder, test, bytes, options);
        if ((string?)test["expect"] is not { } expect)
        {
            return;
        }

        var expected = File.ReadAllBytes(Path.Combine(folder, expect));
        if (answer is LineSink lines)
        {
            Assert.Equal(File.ReadAllLines(Path.Combine(folder, expect)).Order(StringComparer.Ordinal), lines.Lines.Order(StringComparer.Ordinal));
            return;
        }

        if (answer is Dataset dataset)
        {
            Assert.True(Isomorphism.AreIsomorphic(Dataset.Read(new MemoryStream(expected), RdfFormats.NQuads), dataset), Text(dataset));
            return;
        }

        var (left, right) = (JsonNode.Parse(expected), JsonNode.Parse((string)answer));
        Assert.True(Comparable(left, false) == Comparable(right, false), $"expected {left?.ToJsonString()} | actual {right?.ToJsonString()}");
    }

    private static object Answer(string suite, string folder, JsonNode test, byte[] bytes, JsonLdOptions options)
    {
        switch (suite)
        {
            case "expand":
                return JsonLdProcessor.Expand(bytes, options);
            case "toRdf" when options.ProduceGeneralizedRdf:
                // A dataset holds no blank nodes as predicates: these are compared as lines, with the labels that they have.
                var lines = new LineSink();
                JsonLdProcessor.ToRdf(bytes, lines, options);
                return lines;
            case "toRdf":
                var dataset = new Dataset();
                JsonLdProcessor.ToRdf(bytes, dataset, options);
                return dataset;
            case "fromRdf":
                return JsonLdProcessor.FromRdf(Dataset.Read(new MemoryStream(bytes), RdfFormats.NQuads), options);
            case "flatten":
                return JsonLdProcessor.Flatten(bytes, ContextOf(folder, test), options);
            case "compact":
                return JsonLdProcessor.Compact(bytes, ContextOf(folder, test), options);
            default:
                throw new ArgumentException($"Unknown suite {suite} in {folder} for {test}.", nameof(suite));
        }
    }

    private static byte[] ContextOf(string folder, JsonNode test) =>
        (string?)test["context"] is { } context ? File.ReadAllBytes(Path.Combine(folder, context)) : [];

    /// <summary>A text that is the same for documents which are: the order of entries and of arrays that are no lists means nothing.</summary>
    private static string Comparable(JsonNode? node, bool isList) => node switch
    {
        JsonObject map => "{" + string.Join(',', map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{Comparable(e.Value, e.Key == "@list")}")) + "}",
        JsonArray array when isList => "[" + string.Join(',', array.Select(i => Comparable(i, false))) + "]",
        JsonArray array => "[" + string.Join(',', array.Select(i => Comparable(i, false)).Order(StringComparer.Ordinal)) + "]",
        JsonValue value when value.TryGetValue<double>(out var number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        null => "null",
        _ => node.ToJsonString(),
    };

    private static string Text(Dataset dataset)
    {
        using var stream = new MemoryStream();
        using var writer = RdfFormats.NQuads.CreateWriter!(stream, new WriterOptions());
        foreach (var quad in dataset)
        {
            writer.Quad(quad.Subject.Encode(), quad.Predicate.Encode(), quad.Object.Encode(), quad.Graph is null ? [] : quad.Graph.Encode());
        }

        writer.Complete();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class LineSink : IQuadSink
    {
        public List<string> Lines { get; } = [];

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            using var line = new ByteBuffer();
            TermWriter.Write(subject, line);
            line.Append((byte)' ');
            TermWriter.Write(predicate, line);
            line.Append((byte)' ');
            TermWriter.Write(@object, line);
            line.Append(" ."u8);
            Lines.Add(Encoding.UTF8.GetString(line.Written));
        }
    }
}
