namespace MuseumXtd.Server.Tests.Harvesting;

/// <summary>Aggregators of linked data find the records from the description of the dataset.</summary>
public sealed class EdmDistributionTests(BundledGardenFixture garden) : IClassFixture<BundledGardenFixture>
{
    [Fact]
    public async Task DESCRIBE_of_the_dataset_leads_to_the_records_in_EDM()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sparql?query=" + Uri.EscapeDataString($"DESCRIBE <{HarvestedGarden.Base}dataset>"));
        request.Headers.Accept.ParseAdd("application/n-triples");
        using var answer = await garden.Client.SendAsync(request);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        var part = lines.Single(l => l.Contains("conformsTo> <http://www.europeana.eu/schemas/edm/>", StringComparison.Ordinal)).Split(' ')[0];
        var url = lines.Single(l => l.StartsWith(part + " <http://www.w3.org/ns/dcat#downloadURL>", StringComparison.Ordinal)).Split(' ')[2].Trim('<', '>');
        using var dump = await garden.Client.GetAsync(new Uri(url).PathAndQuery);
        Assert.Equal("application/rdf+xml", dump.Content.Headers.ContentType!.MediaType);
        Assert.Contains("ProvidedCHO", await dump.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
