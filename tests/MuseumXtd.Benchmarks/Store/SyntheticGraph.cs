using System.Globalization;
using System.Text;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Benchmarks.Store;

/// <summary>
/// A graph shaped like a garden at scale: initiatives with types, labels, years, places, agents with few and many statements. The same
/// count gives the same triples.
/// </summary>
internal static class SyntheticGraph
{
    private const string Ns = "https://museumxtd.example/ns#";

    /// <summary>About this many triples as N-Triples.</summary>
    public static byte[] NTriples(int triples)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        var count = 0;
        for (var i = 0; count < triples; i++)
        {
            var subject = Id("initiative", i);
            Add(subject, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", $"<{Ns}Initiative>");
            Add(subject, "<http://www.w3.org/2000/01/rdf-schema#label>", $"\"Initiative {i}\"@fr");
            Add(subject, "<http://www.w3.org/2000/01/rdf-schema#label>", $"\"The initiative number {i}\"@en");
            Add(subject, $"<{Ns}startYear>", $"\"{1990 + random.Next(36)}\"^^<http://www.w3.org/2001/XMLSchema#gYear>");
            Add(subject, $"<{Ns}budget>", $"\"{random.Next(2_000_000)}\"^^<http://www.w3.org/2001/XMLSchema#integer>");
            Add(subject, $"<{Ns}place>", Id("place", (int)(Math.Pow(random.NextDouble(), 3) * 2000)));
            for (var agents = random.Next(1, 6); agents > 0; agents--)
            {
                Add(subject, random.Next(3) == 0 ? $"<{Ns}ledBy>" : $"<{Ns}partner>", Id("organisation", random.Next(1 + (triples / 40))));
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        void Add(string s, string p, string o)
        {
            text.Append(s).Append(' ').Append(p).Append(' ').Append(o).Append(" .\n");
            count++;
        }

        static string Id(string type, int number) => string.Create(CultureInfo.InvariantCulture, $"<https://museumxtd.example/{type}/{number}>");
    }

    /// <summary>Reads N-Triples into a sink.</summary>
    public static void Read(byte[] nTriples, IQuadSink sink)
    {
        using var input = new MemoryStream(nTriples);
        RdfFormats.NTriples.CreateReader().Read(input, sink, ReaderOptions.Default);
    }
}
