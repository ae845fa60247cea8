using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Rdf.Tests.Syntax;

/// <summary>A property with very many values in JSON-LD: each is read once, and reading them takes no square of their number.</summary>
public sealed class JsonLdValuesTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void Values_that_are_the_same_are_one(int count)
    {
        var text = new StringBuilder("[{\"@id\": \"http://x/s\", \"http://x/p\": [");
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append($"{{\"@id\": \"http://x/{i}\"}}, {{\"@value\": \"{i}\", \"@language\": \"fr\"}}, {{\"@language\": \"fr\", \"@value\": \"{i}\"}}, {i}");
        }

        text.Append(']').Append(", \"http://x/q\": [1, 1.0, 1e0, \"1\", {\"@list\": [1]}, {\"@list\": [1]}], \"http://x/r\": [");
        text.AppendJoin(", ", Enumerable.Range(0, 100).Select(i => $"{{\"@id\": \"http://x/{i % 50}\"}}")).Append("]}]");
        var sink = new Sink();
        RdfFormats.JsonLd.CreateReader().Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), sink, ReaderOptions.Default);
        Assert.Equal(3 * count, sink.Objects.GetValueOrDefault("<http://x/p>")!.Count);
        Assert.Equal(50, sink.Objects["<http://x/r>"].Count);
        Assert.Equal(sink.Objects["<http://x/p>"].Count, sink.Objects["<http://x/p>"].Distinct().Count());
        Assert.Equal(4, sink.Objects["<http://x/q>"].Count);
    }

    private sealed class Sink : IQuadSink
    {
        public Dictionary<string, List<string>> Objects { get; } = new(StringComparer.Ordinal);

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            var key = Term.Decode(predicate).ToString()!;
            if (!Objects.TryGetValue(key, out var list))
            {
                Objects[key] = list = [];
            }

            list.Add(Term.Decode(@object).ToString()!);
        }
    }
}
