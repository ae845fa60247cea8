using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MuseumXtd.Garden.Notes;

/// <summary>Addresses in notes: cleaned of tracking and typing slips, or refused.</summary>
internal static class WebAddress
{
    private static readonly string[] Tracking =
        ["utm_", "_ga", "_gl", "fbclid", "gclid", "_hsmi", "_hsenc", "mc_cid", "mc_eid", "msclkid", "igshid", "ab_channel"];

    // Characters that no IRI may hold (RFC 3987, section 2.2).
    private static readonly SearchValues<char> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, ' ' + 1).Select(c => (char)c), '<', '>', '"', '{', '}', '|', '\\', '^', '`', '\u007F', '\u00A0']);

    /// <summary>Whether an address has a query at all, in which it could name who clicked.</summary>
    public static bool MayBeTracked([NotNullWhen(true)] string? raw) => raw is not null && raw.Contains('?', StringComparison.Ordinal);

    /// <summary>An absolute web address that can be an IRI, or null.</summary>
    public static string? Clean(string? raw, out bool tracked)
    {
        tracked = false;
        if (raw is null)
        {
            return null;
        }

        var text = raw.Trim().TrimEnd(',', ';');
        if (!text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // A full stop or a bracket that closes nothing belongs to the sentence around.
        while ((text.EndsWith('.') && !text.Contains('?', StringComparison.Ordinal))
            || (text.EndsWith(')') && text.Count(c => c == ')') > text.Count(c => c == '(')))
        {
            text = text[..^1];
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return null;
        }

        text = WithoutTracking(text, out tracked);
        return Escape(text);
    }

    /// <summary>A key under which two spellings of one page are the same.</summary>
    public static string Key(string address)
    {
        var uri = new Uri(address);
        var host = uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host;
        return host + uri.AbsolutePath.TrimEnd('/') + uri.Query;
    }

    private static string WithoutTracking(string text, out bool tracked)
    {
        tracked = false;
        var question = text.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            return text;
        }

        var hash = text.IndexOf('#', question);
        var query = hash < 0 ? text[(question + 1)..] : text[(question + 1)..hash];
        var fragment = hash < 0 ? "" : text[hash..];
        var parts = query.Split('&');
        var kept = parts.Where(p => !IsTracking(p)).ToArray();
        tracked = kept.Length < parts.Length;
        if (!tracked)
        {
            return text;
        }

        return text[..question] + (kept.Length == 0 ? "" : "?" + string.Join('&', kept)) + fragment;
    }

    private static bool IsTracking(string parameter)
    {
        var name = parameter.Split('=')[0];
        return Array.Exists(Tracking, t => t == "utm_" ? name.StartsWith(t, StringComparison.OrdinalIgnoreCase)
            : name.Equals(t, StringComparison.OrdinalIgnoreCase) || name.StartsWith(t + "_", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Characters that no IRI may hold are percent-encoded.</summary>
    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Forbidden))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Forbidden.Contains(c))
            {
                foreach (var b in Encoding.UTF8.GetBytes([c]))
                {
                    result.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }
}
