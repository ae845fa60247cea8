using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>
/// Generated requests beside the SPARQL that a person would write for them: one random tree is told in both languages, on one snapshot. The
/// SPARQL is made here and shares nothing with the translation.
/// </summary>
public sealed class SameAnswersTests : IAsyncLifetime, IDisposable
{
    private const string Prefixes = "PREFIX : <https://w3id.org/museumxtd/ns#> PREFIX k: <https://w3id.org/museumxtd/kinds/> ";
    private const string Base = "https://w3id.org/museumxtd/";
    private static readonly string[] Kinds = ["fund", "project", "network", "report"];

    private readonly string _file = Path.GetTempFileName() + ".ttl";
    private MuseumXtdServer? _server;
    private HttpClient _client = new();

    public async Task InitializeAsync()
    {
        var random = new Random(7);
        var text = new StringBuilder("@prefix : <https://w3id.org/museumxtd/ns#> .\n");
        for (var i = 0; i < 8; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<{Base}place/p{i}> a :Place ; :name \"Place {i}\"@en");
            text.Append(i % 3 == 0 ? "" : $" ; :isoCode \"C{i}\"").Append(i < 2 ? "" : $" ; :partOfPlace <{Base}place/p{i / 2}>").Append(" .\n");
            text.Append(CultureInfo.InvariantCulture, $"<{Base}organisation/o{i}> a :Organisation ; :name \"Organisation {i % 5}\"@en .\n");
        }

        for (var i = 0; i < 120; i++)
        {
            var s = $"<{Base}initiative/i{i:000}>";
            text.Append(CultureInfo.InvariantCulture, $"{s} a :Initiative ; :name \"Nom {i % 11}\"@fr .\n");
            Maybe(0.6, $"{s} :name \"Name {i % 7}\"@en .\n");
            Maybe(0.7, $"{s} :startYear {random.Next(2010, 2016)} .\n");
            Maybe(0.5, $"{s} :endYear {random.Next(2012, 2018)} .\n");
            for (var n = random.Next(4); n > 0; n--)
            {
                text.Append(CultureInfo.InvariantCulture, $"{s} :kind <{Base}kinds/{Kinds[random.Next(4)]}> ; :place <{Base}place/p{random.Next(8)}> .\n");
                Maybe(0.6, $"{s} :ledBy <{Base}organisation/o{random.Next(8)}> .\n");
            }
        }

        foreach (var kind in Kinds)
        {
            text.Append(CultureInfo.InvariantCulture, $"<{Base}kinds/{kind}> a :InitiativeKind .\n");
        }

