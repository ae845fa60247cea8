namespace MuseumXtd.Server.Tests.OData;

/// <summary>Operators, functions and lambdas of $filter (OData 4.01 Part 2, section 5.1.1).</summary>
public sealed class FilterTests(ODataFixture server) : IClassFixture<ODataFixture>
{
    [Theory]

    // Comparisons and null.
    [InlineData("startYear eq 2020", "beta gamma")]
    [InlineData("startYear ne 2020", "alpha delta")]
    [InlineData("startYear gt 2017", "beta gamma")]
    [InlineData("startYear ge 2017", "alpha beta gamma")]
    [InlineData("startYear lt 2020", "alpha")]
    [InlineData("startYear le 2020", "alpha beta gamma")]
    [InlineData("2020 eq startYear", "beta gamma")]
    [InlineData("endYear eq null", "beta delta")]
    [InlineData("endYear ne null", "alpha gamma")]
    [InlineData("endYear eq startYear", "delta gamma")]
    [InlineData("endYear ne startYear", "alpha beta")]
    [InlineData("endYear ge startYear", "alpha delta gamma")]
    [InlineData("endYear gt startYear", "alpha")]
    [InlineData("not (startYear eq 2020)", "alpha delta")]
    [InlineData("not (endYear gt 2018)", "beta delta")]
    [InlineData("startYear eq 2017.0", "alpha")]

    // Logic, grouping.
    [InlineData("startYear eq 2020 and endYear eq 2020", "gamma")]
    [InlineData("startYear eq 2017 or endYear eq 2020", "alpha gamma")]
    [InlineData("startYear eq 2017 or startYear eq 2020 and endYear eq 2020", "alpha gamma")]
    [InlineData("(startYear eq 2017 or startYear eq 2020) and endYear eq 2020", "gamma")]
    [InlineData("startYear in (2017, 2018)", "alpha")]
    [InlineData("id in ('beta','delta','none')", "beta delta")]
    [InlineData("not (id in ('beta'))", "alpha delta gamma")]
    [InlineData("endYear in (2019, null)", "alpha beta delta")]
    [InlineData("id eq 'beta'", "beta")]
    [InlineData("iri eq 'https://w3id.org/museumxtd/initiative/beta'", "beta")]
    [InlineData("id ne 'beta'", "alpha delta gamma")]
    [InlineData("contains(id,'mm')", "gamma")]

    // Arithmetic.
    [InlineData("startYear add 1 eq 2018", "alpha")]
    [InlineData("endYear sub startYear eq 2", "alpha")]
    [InlineData("startYear mul 2 eq 4034", "alpha")]
    [InlineData("startYear div 1000 eq 2", "alpha beta gamma")]
    [InlineData("startYear mod 10 eq 7", "alpha")]
    [InlineData("-startYear lt -2018", "beta gamma")]
    [InlineData("startYear div 0 eq 1", "")]

    // Strings, in the language of the request.
    [InlineData("name eq 'Alpha'", "alpha")]
    [InlineData("name eq 'Gamma d''O''Neil'", "gamma")]
    [InlineData("contains(name,'êt')", "beta")]
    [InlineData("not contains(name,'a')", "")]
    [InlineData("startswith(name,'Al')", "alpha")]
    [InlineData("endswith(name,'ta')", "beta delta")]
    [InlineData("startswith(name,'Al') eq false", "beta delta gamma")]
    [InlineData("length(name) eq 5", "alpha delta")]
    [InlineData("indexof(name,'l') eq 1", "alpha")]
    [InlineData("indexof(name,'z') eq -1", "alpha beta delta gamma")]
    [InlineData("substring(name,1) eq 'lpha'", "alpha")]
    [InlineData("substring(name,1,2) eq 'lp'", "alpha")]
    [InlineData("substring(name,-2) eq 'ta'", "beta delta")]
    [InlineData("tolower(name) eq 'alpha'", "alpha")]
    [InlineData("toupper(name) eq 'BÊTA'", "beta")]
    [InlineData("trim(concat(' ',name)) eq 'Alpha'", "alpha")]
    [InlineData("concat(concat(name,'-'),'x') eq 'Delta-x'", "delta")]
    [InlineData("matchesPattern(name,'^.{4}$')", "beta")]
    [InlineData("CONTAINS(name,'lph')", "alpha")]

