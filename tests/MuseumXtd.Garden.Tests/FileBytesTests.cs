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

            Assert.True(FileBytes.Read(file, length).SequenceEqual(bytes));
            Assert.True(FileBytes.Read(file, 1).SequenceEqual(bytes));
            Assert.True(FileBytes.Read(file, 1_000_000).SequenceEqual(bytes));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
