using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MuseumXtd.Garden;
using MuseumXtd.Server.Http;

namespace MuseumXtd.Server.Pages;

/// <summary>What every page has: its language, head, landmarks and footer. Pages need no script and no other host.</summary>
internal abstract class Page
{
    private static readonly string Style = Resource("style.css");

    private static readonly NumberFormatInfo French = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," };

    private static readonly Dictionary<string, Dictionary<string, string>> Texts = new(StringComparer.Ordinal)
    {
        ["fr"] = ReadTexts("fr"),
        ["en"] = ReadTexts("en"),
    };

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    protected string Language { get; private set; } = "fr";

    /// <summary>The title.</summary>
    protected abstract string Title { get; }

    /// <summary>The heading, where it is not the title.</summary>
    protected virtual string Heading => Title;

    /// <summary>Whether the search form is in the header; false where the page has one of its own.</summary>
    protected virtual bool HasSearchInHeader => true;

    /// <summary>Writes the page.</summary>
    public async Task WriteAsync(HttpContext http, int status = 200)
    {
        Language = LanguageOf(http);
        var html = new Html { Language = http.Request.Query["lang"].ToString() is ("fr" or "en") and var asked ? asked : null };
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

                html.Void("link", ("rel", "search"), ("type", "application/opensearchdescription+xml"), ("href", "/opensearch.xml"), ("title", T("title")));
                WriteHead(html);
            }

            using (html.Open("body"))
            {
                html.Element("a", T("skip"), ("class", "skip"), ("href", "#main"));
                using (html.Open("header"))
                {
                    html.Element("a", T("title"), ("class", "name"), ("href", "/"));
                    using (html.Open("nav", ("aria-label", T("menu"))))
                    {
                        foreach (var (text, address) in (ReadOnlySpan<(string, string)>)[("SPARQL", "/sparql"), ("OData", "/recipes"), (T("diagnostics"), "/diagnostics")])
                        {
                            html.Element("a", text, ("href", address), ("aria-current", http.Request.Path == address ? "page" : null));
                        }

                        var other = Language == "fr" ? "en" : "fr";
                        html.Element("a", T("other"), ("href", AddressIn(http, other)), ("lang", other), ("hreflang", other));
                    }

                    if (HasSearchInHeader)
                    {
                        WriteSearchForm(html, "q", "");
                    }
                }

                using (html.Open("main", ("id", "main")))
                {
                    html.Element("h1", Heading);
                    WriteMain(html);
                }

                using (html.Open("footer"))
                {
                    html.Text(T("license") + " ");
                    html.Element("a", T("dataset"), ("href", "/dataset"), ("rel", "collection"));
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

    /// <summary>In a form: with an explicit language it asks for the answer in that language.</summary>
    protected static void WriteLanguageField(Html html)
    {
        if (html.Language is not null)
        {
            html.Void("input", ("type", "hidden"), ("name", "lang"), ("value", html.Language));
        }
    }

    /// <summary>A form that searches.</summary>
    protected void WriteSearchForm(Html html, string id, string words, Action<Html>? more = null)
    {
        using var form = html.Open("form", ("role", "search"), ("action", "/search"), ("method", "get"));
        html.Element("label", T("search"), ("for", id), ("class", "away"));
        html.Void("input", ("type", "search"), ("id", id), ("name", "q"), ("value", words), ("placeholder", T("searchFor")), ("autocomplete", "off"));
        more?.Invoke(html);
        WriteLanguageField(html);
        html.Element("button", T("search"), ("type", "submit"));
    }

    /// <summary>This page in another language: the same address, all else that it asks for kept.</summary>
    private static string AddressIn(HttpContext http, string language)
    {
        var kept = http.Request.Query.Where(p => p.Key != "lang").SelectMany(p => p.Value, (p, value) => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(value ?? "")}");
        return http.Request.Path.ToUriComponent() + "?" + string.Join('&', kept.Append("lang=" + language));
    }

    /// <summary>A text in the page's language.</summary>
    protected string T(string key) => Texts[Language][key];

    /// <summary>A text in the page's language with what belongs in its places; numbers are written as in that language.</summary>
    protected string Format(string key, params object[] values) => string.Format(Language == "fr" ? French : NumberFormatInfo.InvariantInfo, T(key), values);

    /// <summary>A text in the page's language, or null where there is none.</summary>
    protected string? Find(string key) => Texts[Language].GetValueOrDefault(key);

    /// <summary>The name of a severity.</summary>
    protected string SeverityName(Severity severity) => T("severity." + severity);

    /// <summary>The title of a problem; each has a text under its English one.</summary>
    protected string ProblemTitle(Problem problem) => Find("problem." + problem.Title) ?? problem.Title;

    /// <summary>Where a problem is and what it is. The details come from the program itself, which speaks English.</summary>
    protected void WriteProblem(Html html, Problem problem)
    {
        using var message = html.Open("p");
        if (problem.Line is { } line)
        {
            html.Text(Format("lineColumn", line, problem.Column ?? 0) + Typography.Set(Language == "fr" ? " : " : ": ", Language));
        }

        html.Element("span", problem.Hint is null ? problem.Detail : $"{problem.Detail} {problem.Hint}", ("lang", "en"));
    }

    /// <summary>Links to the pages before and after one of a long list, from 1.</summary>
    protected void WritePages(Html html, int count, int page, int size, Func<int, string> address)
    {
        var last = ((count - 1) / size) + 1;
        if (last <= 1)
        {
            return;
        }

        using var nav = html.Open("nav", ("class", "paging"), ("aria-label", T("pages")));
        if (page > 1)
        {
            html.Element("a", T("previous"), ("rel", "prev"), ("href", address(Math.Min(page - 1, last))));
            html.Text(" · ");
        }

        html.Text(Format("pageOf", page, last));
        if (page < last)
        {
            html.Text(" · ");
            html.Element("a", T("next"), ("rel", "next"), ("href", address(page + 1)));
        }
    }

    /// <summary>More of the head.</summary>
    protected virtual void WriteHead(Html html)
    {
    }

    /// <summary>The content under the title.</summary>
    protected abstract void WriteMain(Html html);

    private static Dictionary<string, string> ReadTexts(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Resource($"texts.{language}.json"))!.ToDictionary(t => t.Key, t => Typography.Set(t.Value, language), StringComparer.Ordinal);

    private static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("MuseumXtd.Server.Pages." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