    // Lambdas and paths.
    [InlineData("kinds/any()", "alpha beta")]
    [InlineData("not kinds/any()", "delta gamma")]
    [InlineData("kinds/any(k: k/id eq 'fund')", "alpha")]
    [InlineData("kinds/any(k: k/name eq 'project')", "alpha beta")]
    [InlineData("kinds/all(k: k/id eq 'project')", "beta delta gamma")]
    [InlineData("places/any(p: p/partOfPlace/name eq 'Belgium')", "alpha")]
    [InlineData("places/any(p: p/partOfPlace/partOfPlace/name eq 'Europe')", "alpha")]
    [InlineData("places/any(p: p/partOfPlace eq null)", "beta")]
    [InlineData("places/all(p: p/partOfPlace ne null)", "alpha delta gamma")]
    [InlineData("ledBy/any(o: isof(o,'mxtd.Organisation'))", "alpha beta")]
    [InlineData("ledBy/any(o: isof(o,'mxtd.Person'))", "")]
    [InlineData("ledBy/mxtd.Organisation/any(o: o/places/any(p: p/isoCode eq 'CA'))", "beta")]
    [InlineData("ledBy/any(o: o/name eq 'Ars Electronica') and ledBy/any(o: o/name ne 'Ars Electronica')", "beta")]
    [InlineData("language/any(l: l eq 'en')", "alpha")]
    [InlineData("language/all(l: l eq 'fr')", "beta delta gamma")]
    [InlineData("'en' in language", "alpha")]
    [InlineData("names/any(n: n/language eq 'fr' and startswith(n/value,'L'))", "alpha")]
    [InlineData("names/any(n: n/language eq 'de')", "delta")]
    [InlineData("kinds/$count eq 2", "alpha")]
    [InlineData("kinds/$count lt 1", "delta gamma")]
    [InlineData("kinds/$count($filter=id eq 'fund') eq 1", "alpha")]
    [InlineData("places/any(p: p/placeOf/any(i: i/id eq 'beta'))", "beta")]
    [InlineData("ledBy/any(o: o/mxtd.Organisation/leads/any(i: i/startYear gt 2018 and i/id ne 'beta'))", "")]
    [InlineData("ledBy/any(o: o/mxtd.Organisation/leads/any(i: i/startYear gt $it/startYear))", "alpha")]
    [InlineData("isof('mxtd.Initiative')", "alpha beta delta gamma")]
    [InlineData("cast(startYear,Edm.String) eq '2017'", "alpha")]
    [InlineData("language/all(l: l in language)", "alpha beta delta gamma")]
    [InlineData("language/any(l: l in language)", "alpha beta")]
    [InlineData("hassubset(language,[\"fr\"])", "alpha beta")]
    [InlineData("hassubset(language, [\"fr\",\"en\"])", "alpha")]
    [InlineData("hassubset([\"fr\"],language)", "beta delta gamma")]
    [InlineData("hassubset(language,language) and HasSubset([4,1,3],[3,1])", "alpha beta delta gamma")]
    [InlineData("hassubset(language,[])", "alpha beta delta gamma")]
    [InlineData("hassubset([\"fr\",\"(d'\\\"A)\"],language) and id ne 'delta'", "beta gamma")]
    [InlineData("startYear divby 2 gt 1009", "beta gamma")]
    [InlineData("(endYear sub startYear) divby 4 eq 0.5", "alpha")]
    [InlineData("name eq ' divby '", "")]
    [InlineData("case(startYear lt 2018:'old',startYear ge 2018:'new') eq 'old'", "alpha")]
    [InlineData("case(startYear lt 2018:'old',startYear ge 2018:'new') eq null", "delta")]
    [InlineData("case(kinds/any(k:k/id eq 'fund'):1,true:case(startYear eq 2020:2,true:3)) eq 2", "beta gamma")]
    [InlineData("kinds/$count($search=fund) eq 1", "alpha")]
    [InlineData("kinds/$count($search=NOT fund) eq 1", "alpha beta")]
    [InlineData("kinds/$count($filter=id ne 'fund';$search=project) eq 1", "alpha beta")]
    [InlineData("places/any(p: p/placeOf/$count gt 1)", "beta")]
    [InlineData("places/any(p: p/placeOf/$count($filter=id eq 'beta') eq 1)", "beta")]
    [InlineData("cast('2017',Edm.Int64) eq startYear", "alpha")]
    [InlineData("startYear eq @y&@y=2017", "alpha")]
    public async Task A_filter_keeps_what_it_says(string filter, string expected)
    {
        var parts = filter.Split('&', 2);
        var path = $"Initiatives?$filter={Uri.EscapeDataString(parts[0])}{(parts.Length > 1 ? "&" + parts[1] : "")}";
        Assert.Equal(expected, await server.KeysAsync(path, ("Accept-Language", "en")));
        using var count = await server.SendAsync("Initiatives/$count?" + path.Split('?')[1], ("Accept-Language", "en"));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length.ToString(System.Globalization.CultureInfo.InvariantCulture), await count.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("onDate eq 2020-02-29", "one")]
    [InlineData("onDate gt 2020-02-29", "two")]
    [InlineData("year(onDate) eq 2021 and month(onDate) eq 12 and day(onDate) eq 1", "two")]
    [InlineData("at lt 2021-01-01T00:00:00Z", "one")]
    [InlineData("at eq 2021-12-01T21:00:00Z", "two")]
    [InlineData("at gt 2020-01-01", "one two")]
    [InlineData("at ge 2020-03-01", "two")]
    [InlineData("onDate lt 2020-03-01T00:00:00Z", "one")]
    [InlineData("2021-12-01T00:00:00Z eq onDate", "two")]
    [InlineData("hour(at) eq 10 and minute(at) eq 30 and second(at) eq 15", "one")]
    [InlineData("fractionalseconds(at) eq 0.5", "one")]
    [InlineData("totaloffsetminutes(at) eq 120", "two")]
    [InlineData("date(at) eq 2020-02-29", "one")]
    [InlineData("time(at) ge 20:00:00", "two")]
    [InlineData("opens eq 10:30:00", "one")]
    [InlineData("at lt now() and at gt mindatetime() and at lt maxdatetime()", "one two")]
    [InlineData("lasts eq duration'PT2H'", "one")]
    [InlineData("lasts gt duration'PT90M'", "one")]
    [InlineData("lasts eq 'PT2H'", "one")]
    [InlineData("'PT2H' eq lasts and lasts ne 'P1D'", "one")]
    [InlineData("lasts in ('P1D','PT120M')", "one")]
    [InlineData("lasts in (duration'P1D',duration'PT120M')", "one")]
    [InlineData("at add 'P1D' gt 2020-03-01T00:00:00Z and at sub '-P1D' lt 2021-01-01T00:00:00Z", "one")]
    [InlineData("totalseconds(lasts) eq 7200", "one")]
    [InlineData("totalseconds('-P1DT2H30M1.5S') eq -95401.5", "one three two")]
    [InlineData("totalseconds(duration'PT90M') eq 5400", "one three two")]
    [InlineData("cast('PT2H',Edm.Duration) eq lasts", "one")]
    [InlineData("visitors divby 2 eq 3.5", "one")]
    [InlineData("rating divby 2 eq 2.25 and price divby 5 eq 2.5", "one")]
    [InlineData("case(visitors gt 8:price,true:0.5) eq -2.5", "two")]
    [InlineData("at add duration'P1D' gt 2020-03-01T00:00:00Z and at lt 2021-01-01T00:00:00Z", "one")]
    [InlineData("isFree", "one")]
    [InlineData("not isFree", "two")]
    [InlineData("isFree eq false", "two")]
    [InlineData("isFree ne true", "three two")]
    [InlineData("price gt 12", "one")]
    [InlineData("price div 5 eq 2.5", "one")]
    [InlineData("round(price) eq -3", "two")]
    [InlineData("floor(price) eq 12", "one")]
    [InlineData("ceiling(price) eq 13", "one")]
    [InlineData("rating ge 4.5", "one")]
    [InlineData("visitors mod 4 eq 3", "one")]
    [InlineData("-visitors mod 4 eq -1", "two")]
    [InlineData("visitors div 2 eq 4", "two")]
    [InlineData("tag/any(t: t eq 'a')", "one")]
    [InlineData("tag/any(t: startswith(t,'b'))", "one two")]
    [InlineData("tag/$count eq 0", "three")]
    [InlineData("eventOf/startYear eq 2017", "one two")]
    [InlineData("eventOf/name eq 'Alpha'", "one two")]
    [InlineData("eventOf eq null", "three")]
    [InlineData("eventOf ne null and visitors gt 7", "two")]
    [InlineData("not (eventOf/startYear eq 2017)", "three")]
    [InlineData("eventOf/kinds/any(k: k/id eq 'fund')", "one two")]
    [InlineData("not eventOf/kinds/any()", "three")]
    [InlineData("isof('mxtd.Workshop')", "two")]
    [InlineData("mxtd.Workshop/seats eq 12", "two")]
    [InlineData("not (mxtd.Workshop/seats eq 12)", "one three")]
    public async Task All_types_are_compared(string filter, string expected) => Assert.Equal(expected, await server.FilterAsync("Events", filter, ("Accept-Language", "en")));

