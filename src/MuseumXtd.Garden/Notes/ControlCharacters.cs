using System.Buffers;

namespace MuseumXtd.Garden.Notes;

/// <summary>Characters that no XML can hold (XML 1.0, section 2.2), and that no author means: one of them would keep a whole garden from being written as RDF/XML.</summary>
internal static class ControlCharacters
{
    private static readonly SearchValues<char> All = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\v\f\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF");

    /// <summary>Where the first one stands, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<char> text) => text.IndexOfAny(All);

    public static int CountIn(ReadOnlySpan<char> text) => text.CountAny(All);

    /// <summary>The text, of the same length, with U+FFFD for each of them.</summary>
    public static string Replaced(string text) => IndexIn(text) < 0 ? text : string.Create(text.Length, text, static (clean, from) =>
    {
        from.CopyTo(clean);
        clean.ReplaceAny(All, '\uFFFD');
    });
}
