using System.Diagnostics;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Benchmarks.Syntax;

/// <summary>
/// Every syntax of the registry on one graph, from and to memory on one core: reading alone, reading with a look-up of each term's UTF-8 bytes
/// in a filled dictionary, and writing from ids.
/// </summary>
internal static class SyntaxMeasurement
{
    public const string Usage = "GRAPH [--rounds N] [--only FORMAT]     best thousand statements a second, bytes allocated in a look-up round";

    public static int Run(string[] args)
    {
        var rounds = Option(args, "--rounds") is { } text ? int.Parse(text, null) : 5;
        var only = Option(args, "--only");
        var graph = new Graph();
        RdfFormats.ReadFile(args[0], graph, ReaderOptions.Default);
        var options = new WriterOptions { Prefixes = graph.Prefixes() };
        Console.WriteLine($"{graph.Count:n0} statements, {graph.Terms.Count:n0} terms in the dictionary");
        Console.WriteLine($"{"format",-10} {"MB",7} {"read k/s",10} {"look up k/s",12} {"allocated",13} {"write k/s",10} {"pretty k/s",11}");
        foreach (var format in RdfFormats.All.Where(f => only is null || f.Name == only))
        {
            using var document = new MemoryStream();
            var write = Best(rounds, graph.Count, () =>
            {
                document.SetLength(0);
                using var writer = format.CreateWriter!(document, options);
                graph.WriteTo(writer);
            });
            var read = Best(rounds, graph.Count, () => Read(document, format, new Counter()));
            long allocated = 0;
            var lookUp = Best(rounds, graph.Count, () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Read(document, format, new LookUp(graph.Terms));
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            var pretty = Best(1, graph.Count, () =>
            {
                using var writer = new SortedWriter(Stream.Null, format, options);
                graph.WriteTo(writer);
            });
            Console.WriteLine($"{format.Name,-10} {document.Length / 1e6,7:0.0} {read,10:n0} {lookUp,12:n0} {allocated,13:n0} {write,10:n0} {pretty,11:n0}");
        }

        return 0;
    }

    private static string? Option(string[] args, string name) => args.AsSpan().IndexOf(name) is var at and >= 0 ? args[at + 1] : null;

    private static double Best(int rounds, long count, Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return count / best / 1000;
    }

    private static void Read(MemoryStream document, RdfFormat format, IQuadSink sink)
    {
        document.Position = 0;
        format.CreateReader().Read(document, sink, new ReaderOptions { BaseIri = "http://example.org/" });
    }

    /// <summary>A graph of ids in the order of the document.</summary>
    private sealed class Graph : IQuadSink
    {
        private readonly List<(TermId S, TermId P, TermId O, TermId G)> _quads = [];

        public TermDictionary Terms { get; } = new();

        public long Count => _quads.Count;

        public void Quad(
            ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            _quads.Add((Terms.GetOrAdd(subject), Terms.GetOrAdd(predicate), Terms.GetOrAdd(@object), graph.IsEmpty ? default : Terms.GetOrAdd(graph)));

        public void WriteTo(IRdfWriter writer)
        {
            using var s = new ByteBuffer();
            using var p = new ByteBuffer();
            using var o = new ByteBuffer();
            using var g = new ByteBuffer();
            foreach (var quad in _quads)
            {
                writer.Quad(
                    Terms.Encoded(quad.S, s), Terms.Encoded(quad.P, p), Terms.Encoded(quad.O, o), quad.G.IsBound ? Terms.Encoded(quad.G, g) : default);
            }

            writer.Complete();
        }

        /// <summary>A prefix for each namespace that predicates and many subjects and objects are in.</summary>
        public Dictionary<string, string> Prefixes()
        {
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            using var scratch = new ByteBuffer();
            foreach (var quad in _quads.Take(100_000))
            {
                foreach (var id in (ReadOnlySpan<TermId>)[quad.S, quad.P, quad.O])
                {
                    var term = new EncodedTerm(Terms.Encoded(id, scratch));
                    if (term.Kind == TermKind.Iri && term.Iri.LastIndexOfAny((byte)'#', (byte)'/') is var cut and > 0)
                    {
                        var name = Encoding.UTF8.GetString(term.Iri[..(cut + 1)]);
                        counts[name] = counts.GetValueOrDefault(name) + 1;
                    }
                }
            }

            return counts.Where(c => c.Value > 1000).OrderBy(c => c.Key, StringComparer.Ordinal).Select((c, i) => (c.Key, Name: $"n{i}"))
                .Append((Key: "http://www.w3.org/2001/XMLSchema#", Name: "xsd")).ToDictionary(n => n.Name, n => n.Key);
        }
    }

    private sealed class Counter : IQuadSink
    {
        public long Bytes { get; private set; }

        public void Quad(
            ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            Bytes += subject.Length + predicate.Length + @object.Length;
    }

    private sealed class LookUp(TermDictionary terms) : IQuadSink
    {
        public long Found { get; private set; }

        public void Quad(
            ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            Found += terms.TryGetId(subject, out _) ? 1 : 0;
            Found += terms.TryGetId(predicate, out _) ? 1 : 0;
            Found += terms.TryGetId(@object, out _) ? 1 : 0;
        }
    }
}
