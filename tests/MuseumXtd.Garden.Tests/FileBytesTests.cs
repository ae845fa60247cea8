using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden.Tests;

public sealed class FileBytesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public void A_file_is_read_whole_whatever_length_it_was_told_to_have(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);

            Assert.True(FileBytes.Read(file, length, 1_000_000).SequenceEqual(bytes));
            Assert.True(FileBytes.Read(file, 1, 1_000_000).SequenceEqual(bytes));
            Assert.True(FileBytes.Read(file, 1_000_000, 1_000_000).SequenceEqual(bytes));

            // One that grows while it is read is read no further than is wanted, and one byte that tells so.
            var wanted = length / 2;
            Assert.True(FileBytes.Read(file, 1, wanted).SequenceEqual(bytes.AsSpan(0, wanted + 1)));
            Assert.True(FileBytes.Read(file, length, wanted).SequenceEqual(bytes.AsSpan(0, wanted + 1)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
