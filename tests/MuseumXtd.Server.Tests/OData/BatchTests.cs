using System.Net;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>Several requests in one (Protocol, section 11.7).</summary>
public sealed class BatchTests(ODataFixture server) : IClassFixture<ODataFixture>
{
    [Fact]
    public async Task A_JSON_batch_answers_each_request_by_its_id()
    {
        using var response = await PostAsync("application/json", """
            {"requests":[
              {"id":"1","method":"get","url":"Initiatives('alpha')?$select=id"},
              {"id":"2","method":"get","url":"Initiatives('nothing')"},
              {"id":"3","method":"get","url":"Initiatives/$count"},
              {"id":"4","method":"get","url":"/odata/Places?$filter=isoCode eq 'CA'&$select=id"},
              {"id":"5","method":"delete","url":"Initiatives('alpha')"}
            ]}
            """);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        using var json = JsonDocument.Parse(text);
        var answers = json.RootElement.GetProperty("responses").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!);
        Assert.Equal(200, answers["1"].GetProperty("status").GetInt32());
        Assert.Equal("alpha", answers["1"].GetProperty("body").GetProperty("id").GetString());
        Assert.Equal(404, answers["2"].GetProperty("status").GetInt32());
        Assert.Equal("NotFound", answers["2"].GetProperty("body").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(200, answers["3"].GetProperty("status").GetInt32());
        Assert.Equal("ca", answers["4"].GetProperty("body").GetProperty("value")[0].GetProperty("id").GetString());
        Assert.Equal(405, answers["5"].GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_multipart_batch_answers_in_order()
    {
        const string Part = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET {0} HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n";
        var body = string.Concat(((string[])["Initiatives('alpha')?$select=id", "Initiatives?$frob=1", "/odata/Initiatives/$count"]).Select(u => string.Format(System.Globalization.CultureInfo.InvariantCulture, Part, u))) + "--b--\r\n";
        using var response = await PostAsync("multipart/mixed;boundary=b", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.StartsWith("multipart/mixed", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        var places = ((string[])["HTTP/1.1 200 OK", "\"id\":\"alpha\"", "HTTP/1.1 400 Bad Request", "HTTP/1.1 200 OK"]).Aggregate((IEnumerable<int>)[0], (found, part) => [.. found, text.IndexOf(part, found.Last() + 1, StringComparison.Ordinal)]).ToList();
        Assert.True(places.All(p => p >= 0) && places.SequenceEqual(places.Order()), text);
    }

    [Theory]
    [InlineData("application/json", "{", 400)]
    [InlineData("application/json", "[]", 400)]
    [InlineData("application/json", "{\"requests\":1}", 400)]
    [InlineData("application/json", "{\"requests\":[{\"id\":\"1\"}]}", 400)]
    [InlineData("application/json", "{\"requests\":[{\"id\":\"1\",\"method\":\"get\",\"url\":\"x\",\"dependsOn\":[\"9\"]}]}", 400)]
    [InlineData("multipart/mixed", "--b--", 400)]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET http://\r\n", 400)]
    [InlineData("text/plain", "x", 415)]
    public async Task A_batch_that_cannot_be_read_is_refused(string contentType, string body, int status)
    {
        using var response = await PostAsync(contentType, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        using var json = JsonDocument.Parse(text);
        Assert.NotEmpty(json.RootElement.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task URLs_of_others_and_too_many_requests_are_refused()
    {
        using var foreign = await PostAsync("application/json", """{"requests":[{"id":"1","method":"get","url":"http://example.org/odata/Initiatives"},{"id":"2","method":"get","url":"/sparql?query=x"}]}""");
        using var json = JsonDocument.Parse(await foreign.Content.ReadAsStringAsync());
        Assert.All(json.RootElement.GetProperty("responses").EnumerateArray(), r => Assert.Equal(404, r.GetProperty("status").GetInt32()));
        using var many = await PostAsync("application/json", "{\"requests\":[" + string.Join(',', Enumerable.Range(0, 101).Select(i => $"{{\"id\":\"{i}\",\"method\":\"get\",\"url\":\"Places/$count\"}}")) + "]}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, many.StatusCode);
        using var large = await PostAsync("application/json", "{\"requests\":[]" + new string(' ', 1 << 20) + "}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string contentType, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await server.SendAsync(HttpMethod.Post, "$batch", content);
    }
}
