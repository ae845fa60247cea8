using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Dumps;

namespace MuseumXtd.Server.Descriptions;

/// <summary>
/// What is served, for registers and harvesters: VoID, DCAT 3 as DCAT-AP 3.0.1 wants it, and schema.org, about the same IRIs. Everything has
/// an IRI, so that an answer about one thing leads to the next.
/// </summary>
internal sealed class DatasetDescription
{
    private const string Authority = "http://publications.europa.eu/resource/authority/";
    private const string MediaTypes = "https://www.iana.org/assignments/media-types/";

    private readonly DescriptionGraph _graph = new();
    private readonly ServerOptions _options;
    private readonly string _url;
    private readonly DatasetCounts _counts;
    private readonly Literal _modified;
    private readonly Literal? _issued;
    private readonly Iri _publisher;

    private DatasetDescription(ServerOptions options, string url, DatasetCounts counts, DateTimeOffset? issued, DateTimeOffset modified, IReadOnlyList<DistributedFile> files)
    {
        _options = options;
        _url = url;
        _counts = counts;
        Modified = modified;
        _modified = DescriptionGraph.Time(modified);
        _issued = issued is { } first ? DescriptionGraph.Time(first) : null;
        Dataset = new Iri(options.BaseIri + "dataset");
        Catalog = Part("catalog");
        _publisher = options.PublisherIri is { } given ? new Iri(given) : Part("publisher");
        Files = files;
        DescribeCatalog();
        DescribeDataset();
        DescribeCoverage();
        DescribePublisher();
        foreach (var file in files)
        {
            DescribeFile(file);
        }

        DescribeService("sparql", "SPARQL", "/sparql", "/sparql", "http://www.w3.org/TR/sparql11-protocol/", "application/sparql-query");
        DescribeService("odata", "OData 4.01", "/odata", "/odata/$metadata", "http://docs.oasis-open.org/odata/odata/v4.01/", "application/json");
        DescribeService("oai", "OAI-PMH 2.0", "/oai", "/oai?verb=Identify", "http://www.openarchives.org/OAI/2.0/", "text/xml");
        DescribeStatistics();
        DescribeLicenses();
    }

    /// <summary>The dataset's IRI.</summary>
    public Iri Dataset { get; }

    /// <summary>The catalog's IRI.</summary>
    public Iri Catalog { get; }

    /// <summary>Where the server is reached, without a slash at the end.</summary>
    public string Url => _url;

    /// <summary>The files it can be had in.</summary>
    public IReadOnlyList<DistributedFile> Files { get; }

    /// <summary>When the data became what it is.</summary>
    public DateTimeOffset Modified { get; }

    /// <summary>What was counted.</summary>
    public DatasetCounts Counts => _counts;

    /// <summary>The description's own statements.</summary>
    public IReadOnlyList<Quad> Statements => _graph.Statements;

    /// <summary>Describes a state.</summary>
    /// <param name="options">Names, licences and publisher.</param>
    /// <param name="url">Where the server is reached, without a slash at the end.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="issued">When there was any data first, as far as that is known.</param>
    /// <param name="modified">When the data became what it is.</param>
    /// <param name="files">The files and what is known of them.</param>
    public static DatasetDescription Of(
        ServerOptions options, string url, DatasetCounts counts, DateTimeOffset? issued, DateTimeOffset modified, IReadOnlyList<DistributedFile> files) =>
        new(options, url, counts, issued, modified, files);

    /// <summary>Writes everything.</summary>
    public void WriteTo(IQuadSink sink) => _graph.WriteTo(sink);

    /// <summary>
    /// Writes what is said of a thing: of the dataset and its catalog everything, so that harvesters that ask once have it all; of another
    /// thing what is said of it and of what belongs to it alone.
    /// </summary>
    /// <returns>Whether it is described here.</returns>
    public bool TryWriteTo(IQuadSink sink, Iri subject)
    {
        if (subject == Dataset || subject == Catalog)
        {
            WriteTo(sink);
            return true;
        }

        var isKnown = false;
        foreach (var statement in _graph.Statements)
        {
            if (statement.Subject is Iri about && (about == subject || about.Value.StartsWith(subject.Value + "-", StringComparison.Ordinal)))
            {
                isKnown |= about == subject;
                sink.Quad(statement.Subject.Encode(), statement.Predicate.Encode(), statement.Object.Encode(), default);
            }
        }

        return isKnown;
    }

