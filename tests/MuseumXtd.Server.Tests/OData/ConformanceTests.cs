using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>
/// The clauses of conformance (OData 4.01 Part 1, section 13.1), each with a request and what it must answer. Clauses on writing do not
/// apply to a service for reading. Advanced: see <see cref="Advanced"/>.
/// </summary>
public sealed class ConformanceTests(ODataFixture server) : IClassFixture<ODataFixture>
{
    /// <summary>Clause, request (headers after <c>|</c>), status, and a JSON path with the value that it has, or a part of the text.</summary>
    public static TheoryData<string, string, int, string> Clauses => new()
    {
        // 13.1.1, OData 4.0 Minimal.
        { "Min 1 service document at the root", "", 200, "value.0.kind=EntitySet" },
        { "Min 2 data as OData JSON", "Initiatives('alpha')", 200, "id=alpha" },
        { "Min 3 partial answers are server-driven pages", "Initiatives|Prefer: odata.maxpagesize=1", 200, "@odata.nextLink~$skiptoken" },
        { "Min 4 OData-Version on answers", "Initiatives", 200, "OData-Version: 4.01" },
        { "Min 4 OData-Version on errors", "Nothing", 404, "OData-Version: 4.01" },
        { "Min 5 Accept is followed or fails", "Initiatives|Accept: application/atom+xml", 406, "error.code=NotAcceptable" },
        { "Min 5 OData-MaxVersion is followed", "Initiatives|OData-MaxVersion: 4.0", 200, "OData-Version: 4.0" },
        { "Min 5 OData-MaxVersion fails", "Initiatives|OData-MaxVersion: 3.0", 400, "error.code=BadRequest" },
        { "Min 6 custom options are ignored", "Initiatives?colour=blue", 200, "value.0.id=alpha" },
        { "Min 6 unknown system options fail", "Initiatives?$colour=blue", 400, "error.target=$colour" },
        { "Min 7 what is no valid URL fails", "Initiatives?$filter=eq", 400, "error.target=$filter" },
        { "Min 8 only types of CSDL", "$metadata|Accept: application/xml", 200, "Edm.Int64" },
        { "Min 13 metadata as XML", "$metadata?$format=xml", 200, "<edmx:Edmx" },
        { "Min 14 preferences with prefix", "Initiatives|Prefer: odata.maxpagesize=2", 200, "Preference-Applied: odata.maxpagesize=2" },
        { "Min 15 durations with their type", "Events?$filter=lasts eq duration'PT2H'", 200, "value.0.id=one" },

        // 13.1.2, OData 4.0 Intermediate.
        { "Int 3 $select", "Initiatives?$select=id,startYear", 200, "value.0.startYear=2017" },
        { "Int 3 $select leaves out", "Initiatives?$select=id,startYear", 200, "value.0.name!" },
        { "Int 4 casts to derived types in paths", "Events/mxtd.Workshop", 200, "value.0.seats=12" },
        { "Int 4 casts of one entity", "Events('two')/mxtd.Workshop/seats", 200, "value=12" },
        { "Int 4 casts before a key", "Events/mxtd.Workshop('two')", 200, "id=two" },
        { "Int 5 $top", "Initiatives?$top=1", 200, "value.1!" },
        { "Int 6 $value", "Initiatives('alpha')/startYear/$value", 200, "2017" },
        { "Int 7.1 eq and ne", "Initiatives?$filter=startYear ne 2017 and name eq 'Bêta'", 200, "value.0.id=beta" },
        { "Int 7.2 parameter aliases", "Initiatives?$filter=startYear eq @y&@y=2017", 200, "value.0.id=alpha" },
        { "Int 7.2 aliases of keys", "Initiatives(@k)?@k='alpha'", 200, "id=alpha" },
        { "Int 7.3 other operators", "Initiatives?$filter=startYear add 1 gt 2020", 200, "value.0.id=beta" },
        { "Int 7.4 canonical functions", "Initiatives?$filter=startswith(name,'Del')", 200, "value.0.id=delta" },
        { "Int 7.5 $filter in $expand", "Initiatives('alpha')?$expand=places($filter=isoCode eq 'BE')", 200, "places.0.id=be" },
        { "Int 9 JSON", "Initiatives?$format=json", 200, "value.0.id=alpha" },
        { "Int 11 $search", "Initiatives?$search=delta", 200, "value.0.id=delta" },
        { "Int 11 $search with operators", "Initiatives?$search=alpha OR (delta AND NOT beta)", 200, "value.1.id=delta" },
        { "Int 11 $search without accents", "Initiatives?$search=BETA", 200, "value.0.id=beta" },
        { "Int 11 $search for a phrase", "Organisations?$search=\"du numerique\"", 200, "value.0.id=maison" },
        { "Int 11 $search for what is not", "Initiatives?$search=NOT alpha", 200, "value.0.id=beta" },
        { "Int 11 $search and $filter", "Initiatives?$search=NOT alpha OR alpha&$filter=startYear eq 2017", 200, "value.0.id=alpha" },
        { "Int 12 $skip", "Initiatives?$skip=1", 200, "value.0.id=beta" },
        { "Int 13 $count", "Initiatives?$count=true&$top=0", 200, "@odata.count=4" },
        { "Int 14 $expand", "Initiatives('alpha')?$expand=kinds", 200, "kinds.1.id=project" },
        { "Int 15 any and all over links", "Initiatives?$filter=kinds/any(k: k/id eq 'fund')", 200, "value.0.id=alpha" },
        { "Int 15 any and all over values", "Initiatives?$filter=language/all(l: l eq 'fr') and language/any()", 200, "value.0.id=beta" },
        { "Int 16 /$count of links", "Initiatives('alpha')/kinds/$count", 200, "2" },
        { "Int 16 /$count of values", "Initiatives('alpha')/language/$count", 200, "2" },
        { "Int 16 /$count of a set", "Initiatives/$count", 200, "4" },
        { "Int 17 $orderby", "Initiatives?$orderby=startYear desc,name", 200, "value.0.id=beta" },

        // 13.2.1, OData 4.01 Minimal.
        { "4.01 Min 2 JSON of 4.01", "Initiatives('alpha')|OData-MaxVersion: 4.01", 200, "@odata.context~$metadata#Initiatives/$entity" },
        { "4.01 Min 4 preferences without prefix", "Initiatives|Prefer: maxpagesize=2", 200, "Preference-Applied: maxpagesize=2" },
        { "4.01 Min 5 $schemaversion of another model", "Initiatives?$schemaversion=0", 404, "error.target=$schemaversion" },
        { "4.01 Min 6 options without $", "Initiatives?filter=startYear eq 2017", 200, "value.0.id=alpha" },
        { "4.01 Min 7 options in any case", "Initiatives?$FILTER=startYear EQ 2017 AND Contains(name,'lph')", 200, "value.0.id=alpha" },
        { "4.01 Min 9.1 casts of strings", "Events?$filter=onDate eq cast('2020-02-29',Edm.Date)", 200, "value.0.id=one" },
        { "4.01 Min 9.2 durations without their type", "Events?$filter=lasts eq 'PT2H'", 200, "value.0.id=one" },
        { "4.01 Min 9.2 durations without their type in lists", "Events?$filter=lasts in ('PT1H','PT2H')", 200, "value.0.id=one" },
        { "4.01 Min 9.2 durations without their type by alias", "Events?$filter=lasts eq @d&@d='PT2H'", 200, "value.0.id=one" },
        { "4.01 Min 9.6 keys of a path", "Participations('initiative~alpha~p~ars')", 200, "confidence.0=0.5" },
        { "Alternate keys that the model names", "Initiatives(iri='https://w3id.org/museumxtd/initiative/alpha')", 200, "id=alpha" },
        { "11.2.6 $filter of a collection of one entity", "Initiatives('alpha')/names?$filter=language eq 'fr'", 200, "value.0.value=L'Alpha" },
        { "11.2.6 $orderby and $top of a collection of one entity", "Initiatives('alpha')/language?$orderby=$it desc&$top=1", 200, "value.0=fr" },
        { "11.2.6 $count of a collection of one entity", "Initiatives('alpha')/language?$count=true&$top=1", 200, "@odata.count=2" },
        { "11.2.10 filtered number of a collection", "Initiatives('alpha')/language/$count?$filter=$it eq 'fr'", 200, "1" },
        { "4.01 Min 9.8 links equal null", "Places?$filter=partOfPlace eq null&$orderby=name", 200, "value.0.id=ca" },
        { "4.01 Min 9.9 in", "Initiatives?$filter=startYear in (2017,1999)", 200, "value.0.id=alpha" },
        { "4.01 Min 9.10 divby", "Events?$filter=visitors divby 2 eq 3.5", 200, "value.0.id=one" },
        { "4.01 Min 9.11 negative substring", "Initiatives?$filter=substring(name,-3) eq 'lta'", 200, "value.0.id=delta" },
        { "4.01 Min 10 metadata as JSON", "$metadata?$format=json", 200, "$Version=4.01" },
        { "4.01 Min 12 Core.ODataVersions", "$metadata", 200, "Org.OData.Core.V1.ODataVersions" },
        { "4.01 Min 13 capabilities", "$metadata", 200, "Org.OData.Capabilities.V1.ConformanceLevel" },

        // 13.2.2, OData 4.01 Intermediate.
        { "4.01 Int 3 links equal null", "Places?$filter=partOfPlace ne null&$orderby=name", 200, "value.0.id=be" },
        { "4.01 Int 4 in", "Initiatives?$filter=id in ('beta','gamma')", 200, "value.1.id=gamma" },
        { "4.01 Int 5 $select within $select", "Initiatives('alpha')?$select=names($select=language)", 200, "names.0.value!" },
        { "4.01 Int 5 paths in $select", "Initiatives('alpha')?$select=names/value", 200, "names.0.language!" },
        { "4.01 Int 6 filtered count", "Initiatives?$filter=kinds/$count($filter=id eq 'fund') eq 1", 200, "value.0.id=alpha" },
        { "4.01 Int 9 $filter within $select", "Initiatives('alpha')?$select=names($filter=language eq 'fr')", 200, "names.0.value=L'Alpha" },
        { "4.01 Int 9 $orderby within $select", "Initiatives('alpha')?$select=language($orderby=$this desc)", 200, "language.0=fr" },
        { "4.01 Int 9 $count and $top within $select", "Initiatives('alpha')?$select=language($count=true;$top=1)", 200, "language.1!" },
        { "4.01 Int 11 $filter in the path", "Initiatives/$filter(startYear gt 2017)", 200, "value.0.id=beta" },
        { "4.01 Int 11 $filter in the path, counted", "Initiatives/$filter(@f)/$count?@f=places/any(p:p/isoCode eq 'BE')", 200, "1" },
        { "4.01 Int 11 $filter in the path behind a link", "Initiatives('alpha')/kinds/$filter(id eq 'fund')", 200, "value.0.id=fund" },
        { "4.01 Int 8 $compute", "Initiatives?$compute=startYear add 1 as next&$filter=next eq 2018&$select=next", 200, "value.0.next=2018" },
    };

