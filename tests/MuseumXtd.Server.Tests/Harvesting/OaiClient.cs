using System.Xml.Linq;

namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>Asks a provider and takes its answers apart.</summary>
internal static class OaiClient
{
    public static readonly XNamespace Oai = "http://www.openarchives.org/OAI/2.0/";

    public static async Task<XDocument> OaiAsync(this HttpClient client, string query)
    {
        using var response = await client.GetAsync("/oai?" + query);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/xml", response.Content.Headers.ContentType!.MediaType);
        return XDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    public static string? Code(this XDocument document) => document.Root!.Element(Oai + "error")?.Attribute("code")?.Value;

    public static IEnumerable<XElement> Headers(this XDocument document) => document.Descendants(Oai + "header");

    public static string Identifier(this XElement header) => header.Element(Oai + "identifier")!.Value;

    public static bool IsDeleted(this XElement header) => header.Attribute("status")?.Value == "deleted";

    public static XElement? Token(this XDocument document) => document.Descendants(Oai + "resumptionToken").SingleOrDefault();

    /// <summary>All pages of a list; none when nothing matches.</summary>
    public static async Task<List<XDocument>> PagesAsync(this HttpClient client, string verb, string arguments, Func<int, Task>? between = null)
    {
        var pages = new List<XDocument>();
        for (var query = $"verb={verb}&{arguments}"; query is not null;)
        {
            var page = await client.OaiAsync(query);
            if (page.Code() == "noRecordsMatch")
            {
                break;
            }

            Assert.Null(page.Code());
            pages.Add(page);
            Assert.True(pages.Count < 10_000, "The list has no end.");
            query = page.Token() is { Value: { Length: > 0 } token } ? $"verb={verb}&resumptionToken={Uri.EscapeDataString(token)}" : null;
            if (between is not null && query is not null)
            {
                await between(pages.Count);
            }
        }

        return pages;
    }
}