    private Iri Part(string name) => new($"{_options.BaseIri}dataset#{name}");

    private void DescribeCatalog()
    {
        _graph.AddTypes(Catalog, "dcat:Catalog", "schema:DataCatalog");
        AddTitle(Catalog, DatasetTexts.Title);
        AddDescription(Catalog, DatasetTexts.CatalogDescription);
        AddPublisher(Catalog);
        _graph.Add(Catalog, "dcat:dataset", Dataset);
        _graph.Add(Catalog, "schema:dataset", Dataset);
        _graph.Add(Catalog, "foaf:homepage", new Iri(_url + "/"));
        _graph.Add(Catalog, "dcterms:license", new Iri(ServerOptions.Cc0));
        _graph.Add(Catalog, "dcterms:modified", _modified);
        _graph.Add(Catalog, "dcat:themeTaxonomy", new Iri(Authority + "data-theme"));
        AddLanguages(Catalog);
    }

    private void DescribeDataset()
    {
        var license = new Iri(_options.LicenseOf(DumpProfile.Full));
        _graph.AddTypes(Dataset, "dcat:Dataset", "void:Dataset", "schema:Dataset");
        AddTitle(Dataset, DatasetTexts.Title);
        AddDescription(Dataset, DatasetTexts.Description);
        AddPublisher(Dataset);
        _graph.Add(Dataset, "dcterms:creator", _publisher);
        _graph.Add(Dataset, "schema:creator", _publisher);
        _graph.Add(Dataset, "dcterms:license", license);
        _graph.Add(Dataset, "schema:license", license);
        _graph.Add(Dataset, "schema:sdLicense", new Iri(ServerOptions.Cc0));
        _graph.Add(Dataset, "dcterms:modified", _modified);
        _graph.Add(Dataset, "schema:dateModified", _modified);
        if (_issued is not null)
        {
            _graph.Add(Dataset, "dcterms:issued", _issued);
            _graph.Add(Dataset, "dcterms:created", _issued);
            _graph.Add(Dataset, "schema:datePublished", _issued);
            _graph.Add(Dataset, "schema:dateCreated", _issued);
        }

        _graph.AddText(Dataset, "schema:genre", DatasetTexts.Genre.French, DatasetTexts.Genre.English);
        _graph.Add(Dataset, "dcterms:accrualPeriodicity", new Iri(Authority + "frequency/IRREG"));
        _graph.Add(Dataset, "dcterms:accessRights", new Iri(Authority + "access-right/PUBLIC"));
        _graph.Add(Dataset, "dcat:theme", new Iri(Authority + "data-theme/EDUC"));
        _graph.Add(Dataset, "dcat:landingPage", new Iri(_url + "/dataset"));
        _graph.Add(Dataset, "foaf:homepage", new Iri(_url + "/"));
        _graph.Add(Dataset, "schema:url", new Iri(_url + "/dataset"));
        _graph.Add(Dataset, "schema:isAccessibleForFree", new Literal("true", Xsd.Boolean));
        _graph.Add(Dataset, "schema:includedInDataCatalog", Catalog);
        foreach (var (keyword, language) in DatasetTexts.Keywords)
        {
            _graph.Add(Dataset, "dcat:keyword", new Literal(keyword, language));
            _graph.Add(Dataset, "schema:keywords", new Literal(keyword, language));
        }

        AddLanguages(Dataset);
        _graph.Add(Dataset, "dcat:contactPoint", Part("contact"));
        _graph.AddTypes(Part("contact"), "vcard:Organization");
        _graph.Add(Part("contact"), "vcard:fn", new Literal(_options.Harvest.RepositoryName));
        if (_options.Harvest.AdminEmail is { } email)
        {
            _graph.Add(Part("contact"), "vcard:hasEmail", new Iri("mailto:" + email));
        }

        _graph.Add(Part("contact"), "vcard:hasURL", new Iri(_url + "/"));
    }

