using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>What a link names, with the keys under which notes are looked up: the whole target, then what stands behind its slashes.</summary>
internal sealed class LinkTarget
{
    public LinkTarget(string text)
    {
        Text = text;
        var keys = new List<string>();
        for (var rest = text.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? text[..^3] : text; ;)
        {
            if (TextFolding.Words(rest) is { Length: > 0 } key)
            {
                keys.Add(key);
            }

            if (rest.LastIndexOf('/') is var slash and >= 0)
            {
                rest = rest[(slash + 1)..];
                continue;
            }

            break;
        }

        Keys = [.. keys];
    }

    public string Text { get; }

    public string[] Keys { get; }
}
