using System.Net;
using System.Text.Json;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>A server over a small graph and the bundled ontology with a class and properties more, of all types that there are.</summary>
public sealed class ODataFixture : IAsyncLifetime
{
    private const string Ontology = """
        @prefix mxtd: <https://w3id.org/museumxtd/ns#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        mxtd:Event a owl:Class ; rdfs:label "event"@en, "évènement"@fr ; skos:definition "Something that takes place."@en .
        mxtd:Workshop a owl:Class ; rdfs:subClassOf mxtd:Event .
        mxtd:onDate a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:date .
        mxtd:at a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:dateTime .
        mxtd:opens a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:time .
        mxtd:lasts a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:dayTimeDuration .
        mxtd:isFree a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:boolean .
        mxtd:price a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:decimal .
        mxtd:rating a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:double .
        mxtd:visitors a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:int .
        mxtd:tag a owl:DatatypeProperty ; rdfs:domain mxtd:Event ; rdfs:range xsd:string .
        mxtd:seats a owl:DatatypeProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Workshop ; rdfs:range xsd:int .
        mxtd:eventOf a owl:ObjectProperty, owl:FunctionalProperty ; rdfs:domain mxtd:Event ; rdfs:range mxtd:Initiative .
        mxtd:hasEvent a owl:ObjectProperty ; owl:inverseOf mxtd:eventOf ; rdfs:domain mxtd:Initiative ; rdfs:range mxtd:Event .
        """;

    private const string Data = """
        @prefix : <https://w3id.org/museumxtd/ns#> .
        @prefix i: <https://w3id.org/museumxtd/initiative/> .
        @prefix o: <https://w3id.org/museumxtd/organisation/> .
        @prefix p: <https://w3id.org/museumxtd/place/> .
        @prefix k: <https://w3id.org/museumxtd/kinds/> .
        @prefix s: <https://w3id.org/museumxtd/statuses/> .
        @prefix e: <https://w3id.org/museumxtd/event/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        k:fund a :InitiativeKind, skos:Concept ; skos:prefLabel "fund"@en, "fonds"@fr .
        k:project a :InitiativeKind, skos:Concept ; skos:prefLabel "project"@en, "projet"@fr .
        p:eu a :Place ; :name "Europe"@fr, "Europe"@en .
        p:be a :Place ; :name "Belgique"@fr, "Belgium"@en ; :isoCode "BE" ; :partOfPlace p:eu .
        p:be-vlg a :Place ; :name "Flandre"@fr, "Flanders"@en ; :isoCode "BE-VLG" ; :partOfPlace p:be .
        p:ca a :Place ; :name "Canada"@fr, "Canada"@en ; :isoCode "CA" .
        o:ars a :Organisation ; :name "Ars Electronica"@en .
        o:maison a :Organisation ; :name "Maison du numérique"@fr ; :place p:ca .
        i:alpha a :Initiative ; :name "Alpha"@en, "L'Alpha"@fr ; :startYear 2017 ; :endYear 2019 ; :kind k:fund, k:project ; :place p:be, p:be-vlg ; :ledBy o:ars ;
            :hasParticipation <https://w3id.org/museumxtd/initiative/alpha/p/ars> ; :language "fr", "en" .
        <https://w3id.org/museumxtd/initiative/alpha/p/ars> a :Participation ; :agent o:ars ; :confidence 0.5 .
        i:beta a :Initiative ; :name "Bêta"@fr ; :startYear 2020 ; :kind k:project ; :place p:ca ; :ledBy o:maison, o:ars ; :language "fr" .
        i:gamma a :Initiative ; :name "Gamma d'O'Neil"@en ; :startYear 2020 ; :endYear 2020 .
        i:delta a :Initiative ; :name "Delta"@de .
        e:one a :Event ; :onDate "2020-02-29"^^xsd:date ; :at "2020-02-29T10:30:15.5Z"^^xsd:dateTime ; :opens "10:30:00"^^xsd:time ; :lasts "PT2H"^^xsd:dayTimeDuration ;
            :isFree true ; :price 12.50 ; :rating 4.5e0 ; :visitors 7 ; :tag "a", "b" ; :eventOf i:alpha .
        e:two a :Workshop ; :onDate "2021-12-01"^^xsd:date ; :at "2021-12-01T23:00:00+02:00"^^xsd:dateTime ; :isFree false ; :price -2.5 ; :visitors 9 ; :seats 12 ; :tag "b" ; :eventOf i:alpha .
        e:three a :Event .
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("museumxtd-").FullName;
    private MuseumXtdServer? _server;

    public HttpClient Client { get; private set; } = new();

    public string OntologyDirectory => Path.Combine(_folder, "ontology");

    public string Root => _server!.Url + "/odata/";

    internal MuseumXtdServer Server => _server!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(OntologyDirectory);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "ontology")))
        {
            File.Copy(file, Path.Combine(OntologyDirectory, Path.GetFileName(file)));
        }

        await File.WriteAllTextAsync(Path.Combine(OntologyDirectory, "events.ttl"), Ontology);
        var data = Path.Combine(_folder, "data.ttl");
        await File.WriteAllTextAsync(data, Data);
        _server = await MuseumXtdServer.StartAsync(new ServerOptions { Files = [data], Port = 0, OntologyDirectory = OntologyDirectory, IsWritable = true });
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_server.Url + "/odata/") };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>The answer as JSON, which must be a success.</summary>
    public async Task<JsonElement> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(path, headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The keys of the entities of an answer, in its order.</summary>
    public async Task<string> KeysAsync(string path, params (string Name, string Value)[] headers)
    {
        var json = await GetAsync(path, headers);
        return string.Join(' ', json.GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetString()));
    }

    public Task<string> FilterAsync(string set, string filter, params (string Name, string Value)[] headers) =>
        KeysAsync($"{set}?$filter={Uri.EscapeDataString(filter)}", headers);
}
