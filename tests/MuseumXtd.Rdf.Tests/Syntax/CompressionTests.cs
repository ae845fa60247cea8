using System.Text;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Rdf.Tests.Syntax;

/// <summary>Compressed documents are known by their first bytes and written by their suffix.</summary>
public sealed class CompressionTests
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<http://x/{i}> <http://x/p> \"{i * 7919}\" .\n")));

    public static TheoryData<string> Suffixes() => new(Compression.All.Select(c => c.Suffix));

    [Theory]
    [MemberData(nameof(Suffixes))]
    public void What_is_compressed_is_read_back(string suffix)
    {
        var packed = Pack(suffix, Document);
        Assert.True(packed.Length < Document.Length / 3);
        Assert.Equal(Document, Unpack(new MemoryStream(packed)));
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public void Parts_that_were_compressed_apart_are_one_document(string suffix) =>
        Assert.Equal(Document, Unpack(new MemoryStream([.. Pack(suffix, Document[..99_999]), .. Pack(suffix, Document[99_999..])])));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void What_is_not_compressed_is_left_alone(int length) =>
        Assert.Equal(Document[..length], Unpack(new MemoryStream(Document[..length])));

    [Theory]
    [MemberData(nameof(Suffixes))]
    public void Damaged_and_cut_data_is_told_not_passed_over(string suffix)
    {
        var packed = Pack(suffix, Document);
        Throws(packed[..(packed.Length / 2)]);
        packed.AsSpan(packed.Length / 3, 50).Clear();
        Throws(packed);

        static void Throws(byte[] bytes)
        {
            var e = Assert.ThrowsAny<Exception>(() => Unpack(new MemoryStream(bytes)));
            Assert.True(e is InvalidDataException or EndOfStreamException, e.ToString());
        }
    }

    [Fact]
    public void A_file_s_name_tells_its_format_before_its_compression()
    {
        Assert.Same(RdfFormats.Turtle, RdfFormats.ByFileName("/a/b.c/x.ttl.gz"));
        Assert.Same(RdfFormats.NQuads, RdfFormats.ByFileName("x.NQ.ZST"));
        Assert.Same(RdfFormats.TriG, RdfFormats.ByFileName("x.trig"));
        Assert.Null(RdfFormats.ByFileName("x.gz"));
        Assert.Null(RdfFormats.ByFileName("gz"));
    }

    [Fact]
    public void A_file_is_read_by_its_name_against_its_own_place()
    {
        var folder = Directory.CreateTempSubdirectory("museumxtd-");
        try
        {
            var path = Path.Combine(folder.FullName, "a b.ttl.zst");
            File.WriteAllBytes(path, Pack("zst", "<#x> <y> 1 ."u8.ToArray()));
            var dataset = new Dataset();
            RdfFormats.ReadFile(path, dataset, ReaderOptions.Default);
            Assert.Equal(new Iri(new Uri(path).AbsoluteUri + "#x"), dataset.Single().Subject);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Pack(string suffix, byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var stream = Compression.BySuffix("x." + suffix)!.Compress(output))
        {
            stream.Write(bytes);
        }

        return output.ToArray();
    }

    private static byte[] Unpack(Stream packed)
    {
        using var stream = Compression.Decompress(packed);
        using var output = new MemoryStream();
        stream.CopyTo(output);
        return output.ToArray();
    }
}
