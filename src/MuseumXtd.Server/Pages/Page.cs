using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MuseumXtd.Server.Pages;

/// <summary>What every page has: its language, head, landmarks and footer. Pages need no script and no other host.</summary>
internal abstract class Page
{
    private static readonly string Style = Resource("style.css");

    private static readonly Dictionary<string, Dictionary<string, string>> Texts = new(StringComparer.Ordinal)
    {
        ["fr"] = JsonSerializer.Deserialize<Dictionary<string, string>>(Resource("texts.fr.json"))!,
        ["en"] = JsonSerializer.Deserialize<Dictionary<string, string>>(Resource("texts.en.json"))!,
    };

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    protected string Language { get; private set; } = "fr";

    /// <summary>The title.</summary>
    protected abstract string Title { get; }

    /// <summary>Writes the page.</summary>
    public async Task WriteAsync(HttpContext http, int status = 200)
    {
        Language = LanguageOf(http);
        var html = new Html();
        html.Raw("<!DOCTYPE html>\n");
        using (html.Open("html", ("lang", Language)))
        {
            using (html.Open("head"))
            {
                html.Void("meta", ("charset", "utf-8"));
                html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                html.Element("title", Title == T("title") ? Title : $"{Title} – {T("title")}");
                using (html.Open("style"))
                {
                    html.Raw(Style);
                }

                WriteHead(html);
            }

            using (html.Open("body"))
            {
                html.Element("a", T("skip"), ("class", "skip"), ("href", "#main"));
                using (html.Open("header"))
                {
                    html.Element("a", T("title"), ("class", "name"), ("href", "/"));
                    html.Element("a", "SPARQL", ("href", "/sparql"));
                    html.Element("a", "OData", ("href", "/odata"));
                    html.Element("a", T("diagnostics"), ("href", "/diagnostics"));
                    html.Element("a", T("other"), ("href", http.Request.Path + "?lang=" + (Language == "fr" ? "en" : "fr")), ("hreflang", Language == "fr" ? "en" : "fr"));
                }

                using (html.Open("main", ("id", "main")))
                {
                    html.Element("h1", Title);
                    WriteMain(html);
                }

                using (html.Open("footer"))
                {
                    html.Text(T("license"));
                }
            }
        }

        var bytes = Encoding.UTF8.GetBytes(html.ToString());
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentLanguage = Language;
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";
        http.Response.Headers.Append("Vary", "Accept, Accept-Language");
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>The language that a request prefers: <c>lang</c>, then Accept-Language, then French.</summary>
    public static string LanguageOf(HttpContext http)
    {
        var asked = http.Request.Query["lang"].ToString();
        if (asked is "fr" or "en")
        {
            return asked;
        }

        foreach (var range in http.Request.Headers.AcceptLanguage.ToString().Split(','))
        {
            var tag = range.Split(';')[0].Trim();
            if (tag.StartsWith("fr", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                return tag[..2].ToLowerInvariant();
            }
        }

        return "fr";
    }

    /// <summary>A text in the page's language.</summary>
    protected string T(string key) => Texts[Language][key];

    /// <summary>More of the head.</summary>
    protected virtual void WriteHead(Html html)
    {
    }

    /// <summary>The content under the title.</summary>
    protected abstract void WriteMain(Html html);

    private static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("MuseumXtd.Server.Pages." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
