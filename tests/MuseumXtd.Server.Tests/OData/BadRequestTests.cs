using System.Net;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>Requests that are wrong, too much, or not answered here: each is told so in the standard's form.</summary>
public sealed class BadRequestTests(ODataFixture server) : IClassFixture<ODataFixture>
{
    [Theory]
    [InlineData("Initiatives?$frob=1", 400, "$frob")]
    [InlineData("Initiatives?$filter=nothing eq 1", 400, "$filter")]
    [InlineData("Initiatives?$filter=name eq", 400, "$filter")]
    [InlineData("Initiatives?$filter=startYear eq 'x'", 400, "$filter")]
    [InlineData("Initiatives?$filter=startYear", 400, "$filter")]
    [InlineData("Initiatives?$filter=startYear has 1", 400, "$filter")]
    [InlineData("Initiatives?$filter=name eq 'x", 400, "$filter")]
    [InlineData("Initiatives?$filter=contains(name)", 400, "$filter")]
    [InlineData("Initiatives?$filter=frob(name)", 400, "$filter")]
    [InlineData("Initiatives?$filter=kinds eq 'x'", 400, "$filter")]
    [InlineData("Initiatives?$filter=name eq 'a'&$filter=name eq 'b'", 400, "$filter")]
    [InlineData("Initiatives?$filter=name eq 'a'&filter=name eq 'b'", 400, "$filter")]
    [InlineData("Initiatives?$filter=matchesPattern(name,'(a')", 400, "$filter")]
    [InlineData("Initiatives?$filter=matchesPattern(name,'(a)%5C1')", 400, "$filter")]
    [InlineData("Initiatives?$orderby=nothing", 400, "$orderby")]
    [InlineData("Initiatives?$orderby=kinds", 400, "$orderby")]
    [InlineData("Initiatives?$orderby=a,b,c,d,e,f,g,h,i,j,k", 400, "$orderby")]
    [InlineData("Initiatives?$orderby=name,id,iri,startYear,endYear,name,id,iri,startYear,endYear", 400, "$orderby")]
    [InlineData("Initiatives?$select=nothing", 400, "$select")]
    [InlineData("Initiatives?$expand=nothing", 400, "$expand")]
    [InlineData("Initiatives?$expand=name", 400, "$expand")]
    [InlineData("Initiatives?$expand=places($levels=max)", 400, "$expand")]
    [InlineData("Initiatives?$expand=places($frob=1)", 400, "$expand")]
    [InlineData("Places?$expand=partOfPlace($levels=100)", 400, "$expand")]
    [InlineData("Initiatives?$top=-1", 400, "$top")]
    [InlineData("Initiatives?$top=x", 400, "$top")]
    [InlineData("Initiatives?$top=99999999999999999999", 400, "$top")]
    [InlineData("Initiatives?$skip=-1", 400, "$skip")]
    [InlineData("Initiatives?$count=maybe", 400, "$count")]
    [InlineData("Initiatives?$search=", 400, "$search")]
    [InlineData("Initiatives?$apply=frob", 400, "$apply")]
    [InlineData("Initiatives?$apply=aggregate(name with sum as x)", 400, "$apply")]
    [InlineData("Initiatives?$compute=name", 400, "$compute")]
    [InlineData("Initiatives('alpha')?$top=1", 400, "$top")]
    [InlineData("Initiatives('alpha')?$filter=name eq 'x'", 400, "$filter")]
    [InlineData("$metadata?$filter=1", 400, "$filter")]
    [InlineData("?$top=1", 400, "$top")]
    [InlineData("Initiatives(1)", 400, null)]
    [InlineData("Initiatives(id='a',id='b')", 400, null)]
    [InlineData("Initiatives('nothing')", 404, null)]
    [InlineData("Initiatives('')", 404, null)]
    [InlineData("Nothing", 404, null)]
    [InlineData("initiatives/$each", 501, null)]
    [InlineData("Initiatives('alpha')/nothing", 404, null)]
    [InlineData("Initiatives('alpha')/kinds('none')", 404, null)]
    [InlineData("Initiatives('alpha')/kinds('none')/name", 404, null)]
    [InlineData("Organisations('alpha')", 404, null)]
    [InlineData("Events('one')/mxtd.Workshop", 404, null)]
    [InlineData("$entity", 400, "$id")]
    [InlineData("$entity?$id=http://example.org/", 404, "$id")]
    [InlineData("$all", 501, null)]
    [InlineData("$batch", 405, null)]
    [InlineData("Initiatives?$levels=2", 400, "$levels")]
    [InlineData("Initiatives?$orderby=$count", 400, "$orderby")]
    [InlineData("Initiatives?$apply=topsum(1,startYear)", 501, "$apply")]
    [InlineData("Initiatives?$apply=topcount(1,startYear)/groupby((startYear))", 501, "$apply")]
    [InlineData("Initiatives?$apply=topcount(1)", 400, "$apply")]
    [InlineData("Initiatives?$apply=topcount(-1,startYear)", 400, "$apply")]
    [InlineData("Initiatives?$apply=bottomcount(1,year)", 400, "$apply")]
    [InlineData("Initiatives?$apply=groupby((startYear))/topcount(1,endYear)", 400, "$apply")]
    [InlineData("Initiatives?$apply=top(x)", 400, "$apply")]
    [InlineData("Initiatives?$apply=orderby()", 400, "$apply")]
    [InlineData("Initiatives?$apply=groupby((kinds/name),aggregate($count as n))", 400, "$apply")]
    [InlineData("Initiatives?$apply=aggregate(name/$count as n)", 400, "$apply")]
    [InlineData("Events?$filter=lasts mul 2 eq 'PT4H'", 501, "$filter")]
    [InlineData("Initiatives(iri='https://w3id.org/museumxtd/initiative/none')", 404, null)]
    [InlineData("Initiatives(iri='')", 404, null)]
    [InlineData("Initiatives(iri=1)", 400, null)]
    [InlineData("Initiatives('alpha')/$value", 400, null)]
    [InlineData("Initiatives('alpha')/name?$top=1", 400, "$top")]
    [InlineData("Initiatives('alpha')/language?$select=x", 400, "$select")]
    [InlineData("Initiatives('alpha')/language?$filter=nothing eq 1", 400, "$filter")]
    [InlineData("$crossjoin(Initiatives,Places)", 501, null)]
    [InlineData("Events?$filter=lasts eq 'two hours'", 400, "$filter")]
    [InlineData("Events?$filter=lasts eq 'P99999999999999D'", 400, "$filter")]
    [InlineData("Events?$filter=hassubset(tag)", 400, "$filter")]
    [InlineData("Events?$filter=hassubset(tag,[1,)", 400, "$filter")]
    [InlineData("Events?$filter=hassubset(tag,[[1]])", 501, "$filter")]
    [InlineData("Events?$filter=hassubsequence(tag,[1])", 501, "$filter")]
    [InlineData("Events?$filter=geo.length(tag) gt 1", 501, "$filter")]
    [InlineData("Events?$filter=case(visitors gt 1)", 400, "$filter")]
    [InlineData("Events?$filter=case(visitors:1,true:2) eq 1", 400, "$filter")]
    [InlineData("Events?$filter=visitors divby", 400, "$filter")]
    [InlineData("Events?$filter=tag divby 2 eq 1", 400, "$filter")]
    [InlineData("Initiatives?$select=name($top=1)", 400, "$select")]
    [InlineData("Initiatives?$select=names($search=alpha)", 501, "$select")]
    [InlineData("Initiatives?$select=language($filter=nothing eq 1)", 400, "$select")]
    [InlineData("Initiatives?$select=language($top=1)&$format=text/csv", 501, "$select")]
    [InlineData("Initiatives/$filter(nothing eq 1)", 400, null)]
    [InlineData("Initiatives/$filter(startYear gt 1", 400, null)]
    [InlineData("Initiatives?$deltatoken=1", 501, "$deltatoken")]
    [InlineData("Initiatives?$expand=kinds($apply=aggregate($count as n))", 501, "$expand")]
    [InlineData("Initiatives?$format=atom", 406, "$format")]
    [InlineData("$metadata?$format=atom", 406, "$format")]
    [InlineData("Initiatives?$schemaversion=1", 404, "$schemaversion")]
    public async Task A_wrong_request_says_what_is_wrong(string path, int status, string? target)
    {
        using var response = await server.SendAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(response.Headers.GetValues("OData-Version").Single());
        using var json = JsonDocument.Parse(text);
        var error = json.RootElement.GetProperty("error");
        Assert.NotEmpty(error.GetProperty("code").GetString()!);
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(target, error.TryGetProperty("target", out var named) ? named.GetString() : null);
        Assert.False(error.TryGetProperty("innererror", out _));
    }

