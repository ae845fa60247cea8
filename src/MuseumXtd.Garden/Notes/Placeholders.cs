using System.Text;

namespace MuseumXtd.Garden.Notes;

/// <summary>
/// What a template leaves for an editor to fill in: <c>{{title}}</c> of Obsidian, <c>&lt;% tp.file.title %&gt;</c> of Templater. Still there when a note is
/// saved, it says nothing.
/// </summary>
internal static class Placeholders
{
    // Signs for private use: words to YAML, which takes braces for maps.
    private const char Opening = '\uE000';
    private const char Closing = '\uE001';

    public static bool AreIn(ReadOnlySpan<char> text) => Has(text, "{{", "}}") || Has(text, "<%", "%>");

    /// <summary>The same length of text, in which YAML reads <c>{{...}}</c> as words; what is no YAML anyway may become some.</summary>
    public static string Masked(string yaml)
    {
        if (!yaml.Contains("{{", StringComparison.Ordinal) || yaml.AsSpan().ContainsAny(Opening, Closing))
        {
            return yaml;
        }

        var masked = new StringBuilder(yaml);
        for (var at = yaml.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = yaml.IndexOf("{{", at + 1, StringComparison.Ordinal))
        {
            var end = yaml.AsSpan(at + 2).IndexOfAny("{}\n") + at + 2;
            if (end > at + 2 && yaml.AsSpan(end).StartsWith("}}"))
            {
                masked[at] = masked[at + 1] = Opening;
                masked[end] = masked[end + 1] = Closing;
            }
        }

        return masked.ToString();
    }

    /// <summary>The text as it was before it was masked.</summary>
    public static string Unmasked(string value) => value.Replace(Opening, '{').Replace(Closing, '}');

    private static bool Has(ReadOnlySpan<char> text, ReadOnlySpan<char> opening, ReadOnlySpan<char> closing)
    {
        var at = text.IndexOf(opening);
        return at >= 0 && text[(at + 2)..].IndexOf(closing) >= 0;
    }
}
