using System.Globalization;
using System.Text;

namespace MuseumXtd.Garden;

/// <summary>Text that stays on its line: names of files may hold whatever their system allows, also what ends lines or steers terminals.</summary>
public static class OneLine
{
    /// <summary>The text with line breaks and other control characters escaped, as <c>\n</c> or <c>\u001B</c>.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Any(IsSteering))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when IsSteering(c) => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static bool IsSteering(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
