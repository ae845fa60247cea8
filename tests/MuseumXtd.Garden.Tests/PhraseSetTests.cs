using System.Text;
using System.Text.RegularExpressions;
using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Tests;

/// <summary>The phrases mean what the same notation means as regular expressions.</summary>
public sealed class PhraseSetTests
{
    private static readonly string OntologyFolder = Path.Combine(AppContext.BaseDirectory, "ontology");

    [Theory]
    [InlineData("porte[e][s] par", "un projet portes par x", 10, 10)]
    [InlineData("porte[e][s] par", "rapportes par x", -1, 0)]
    [InlineData("porte[e][s] par", "portes parfois", -1, 0)]
    [InlineData("sous la direction (de|du|d')", "sous  la\ndirection d'anna", 0, 21)]
    [InlineData("d' un", "d'un", 0, 4)]
    [InlineData("secteur ~ (au|en)", "le secteur des musees d'art en suisse et en france", 3, 27)]
    [InlineData("secteur ~ (au|en)", "le secteur un deux trois quatre cinq six en suisse", -1, 0)]
    [InlineData("base[s] de [la] region", "bases de la region", 0, 18)]
    [InlineData("base[s] de [la] region", "base de region", 0, 14)]
    [InlineData("situe[e] (en|dans) [la region (de|du)]", "situe en la region du jura", 0, 21)]
    [InlineData("situe[e] (en|dans) [la region (de|du)]", "situe en france", 0, 8)]
    public void Phrase_is_found_where_it_stands(string phrase, string text, int index, int length)
    {
        var match = new PhraseSet([phrase]).Match(text, 0, text.Length);
        Assert.Equal(index >= 0, match.Success);
        Assert.Equal((Math.Max(index, 0), length), (match.Index, match.Length));
    }

    [Fact]
    public void Phrases_of_the_files_match_as_regular_expressions_would()
    {
        var random = new Random(20);
        var sections = Sections();
        Assert.True(sections.Count > 90);
        var phrases = Phrases.Read(OntologyFolder);
        var words = sections.SelectMany(s => s.Value).SelectMany(PhraseSyntax.Wordings)
            .Select(w => w.Replace(PhraseSyntax.Space, ' ').Replace(PhraseSyntax.MaybeSpace, ' ').Replace(PhraseSyntax.Words, 'x')).Distinct().ToArray();
        foreach (var (heading, lines) in sections)
        {
            var expected = Expression(lines);
            for (var round = 0; round < 30; round++)
            {
                var folded = TextFolding.Fold(Text(random, words, lines));
                var text = new PlainText(new SourceText("x.md", folded), folded, [], [], [], []);
                var start = round % 3 == 0 ? random.Next(folded.Length) : 0;
                var matches = expected.Matches(folded[start..]).Select(m => (m.Index + start, m.Length)).ToList();
                Assert.Equal(matches, phrases[heading].Matches(text, start, folded.Length).Select(m => (m.Index, m.Length)));
                var first = phrases[heading].Match(folded, start, folded.Length - start);
                Assert.Equal(matches.FirstOrDefault(), (first.Index, first.Length));
            }
        }
    }

    private static string Text(Random random, string[] words, List<string> lines)
    {
        string[] glue = [" ", " ", " ", ", ", "\n", " a un des ", "l'", " d'", "x", ""];
        var text = new StringBuilder();
        for (var n = 0; n < 12; n++)
        {
            var own = PhraseSyntax.Wordings(lines[random.Next(lines.Count)]);
            var phrase = random.Next(3) == 0 ? words[random.Next(words.Length)] : own[random.Next(own.Count)];
            foreach (var c in phrase)
            {
                text.Append(c switch
                {
                    PhraseSyntax.Space => random.Next(5) == 0 ? " \n" : " ",
                    PhraseSyntax.MaybeSpace => random.Next(2) == 0 ? " " : "",
                    PhraseSyntax.Words => string.Join(' ', Enumerable.Repeat("mot", random.Next(1, 7))),
                    _ => c.ToString(),
                });
            }

            text.Append(glue[random.Next(glue.Length)]);
        }

        return text.ToString();
    }

    private static Dictionary<string, List<string>> Sections()
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var line in Directory.EnumerateFiles(OntologyFolder, "phrases.*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(l => l.Trim()))
        {
            if (line is ['[', .. var heading, ']'] && !heading.Contains(']', StringComparison.Ordinal))
            {
                sections.TryAdd(heading, []);
                sections["?"] = sections[heading];
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                sections["?"].Add(TextFolding.Fold(LatinLetters.Compose(line)));
            }
        }

        sections.Remove("?");
        return sections;
    }

    private static Regex Expression(List<string> phrases) => new(
        @"(?<![\p{L}\p{N}])(?:" + string.Join('|', phrases.OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal).Select(Pattern))
        + @")(?:(?<='\s?)|(?![\p{L}\p{N}]))",
        RegexOptions.CultureInvariant);

    private static string Pattern(string phrase)
    {
        var result = new StringBuilder();
        for (var i = 0; i < phrase.Length; i++)
        {
            switch (phrase[i])
            {
                case '(' or '[':
                    result.Append("(?:");
                    break;
                case ']' when i + 1 < phrase.Length && phrase[i + 1] == ' ' && phrase.LastIndexOf('[', i) is var open && (open == 0 || phrase[open - 1] == ' '):
                    result.Append(@"\s+)?");
                    i++;
                    break;
                case ']':
                    result.Append(")?");
                    break;
                case ' ' when i + 1 < phrase.Length && phrase[i + 1] == '[' && phrase.IndexOf(']', i) == phrase.Length - 1:
                    return result.Append(@"(?:\s+").Append(Pattern(phrase[(i + 2)..^1])).Append(")?").ToString();
                case ' ':
                    result.Append(i > 0 && phrase[i - 1] == '\'' ? @"\s*" : @"\s+");
                    break;
                case '~':
                    result.Append(@"\S+(?:\s+\S+){0,4}?");
                    break;
                case ')' or '|':
                    result.Append(phrase[i]);
                    break;
                default:
                    result.Append(Regex.Escape(phrase[i].ToString()));
                    break;
            }
        }

        return result.ToString();
    }
}
