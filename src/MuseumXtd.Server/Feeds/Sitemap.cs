using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Server.Descriptions;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Http;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Feeds;

/// <summary>
/// <c>/sitemap.xml</c>, an index of parts with the pages of all resources (sitemaps.org 0.9), and <c>/robots.txt</c> (RFC 9309), which leads to it.
/// </summary>
internal sealed class Sitemap(LiveDataset dataset, ChangeLog changes, DescriptionSource descriptions, ServerOptions options)
{
    /// <summary>How many pages a part names, as the protocol has it.</summary>
    public const int MaxInPart = 50_000;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private readonly Lock _listing = new();
    private (string ETag, ChangeLogView Log, List<(string Path, DateTime? Modified)> Pages)? _list;

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        string[] read = ["GET", "HEAD"];
        app.MapMethods("/sitemap.xml", read, IndexAsync);
        app.MapMethods("/sitemap/{part}.xml", read, PartAsync);
        app.MapMethods("/robots.txt", read, RobotsAsync);
    }

    private async Task IndexAsync(HttpContext http)
    {
        var pages = await PagesAsync(http).ConfigureAwait(false);
        var url = descriptions.UrlFor(http.Request);
        await WriteAsync(http, "sitemapindex", xml =>
        {
            for (var part = 0; part * MaxInPart < pages.Count; part++)
            {
                var names = pages.Skip(part * MaxInPart).Take(MaxInPart);
                WriteEntry(xml, "sitemap", string.Create(CultureInfo.InvariantCulture, $"{url}/sitemap/{part + 1}.xml"), names.Max(p => p.Modified));
            }
        }).ConfigureAwait(false);
    }

    private async Task PartAsync(HttpContext http)
    {
        var pages = await PagesAsync(http).ConfigureAwait(false);
        var text = (string)http.Request.RouteValues["part"]!;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            || part < 1 || (part - 1) * (long)MaxInPart >= pages.Count || part.ToString(CultureInfo.InvariantCulture) != text)
        {
            await Problem.WriteAsync(http, 404, "Not found.", "The sitemap has no such part.").ConfigureAwait(false);
            return;
        }

        var url = descriptions.UrlFor(http.Request);
        await WriteAsync(http, "urlset", xml =>
        {
            foreach (var (path, modified) in pages.Skip((part - 1) * MaxInPart).Take(MaxInPart))
            {
                WriteEntry(xml, "url", url + Signposting.Reference(path), modified);
            }
        }).ConfigureAwait(false);
    }

    private Task RobotsAsync(HttpContext http)
    {
        // Pages and files are for all; what asks questions is for people and programs that have some.
        var text = $"""
            User-agent: *
            Disallow: /sparql
            Disallow: /odata
            Disallow: /oai
            Disallow: /search
            Disallow: /update
            Disallow: /graphs
            Disallow: /provenance
            Allow: /

            Sitemap: {descriptions.UrlFor(http.Request)}/sitemap.xml

            """.ReplaceLineEndings("\n");
        return Representation.WriteAsync(http, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The paths of all pages, sorted, with the time of their last change where the log has one.</summary>
    private async Task<List<(string Path, DateTime? Modified)>> PagesAsync(HttpContext http)
    {
        var log = await changes.ViewAsync(http.RequestAborted).ConfigureAwait(false);
        var state = dataset.Current;
        lock (_listing)
        {
            if (_list is { } kept && kept.ETag == state.ETag && kept.Log == log)
            {
                return kept.Pages;
            }

            var pages = new SortedDictionary<string, DateTime?>(StringComparer.Ordinal) { ["/"] = null, ["/dataset"] = log.History.Count == 0 ? null : log.LastTime };
            using var describer = new Describer(state.Snapshot);
            foreach (var (_, type) in HomePage.Sets)
            {
                foreach (var iri in describer.Instances(type).Where(i => i.Value.StartsWith(options.BaseIri, StringComparison.Ordinal)))
                {
                    pages["/doc/" + iri.Value[options.BaseIri.Length..]] = log.Find(iri.Value) is { IsDeletion: false } change ? change.Time : null;
                }
            }

            _list = (state.ETag, log, [.. pages.Select(p => (p.Key, p.Value))]);
            return _list.Value.Pages;
        }
    }

    private static void WriteEntry(XmlWriter xml, string element, string location, DateTime? modified)
    {
        xml.WriteStartElement(element, Namespace);
        xml.WriteElementString("loc", Namespace, location);
        if (modified is { } time)
        {
            xml.WriteElementString("lastmod", Namespace, time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }

    private static Task WriteAsync(HttpContext http, string root, Action<XmlWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement(root, Namespace);
            content(xml);
            xml.WriteEndElement();
        }

        return Representation.WriteAsync(http, "application/xml", buffer.ToArray());
    }
}
