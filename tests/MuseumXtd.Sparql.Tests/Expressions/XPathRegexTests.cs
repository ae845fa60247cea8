using System.Text.RegularExpressions;
using MuseumXtd.Sparql.Expressions;

namespace MuseumXtd.Sparql.Tests.Expressions;

/// <summary>Whichever engine a pattern gets, it matches what it says, and no text makes it slow.</summary>
public sealed class XPathRegexTests
{
    [Theory]
    [InlineData("^[A-Z]{3}$", "CHF", true)]
    [InlineData("^[A-Z]{3}$", "chf", false)]
    [InlineData("^[A-Z]{2}(-[A-Z0-9]{1,3})?$", "CH-VD", true)]
    [InlineData("^[A-Z]{2}(-[A-Z0-9]{1,3})?$", "CH-", false)]
    [InlineData("^[*+|?]$", "|", true)]
    [InlineData("^\\?\\+$", "?+", true)]
    [InlineData("colou?r", "the color", true)]
    [InlineData("a|b", "b", true)]
    [InlineData("^(ab){2}$", "abab", true)]
    [InlineData("^a{2,}$", "aaa", true)]
    public void A_pattern_matches_what_it_says(string pattern, string text, bool isMatch) =>
        Assert.Equal(isMatch, XPathRegex.Create(pattern, "")!.IsMatch(text));

    [Theory]
    [InlineData("^[0-9a-f]{64}$", false)]
    [InlineData("^[A-Z]{2}(-[A-Z0-9]{1,3})?$", false)]
    [InlineData("^\\+[*+|]$", false)]
    [InlineData("(a+)+$", true)]
    [InlineData("(a|aa){30}$", true)]
    [InlineData("(a?){30}a{30}", true)]
    [InlineData("a?a?a?a?a?", true)]
    [InlineData("a{2,}", true)]
    [InlineData("a{0,20}b", true)]
    [InlineData("a{1000}", true)]
    [InlineData("^[a-z]{2}-[0-9]{1,4}-[a-z]?$", false)]
    public void Only_patterns_that_match_in_few_ways_are_tried_in_turn(string pattern, bool needsAutomaton) =>
        Assert.Equal(needsAutomaton, XPathRegex.Create(pattern, "")!.Options.HasFlag(RegexOptions.NonBacktracking));

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("?")]
    public void What_is_no_pattern_is_none(string pattern) => Assert.Null(XPathRegex.Create(pattern, ""));

    [Theory]
    [InlineData("^[0-9a-f]{64}$")]
    [InlineData("[a-z]{0,200}[a-z]{0,200}!")]
    [InlineData("(x+x+)+y")]
    [InlineData("(a?){30}a{30}b")]
    public void A_long_text_that_does_not_match_is_soon_left(string pattern) =>
        Assert.DoesNotMatch(XPathRegex.Create(pattern, "")!, new string('a', 3000) + new string('x', 3000));
}
