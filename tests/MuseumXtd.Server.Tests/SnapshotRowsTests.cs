using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Dumps;
using MuseumXtd.Store;
using MuseumXtd.Store.Documents;

namespace MuseumXtd.Server.Tests;

public class SnapshotRowsTests
{
    [Fact]
    public void Any_dataset_is_written_as_by_the_writer_that_collects_it()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            using var store = new QuadStore();
            for (var step = 0; step < 3; step++)
            {
                using var transaction = store.Begin();
                for (var i = random.Next(40); i > 0; i--)
                {
                    var (s, p, o, g) = (Subject(random).Encode(), Name(random).Encode(), Value(random, 2).Encode(), random.Next(3) == 0 ? default : Name(random).Encode());
                    if (random.Next(4) == 0)
                    {
                        transaction.Remove(s, p, o, g);
                    }
                    else
                    {
                        transaction.Quad(s, p, o, g);
                    }
                }

                transaction.Commit();
            }

            foreach (var format in RdfFormats.Writable)
            {
                Assert.Equal(Write(output => Collected(store.Current, format, output)), Write(output => InPlace(store.Current, format, output)));
            }
        }
    }

    private static void Collected(Snapshot snapshot, RdfFormat format, Stream output)
    {
        using var writer = new SortedWriter(output, format, WriterOptions.Default);
        if (format.SupportsDatasets)
        {
            SnapshotQuads.WriteAll(snapshot, writer);
        }
        else
        {
            SnapshotQuads.Write(snapshot, snapshot.Union, default, writer);
        }

        writer.Complete();
    }

    private static void InPlace(Snapshot snapshot, RdfFormat format, Stream output)
    {
        using var rows = SnapshotRows.Of(snapshot, format.SupportsDatasets, Omissions.None, default);
        rows.WriteTo(output, format, WriterOptions.Default);
    }

    /// <summary>What is written, or why it cannot be.</summary>
    private static string Write(Action<Stream> write)
    {
        using var output = new MemoryStream();
        try
        {
            write(output);
            return System.Text.Encoding.UTF8.GetString(output.ToArray());
        }
        catch (RdfWriteException e)
        {
            return e.Message;
        }
    }

    private static Iri Name(Random random) => random.Next(6) == 0 ? RdfNames.Type : new Iri("http://example.org/n" + random.Next(6));

    private static Term Subject(Random random) => random.Next(2) == 0 ? Name(random) : new BlankNode("b" + random.Next(5));

    private static Term Value(Random random, int depth) => random.Next(9) switch
    {
        0 => new Literal("text " + random.Next(3)),
        1 => new Literal("texte " + random.Next(3), random.Next(2) == 0 ? "fr" : "en-GB"),
        2 => new Literal(random.Next(-3, 4).ToString(System.Globalization.CultureInfo.InvariantCulture), Xsd.Integer),
        3 => new Literal(random.Next(2) == 0 ? "true" : "false", Xsd.Boolean),
        4 => new Literal($"2020-01-0{random.Next(1, 9)}", Xsd.Date),
        5 => new Literal("0" + random.Next(3), Xsd.Integer),
        6 when depth > 0 && random.Next(3) == 0 => new TripleTerm(Subject(random), Name(random), Value(random, depth - 1)),
        _ => Subject(random),
    };
}
