using System.Net;
using System.Text;

namespace MuseumXtd.Server.Pages;

/// <summary>Builds HTML: elements nest by disposing, and text and attributes are always escaped.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>The language that was asked for explicitly: links to other pages of this server ask for it too. Null: whatever the browser prefers.</summary>
    public string? Language { get; init; }

    /// <summary>Opens an element, which ends when the result is disposed.</summary>
    public Scope Open(string name, params (string Name, string? Value)[] attributes)
    {
        Start(name, attributes);
        return new Scope(this, name);
    }

    /// <summary>An element with text.</summary>
    public void Element(string name, string text, params (string Name, string? Value)[] attributes)
    {
        Start(name, attributes);
        Text(text);
        _text.Append("</").Append(name).Append('>');
    }

    /// <summary>An element without content, such as <c>input</c>.</summary>
    public void Void(string name, params (string Name, string? Value)[] attributes) => Start(name, attributes);

    /// <summary>Text.</summary>
    public void Text(string text) => _text.Append(WebUtility.HtmlEncode(text));

    /// <summary>Text of our own that is HTML already: the style sheet.</summary>
    public void Raw(string html) => _text.Append(html);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Start(string name, (string Name, string? Value)[] attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(attribute).Append("=\"").Append(WebUtility.HtmlEncode(attribute == "href" && name == "a" ? Localised(value) : value)).Append('"');
            }
        }

        _text.Append('>');
    }

    private string Localised(string address)
    {
        if (Language is null || !address.StartsWith('/') || address.Contains("lang=", StringComparison.Ordinal))
        {
            return address;
        }

        var fragment = address.IndexOf('#', StringComparison.Ordinal);
        var (before, after) = fragment < 0 ? (address, "") : (address[..fragment], address[fragment..]);
        return before + (before.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + Language + after;
    }

    /// <summary>An open element.</summary>
    public readonly struct Scope(Html html, string name) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => html._text.Append("</").Append(name).Append(">\n");
    }
}