    private void DescribeCoverage()
    {
        foreach (var place in _counts.ValuesOf("https://w3id.org/museumxtd/ns#place", "https://w3id.org/museumxtd/ns#coversArea"))
        {
            _graph.Add(Dataset, "dcterms:spatial", place);
            _graph.Add(Dataset, "schema:spatialCoverage", place);
            _graph.AddTypes(place, "dcterms:Location");
        }

        if (_counts.ExtentOf("https://w3id.org/museumxtd/ns#startYear", "https://w3id.org/museumxtd/ns#endYear") is { Least: >= 1 and < 10000, Most: < 10000 } years)
        {
            var (first, last) = (Year(years.Least), Year(years.Most));
            _graph.Add(Dataset, "dcterms:temporal", Part("period"));
            _graph.AddTypes(Part("period"), "dcterms:PeriodOfTime");
            _graph.Add(Part("period"), "dcat:startDate", new Literal(first, Xsd.GYear));
            _graph.Add(Part("period"), "dcat:endDate", new Literal(last, Xsd.GYear));
            _graph.Add(Dataset, "schema:temporalCoverage", new Literal($"{first}/{last}"));
        }

        static string Year(double year) => ((int)year).ToString("D4", CultureInfo.InvariantCulture);
    }

    private void DescribePublisher()
    {
        _graph.AddTypes(_publisher, "foaf:Organization", "foaf:Agent", "schema:Organization");
        _graph.Add(_publisher, "foaf:name", new Literal(_options.Harvest.RepositoryName));
        _graph.Add(_publisher, "schema:name", new Literal(_options.Harvest.RepositoryName));
        if (_options.Harvest.AdminEmail is { } email)
        {
            _graph.Add(_publisher, "foaf:mbox", new Iri("mailto:" + email));
            _graph.Add(_publisher, "schema:email", new Literal(email));
        }
    }

    private void DescribeFile(DistributedFile distributed)
    {
        var file = distributed.File;
        var part = Part(file.Name);
        var download = new Iri($"{_url}/{file.Name}");
        var license = new Iri(_options.LicenseOf(file.Profile));
        var mediaType = (file.Unpacked ?? file).MediaType.Split(';')[0];
        _graph.Add(Dataset, "dcat:distribution", part);
        _graph.Add(Dataset, "schema:distribution", part);
        _graph.AddTypes(part, "dcat:Distribution", "schema:DataDownload");
        AddTitle(part, DatasetTexts.TitleOf(file));
        AddDescription(part, DatasetTexts.DescriptionOf(file));
        _graph.Add(part, "dcat:accessURL", download);
        _graph.Add(part, "dcat:downloadURL", download);
        _graph.Add(part, "schema:contentUrl", download);
        _graph.Add(part, "dcat:mediaType", new Iri(MediaTypes + mediaType));
        _graph.Add(part, "schema:encodingFormat", new Literal(mediaType));
        if (FileTypes.GetValueOrDefault(mediaType) is { } fileType)
        {
            _graph.Add(part, "dcterms:format", new Iri(Authority + "file-type/" + fileType));
        }

        if (file.Compression is { } compression)
        {
            _graph.Add(part, "dcat:compressFormat", new Iri(MediaTypes + "application/" + compression.Name));
        }

        _graph.Add(part, "dcterms:conformsTo", new Iri(file.ConformsTo ?? "https://w3id.org/museumxtd/ns#"));
        _graph.Add(part, "dcterms:license", license);
        _graph.Add(part, "schema:license", license);
        _graph.Add(part, "dcterms:modified", _modified);
        _graph.Add(part, "schema:dateModified", _modified);
        _graph.Add(part, "dcatap:availability", new Iri(Authority + "planned-availability/AVAILABLE"));
        if (distributed is { Length: { } length, Sha256: { } digest })
        {
            _graph.Add(part, "dcat:byteSize", new Literal(length.ToString(CultureInfo.InvariantCulture), new Iri("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")));
            _graph.Add(part, "schema:contentSize", new Literal(string.Create(CultureInfo.InvariantCulture, $"{length} B")));
            var checksum = Part(file.Name + "-checksum");
            _graph.Add(part, "spdx:checksum", checksum);
            _graph.AddTypes(checksum, "spdx:Checksum");
            _graph.Add(checksum, "spdx:algorithm", DescriptionGraph.Name("spdx:checksumAlgorithm_sha256"));
            _graph.Add(checksum, "spdx:checksumValue", new Literal(digest, new Iri("http://www.w3.org/2001/XMLSchema#hexBinary")));
            _graph.Add(part, "schema:sha256", new Literal(digest));
        }

        if (file is { Profile: var profile, ConformsTo: null } && profile == DumpProfile.Full)
        {
            _graph.Add(Dataset, "void:dataDump", download);
        }
    }

