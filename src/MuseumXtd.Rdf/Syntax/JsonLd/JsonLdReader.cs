using System.Text.Json;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>
/// Reads JSON-LD 1.1 (JSON-LD 1.1 API, section 9.1.6). Of an array, or of a document with nothing but a context and then a graph, one node
/// after the other is expanded and handed on: only the text itself is held whole.
/// </summary>
internal sealed class JsonLdReader(JsonLdOptions options) : IRdfReader
{
    public void Read(Stream input, IQuadSink sink, ReaderOptions readerOptions, CancellationToken cancellation = default)
    {
        using var memory = new MemoryStream();
        LimitedInput.Of(input, readerOptions, "jsonld-").CopyTo(memory);
        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        var depth = Math.Min(readerOptions.MaxDepth, options.MaxDepth);
        var run = new Run(options with { Base = readerOptions.BaseIri ?? options.Base, MaxDepth = depth }, sink, readerOptions.BlankNodeScope, cancellation);
        try
        {
            run.Read(bytes);
        }
        catch (JsonException e)
        {
            throw new RdfSyntaxException(
                "jsonld-not-well-formed", "Not well-formed JSON. " + e.Message.Split(" LineNumber:")[0], (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }
        catch (InvalidOperationException e)
        {
            // A string with half of a surrogate pair.
            throw new RdfSyntaxException("jsonld-not-well-formed", "Not well-formed JSON. " + e.Message, 1, 1);
        }
        catch (JsonLdException e)
        {
            var before = bytes[..(int)Math.Max(0, e.Offset)];
            var line = before.Count((byte)'\n') + 1;
            throw new RdfSyntaxException("jsonld-" + e.Code.Replace("@", "", StringComparison.Ordinal).Replace(' ', '-').ToLowerInvariant(), e.Detail, line, before.Length - before.LastIndexOf((byte)'\n'));
        }
    }

    private sealed class Run
    {
        private readonly JsonLdOptions _options;
        private readonly CancellationToken _cancellation;
        private readonly ContextProcessor _contexts;
        private readonly Expansion _expansion;
        private readonly BlankNodeLabels _labels;
        private readonly RdfDeserializer _output;

        public Run(JsonLdOptions options, IQuadSink sink, string scope, CancellationToken cancellation)
        {
            _options = options;
            _cancellation = cancellation;
            _contexts = new ContextProcessor(options);
            _expansion = new Expansion(_contexts);
            _labels = new BlankNodeLabels(scope);
            _output = new RdfDeserializer(sink, options, _labels.Fresh);
        }

        public void Read(ReadOnlySpan<byte> bytes)
        {
            if (bytes.StartsWith("\uFEFF"u8))
            {
                bytes = bytes[3..];
            }

            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = _options.MaxDepth });
            reader.Read();
            var context = _expansion.StartContext();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(ref reader, context);
            }
            else if (reader.TokenType != JsonTokenType.StartObject || !TryReadGraph(reader, context))
            {
                Hand(_expansion.ExpandDocument(JsonTree.Read(ref reader)));
            }
            else
            {
                return;
            }

            reader.Read();
        }

        /// <summary><c>{"@context": ..., "@graph": [...]}</c> and nothing else: a look ahead that skips the graph says so.</summary>
        private bool TryReadGraph(Utf8JsonReader reader, ActiveContext context)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("@context"u8))
            {
                return false;
            }

            reader.Read();
            var local = JsonTree.Read(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("@graph"u8))
            {
                return false;
            }

            reader.Read();
            var ahead = reader;
            if (ahead.TokenType != JsonTokenType.StartArray)
            {
                return false;
            }

            ahead.Skip();
            ahead.Read();
            if (ahead.TokenType != JsonTokenType.EndObject)
            {
                return false;
            }

            ahead.Read();
            ReadItems(ref reader, _contexts.Process(context, local, _options.Base));
            return true;
        }

        private void ReadItems(ref Utf8JsonReader reader, ActiveContext context)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                _cancellation.ThrowIfCancellationRequested();
                Hand(_expansion.Expand(context, null, JsonTree.Read(ref reader), _options.Base, false));
            }
        }

        private void Hand(object? expanded)
        {
            var map = new NodeMap(_labels.Of);
            map.Add(expanded);
            _output.Write(map);
        }
    }
}
