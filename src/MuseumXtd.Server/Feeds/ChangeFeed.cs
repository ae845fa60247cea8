using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;

namespace MuseumXtd.Server.Feeds;

/// <summary>
/// The change log as a paged collection of activities (IIIF Change Discovery 1.0, section 2) that is an event stream as well (LDES, TREE). Each
/// document is JSON-LD with its context inside, so that nobody has to fetch one to read it.
/// </summary>
internal sealed class ChangeFeed(ChangeLogView log, string url, string baseIri)
{
    /// <summary>How many changes a page has.</summary>
    public const int PageSize = 100;

    private const string Mxtd = "https://w3id.org/museumxtd/ns#";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How many pages there are; there is always one.</summary>
    public int PageCount => Math.Max(1, (log.History.Count + PageSize - 1) / PageSize);

    private string Collection => url + "/changes";

    /// <summary>The collection, which leads to its pages.</summary>
    public byte[] WriteCollection() => Write(json =>
    {
        json.WriteString("id", Collection);
        json.WriteString("type", "OrderedCollection");
        json.WriteString("class", "https://w3id.org/ldes#EventStream");
        json.WriteNumber("totalItems", log.History.Count);
        WritePageReference(json, "first", 1);
        WritePageReference(json, "last", PageCount);
        json.WriteString("timestampPath", "https://www.w3.org/ns/activitystreams#published");
        json.WriteString("versionOfPath", "https://www.w3.org/ns/activitystreams#object");

        // The collection is the root node of its own view: from here on every page is reached.
        json.WriteString("view", Collection);
        json.WriteStartObject("relation");
        json.WriteString("id", Collection + "#pages");
        json.WriteString("class", "https://w3id.org/tree#Relation");
        json.WriteString("node", PageUrl(1));
        json.WriteEndObject();
    });

    /// <summary>A page, from 1; one that others follow never changes.</summary>
    public byte[] WritePage(int page) => Write(json =>
    {
        var first = (page - 1) * PageSize;
        var end = Math.Min(first + PageSize, log.History.Count);
        json.WriteString("id", PageUrl(page));
        json.WriteString("type", "OrderedCollectionPage");
        json.WriteNumber("startIndex", first);
        json.WriteStartObject("partOf");
        json.WriteString("id", Collection);
        json.WriteString("type", "OrderedCollection");
        json.WriteEndObject();
        if (page > 1)
        {
            WritePageReference(json, "prev", page - 1);
        }

        if (page < PageCount)
        {
            WritePageReference(json, "next", page + 1);
            json.WriteStartObject("relation");
            json.WriteString("id", PageUrl(page) + "#next");
            json.WriteString("class", "https://w3id.org/tree#GreaterThanOrEqualToRelation");
            json.WriteString("path", "https://www.w3.org/ns/activitystreams#published");
            json.WriteString("value", Time(log.History[end - 1].Time));
            json.WriteString("node", PageUrl(page + 1));
            json.WriteEndObject();
        }

        json.WriteStartArray("orderedItems");
        for (var i = first; i < end; i++)
        {
            WriteActivity(json, log.History[i], page);
        }

        json.WriteEndArray();
    });

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void WriteActivity(Utf8JsonWriter json, ResourceChange change, int page)
    {
        json.WriteStartObject();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{PageUrl(page)}#{change.Sequence}"));
        json.WriteString("type", change.Kind switch { ChangeKind.Created => "Create", ChangeKind.Updated => "Update", _ => change.MovedTo is null ? "Delete" : "Move" });
        json.WriteString("endTime", Time(change.Time));
        json.WriteString("published", Time(change.Time));
        json.WriteString("memberOf", Collection);
        var type = change.Traits.Types.Count > 0 ? change.Traits.Types[0] : null;
        WriteResource(json, "object", change.Resource, type, !change.IsDeletion);
        if (change.MovedTo is { } target)
        {
            // What it is now would be another day's answer, and the page has to stay as it is.
            var folder = target.StartsWith(baseIri, StringComparison.Ordinal) ? target[baseIri.Length..].Split('/')[0] : "";
            WriteResource(json, "target", target, DescriptionNames.Classes.FirstOrDefault(c => SetMembership.SetOfType(c) == folder) ?? type, true);
        }

        json.WriteEndObject();
    }

    private void WriteResource(Utf8JsonWriter json, string name, string resource, string? type, bool isThere)
    {
        json.WriteStartObject(name);
        json.WriteString("id", resource);
        if (type is not null)
        {
            json.WriteString("type", type);
        }

        if (isThere && resource.StartsWith(baseIri, StringComparison.Ordinal))
        {
            json.WriteStartObject("seeAlso");
            json.WriteString("id", $"{url}/doc/{resource[baseIri.Length..]}.ttl");
            json.WriteString("type", "Dataset");
            json.WriteString("format", "text/turtle");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private string PageUrl(int page) => string.Create(CultureInfo.InvariantCulture, $"{url}/changes/page/{page}");

    private void WritePageReference(Utf8JsonWriter json, string name, int page)
    {
        json.WriteStartObject(name);
        json.WriteString("id", PageUrl(page));
        json.WriteString("type", "OrderedCollectionPage");
        json.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteStartObject("@context");
            json.WriteString("@vocab", Mxtd);
            json.WriteString("as", "https://www.w3.org/ns/activitystreams#");
            json.WriteString("xsd", "http://www.w3.org/2001/XMLSchema#");
            json.WriteString("ldes", "https://w3id.org/ldes#");
            json.WriteString("tree", "https://w3id.org/tree#");
            json.WriteString("id", "@id");
            json.WriteString("type", "@type");
            foreach (var type in (ReadOnlySpan<string>)["OrderedCollection", "OrderedCollectionPage", "Create", "Update", "Delete", "Move"])
            {
                json.WriteString(type, "as:" + type);
            }

            json.WriteString("Dataset", "http://www.w3.org/ns/dcat#Dataset");
            Define(json, "class", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "@id");
            Define(json, "totalItems", "as:totalItems", "xsd:nonNegativeInteger");
            Define(json, "startIndex", "as:startIndex", "xsd:nonNegativeInteger");
            Define(json, "endTime", "as:endTime", "xsd:dateTime");
            Define(json, "published", "as:published", "xsd:dateTime");
            foreach (var link in (ReadOnlySpan<string>)["first", "last", "prev", "next", "partOf", "object", "target"])
            {
                Define(json, link, "as:" + link, "@id");
            }

            Define(json, "seeAlso", "http://www.w3.org/2000/01/rdf-schema#seeAlso", "@id");
            json.WriteString("format", "http://purl.org/dc/terms/format");
            Define(json, "timestampPath", "ldes:timestampPath", "@id");
            Define(json, "versionOfPath", "ldes:versionOfPath", "@id");
            foreach (var link in (ReadOnlySpan<string>)["view", "relation", "node", "path"])
            {
                Define(json, link, "tree:" + link, "@id");
            }

            Define(json, "value", "tree:value", "xsd:dateTime");
            json.WriteStartObject("memberOf");
            json.WriteString("@reverse", "tree:member");
            json.WriteString("@type", "@id");
            json.WriteEndObject();
            json.WriteStartObject("orderedItems");
            json.WriteString("@id", "as:items");
            json.WriteString("@type", "@id");
            json.WriteString("@container", "@list");
            json.WriteEndObject();
            json.WriteEndObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();

        static void Define(Utf8JsonWriter json, string term, string iri, string type)
        {
            json.WriteStartObject(term);
            json.WriteString("@id", iri);
            json.WriteString("@type", type);
            json.WriteEndObject();
        }
    }
}