    /// <summary>13.1.3 and 13.2.3: what Advanced asks for beyond, and whether it is answered.</summary>
    public static TheoryData<string, string, bool> Advanced => new()
    {
        { "9.1 $ref in $expand", "Initiatives?$expand=kinds/$ref", true },
        { "9.2 $filter on what is expanded", "Initiatives?$expand=kinds($filter=id eq 'fund')", true },
        { "9.3 casts in $expand", "Initiatives?$expand=ledBy/mxtd.Organisation", true },
        { "9.4 $orderby on what is expanded", "Initiatives?$expand=kinds($orderby=name desc)", true },
        { "9.5 $count on what is expanded", "Initiatives?$expand=kinds($count=true)", true },
        { "9.6 $top and $skip on what is expanded", "Initiatives?$expand=kinds($top=1;$skip=1)", true },
        { "9.7 $search on what is expanded", "Initiatives?$expand=kinds($search=fund)", true },
        { "9.8 $levels", "Places?$expand=partOfPlace($levels=3)", true },
        { "9.8 $levels=max", "Places?$expand=partOfPlace($levels=max)", true },
        { "9.9 $compute on what is expanded", "Initiatives?$expand=kinds($compute=length(name) as n)", true },
        { "9 only the count", "Initiatives?$expand=kinds/$count", true },
        { "12 $entity", "$entity?$id=Initiatives('alpha')", true },
        { "12 $ref", "Initiatives('alpha')/kinds/$ref", true },
        { "12 $all", "$all", false },
        { "15 $crossjoin", "$crossjoin(Initiatives,Places)", false },
        { "4.01 filter segment", "Initiatives/$filter(startYear gt 1)", true },
        { "4.01 options of collections in $select", "Initiatives?$select=language($top=1)", true },
        { "4.01 $search of collections in $select", "Initiatives?$select=names($search=alpha)", false },
        { "4.01 searched count", "Initiatives?$filter=kinds/$count($search=fund) eq 1", true },
        { "4.01 divby", "Initiatives?$filter=startYear divby 2 gt 1", true },
        { "4.01 hassubset", "Initiatives?$filter=hassubset(language,[\"fr\"])", true },
        { "4.01 hassubsequence", "Initiatives?$filter=hassubsequence(language,[\"fr\"])", false },
        { "4.01 case", "Initiatives?$filter=case(startYear gt 1:true) eq true", true },
        { "4.01 delta", "Initiatives?$deltatoken=1", false },
        { "Aggregation", "Initiatives?$apply=groupby((startYear),aggregate($count as n))", true },
        { "Aggregation, the first of rows", "Initiatives?$apply=groupby((startYear),aggregate($count as n))/topcount(2,n)", true },
        { "Aggregation, by sum or share", "Initiatives?$apply=toppercent(10,startYear)", false },
        { "Aggregation, count of what is linked", "Initiatives?$apply=aggregate(places/$count as n)", true },
        { "Aggregation over collections", "Initiatives?$apply=aggregate(places(id with countdistinct as n))", false },
        { "Aggregation in $expand", "Initiatives?$expand=places($apply=aggregate($count as n))", false },
    };

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task A_clause_of_minimal_or_intermediate_holds(string clause, string request, int status, string expected)
    {
        var parts = request.Split('|', 2);
        var headers = parts.Length < 2 ? [] : ((string, string)[])[(parts[1].Split(':')[0], parts[1].Split(':', 2)[1].Trim())];
        using var response = await server.SendAsync(parts[0], headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{clause}: {(int)response.StatusCode} {text}");
        if (expected.Contains(": ", StringComparison.Ordinal))
        {
            Assert.Equal(expected.Split(": ")[1], response.Headers.GetValues(expected.Split(": ")[0]).Single());
        }
        else if (text.StartsWith('{'))
        {
            using var json = JsonDocument.Parse(text);
            Check(json.RootElement, expected, text);
        }
        else if (response.Content.Headers.ContentType!.MediaType == "text/plain")
        {
            Assert.Equal(expected, text);
        }
        else
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Advanced))]
    public async Task A_clause_of_advanced_is_answered_or_refused(string clause, string request, bool isAnswered)
    {
        using var response = await server.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(isAnswered == response.IsSuccessStatusCode, $"{clause}: {(int)response.StatusCode} {text}");
        Assert.True(isAnswered || response.StatusCode == System.Net.HttpStatusCode.NotImplemented, text);
    }

    [Fact]
    public async Task The_model_has_no_errors_and_reads_back_the_same_from_xml_and_json()
    {
        var xml = await server.Client.GetStringAsync("$metadata");
        using var reader = XmlReader.Create(new StringReader(xml));
        Assert.True(CsdlReader.TryParse(reader, out var model, out var errors), string.Join("; ", errors.Select(e => e.ToString())));
        Assert.True(model.Validate(out var faults), string.Join("; ", faults.Select(e => e.ToString())));
        var bytes = await server.Client.GetByteArrayAsync("$metadata?$format=json");
        var json = new Utf8JsonReader(bytes);
        Assert.True(CsdlReader.TryParse(ref json, out var same, out errors), string.Join("; ", errors.Select(e => e.ToString())));
        Assert.Equal(Describe(model), Describe(same));
    }

    /// <summary>Excel and Power BI ask for all documents with one header, also for the model, which they read as XML.</summary>
    [Fact]
    public async Task Tools_of_4_0_get_the_model_as_xml_and_data_as_json_for_the_same_header()
    {
        const string Accept = "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7";
        foreach (var (path, type) in ((string, string)[])[("", "application/json"), ("$metadata", "application/xml"), ("Initiatives", "application/json")])
        {
            using var response = await server.SendAsync(path, ("Accept", Accept), ("OData-MaxVersion", "4.0"));
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        }

        using var json = await server.SendAsync("$metadata", ("Accept", "application/json"), ("OData-MaxVersion", "4.0"));
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
    }

    /// <summary>The model says which functions there are: each is answered.</summary>
    [Fact]
    public async Task Functions_that_the_model_names_are_answered()
    {
        var model = System.Xml.Linq.XDocument.Parse(await server.Client.GetStringAsync("$metadata"));
        var named = model.Descendants().Single(e => (string?)e.Attribute("Term") == "Org.OData.Capabilities.V1.FilterFunctions").Descendants().Where(e => e.Name.LocalName == "String").Select(e => e.Value).ToList();
        Assert.Contains("hassubset", named);
        foreach (var function in named)
        {
            var example = function switch
            {
                "contains" or "startswith" or "endswith" or "matchespattern" => $"{function}(id,'o')",
                "length" => "length(id) gt 0",
                "indexof" => "indexof(id,'o') gt -2",
                "substring" => "substring(id,1) ne ''",
                "tolower" or "toupper" or "trim" => $"{function}(id) ne ''",
                "concat" => "concat(id,'x') ne ''",
                "hassubset" => "hassubset(tag,[])",
                "year" or "month" or "day" => $"{function}(onDate) gt 0",
                "hour" or "minute" or "second" or "fractionalseconds" or "totaloffsetminutes" => $"{function}(at) ge 0",
                "date" => "date(at) gt 2000-01-01",
                "time" => "time(at) ge 00:00:00",
                "totalseconds" => "totalseconds(lasts) gt 0",
                "now" or "mindatetime" or "maxdatetime" => $"{function}() ne at",
                "round" or "floor" or "ceiling" => $"{function}(rating) gt 0",
                "cast" => "cast(visitors,Edm.String) ne ''",
                "isof" => "isof(mxtd.Event)",
                "case" => "case(visitors gt 0:true)",
                _ => throw new InvalidOperationException(function),
            };
            Assert.True((await server.FilterAsync("Events", example)).Length > 0, example);
        }
    }

    [Fact]
    public async Task A_class_and_a_property_of_the_ontology_need_no_code()
    {
        var xml = await server.Client.GetStringAsync("$metadata");
        Assert.Contains("<EntityType Name=\"Workshop\" BaseType=\"mxtd.Event\"", xml, StringComparison.Ordinal);
        Assert.Contains("<EntitySet Name=\"Events\" EntityType=\"mxtd.Event\"", xml, StringComparison.Ordinal);
        Assert.Contains("<Property Name=\"onDate\" Type=\"Edm.Date\" />", xml, StringComparison.Ordinal);
        Assert.Contains("<Property Name=\"tag\" Type=\"Collection(Edm.String)\" Nullable=\"false\"", xml, StringComparison.Ordinal);
        Assert.Contains("<NavigationProperty Name=\"eventOf\" Type=\"mxtd.Initiative\" Partner=\"hasEvent\"", xml, StringComparison.Ordinal);
        Assert.Contains("String=\"évènement\"", xml, StringComparison.Ordinal);
        Assert.Contains("String=\"Something that takes place.\"", xml, StringComparison.Ordinal);
        Assert.Equal("one two", await server.KeysAsync("Initiatives('alpha')/hasEvent"));
    }

    [Theory]
    [InlineData("InitiativeKinds('project')/kindOf", "alpha beta")]
    [InlineData("Places('ca')/placeOf", "beta maison")]
    [InlineData("Places('be')/hasSubPlace", "be-vlg")]
    [InlineData("Organisations('ars')/leads", "alpha beta")]
    [InlineData("Organisations('ars')/agentIn", "initiative~alpha~p~ars")]
    public async Task Links_are_followed_from_both_ends(string path, string expected) => Assert.Equal(expected, await server.KeysAsync(path));

    [Theory]
    [InlineData("Initiatives?$expand=kinds,ledBy($expand=mxtd.Organisation/places)&$count=true")]
    [InlineData("Initiatives?$select=id,name&$expand=places($select=id;$expand=partOfPlace($levels=2))")]
    [InlineData("Events?$orderby=id")]
    [InlineData("Places?$expand=placeOf($count=true)")]
    public async Task Answers_are_read_by_the_library(string path)
    {
        foreach (var level in (string[])["minimal", "full"])
        {
            using var response = await server.SendAsync(path, ("Accept", "application/json;odata.metadata=" + level));
            var message = new Answer(await response.Content.ReadAsStreamAsync(), response.Content.Headers.ContentType!.ToString());
            using var xml = XmlReader.Create(new StringReader(await server.Client.GetStringAsync("$metadata")));
            var model = CsdlReader.Parse(xml);
            using var reader = new ODataMessageReader((IODataResponseMessage)message, new ODataMessageReaderSettings { BaseUri = new Uri(server.Root), EnableMessageStreamDisposal = false, MaxProtocolVersion = ODataVersion.V401 }, model);
            var set = model.EntityContainer.FindEntitySet(path.Split('?')[0]);
            var feed = await reader.CreateODataResourceSetReaderAsync(set, set.EntityType);
            var resources = 0;
            while (await feed.ReadAsync())
            {
                if (feed.State == ODataReaderState.ResourceEnd && feed.Item is ODataResource { TypeName: { } type } resource && type != "mxtd.Text")
                {
                    resources++;
                    if (!path.Contains("$select", StringComparison.Ordinal))
                    {
                        Assert.StartsWith("https://w3id.org/museumxtd/", (string)resource.Properties.OfType<ODataProperty>().Single(p => p.Name == "iri").Value, StringComparison.Ordinal);
                    }
                }
            }

            Assert.True(resources >= 3, $"{resources}");
        }
    }

    private static void Check(JsonElement element, string expected, string text)
    {
        var isAbsent = expected.EndsWith('!');
        var isPart = expected.Contains('~', StringComparison.Ordinal) && !expected.Contains('=', StringComparison.Ordinal);
        var parts = expected.Split(isPart ? '~' : '=', 2);
        var path = parts[0].TrimEnd('!');
        foreach (var step in path.StartsWith("@odata.", StringComparison.Ordinal) ? [path] : path.Split('.'))
        {
            if (int.TryParse(step, out var index))
            {
                if (isAbsent && element.GetArrayLength() <= index)
                {
                    return;
                }

                element = element[index];
                continue;
            }

            if (!element.TryGetProperty(step, out var member))
            {
                Assert.True(isAbsent, $"no {step} in {text}");
                return;
            }

            element = member;
        }

        Assert.False(isAbsent, text);
        if (isPart)
        {
            Assert.Contains(parts[1], element.ToString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(parts[1], element.ToString());
        }
    }

    private static string Describe(IEdmModel model)
    {
        var text = new StringBuilder();
        foreach (var type in model.SchemaElements.OfType<IEdmEntityType>().OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            text.AppendLine(type.Name);
            foreach (var property in type.Properties().OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                text.AppendLine($"  {property.Name}: {property.Type.FullName()} {property.Type.IsNullable}");
            }
        }

        return text.ToString();
    }

    private sealed class Answer(Stream body, string contentType) : IODataResponseMessageAsync
    {
        public IEnumerable<KeyValuePair<string, string>> Headers => [new("Content-Type", contentType), new("OData-Version", "4.01")];

        public int StatusCode { get; set; } = 200;

        public string? GetHeader(string headerName) => Headers.FirstOrDefault(h => h.Key.Equals(headerName, StringComparison.OrdinalIgnoreCase)).Value;

        public void SetHeader(string headerName, string headerValue)
        {
        }

        public Stream GetStream() => body;

        public Task<Stream> GetStreamAsync() => Task.FromResult(body);
    }
}
