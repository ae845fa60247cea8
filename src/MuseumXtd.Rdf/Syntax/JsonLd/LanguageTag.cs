namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>Language tags.</summary>
internal static class LanguageTag
{
    /// <summary>Whether a text has the form of a language tag (RDF 1.2 Turtle, LANG_DIR).</summary>
    public static bool IsWellFormed(string tag)
    {
        var parts = tag.Split('-');
        return parts[0].All(char.IsAsciiLetter) && parts.All(p => p.Length is >= 1 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
    }
}