    [Theory]
    [InlineData("Initiatives?$filter=startYear eq 1 and nothing eq 1", "($filter, column 20)")]
    [InlineData("Initiatives?$filter=startYear eq eq", "$filter, column")]
    [InlineData("Initiatives?$filter=startYear divby 2 gt", "at position 20 in 'startYear divby 2 gt' ($filter, column 21)")]
    [InlineData("Initiatives?$filter=startYear divby 2 gt 1000 and nothing eq 1", "($filter, column 31)")]
    [InlineData("Initiatives?$orderby=name,nothing", "($orderby, column 6)")]
    public async Task The_place_of_a_fault_is_told(string path, string place)
    {
        using var response = await server.SendAsync(path);
        Assert.Contains(place, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Accept", "application/xml", 406)]
    [InlineData("Accept", "text/html", 406)]
    [InlineData("Accept", "application/json;odata.metadata=huge", 406)]
    [InlineData("OData-MaxVersion", "3.0", 400)]
    [InlineData("OData-MaxVersion", "x", 400)]
    [InlineData("OData-Version", "5.0", 400)]
    [InlineData("Accept", "application/json;q=0.1,text/html", 200)]
    [InlineData("Accept", "*/*", 200)]
    [InlineData("OData-MaxVersion", "4.0", 200)]
    [InlineData("OData-MaxVersion", "5.0", 200)]
    public async Task Headers_are_honoured_or_refused(string name, string value, int status)
    {
        using var response = await server.SendAsync("Initiatives", (name, value));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("Initiatives?$filter=startYear has 1", "The operator 'has' is for enumerations")]
    [InlineData("Events?$filter=case(visitors gt 1)", "pairs of a condition and a value")]
    [InlineData("Events?$filter=lasts mul 2 eq 'PT4H'", "totalseconds gives a number")]
    public async Task A_message_says_what_to_do(string path, string part)
    {
        using var response = await server.SendAsync(path);
        Assert.Contains(part.Replace("'", "\\u0027", StringComparison.Ordinal), (await response.Content.ReadAsStringAsync()).Replace("'", "\\u0027", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Writing_is_not_allowed(string method)
    {
        using var content = new StringContent("{}");
        using var response = await server.SendAsync(new HttpMethod(method), "Initiatives", content);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task What_is_too_much_is_refused()
    {
        string[] requests =
        [
            "Initiatives?$filter=" + string.Join(" or ", Enumerable.Range(0, 300).Select(i => $"startYear eq {i}")),
            "Initiatives?$apply=filter(" + string.Join(" or ", Enumerable.Range(0, 300).Select(i => $"startYear eq {i}")) + ")",
            "Initiatives?$filter=" + new string('(', 2000) + "true" + new string(')', 2000),
            "Initiatives?$filter=" + string.Concat(Enumerable.Repeat("not ", 2000)) + "true",
            "Initiatives?$filter=id in (" + string.Join(',', Enumerable.Range(0, 1001).Select(i => $"'{i}'")) + ")",
            "Initiatives?$filter=ledBy/any(a:a/mxtd.Organisation/leads/any(b:b/ledBy/any(c:c/mxtd.Organisation/leads/any(d:d/ledBy/any(e:e/id eq 'x')))))",
            "Initiatives?$expand=partOf($expand=*),hasPart($expand=*),succeeds($expand=*)",
            "Initiatives?$expand=" + string.Concat(Enumerable.Repeat("places($expand=placeOf/mxtd.Initiative($expand=", 5)) + "kinds" + new string(')', 10),
            "Places?$expand=partOfPlace($levels=7)",
        ];
        foreach (var request in requests)
        {
            using var response = await server.SendAsync(request);
            Assert.True((int)response.StatusCode is 400 or 414, $"{(int)response.StatusCode} for {request[..Math.Min(120, request.Length)]}");
        }
    }

    [Fact]
    public async Task A_URL_of_16_KB_is_too_long_and_a_body_of_it_is_not()
    {
        var filter = "$filter=startYear eq 2020" + new string(' ', 16_000);
        using var response = await server.SendAsync("Initiatives?" + filter.Replace(" ", "%20", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
        using var body = new StringContent(filter, System.Text.Encoding.UTF8, "text/plain");
        using var posted = await server.SendAsync(HttpMethod.Post, "Initiatives/$query", body);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        using var larger = new StringContent(filter + filter, System.Text.Encoding.UTF8, "text/plain");
        using var refused = await server.SendAsync(HttpMethod.Post, "Initiatives/$query", larger);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    /// <summary>Requests made of parts of right ones, cut, doubled and mixed.</summary>
    [Fact]
    public async Task Nothing_that_is_sent_is_an_error_of_the_server()
    {
        string[] parts =
        [
            "Initiatives", "Places", "Events", "('alpha')", "('be')", "(", ")", "/", "'", "''", "$", "&", "=", "?", ",", ";", " ", "%20", "%2F", "%27", "%00", "%zz", "%C3", "name", "names", "id", "kinds", "places",
            "startYear", "$filter=", "$select=", "$expand=", "$orderby=", "$top=", "$skip=", "$count=", "$search=", "$apply=", "$compute=", "$format=", "$skiptoken=", "$id=", "true", "null", "2020", "1.5e400", "-", "eq", " eq ",
            " and ", " or ", "not ", " in ", " has ", "any(", "all(", "k:k", "/id", "contains(", "substring(", "cast(", "isof(", "'x'", "duration'", "2020-01-01", "now()", "groupby((", "aggregate(", "$count", " as ", "with sum", "$levels=max",
            "*", "@a", "$it", "$ref", "$value", "mxtd.Place", "\u00e9", "\ud83d\ude00", "9999999999999999999", "INF", "$this", "$root", "#", "filter(", "json", "{", "[1]", "desc",
            "case(", "hassubset(", " divby ", "totalseconds(", "'P1D'", "language($filter=", ":", "language", "$crossjoin(", "$all", "/any(m:m eq 'fr')", "[\"a\"]",
        ];
        var random = new Random(20261125);
        var statuses = new SortedDictionary<int, int>();
        var refused = new List<string>();
        for (var i = 0; i < 3000; i++)
        {
            var text = new System.Text.StringBuilder(random.Next(3) == 0 ? "" : "Initiatives?" + parts[random.Next(29, 43)]);
            for (var n = random.Next(1, 10); n > 0; n--)
            {
                text.Append(parts[random.Next(parts.Length)]);
            }

            HttpResponseMessage response;
            try
            {
                response = await server.SendAsync(text.ToString().TrimStart('/'));
            }
            catch (Exception e) when (e is UriFormatException or InvalidOperationException or NotSupportedException)
            {
                continue;
            }

            using (response)
            {
                statuses[(int)response.StatusCode] = statuses.GetValueOrDefault((int)response.StatusCode) + 1;
                Assert.True((int)response.StatusCode < 500 || response.StatusCode == HttpStatusCode.NotImplemented, $"{(int)response.StatusCode}: {text}");
                if (response.StatusCode == HttpStatusCode.NotImplemented)
                {
                    // Only what the standard has and this service has not: what is no OData is a bad request.
                    refused.Add(text.ToString());
                    Assert.Matches(@"\$(crossjoin|all|delta|each|root|deltatoken|search)|hassubsequence|geo\.|cast\(|isof\(|concat\(|filter\(", text.ToString());
                }
            }
        }

        Assert.InRange(refused.Count, 0, 60);
        Assert.True(statuses[400] > 100 && statuses[200] > 10, string.Join(' ', statuses));
    }
}
