using System.Globalization;
using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store.Loading;

namespace MuseumXtd.Store.Tests.Loading;

public sealed class BulkLoadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-load-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.nt")]
    [InlineData("a.nq")]
    [InlineData("a.ttl")]
    [InlineData("a.nt.gz")]
    [InlineData("a.trig.zst")]
    public void A_load_on_several_threads_is_the_same_as_one_statement_after_another(string name)
    {
        // More than a few blocks, with terms that come back in later ones.
        var path = WriteFile(name, Lines(60_000, quads: name.Contains("nq", StringComparison.Ordinal)));
        using var serial = new QuadStore();
        using (var transaction = serial.Begin())
        {
            RdfFormats.ReadFile(path, transaction, new ReaderOptions { BlankNodeScope = "x." });
            transaction.Commit();
        }

        using var store = new QuadStore();
        var told = new List<LoadProgress>();
        using (var transaction = store.Begin())
        {
            Assert.Equal(60_000, BulkLoad.ReadFile(path, transaction, new ReaderOptions { BlankNodeScope = "x." }, told.Add));
            transaction.Commit();
        }

        Assert.Equal(serial.Current.ContentHash, store.Current.ContentHash);
        Assert.Equal(serial.Current.Dictionary.Count, store.Current.Dictionary.Count);
        Assert.True(serial.Current.Union.All(TripleOrder.Spo).Second.SequenceEqual(store.Current.Union.All(TripleOrder.Spo).Second));
        Assert.Equal(told.Select(t => t.Statements).Order(), told.Select(t => t.Statements));
        Assert.Equal((60_000, new FileInfo(path).Length), (told[^1].Statements, told[^1].Position));
    }

    [Theory]
    [InlineData("a.nt", 40_001)]
    [InlineData("a.ttl", 40_001)]
    [InlineData("a.nt", 1)]
    public void The_first_error_is_told_with_its_line(string name, int line)
    {
        var lines = Lines(60_000, quads: false);
        lines[line - 1] = "<urn:s> <urn:p> nothing .";
        lines[59_000] = "and more .";
        var path = WriteFile(name, lines);
        using var store = new QuadStore();
        using var transaction = store.Begin();

        var e = Assert.Throws<InvalidDataException>(() => BulkLoad.ReadFile(path, transaction, new ReaderOptions()));

        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}:17: "), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_a_block_is_read()
    {
        var path = WriteFile("a.nt", ["<urn:s> <urn:p> \"1\" .", $"<urn:s> <urn:p> \"{new string('x', 3 << 20)}\" .", "<urn:s> <urn:p> \"2\" ."]);
        using var store = new QuadStore();
        using var transaction = store.Begin();

        Assert.Equal(3, BulkLoad.ReadFile(path, transaction, new ReaderOptions()));
    }

    [Theory]
    [InlineData("a.nt")]
    [InlineData("a.ttl")]
    public void A_load_ends_when_it_is_cancelled(string name)
    {
        var path = WriteFile(name, Lines(60_000, quads: false));
        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var ending = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => BulkLoad.ReadFile(path, transaction, new ReaderOptions(), _ => ending.Cancel(), ending.Token));
    }

    [Fact]
    public void A_file_that_is_damaged_is_an_error()
    {
        var path = WriteFile("a.nt.gz", Lines(60_000, quads: false));
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        using var store = new QuadStore();
        using var transaction = store.Begin();

        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => BulkLoad.ReadFile(path, transaction, new ReaderOptions())).Message, StringComparison.Ordinal);
    }

    private static string[] Lines(int count, bool quads) =>
    [
        .. Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{(i % 9 == 0 ? $"_:b{i / 90}" : $"<https://example.org/thing/{i / 6}>")} <https://example.org/p{i % 6}> {ObjectOf(i)} {(quads && i % 4 > 0 ? $"<urn:g{i % 4}> " : "")}.")),
    ];

    private static string ObjectOf(int i) => (i % 5) switch
    {
        0 => $"<https://example.org/thing/{i * 31 % 10_000}>",
        1 => $"\"{i}\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        2 => $"\"musée n° {i}\"@{(i % 2 == 0 ? "fr" : "FR")}",
        3 => $"\"{i}.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        _ => $"\"text {i} with \\\"quotes\\\"\"",
    };

    private string WriteFile(string name, string[] lines)
    {
        var path = Path.Combine(_folder, name);
        using var file = File.Create(path);
        using var stream = Compression.BySuffix(name)?.Compress(file) ?? file;
        stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return path;
    }
}
