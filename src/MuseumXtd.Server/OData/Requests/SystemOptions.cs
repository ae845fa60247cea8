using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>The options of a request's query (Part 2, section 5): system options with or without <c>$</c>, and those of the client.</summary>
internal sealed partial class SystemOptions
{
    /// <summary>Options that are answered.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        ["filter", "select", "expand", "orderby", "top", "skip", "count", "search", "apply", "compute", "format", "skiptoken", "id", "schemaversion"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Options of the standard that are not.</summary>
    private static readonly FrozenSet<string> Others = FrozenSet.ToFrozenSet(["deltatoken"], StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Splits a query.</summary>
    /// <exception cref="ODataRequestException">An option is unknown or given twice.</exception>
    public SystemOptions(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            var bare = name.TrimStart('$');
            if (name.StartsWith('@') || (!name.StartsWith('$') && !Known.Contains(bare) && !Others.Contains(bare)))
            {
                Custom[name] = Decode(equals < 0 ? "" : part[(equals + 1)..]);
                continue;
            }

            if (Others.Contains(bare))
            {
                throw ODataRequestException.NotImplemented($"${bare}", "$" + bare);
            }

            if (!Known.Contains(bare) || name.StartsWith("$$", StringComparison.Ordinal))
            {
                throw new ODataRequestException(400, $"'{name}' is no option of OData.", name);
            }

            if (!_values.TryAdd(bare, Decode(equals < 0 ? "" : part[(equals + 1)..])))
            {
                throw new ODataRequestException(400, $"'${bare}' is given twice.", "$" + bare);
            }
        }
    }

    /// <summary>Parameter aliases and options of the client's own.</summary>
    public Dictionary<string, string> Custom { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of an option by its name without <c>$</c>, or null.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Refuses all options but some.</summary>
    public void Allow(string where, params ReadOnlySpan<string> names)
    {
        foreach (var name in _values.Keys)
        {
            var isAllowed = name.Equals("format", StringComparison.OrdinalIgnoreCase) || name.Equals("schemaversion", StringComparison.OrdinalIgnoreCase);
            foreach (var allowed in names)
            {
                isAllowed |= allowed.Equals(name, StringComparison.OrdinalIgnoreCase);
            }

            if (!isAllowed)
            {
                throw new ODataRequestException(400, $"'${name.ToLowerInvariant()}' cannot be used {where}.", "$" + name.ToLowerInvariant());
            }
        }
    }

    /// <summary>A path with the values of parameter aliases in its keys (Part 2, section 5.1.1.14.3).</summary>
    public string Resolved(string path) => !path.Contains('@', StringComparison.Ordinal) ? path : KeyAlias.Replace(
        path, match => Custom.TryGetValue(match.Groups[2].Value, out var value) ? $"({match.Groups[1].Value}{Uri.EscapeDataString(value)})" : match.Value);

    [GeneratedRegex(@"\(([A-Za-z_]\w*=)?(@[A-Za-z_]\w*)\)")]
    private static partial Regex KeyAlias { get; }

    /// <summary>A query without one option.</summary>
    public static string Without(string query, string name) => string.Join(
        '&',
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p =>
        {
            var option = Decode(p.Split('=')[0]);
            return !option.TrimStart('$').Equals(name, StringComparison.OrdinalIgnoreCase);
        }));

    /// <summary>A name or value without escapes.</summary>
    internal static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