    [Theory]
    [InlineData("fr", "L'Alpha")]
    [InlineData("en", "Alpha")]
    [InlineData("de, fr;q=0.5", "L'Alpha")]
    [InlineData("en-GB", "Alpha")]
    public async Task Names_come_and_compare_in_the_language_of_the_request(string language, string name)
    {
        var json = await server.GetAsync("Initiatives('alpha')", ("Accept-Language", language));
        Assert.Equal(name, json.GetProperty("name").GetString());
        Assert.Equal("alpha", await server.FilterAsync("Initiatives", $"name eq '{name.Replace("'", "''", StringComparison.Ordinal)}'", ("Accept-Language", language)));
        Assert.Equal(2, json.GetProperty("names").GetArrayLength());
    }

    [Theory]
    [InlineData("name", "alpha beta delta gamma")]
    [InlineData("name desc", "gamma delta beta alpha")]
    [InlineData("endYear", "beta delta alpha gamma")]
    [InlineData("endYear desc,id desc", "gamma alpha delta beta")]
    [InlineData("kinds/$count desc,startYear desc", "alpha beta gamma delta")]
    [InlineData("startYear add 1 desc,length(name)", "beta gamma alpha delta")]
    [InlineData("id desc", "gamma delta beta alpha")]
    [InlineData("startYear mul @f,name&@f=-1", "delta beta gamma alpha")]
    public async Task Entities_are_ordered_and_ties_broken_by_key(string order, string expected)
    {
        var parts = order.Split('&', 2);
        var path = "Initiatives?$orderby=" + Uri.EscapeDataString(parts[0]) + (parts.Length > 1 ? "&" + parts[1] : "");
        Assert.Equal(expected, await server.KeysAsync(path, ("Accept-Language", "en")));

        // Of what a filter keeps, the order is the same: sorted alone at first, taken from the order of all when it is asked for again.
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(expected.Replace(" beta", "", StringComparison.Ordinal).Replace("beta ", "", StringComparison.Ordinal), await server.KeysAsync(path + "&$filter=id ne 'beta'&c=" + i, ("Accept-Language", "en")));
        }
    }

    [Fact]
    public async Task An_order_is_kept_for_each_language_and_each_value_of_an_alias()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("alpha beta delta gamma", await server.KeysAsync("Initiatives?$orderby=name&$filter=id ne 'x'", ("Accept-Language", "en")));
            Assert.Equal("beta delta gamma alpha", await server.KeysAsync("Initiatives?$orderby=name&$filter=id ne 'x'", ("Accept-Language", "fr")));
            Assert.Equal("beta gamma alpha", await server.KeysAsync("Initiatives?$orderby=startYear mul @f desc,id&@f=1&$filter=startYear ne null"));
            Assert.Equal("alpha beta gamma", await server.KeysAsync("Initiatives?$orderby=startYear mul @f desc,id&@f=-1&$filter=startYear ne null"));
            Assert.Equal("beta gamma alpha", await server.KeysAsync("Initiatives?$orderby=n desc,id&$compute=startYear as n&$filter=startYear ne null"));
            Assert.Equal("alpha beta gamma", await server.KeysAsync("Initiatives?$orderby=n desc,id&$compute=0 sub startYear as n&$filter=startYear ne null"));
        }
    }

    [Fact]
    public async Task Order_follows_paths_and_null_comes_last_when_descending() =>
        Assert.Equal("be be-vlg ca eu", await server.KeysAsync("Places?$orderby=partOfPlace/name desc,isoCode desc", ("Accept-Language", "en")));
}
