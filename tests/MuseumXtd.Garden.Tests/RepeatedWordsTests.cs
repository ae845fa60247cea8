using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Tests;

public sealed class RepeatedWordsTests
{
    [Fact]
    public void Words_that_come_again_are_the_same_string()
    {
        var first = RepeatedWords.Of("Canton de Vaud, soutenu".AsSpan(0, 14));

        Assert.Equal("Canton de Vaud", first);
        Assert.Same(first, RepeatedWords.Of("le Canton de Vaud".AsSpan(3)));
        Assert.Same(first, RepeatedWords.Of(new string("Canton de Vaud".AsSpan())));
    }

    [Fact]
    public void Whatever_is_met_is_given_back_unchanged()
    {
        var random = new Random(7);
        for (var i = 0; i < 50_000; i++)
        {
            var words = new string((char)('a' + random.Next(26)), random.Next(70)) + random.Next(5_000);

            Assert.Equal(words, RepeatedWords.Of(words));
            Assert.Equal(words, RepeatedWords.Of(words.AsSpan()));
        }

        Assert.Equal("", RepeatedWords.Of([]));
    }
}
