using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary><c>/oai</c>: the Open Archives Initiative Protocol for Metadata Harvesting, version 2.0.</summary>
internal sealed class OaiEndpoint(ChangeLog log, RecordSources sources, IReadOnlyList<IMetadataFormat> formats, ServerOptions options)
{
    private readonly HarvestOptions _harvest = options.Harvest;
    private readonly OaiIdentifiers _identifiers = new(options.Harvest.Domain, options.BaseIri);

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var (view, now) = await log.NowAsync(http.RequestAborted).ConfigureAwait(false);
        var response = new OaiResponse(http);
        await using var disposing = response.ConfigureAwait(false);
        var url = PublicUrl(http);
        OaiArguments? arguments = null;
        try
        {
            arguments = OaiArguments.Read(await GivenAsync(http).ConfigureAwait(false));
            switch (arguments.Verb)
            {
                case "Identify":
                    response.Begin(now, url + "/oai", arguments);
                    Identify(response, view, now, url + "/oai");
                    break;
                case "ListMetadataFormats":
                    var offered = Formats(view, arguments);
                    response.Begin(now, url + "/oai", arguments);
                    ListMetadataFormats(response, offered, url);
                    break;
                case "ListSets":
                    if (arguments.ResumptionToken is not null)
                    {
                        throw OaiException.BadToken("The list of sets is given in one piece: there is no token for it.");
                    }

                    response.Begin(now, url + "/oai", arguments);
                    ListSets(response, sources.Of(view).Sets);
                    break;
                case "GetRecord":
                    var (change, format) = Find(view, arguments);
                    response.Begin(now, url + "/oai", arguments);
                    response.Xml.WriteStartElement("GetRecord", OaiNames.Namespace);
                    WriteRecord(response, view, change, format);
                    response.Xml.WriteEndElement();
                    break;
                default:
                    await ListAsync(response, view, now, url + "/oai", arguments).ConfigureAwait(false);
                    break;
            }
        }
        catch (OaiException e)
        {
            // What is wrong in itself is not repeated as attributes (section 3.2).
            response.Begin(now, url + "/oai", e.Code is "badVerb" or "badArgument" ? null : arguments);
            response.Error(e);
        }

