namespace MuseumXtd.Server.OData.Requests;

/// <summary>
/// The text of <c>$expand</c>, part by part: links to the rest of an expansion repeat its options, which the parsed tree no longer has as text.
/// </summary>
internal static class ExpandText
{
    /// <summary>The options of the part that expands a path, split at semicolons; none where it has no options or comes from <c>*</c>.</summary>
    public static IReadOnlyList<string> OptionsOf(string? expand, string path)
    {
        foreach (var part in Split(expand ?? "", ','))
        {
            var open = part.IndexOf('(', StringComparison.Ordinal);
            var name = (open < 0 ? part : part[..open]).Trim();
            if (name.Equals(path, StringComparison.OrdinalIgnoreCase) || name.StartsWith(path + "/$", StringComparison.OrdinalIgnoreCase))
            {
                return open < 0 || !part.EndsWith(')') ? [] : Split(part[(open + 1)..^1], ';');
            }
        }

        return [];
    }

    /// <summary>The value of one of some options, or null.</summary>
    public static string? Value(IEnumerable<string> options, string name) => options
        .Select(o => o.Split('=', 2))
        .FirstOrDefault(o => o.Length == 2 && o[0].Trim().TrimStart('$').Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    /// <summary>Options as a query, without some.</summary>
    public static string Query(IEnumerable<string> options, params string[] without) => string.Concat(options
        .Select(o => o.Split('=', 2))
        .Where(o => o.Length == 2 && !without.Contains(o[0].Trim().TrimStart('$'), StringComparer.OrdinalIgnoreCase))
        .Select(o => $"${o[0].Trim().TrimStart('$').ToLowerInvariant()}={Uri.EscapeDataString(o[1])}&"));

    /// <summary>Splits at a character that stands in no parentheses and no quotes.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, depth, quoted) = (0, 0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == separator && depth == 0 && !quoted))
            {
                if (i > start)
                {
                    parts.Add(text[start..i].Trim());
                }

                start = i + 1;
            }
            else if (text[i] == '\'')
            {
                quoted = !quoted;
            }
            else if (!quoted)
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }

        return parts;
    }
}
