using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Tests;

/// <summary>What is read without the parser of YAML is read as the parser reads it.</summary>
public class PlainFrontMatterTests
{
    private static readonly string[] Keys = ["title", "type", "mots clés", "eleventyNavigation", "url-2", "a_b", "é", "null", "x y"];

    private static readonly string[] Values =
    [
        "Jardin", "2022", "2022-10-12", "layouts/post.njk", "https://a.example/1?b=c", "Autriche & Belgique", "l'association", "null", "~", "true", "a: b", "a:b", "a #b",
        "a#b", "#b", "- a", "-a", "\"a\"", "\"[[Association X]]\"", "'b'", "'l''eau'", "\"a\\tb\"", "\"a\" b", "\"\"", "' '", "[France]", "[a, b]", "[a,b]", "[ a ,  b ]", "[]", "[a, ]",
        "[\"[[A]]\", \"[[B]]\"]", "[[A]]", "[a: b]", "[a, 'b c']", "[a]b", "{a: b}", "|", ">", "*a", "&a b", "!a", "a ! b?", "(a)", "a (b), c", "a, b", "%a", "a % b", "@a", "`a`",
        "«a»", "a – b", "a…", "a  b", "a ", " a", "", "a\tb", "a:", "a:/b", "12:30", "é", "[null, a]", "a]", "[a", "\"a", "a\"b", "a = b", "?", "? a", "a ? b", "a*b", "=", "--- a", "...",
    ];

    [Fact]
    public void Plain_front_matter_is_read_as_YAML_reads_it()
    {
        var random = new Random(5);
        var plain = 0;
        for (var n = 0; n < 60_000; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Line(random)));
            plain += Compare(text) ? 1 : 0;
        }

        Assert.InRange(plain, 5_000, 55_000);
    }

    [Fact]
    public void What_notes_have_is_plain()
    {
        Assert.True(Compare("title: Jardin\nlayout: layouts/post.njk\ntags: ressource\neleventyNavigation:\n  key: r1\n  title: Le guide\n  parent: outils\n"));
        Assert.True(Compare("type: projet\nurl: https://a.example/1\npays: [France, \"Québec\"]\nporteurs: [\"[[A]]\"]\nalias:\n  - Un\n  - \"Deux\"\nfin:\n"));
        Assert.True(Compare(""));
        Assert.False(Compare("title: a\n  b\n"));
        Assert.False(Compare("a: &x b\nc: *x\n"));
    }

    [Fact]
    public void Characters_mean_what_they_mean_to_YAML()
    {
        foreach (var form in (string[])["a{0}b", "{0}b", "a{0}", "a {0} b", "\"a{0}b\"", "'a{0}b'", "[a{0}b]", "[{0}, b]", "[\"{0}\"]"])
        {
            for (var c = '\u0001'; c < '\u3000'; c++)
            {
                Compare($"k: {form.Replace("{0}", c.ToString(), StringComparison.Ordinal)}\n");
                Compare($"k:\n  - {form.Replace("{0}", c.ToString(), StringComparison.Ordinal)}\nz: 1\n");
            }
        }

        for (var c = '\u0001'; c < '\u3000'; c++)
        {
            Compare($"a{c}b: x\n");
            Compare($"{c}: x\n");
        }
    }

    private static string Line(Random random)
    {
        var indent = random.Next(6) switch { 0 => "  ", 1 => random.Next(3) == 0 ? "    " : "  ", _ => "" };
        var value = Values[random.Next(random.Next(2) == 0 ? 8 : Values.Length)];
        return random.Next(12) switch
        {
            0 => indent + "- " + value + "\n",
            1 => indent + Keys[random.Next(Keys.Length)] + ":\n",
            2 when random.Next(4) == 0 => "\n",
            3 when random.Next(8) == 0 => indent + value + "\n",
            _ => indent + Keys[random.Next(Keys.Length)] + ": " + value + "\n",
        };
    }

    /// <summary>Whether the text is plain; if so, both ways of reading give the same.</summary>
    private static bool Compare(string text)
    {
        if (PlainFrontMatter.Read($"---\n{text}---\n", 4, 4 + text.Length) is not { } fields)
        {
            return false;
        }

        var problems = new List<Diagnostic>();
        var yaml = FrontMatterReader.ReadYaml(new SourceText("a.md", $"---\n{text}---\n"), 4, 4 + text.Length, problems);
        Assert.True(problems.Count == 0, $"{text}: {string.Join(' ', problems.Select(p => p.MessageEn))}");
        Assert.True(Describe(yaml) == Describe(fields), $"{text}: YAML {Describe(yaml)}, plain {Describe(fields)}");
        return true;
    }

    private static string Describe(IEnumerable<FrontMatterField> fields) =>
        string.Join('\n', fields.Select(f => $"{f.Key}@{f.Start}: {string.Join(" | ", f.Values.Select(v => $"{v.Text}@{v.Start}+{v.Length}"))}"));
}
