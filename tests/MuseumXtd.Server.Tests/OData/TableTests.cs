using System.IO.Compression;
using System.Net;
using System.Xml.Linq;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>Entity sets as tables for spreadsheets.</summary>
public sealed class TableTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task What_is_linked_stands_beside_with_its_key_and_name()
    {
        using var response = await server.SendAsync("/odata/Initiatives?$select=id,name,startYear&$expand=places,ledBy&$format=text/csv");
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment; filename=\"Initiatives.csv\"", response.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal(
            "id,name,startYear,places/id,places/name,ledBy/id,ledBy/name\r\natelier-ouvert,Atelier ouvert,2021,ca,Canada,maison,Maison du numérique\r\n",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_language_of_the_request_decides_the_names()
    {
        Assert.Equal("id,name\r\nge,Géorgie\r\n", await TextAsync("/odata/Places?$filter=id eq 'ge'&$select=id,name&$format=csv&lang=fr"));
        Assert.Equal("id,name\r\nge,Georgia\r\n", await TextAsync("/odata/Places?$filter=id eq 'ge'&$select=id,name&$format=csv&lang=en"));
    }

    [Fact]
    public async Task A_table_has_all_rows_that_the_pages_have_together_in_their_order()
    {
        var rows = (await TextAsync("/odata/Places?$select=id&$orderby=id&$format=csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(int.Parse(await server.Client.GetStringAsync("/odata/Places/$count"), System.Globalization.CultureInfo.InvariantCulture), rows.Length - 1);
        Assert.Equal(rows[1..].Order(StringComparer.Ordinal), rows[1..]);
        Assert.Equal(rows[3..5], (await TextAsync("/odata/Places?$select=id&$orderby=id&$skip=2&$top=2&$format=csv")).Split("\r\n")[1..3]);
    }

    [Fact]
    public async Task Groups_are_a_table_as_well() =>
        Assert.Equal("startYear,n\r\n2021,1\r\n", await TextAsync("/odata/Initiatives?$apply=groupby((startYear),aggregate($count as n))&$format=csv"));

    [Fact]
    public async Task What_nothing_matches_is_a_table_without_rows() =>
        Assert.Equal("id\r\n", await TextAsync("/odata/Initiatives?$filter=id eq 'none'&$select=id&$format=csv"));

    [Fact]
    public async Task A_spreadsheet_has_numbers_as_numbers()
    {
        var bytes = await server.Client.GetByteArrayAsync("/odata/Initiatives?$select=id,name,startYear&$format=xlsx");
        using var file = new ZipArchive(new MemoryStream(bytes));
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        using var sheet = file.Entries.Single(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)).Open();
        var cells = XDocument.Load(sheet).Descendants(main + "row").Last().Elements(main + "c").ToList();
        Assert.Equal("2021", cells[2].Element(main + "v")!.Value);
        Assert.NotEqual("inlineStr", (string?)cells[2].Attribute("t"));
        Assert.Contains("Atelier ouvert", cells[1].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/odata/Initiatives", "text/csv", HttpStatusCode.OK, "text/csv")]
    [InlineData("/odata/Initiatives", "application/json, text/csv;q=0.5", HttpStatusCode.OK, "application/json")]
    [InlineData("/odata/Initiatives", "*/*", HttpStatusCode.OK, "application/json")]
    [InlineData("/odata/Initiatives('atelier-ouvert')", "text/csv", HttpStatusCode.NotAcceptable, "application/json")]
    [InlineData("/odata/Initiatives", "image/png", HttpStatusCode.NotAcceptable, "application/json")]
    public async Task The_client_says_which_format_it_wants(string path, string accept, HttpStatusCode status, string mediaType)
    {
        using var response = await server.SendAsync(path, accept);
        Assert.Equal((status, mediaType), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_table_has_a_tag_of_its_own()
    {
        using var table = await server.SendAsync("/odata/Initiatives?$format=csv");
        using var json = await server.SendAsync("/odata/Initiatives");
        Assert.NotEqual(json.Headers.ETag, table.Headers.ETag);
        using var again = await server.SendAsync("/odata/Initiatives?$format=csv", ifNoneMatch: table.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    private Task<string> TextAsync(string path) => server.Client.GetStringAsync(path);
}