        await File.WriteAllTextAsync(_file, text.ToString());
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Files = [_file], Port = 0 });
        _client = new HttpClient { BaseAddress = new Uri(_server.Url + "/") };
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        void Maybe(double chance, string statement)
        {
            if (random.NextDouble() < chance)
            {
                text.Append(statement);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task Filters_keep_the_same()
    {
        var random = new Random(11);
        var kept = 0;
        for (var i = 0; i < 300; i++)
        {
            var (odata, sparql) = Condition(random, 3);
            var expected = string.Join(' ', (await QueryAsync($"SELECT ?s {{ ?s a :Initiative FILTER({sparql}) }} ORDER BY ?s")).Select(r => r[0]));
            Assert.True(expected == await KeysAsync(odata), $"{odata}\n{sparql}\n{expected}\n{await KeysAsync(odata)}");
            kept += expected.Length > 0 ? 1 : 0;
        }

        Assert.InRange(kept, 100, 300);
    }

    [Fact]
    public async Task Orders_are_the_same()
    {
        var random = new Random(12);
        for (var i = 0; i < 60; i++)
        {
            var (odata, sparql) = Condition(random, 2);
            var keys = Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(3) switch
            {
                0 => ("startYear", "?y"),
                1 => ("endYear", "?e"),
                _ => ("kinds/$count", "?n"),
            }).DistinctBy(k => k.Item1).Select(k => (k.Item1, k.Item2, IsDescending: random.Next(2) == 0)).ToList();
            var (skip, top) = (random.Next(20), random.Next(1, 30));
            var path = $"odata/Initiatives?$select=id&$filter={Uri.EscapeDataString(odata)}&$skip={skip}&$top={top}&$orderby=" + string.Join(',', keys.Select(k => k.Item1 + (k.IsDescending ? " desc" : "")));
            var rows = await QueryAsync(
                $"SELECT ?s {{ ?s a :Initiative FILTER({sparql}) OPTIONAL {{ ?s :startYear ?y }} OPTIONAL {{ ?s :endYear ?e }} {{ SELECT ?s (COUNT(DISTINCT ?k) AS ?n) {{ ?s a :Initiative OPTIONAL {{ ?s :kind ?k }} }} GROUP BY ?s }} }} "
                + $"ORDER BY {string.Join(' ', keys.Select(k => k.IsDescending ? $"DESC({k.Item2})" : k.Item2))} ?s OFFSET {skip} LIMIT {top}");
            Assert.Equal(rows.Select(r => r[0]), (await GetAsync(path)).GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetString()));
        }
    }

    [Fact]
    public async Task Expansions_lead_to_the_same()
    {
        var random = new Random(13);
        for (var i = 0; i < 60; i++)
        {
            var (odata, sparql) = Condition(random, 2);
            var (nested, same) = random.Next(3) switch
            {
                0 => ("", "true"),
                1 => ("($filter=isoCode eq 'C4' or isoCode eq 'C5')", "EXISTS { ?p :isoCode ?c FILTER(?c IN (\"C4\", \"C5\")) }"),
                _ => ("($filter=partOfPlace/isoCode ne 'C2';$orderby=name)", "NOT EXISTS { ?p :partOfPlace/:isoCode \"C2\" }"),
            };
            var json = await GetAsync($"odata/Initiatives?$select=id&$filter={Uri.EscapeDataString(odata)}&$expand=places{nested},ledBy");
            var found = json.GetProperty("value").EnumerateArray().SelectMany(e =>
                e.GetProperty("places").EnumerateArray().Select(p => $"{e.GetProperty("id").GetString()} place {p.GetProperty("id").GetString()} {p.GetProperty("name").GetString()}")
                    .Concat(e.GetProperty("ledBy").EnumerateArray().Select(p => $"{e.GetProperty("id").GetString()} ledBy {p.GetProperty("id").GetString()} {p.GetProperty("name").GetString()}")));
            var rows = await QueryAsync(
                $"SELECT ?s ?l ?p ?name {{ ?s a :Initiative FILTER({sparql}) {{ ?s :place ?p FILTER({same}) BIND(\"place\" AS ?l) }} UNION {{ ?s :ledBy ?p BIND(\"ledBy\" AS ?l) }} ?p :name ?name }}");
            Assert.Equal(rows.Select(r => string.Join(' ', r)).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Groups_have_the_same_values()
    {
        var random = new Random(14);
        for (var i = 0; i < 60; i++)
        {
            var (odata, sparql) = Condition(random, 2);
            var json = await GetAsync("odata/Initiatives?$apply=" + Uri.EscapeDataString(
                $"filter({odata})/groupby((startYear),aggregate($count as n,endYear with sum as sum,endYear with min as min,endYear with max as max,endYear with countdistinct as d,endYear with average as avg))"));
            var found = json.GetProperty("value").EnumerateArray().Select(r => string.Join(' ', ((string[])["startYear", "n", "sum", "min", "max", "d", "avg"]).Select(n => Number(r.GetProperty(n).ToString()))));
            var rows = await QueryAsync(
                $"SELECT ?y (COUNT(*) AS ?n) (SUM(?e) AS ?sum) (MIN(?e) AS ?min) (MAX(?e) AS ?max) (COUNT(DISTINCT ?e) AS ?d) (AVG(?e) AS ?avg) {{ ?s a :Initiative ; :endYear ?e FILTER({sparql}) OPTIONAL {{ ?s :startYear ?y }} }} GROUP BY ?y");
            var all = await QueryAsync($"SELECT ?y (COUNT(*) AS ?n) {{ ?s a :Initiative FILTER({sparql}) OPTIONAL {{ ?s :startYear ?y }} }} GROUP BY ?y");
            var byYear = rows.ToDictionary(r => r[0]);
            var expected = all.Select(r => byYear.TryGetValue(r[0], out var with)
                ? string.Join(' ', with.Select((value, c) => Number(c == 1 ? r[1] : value)))
                : $"{r[0]} {r[1]}    0 ");
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Linked_entities_are_counted_the_same()
    {
        var random = new Random(16);
        for (var i = 0; i < 20; i++)
        {
            var (odata, sparql) = Condition(random, 2);
            var json = await GetAsync("odata/Initiatives?$apply=" + Uri.EscapeDataString($"filter({odata})/groupby((startYear),aggregate(places/$count as p,ledBy/$count as l,$count as n))"));
            var rows = await QueryAsync(
                $"SELECT ?y (SUM(?ps) AS ?p) (SUM(?ls) AS ?l) (COUNT(*) AS ?n) {{ ?s a :Initiative FILTER({sparql}) OPTIONAL {{ ?s :startYear ?y }} "
                + "{ SELECT ?s (COUNT(DISTINCT ?place) AS ?ps) { ?s a :Initiative OPTIONAL { ?s :place ?place } } GROUP BY ?s } "
                + "{ SELECT ?s (COUNT(DISTINCT ?agent) AS ?ls) { ?s a :Initiative OPTIONAL { ?s :ledBy ?agent } } GROUP BY ?s } } GROUP BY ?y");
            Assert.Equal(
                rows.Select(r => string.Join(' ', r)).Order(StringComparer.Ordinal),
                json.GetProperty("value").EnumerateArray().Select(r => $"{r.GetProperty("startYear")} {r.GetProperty("p")} {r.GetProperty("l")} {r.GetProperty("n")}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_first_of_groups_and_entities_are_the_same()
    {
        var random = new Random(15);
        for (var i = 0; i < 40; i++)
        {
            var (odata, sparql) = Condition(random, 2);
            var (most, skip, isTop) = (random.Next(1, 5), random.Next(3), random.Next(2) == 0);
            var groups = await GetAsync("odata/Initiatives?$apply=" + Uri.EscapeDataString(
                $"filter({odata})/groupby((startYear),aggregate($count as n))/{(isTop ? "topcount" : "bottomcount")}({most},n)"));
            var counted = $"SELECT ?y (COUNT(*) AS ?n) {{ ?s a :Initiative FILTER({sparql}) OPTIONAL {{ ?s :startYear ?y }} }} GROUP BY ?y ORDER BY {(isTop ? "DESC(?n)" : "?n")} ?y LIMIT {most}";
            Assert.Equal(
                (await QueryAsync(counted)).Select(r => string.Join(' ', r)),
                groups.GetProperty("value").EnumerateArray().Select(r => $"{r.GetProperty("startYear")} {r.GetProperty("n")}"));

            var kept = Uri.EscapeDataString($"filter({odata})/identity/orderby(startYear {(isTop ? "desc" : "asc")},endYear)/skip({skip})/top({most})");
            var cut = $"{{ SELECT ?s ?y ?e {{ ?s a :Initiative FILTER({sparql}) OPTIONAL {{ ?s :startYear ?y }} OPTIONAL {{ ?s :endYear ?e }} }} ORDER BY {(isTop ? "DESC(?y)" : "?y")} ?e ?s OFFSET {skip} LIMIT {most} }}";
            var order = $"ORDER BY {(isTop ? "DESC(?y)" : "?y")} ?e ?s";
            Assert.Equal(
                (await QueryAsync($"SELECT ?s {{ {cut} }} {order}")).Select(r => r[0]),
                await IdsAsync($"odata/Initiatives?$apply={kept}&$select=id"));
            Assert.Equal(
                (await QueryAsync($"SELECT ?s {{ {cut} FILTER(?y > 2012) }} ORDER BY ?s")).Select(r => r[0]),
                await IdsAsync($"odata/Initiatives?$apply={kept}&$filter=startYear gt 2012&$orderby=iri&$select=id"));
            Assert.Equal(
                (await QueryAsync($"SELECT (COUNT(*) AS ?n) {{ {cut} }}")).Single()[0],
                await _client.GetStringAsync($"odata/Initiatives/$count?$apply={kept}"));
        }

        async Task<IEnumerable<string?>> IdsAsync(string path) => (await GetAsync(path)).GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetString()).ToList();
    }

    private static string Number(string text) =>
        decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? Math.Round(number, 6).ToString("0.######", CultureInfo.InvariantCulture) : text;

    /// <summary>A random condition in both languages.</summary>
    private static (string OData, string Sparql) Condition(Random random, int depth)
    {
        if (depth > 0 && random.Next(3) > 0)
        {
            var (left, leftSparql) = Condition(random, depth - 1);
            var (right, rightSparql) = Condition(random, depth - 1);
            return random.Next(3) switch
            {
                0 => ($"({left} and {right})", $"({leftSparql} && {rightSparql})"),
                1 => ($"({left} or {right})", $"({leftSparql} || {rightSparql})"),
                _ => ($"not ({left})", $"(!{leftSparql})"),
            };
        }

        var year = random.Next(2010, 2018);
        var place = random.Next(8);
        var kind = Kinds[random.Next(4)];
        string[] comparisons = ["eq", "gt", "ge", "lt", "le"];
        string[] signs = ["=", ">", ">=", "<", "<="];
        var comparison = random.Next(5);
        return random.Next(14) switch
        {
            0 => ($"startYear {comparisons[comparison]} {year}", $"EXISTS {{ ?s :startYear ?v FILTER(?v {signs[comparison]} {year}) }}"),
            1 => ($"endYear ne {year}", $"NOT EXISTS {{ ?s :endYear {year} }}"),
            2 => ("endYear eq null", "NOT EXISTS { ?s :endYear ?v }"),
            3 => ($"startYear in ({year},{year - 1})", $"EXISTS {{ ?s :startYear ?v FILTER(?v IN ({year}, {year - 1})) }}"),
            4 => ("endYear gt startYear", "EXISTS { ?s :startYear ?v ; :endYear ?w FILTER(?w > ?v) }"),
            5 => ("endYear eq startYear", "(EXISTS { ?s :startYear ?v ; :endYear ?v } || (NOT EXISTS { ?s :startYear ?v } && NOT EXISTS { ?s :endYear ?w }))"),
            6 => ($"contains(name,'{year % 10}')", $"EXISTS {{ ?s :name ?v FILTER(CONTAINS(?v, \"{year % 10}\") && (LANG(?v) = \"en\" || NOT EXISTS {{ ?s :name ?w FILTER(LANG(?w) = \"en\") }})) }}"),
            7 => ($"kinds/any(k: k/id eq '{kind}')", $"EXISTS {{ ?s :kind k:{kind} }}"),
            8 => ("places/any()", "EXISTS { ?s :place ?v }"),
            9 => ($"places/any(p: p/isoCode eq 'C{place}')", $"EXISTS {{ ?s :place/:isoCode \"C{place}\" }}"),
            10 => ($"places/any(p: p/partOfPlace/id eq 'p{place / 2}' and p/isoCode ne null)", $"EXISTS {{ ?s :place ?v . ?v :partOfPlace <{Base}place/p{place / 2}> ; :isoCode ?w }}"),
            11 => ($"places/all(p: p/isoCode gt 'C{place}')", $"NOT EXISTS {{ ?s :place ?v FILTER NOT EXISTS {{ ?v :isoCode ?w FILTER(?w > \"C{place}\") }} }}"),
            12 => ($"kinds/$count ge {random.Next(4)}" is var text ? text : "", $"EXISTS {{ {{ SELECT ?s (COUNT(DISTINCT ?v) AS ?w) {{ ?s a :Initiative OPTIONAL {{ ?s :kind ?v }} }} GROUP BY ?s }} FILTER(?w >= {text[^1]}) }}"),
            _ => ($"ledBy/any(o: o/mxtd.Organisation/leads/any(i: i/startYear gt $it/endYear))", "EXISTS { ?s :endYear ?e ; :ledBy/^:ledBy/:startYear ?v FILTER(?v > ?e) }"),
        };
    }

    private async Task<string> KeysAsync(string filter) => string.Join(
        ' ', (await GetAsync("odata/Initiatives?$select=id&$filter=" + Uri.EscapeDataString(filter))).GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetString()));

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}\n{text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private async Task<List<string[]>> QueryAsync(string query)
    {
        using var content = new FormUrlEncodedContent([new("query", Prefixes + query)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "sparql") { Content = content };
        request.Headers.Accept.ParseAdd("application/sparql-results+json");
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{query}\n{text}");
        using var document = JsonDocument.Parse(text);
        var names = document.RootElement.GetProperty("head").GetProperty("vars").EnumerateArray().Select(v => v.GetString()!).ToList();
        return [.. document.RootElement.GetProperty("results").GetProperty("bindings").EnumerateArray().Select(b => names.Select(n =>
            b.TryGetProperty(n, out var value) ? value.GetProperty("value").GetString()! is var v && v.StartsWith(Base, StringComparison.Ordinal) ? v[(v.LastIndexOf('/') + 1)..] : value.GetProperty("value").GetString()! : "").ToArray())];
    }
}