    /// <summary>A service, and the distribution by which registers find it that know downloads only.</summary>
    private void DescribeService(string name, string title, string path, string description, string standard, string mediaType)
    {
        if (!_options.Services.Contains(path))
        {
            return;
        }

        var service = Part(name);
        var access = Part(name + "-access");
        _graph.AddTypes(service, "dcat:DataService");
        _graph.Add(service, "dcterms:title", new Literal(title, "en"));
        _graph.Add(service, "dcterms:title", new Literal(title, "fr"));
        _graph.Add(service, "dcat:endpointURL", new Iri(_url + path));
        _graph.Add(service, "dcat:endpointDescription", new Iri(_url + description));
        _graph.Add(service, "dcat:servesDataset", Dataset);
        _graph.Add(service, "dcterms:conformsTo", new Iri(standard));
        _graph.Add(service, "dcterms:publisher", _publisher);
        _graph.Add(service, "dcterms:license", new Iri(_options.LicenseOf(DumpProfile.Full)));
        _graph.Add(Catalog, "dcat:service", service);

        _graph.Add(Dataset, "dcat:distribution", access);
        _graph.Add(Dataset, "schema:distribution", access);
        _graph.AddTypes(access, "dcat:Distribution", "schema:DataDownload");
        AddTitle(access, (title, title));
        AddDescription(access, DatasetTexts.ServiceDescription(title));
        _graph.Add(access, "dcat:accessURL", new Iri(_url + path));
        _graph.Add(access, "dcat:accessService", service);
        _graph.Add(access, "dcat:mediaType", new Iri(MediaTypes + mediaType));
        _graph.Add(access, "schema:contentUrl", new Iri(_url + path));
        _graph.Add(access, "schema:encodingFormat", new Literal(mediaType));
        _graph.Add(access, "dcterms:conformsTo", new Iri(standard));
        _graph.Add(access, "dcterms:license", new Iri(_options.LicenseOf(DumpProfile.Full)));
        _graph.Add(access, "schema:license", new Iri(_options.LicenseOf(DumpProfile.Full)));
        if (name == "sparql")
        {
            _graph.Add(Dataset, "void:sparqlEndpoint", new Iri(_url + path));
        }
    }