        await response.EndAsync().ConfigureAwait(false);
    }

    private string PublicUrl(HttpContext http) => _harvest.PublicUrl ?? $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>The arguments as they were given, by GET or by POST.</summary>
    private static async Task<List<KeyValuePair<string, StringValues>>> GivenAsync(HttpContext http)
    {
        var given = http.Request.Query.ToList();
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType)
        {
            try
            {
                given.AddRange(await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false));
            }
            catch (InvalidDataException e)
            {
                throw OaiException.BadArgument(e.Message);
            }
        }

        return given;
    }

    private void Identify(OaiResponse response, ChangeLogView view, DateTime now, string baseUrl)
    {
        var xml = response.Xml;
        xml.WriteStartElement("Identify", OaiNames.Namespace);
        response.Element("repositoryName", _harvest.RepositoryName);
        response.Element("baseURL", baseUrl);
        response.Element("protocolVersion", "2.0");
        response.Element("adminEmail", _harvest.AdminEmail ?? "oai@" + _harvest.Domain);
        response.Element("earliestDatestamp", Seconds(view.History.Count > 0 ? view.History[0].Time : now));
        response.Element("deletedRecord", "persistent");
        response.Element("granularity", "YYYY-MM-DDThh:mm:ssZ");
        response.Element("compression", "gzip");
        xml.WriteStartElement("description", OaiNames.Namespace);
        const string Ns = "http://www.openarchives.org/OAI/2.0/oai-identifier";
        xml.WriteStartElement("oai-identifier", Ns);
        xml.WriteAttributeString("xsi", "schemaLocation", OaiNames.Xsi, $"{Ns} {Ns}.xsd");
        xml.WriteElementString("scheme", Ns, "oai");
        xml.WriteElementString("repositoryIdentifier", Ns, _harvest.Domain);
        xml.WriteElementString("delimiter", Ns, ":");
        xml.WriteElementString("sampleIdentifier", Ns, _identifiers.Of(view.Latest.Length > 0 ? view.Latest[0].Resource : options.BaseIri + "initiative/doors"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private IEnumerable<IMetadataFormat> Formats(ChangeLogView view, OaiArguments arguments)
    {
        if (arguments.Identifier is not { } identifier)
        {
            return formats;
        }

        var change = Find(view, identifier);
        return formats.Where(f => f.Has(change.Traits));
    }

    private static void ListMetadataFormats(OaiResponse response, IEnumerable<IMetadataFormat> offered, string url)
    {
        var xml = response.Xml;
        xml.WriteStartElement("ListMetadataFormats", OaiNames.Namespace);
        foreach (var format in offered)
        {
            xml.WriteStartElement("metadataFormat", OaiNames.Namespace);
            response.Element("metadataPrefix", format.Prefix);
            response.Element("schema", format.Schema.StartsWith('/') ? url + format.Schema : format.Schema);
            response.Element("metadataNamespace", format.Namespace);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void ListSets(OaiResponse response, OaiSets sets)
    {
        if (sets.All.Count == 0)
        {
            response.Error(new OaiException("noSetHierarchy", "There is nothing here yet that sets could hold."));
            return;
        }

        var xml = response.Xml;
        xml.WriteStartElement("ListSets", OaiNames.Namespace);
        foreach (var (spec, name, description) in sets.All)
        {
            xml.WriteStartElement("set", OaiNames.Namespace);
            response.Element("setSpec", spec);
            response.Element("setName", name);
            if (description.Count > 0)
            {
                xml.WriteStartElement("setDescription", OaiNames.Namespace);
                DublinCoreFormat.WriteDescription(xml, description);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private async Task ListAsync(OaiResponse response, ChangeLogView view, DateTime now, string baseUrl, OaiArguments arguments)
    {
        var token = arguments.ResumptionToken is { } text
            ? ResumptionToken.Read(text, arguments.Verb, log.Key, now)
            : new ResumptionToken(
                arguments.Verb, arguments.MetadataPrefix!, arguments.From, arguments.Until, arguments.Set ?? "", view.History.Count, 0, 0, 0, now + _harvest.TokenLifetime);
        var format = Format(token.Prefix);
        if (token.Bound > view.History.Count)
        {
            throw OaiException.BadToken("This token is from a log that is lost. Begin the list again.");
        }

        var isFirst = arguments.ResumptionToken is null;
        var page = new List<ResourceChange>(Math.Min(_harvest.PageSize, 1024));
        var size = 0;
        var more = false;
        long last = token.After;
        foreach (var place in RecordList.After(view, token.After, token.Bound))
        {
            if (Current(view, place, token, format) is not { } change)
            {
                continue;
            }

            size++;
            if (page.Count < _harvest.PageSize)
            {
                page.Add(change);
                last = place.Sequence;
                continue;
            }

            more = true;
            if (!isFirst)
            {
                break;
            }
        }

        if (page.Count == 0)
        {
            throw OaiException.NoRecords();
        }

        size = isFirst ? size : token.Size;
        response.Begin(now, baseUrl, arguments);
        response.Xml.WriteStartElement(arguments.Verb, OaiNames.Namespace);
        foreach (var change in page)
        {
            if (arguments.Verb == "ListIdentifiers")
            {
                WriteHeader(response, change);
            }
            else
            {
                WriteRecord(response, view, change, format);
            }

            await response.SendAsync().ConfigureAwait(false);
        }

        if (more || !isFirst)
        {
            WriteToken(response, token, more ? token with { After = last, Cursor = token.Cursor + page.Count, Size = size, Expires = now + _harvest.TokenLifetime } : null, size);
        }

        response.Xml.WriteEndElement();
    }

    /// <summary>What a place in a list stands for now, or null when it is not asked for.</summary>
    private static ResourceChange? Current(ChangeLogView view, ResourceChange place, ResumptionToken token, IMetadataFormat format)
    {
        if (token.Set.Length > 0 && !OaiSets.Holds(token.Set, place.Traits))
        {
            return null;
        }

        var change = view.Find(place.Resource)!;
        var date = RecordList.Datestamp(change);
        var isAsked = format.Has(place.Traits) && format.Has(change.Traits) && !(date < token.From) && !(date > token.Until);
        return isAsked ? change : null;
    }

    private void WriteToken(OaiResponse response, ResumptionToken here, ResumptionToken? next, int size)
    {
        var xml = response.Xml;
        xml.WriteStartElement("resumptionToken", OaiNames.Namespace);
        if (next is not null)
        {
            xml.WriteAttributeString("expirationDate", Seconds(next.Expires));
        }

        xml.WriteAttributeString("completeListSize", size.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("cursor", here.Cursor.ToString(CultureInfo.InvariantCulture));
        if (next is not null)
        {
            xml.WriteString(next.Sign(log.Key));
        }

        xml.WriteEndElement();
    }

    private (ResourceChange Change, IMetadataFormat Format) Find(ChangeLogView view, OaiArguments arguments)
    {
        var change = Find(view, arguments.Identifier!);
        var format = Format(arguments.MetadataPrefix!);
        return format.Has(change.Traits)
            ? (change, format)
            : throw new OaiException("cannotDisseminateFormat", $"{arguments.Identifier} is not given as {format.Prefix}.");
    }

    private ResourceChange Find(ChangeLogView view, string identifier) =>
        _identifiers.IriOf(identifier) is { } iri && view.Find(iri) is { } change
            ? change
            : throw new OaiException("idDoesNotExist", "There is no item with this identifier.");

    private IMetadataFormat Format(string prefix) =>
        formats.FirstOrDefault(f => f.Prefix == prefix)
        ?? throw new OaiException("cannotDisseminateFormat", $"There are {string.Join(", ", formats.Select(f => f.Prefix))}.");

    private void WriteRecord(OaiResponse response, ChangeLogView view, ResourceChange change, IMetadataFormat format)
    {
        var xml = response.Xml;
        xml.WriteStartElement("record", OaiNames.Namespace);
        WriteHeader(response, change);
        if (!change.IsDeletion)
        {
            xml.WriteStartElement("metadata", OaiNames.Namespace);
            sources.Of(view).Source.Read(change.Resource, facts => format.Write(xml, facts));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteHeader(OaiResponse response, ResourceChange change)
    {
        response.Xml.WriteStartElement("header", OaiNames.Namespace);
        if (change.IsDeletion)
        {
            response.Xml.WriteAttributeString("status", "deleted");
        }

        response.Element("identifier", _identifiers.Of(change.Resource));
        response.Element("datestamp", Seconds(change.Time));
        foreach (var set in change.Traits.Sets)
        {
            response.Element("setSpec", set);
        }

        response.Xml.WriteEndElement();
    }

    private static string Seconds(DateTime time) => time.ToString(OaiNames.DateFormat, CultureInfo.InvariantCulture);
}
