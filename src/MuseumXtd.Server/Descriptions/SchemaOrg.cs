using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Server.Pages;

namespace MuseumXtd.Server.Descriptions;

/// <summary>
/// What pages say to search engines, in schema.org's words as JSON-LD. It is for export alone: schema.org's classes are wider or narrower than
/// ours, and nothing is concluded from them.
/// </summary>
internal static class SchemaOrg
{
    private const string Context = "https://schema.org";
    private const string Mxtd = "https://w3id.org/museumxtd/ns#";

    // Angle brackets and ampersands stay escaped, so that no text can end the script element.
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [Mxtd + "Initiative"] = "Project",
        [Mxtd + "Organisation"] = "Organization",
        [Mxtd + "Person"] = "Person",
        [Mxtd + "Place"] = "Place",
        [Mxtd + "FundingScheme"] = "FundingScheme",
        [Mxtd + "Output"] = "CreativeWork",
        [Mxtd + "Note"] = "Article",
    };

    private static readonly Dictionary<string, string> WorkTypes = new(StringComparer.Ordinal)
    {
        ["report"] = "Report",
        ["training"] = "Course",
        ["toolkit"] = "LearningResource",
        ["resource-bank"] = "LearningResource",
        ["self-assessment"] = "WebApplication",
        ["platform"] = "WebApplication",
        ["portal"] = "WebSite",
    };

    /// <summary>The type that a resource has in schema.org: <c>Thing</c> where it has none of ours.</summary>
    public static string TypeOf(Describer describer, Iri iri)
    {
        var statements = describer.Statements(iri);
        var type = Values(statements, RdfNames.Type.Value).OfType<Iri>().Select(t => Types.GetValueOrDefault(t.Value)).FirstOrDefault(t => t is not null);
        return type switch
        {
            "CreativeWork" => Values(statements, Mxtd + "kind").OfType<Iri>().Select(k => WorkTypes.GetValueOrDefault(LastPart(k))).FirstOrDefault(t => t is not null) ?? type,
            "FundingScheme" => "GovernmentService",
            _ => type ?? "Thing",
        };
    }

    /// <summary>A resource.</summary>
    /// <param name="describer">Reads what is said of it.</param>
    /// <param name="iri">Which.</param>
    /// <param name="baseIri">The base of all IRIs of data.</param>
    /// <param name="language">The language of the names of other things.</param>
    public static string OfResource(Describer describer, Iri iri, string baseIri, string language)
    {
        var statements = describer.Statements(iri);
        var type = TypeOf(describer, iri);
        var node = new JsonObject { ["@context"] = Context, ["@type"] = type, ["@id"] = iri.Value };
        node["name"] = describer.NameOf(iri, language);
        Set(node, "alternateName", Texts(statements, Mxtd + "altName"));
        Set(node, "description", InLanguage(statements, Mxtd + "description"));
        Set(node, "url", Iris(statements, Mxtd + "homepage"));
        Set(node, "sameAs", Iris(statements, Mxtd + "identifiedBy"));
        Set(node, "additionalType", Iris(statements, Mxtd + "kind"));
        if (type is "Project" or "Organization")
        {
            Set(node, "foundingDate", Texts(statements, Mxtd + "startYear"));
            Set(node, "dissolutionDate", Texts(statements, Mxtd + "endYear"));
            Set(node, "areaServed", Things(statements, Mxtd + "coversArea"));
            Set(node, "location", Things(statements, Mxtd + "place", Mxtd + "basedIn"));
            Set(node, "knowsAbout", Things(statements, Mxtd + "theme"));
            Set(node, "member", [.. Values(statements, Mxtd + "hasParticipation").Select(Role)]);
            Set(node, "funding", [.. Values(statements, Mxtd + "hasFunding").Select(Grant)]);
            Set(node, "funder", Things(statements, Mxtd + "fundedBy"));
            Set(node, "parentOrganization", Things(statements, Mxtd + "partOf", Mxtd + "memberOf"));
        }
        else if (type is "Place")
        {
            Set(node, "containedInPlace", Things(statements, Mxtd + "partOfPlace"));
        }
        else if (type is not ("Person" or "Thing" or "GovernmentService"))
        {
            Set(node, "producer", Things(statements, Mxtd + "outputOf"));
            Set(node, "about", Things(statements, Mxtd + "describes", Mxtd + "theme"));
            Set(node, "inLanguage", Texts(statements, Mxtd + "language"));
            node["isPartOf"] = new JsonObject { ["@type"] = "Dataset", ["@id"] = baseIri + "dataset" };
        }

        node["subjectOf"] = new JsonObject { ["@type"] = "Dataset", ["@id"] = baseIri + "dataset", ["name"] = language == "fr" ? DatasetTexts.Title.French : DatasetTexts.Title.English };
        return node.ToJsonString(Writing);

        // Search engines want plain texts: those in the page's language, or else all.
        JsonNode[] InLanguage(List<(Iri Predicate, Term Object)> of, string predicate)
        {
            var texts = Values(of, predicate).OfType<Literal>().ToList();
            var own = texts.Where(t => t.Language == language).ToList();
            return [.. (own.Count > 0 ? own : texts).Select(t => (JsonNode)t.LexicalForm)];
        }

        JsonNode Role(Term participation)
        {
            var parts = describer.Statements(participation);
            var role = new JsonObject { ["@type"] = "OrganizationRole" };
            Set(role, "roleName", [.. Values(parts, Mxtd + "role").Select(r => (JsonNode)describer.NameOf(r, language))]);
            Set(role, "member", Things(parts, Mxtd + "agent"));
            return role;
        }

        JsonNode Grant(Term funding)
        {
            var parts = describer.Statements(funding);
            var grant = new JsonObject { ["@type"] = "MonetaryGrant" };
            Set(grant, "funder", Things(parts, Mxtd + "funder"));
            Set(grant, "identifier", Texts(parts, Mxtd + "grantNumber"));
            if (Values(parts, Mxtd + "amount").OfType<Literal>().FirstOrDefault() is { } amount)
            {
                var money = new JsonObject { ["@type"] = "MonetaryAmount", ["value"] = amount.LexicalForm };
                Set(money, "currency", Texts(parts, Mxtd + "currency"));
                grant["amount"] = money;
            }

            return grant;
        }

        JsonNode[] Things(List<(Iri Predicate, Term Object)> of, params ReadOnlySpan<string> predicates)
        {
            var things = new List<JsonNode>();
            foreach (var predicate in predicates)
            {
                foreach (var value in Values(of, predicate).OfType<Iri>())
                {
                    things.Add(new JsonObject { ["@type"] = TypeOf(describer, value), ["@id"] = value.Value, ["name"] = describer.NameOf(value, language) });
                }
            }

            return [.. things];
        }
    }

    /// <summary>The dataset with the files that it can be had in.</summary>
    public static string OfDataset(DatasetDescription description, ServerOptions options, string language)
    {
        var files = new JsonArray();
        foreach (var distributed in description.Files)
        {
            var (french, english) = DatasetTexts.TitleOf(distributed.File);
            var file = new JsonObject
            {
                ["@type"] = "DataDownload",
                ["@id"] = $"{description.Dataset.Value}#{distributed.File.Name}",
                ["name"] = language == "fr" ? french : english,
                ["contentUrl"] = description.Url + "/" + distributed.File.Name,
                ["encodingFormat"] = (distributed.File.Unpacked ?? distributed.File).MediaType.Split(';')[0],
                ["license"] = options.LicenseOf(distributed.File.Profile),
            };
            if (distributed.Length is { } length)
            {
                file["contentSize"] = length + " B";
            }

            files.Add((JsonNode)file);
        }

        return new JsonObject
        {
            ["@context"] = Context,
            ["@type"] = "Dataset",
            ["@id"] = description.Dataset.Value,
            ["name"] = language == "fr" ? DatasetTexts.Title.French : DatasetTexts.Title.English,
            ["description"] = language == "fr" ? DatasetTexts.Description.French : DatasetTexts.Description.English,
            ["license"] = options.LicenseOf(Dumps.DumpProfile.Full),
            ["sdLicense"] = ServerOptions.Cc0,
            ["url"] = description.Url + "/dataset",
            ["isAccessibleForFree"] = true,
            ["keywords"] = new JsonArray([.. DatasetTexts.Keywords.Where(k => k.Language == language).Select(k => (JsonNode)k.Keyword)]),
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = options.Harvest.RepositoryName },
            ["creator"] = new JsonObject { ["@type"] = "Organization", ["name"] = options.Harvest.RepositoryName },
            ["includedInDataCatalog"] = new JsonObject { ["@type"] = "DataCatalog", ["@id"] = description.Catalog.Value, ["name"] = options.Harvest.RepositoryName },
            ["distribution"] = files,
        }.ToJsonString(Writing);
    }

    private static IEnumerable<Term> Values(List<(Iri Predicate, Term Object)> statements, string predicate) =>
        statements.Where(s => s.Predicate.Value == predicate).Select(s => s.Object);

    private static JsonNode[] Texts(List<(Iri Predicate, Term Object)> statements, string predicate)
    {
        var texts = new List<JsonNode>();
        foreach (var literal in Values(statements, predicate).OfType<Literal>())
        {
            texts.Add(literal.LexicalForm);
        }

        return [.. texts];
    }

    private static JsonNode[] Iris(List<(Iri Predicate, Term Object)> statements, string predicate) =>
        [.. Values(statements, predicate).OfType<Iri>().Select(i => (JsonNode)i.Value)];

    private static void Set(JsonObject node, string property, JsonNode[] values)
    {
        if (values.Length > 0)
        {
            node[property] = values.Length == 1 ? values[0] : new JsonArray(values);
        }
    }

    private static string LastPart(Iri iri) => iri.Value[(iri.Value.LastIndexOf('/') + 1)..];
}