    private void DescribeStatistics()
    {
        _graph.Add(Dataset, "void:uriSpace", new Literal(_options.BaseIri));
        _graph.Add(Dataset, "void:vocabulary", new Iri("https://w3id.org/museumxtd/ns#"));
        _graph.Add(Dataset, "void:vocabulary", new Iri("http://www.w3.org/2004/02/skos/core#"));
        _graph.Add(Dataset, "void:triples", DescriptionGraph.Number(_counts.Triples));
        _graph.Add(Dataset, "void:entities", DescriptionGraph.Number(_counts.Entities));
        _graph.Add(Dataset, "void:distinctSubjects", DescriptionGraph.Number(_counts.Subjects));
        _graph.Add(Dataset, "void:distinctObjects", DescriptionGraph.Number(_counts.Objects));
        _graph.Add(Dataset, "void:classes", DescriptionGraph.Number(_counts.ClassCount));
        _graph.Add(Dataset, "void:properties", DescriptionGraph.Number(_counts.PropertyCount));
        foreach (var format in RdfFormats.Writable)
        {
            _graph.Add(Dataset, "void:feature", new Iri("http://www.w3.org/ns/formats/" + format.Label.Replace('-', '_').Replace('/', '_')));
        }

        foreach (var type in (string[])["Initiative", "Organisation", "Output", "Place", "Note"])
        {
            if (_counts.ExampleOf("https://w3id.org/museumxtd/ns#" + type) is { } example)
            {
                _graph.Add(Dataset, "void:exampleResource", example);
            }
        }

        var names = new PartNames();
        foreach (var part in _counts.Classes)
        {
            var partition = Part("class-" + names.Of("class", part.Iri));
            _graph.Add(Dataset, "void:classPartition", partition);
            _graph.Add(partition, "void:class", part.Iri);
            _graph.Add(partition, "void:entities", DescriptionGraph.Number(part.Triples));
        }

        foreach (var part in _counts.Properties)
        {
            var partition = Part("property-" + names.Of("property", part.Iri));
            _graph.Add(Dataset, "void:propertyPartition", partition);
            _graph.Add(partition, "void:property", part.Iri);
            _graph.Add(partition, "void:triples", DescriptionGraph.Number(part.Triples));
            _graph.Add(partition, "void:distinctSubjects", DescriptionGraph.Number(part.Subjects));
            _graph.Add(partition, "void:distinctObjects", DescriptionGraph.Number(part.Objects));
        }

        foreach (var link in _counts.Links)
        {
            var linkset = Part("links-" + names.Of("links", new Iri($"{link.Authority}/{link.Predicate.Value[(link.Predicate.Value.LastIndexOfAny(['#', '/']) + 1)..]}"), link.Authority));
            var target = Part("target-" + names.Of("target", new Iri(link.Authority), link.Authority));
            _graph.Add(Dataset, "void:subset", linkset);
            _graph.AddTypes(linkset, "void:Linkset");
            _graph.Add(linkset, "void:subjectsTarget", Dataset);
            _graph.Add(linkset, "void:objectsTarget", target);
            _graph.Add(linkset, "void:linkPredicate", link.Predicate);
            _graph.Add(linkset, "void:triples", DescriptionGraph.Number(link.Count));
            _graph.AddTypes(target, "void:Dataset");
            _graph.Add(target, "void:uriSpace", new Literal(link.Authority));
        }
    }

    private void DescribeLicenses()
    {
        foreach (var profile in DumpProfile.All)
        {
            _graph.AddTypes(new Iri(_options.LicenseOf(profile)), "dcterms:LicenseDocument");
        }
    }

    private void AddTitle(Iri subject, (string French, string English) text)
    {
        _graph.AddText(subject, "dcterms:title", text.French, text.English);
        _graph.AddText(subject, "schema:name", text.French, text.English);
    }

    private void AddDescription(Iri subject, (string French, string English) text)
    {
        _graph.AddText(subject, "dcterms:description", text.French, text.English);
        _graph.AddText(subject, "schema:description", text.French, text.English);
    }

    private void AddPublisher(Iri subject)
    {
        _graph.Add(subject, "dcterms:publisher", _publisher);
        _graph.Add(subject, "schema:publisher", _publisher);
    }

    private void AddLanguages(Iri subject)
    {
        _graph.Add(subject, "dcterms:language", new Iri(Authority + "language/FRA"));
        _graph.Add(subject, "dcterms:language", new Iri(Authority + "language/ENG"));
        _graph.Add(subject, "schema:inLanguage", new Literal("fr"));
        _graph.Add(subject, "schema:inLanguage", new Literal("en"));
    }

    private static readonly Dictionary<string, string> FileTypes = new(StringComparer.Ordinal)
    {
        ["text/turtle"] = "RDF_TURTLE",
        ["application/n-triples"] = "RDF_N_TRIPLES",
        ["application/n-quads"] = "RDF_N_QUADS",
        ["application/trig"] = "RDF_TRIG",
        ["application/rdf+xml"] = "RDF_XML",
        ["application/ld+json"] = "JSON_LD",
    };
}

/// <summary>A file with its size and digest, where it has been made.</summary>
/// <param name="File">Which.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Sha256">Its SHA-256 digest in hexadecimal digits.</param>
internal sealed record DistributedFile(DumpFile File, long? Length, string? Sha256);
