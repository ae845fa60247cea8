using System.Text;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Server.Search;

/// <summary>A part of a text around the words that were looked for.</summary>
/// <param name="Text">The part, with ellipses where it was cut.</param>
/// <param name="Marks">Where these words are in it: start and length in UTF-16 units, in order.</param>
internal sealed record Snippet(string Text, IReadOnlyList<(int Start, int Length)> Marks)
{
    private const int Longest = 240;
    private const int Before = 60;

    /// <summary>The part of a text that a question is answered by.</summary>
    public static Snippet Of(string text, TextQuery query)
    {
        var wanted = query.Wanted().ToList();
        var whole = wanted.SelectMany(w => w.IsPrefix ? w.Words.SkipLast(1) : w.Words).ToHashSet(StringComparer.Ordinal);
        var beginnings = wanted.Where(w => w.IsPrefix).Select(w => w.Words[^1]).ToList();
        var marks = new List<(int Start, int Length)>();
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new WordReader(bytes);
        var (at, place) = (0, 0);
        while (reader.Read())
        {
            var word = Encoding.UTF8.GetString(reader.Word);
            if (whole.Contains(word) || beginnings.Exists(b => word.StartsWith(b, StringComparison.Ordinal)))
            {
                place += Encoding.UTF8.GetCharCount(bytes.AsSpan(at, reader.Start - at));
                var length = Encoding.UTF8.GetCharCount(bytes.AsSpan(reader.Start, reader.End - reader.Start));
                marks.Add((place, length));
                place += length;
                at = reader.End;
            }
        }

        reader.Dispose();
        return Cut(text, marks);
    }

    private static Snippet Cut(string text, List<(int Start, int Length)> marks)
    {
        if (text.Length <= Longest)
        {
            return new Snippet(text, marks);
        }

        var first = marks.Count == 0 ? 0 : marks[0].Start;
        var start = first <= Before ? 0 : text.LastIndexOf(' ', first, Before) is var space and >= 0 ? space + 1 : first;
        var end = Math.Min(text.Length, start + Longest);
        end = end == text.Length ? end : text.LastIndexOf(' ', end, Longest / 3) is var last and >= 0 ? last : end - (char.IsHighSurrogate(text[end - 1]) ? 1 : 0);
        var prefix = start > 0 ? "… " : "";
        return new Snippet(
            prefix + text[start..end] + (end < text.Length ? " …" : ""),
            [.. marks.Where(m => m.Start >= start && m.Start + m.Length <= end).Select(m => (m.Start - start + prefix.Length, m.Length))]);
    }
}
