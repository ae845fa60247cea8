using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>Names of the vocabulary and of the few others that the projection uses.</summary>
internal static class Mxtd
{
    public const string Namespace = "https://w3id.org/museumxtd/ns#";
    public const string Concepts = "https://w3id.org/museumxtd/";

    public static readonly Iri Type = Rdf.Vocabulary.RdfNames.Type;
    public static readonly Iri EdtfDatatype = new("http://id.loc.gov/datatypes/edtf/EDTF");
    public static readonly Iri HasBody = new("http://www.w3.org/ns/oa#hasBody");
    public static readonly Iri Deprecated = new("http://www.w3.org/2002/07/owl#deprecated");
    public static readonly Iri Latitude = new("http://www.w3.org/2003/01/geo/wgs84_pos#lat");
    public static readonly Iri Longitude = new("http://www.w3.org/2003/01/geo/wgs84_pos#long");
    public static readonly Iri IsReplacedBy = new("http://purl.org/dc/terms/isReplacedBy");

    public static readonly Iri Administers = new(Namespace + "administers");
    public static readonly Iri Agent = new(Namespace + "agent");
    public static readonly Iri AltName = new(Namespace + "altName");
    public static readonly Iri Audience = new(Namespace + "audience");
    public static readonly Iri BasedIn = new(Namespace + "basedIn");
    public static readonly Iri Column = new(Namespace + "column");
    public static readonly Iri Confidence = new(Namespace + "confidence");
    public static readonly Iri CoversArea = new(Namespace + "coversArea");
    public static readonly Iri DanglingLink = new(Namespace + "danglingLink");
    public static readonly Iri Describes = new(Namespace + "describes");
    public static readonly Iri Description = new(Namespace + "description");
    public static readonly Iri EdtfExpression = new(Namespace + "edtf");
    public static readonly Iri EndYear = new(Namespace + "endYear");
    public static readonly Iri Expertise = new(Namespace + "expertise");
    public static readonly Iri FundedBy = new(Namespace + "fundedBy");
    public static readonly Iri Funder = new(Namespace + "funder");
    public static readonly Iri Funding = new(Namespace + "Funding");
    public static readonly Iri FundingScheme = new(Namespace + "FundingScheme");
    public static readonly Iri GrantNumber = new(Namespace + "grantNumber");
    public static readonly Iri HasFunding = new(Namespace + "hasFunding");
    public static readonly Iri HasOutput = new(Namespace + "hasOutput");
    public static readonly Iri HasParticipation = new(Namespace + "hasParticipation");
    public static readonly Iri Homepage = new(Namespace + "homepage");
    public static readonly Iri IdentifiedBy = new(Namespace + "identifiedBy");
    public static readonly Iri Initiative = new(Namespace + "Initiative");
    public static readonly Iri IsoCode = new(Namespace + "isoCode");
    public static readonly Iri Kind = new(Namespace + "kind");
    public static readonly Iri Language = new(Namespace + "language");
    public static readonly Iri LedBy = new(Namespace + "ledBy");
    public static readonly Iri Line = new(Namespace + "line");
    public static readonly Iri LinksTo = new(Namespace + "linksTo");
    public static readonly Iri Locality = new(Namespace + "locality");
    public static readonly Iri MemberOf = new(Namespace + "memberOf");
    public static readonly Iri Mention = new(Namespace + "Mention");
    public static readonly Iri Mentions = new(Namespace + "mentions");
    public static readonly Iri Nature = new(Namespace + "nature");
    public static readonly Iri NoteClass = new(Namespace + "Note");
    public static readonly Iri Note = new(Namespace + "note");
    public static readonly Iri NoteRevision = new(Namespace + "NoteRevision");
    public static readonly Iri NutsCode = new(Namespace + "nutsCode");
    public static readonly Iri Organisation = new(Namespace + "Organisation");
    public static readonly Iri Output = new(Namespace + "Output");
    public static readonly Iri OutputOf = new(Namespace + "outputOf");
    public static readonly Iri PartOf = new(Namespace + "partOf");
    public static readonly Iri PartOfPlace = new(Namespace + "partOfPlace");
    public static readonly Iri Participant = new(Namespace + "participant");
    public static readonly Iri Participation = new(Namespace + "Participation");
    public static readonly Iri Partner = new(Namespace + "partner");
    public static readonly Iri Path = new(Namespace + "path");
    public static readonly Iri PeriodClass = new(Namespace + "Period");
    public static readonly Iri Period = new(Namespace + "period");
    public static readonly Iri Person = new(Namespace + "Person");
    public static readonly Iri PlaceClass = new(Namespace + "Place");
    public static readonly Iri Place = new(Namespace + "place");
    public static readonly Iri PreferredName = new(Namespace + "name");
    public static readonly Iri ResourceLicence = new(Namespace + "resourceLicence");
    public static readonly Iri Revision = new(Namespace + "revision");
    public static readonly Iri Role = new(Namespace + "role");
    public static readonly Iri Scheme = new(Namespace + "scheme");
    public static readonly Iri Sha256 = new(Namespace + "sha256");
    public static readonly Iri SourceLine = new(Namespace + "sourceLine");
    public static readonly Iri SourceText = new(Namespace + "sourceText");
    public static readonly Iri StartYear = new(Namespace + "startYear");
    public static readonly Iri Status = new(Namespace + "status");
    public static readonly Iri Succeeds = new(Namespace + "succeeds");
    public static readonly Iri Theme = new(Namespace + "theme");
    public static readonly Iri Words = new(Namespace + "words");

    /// <summary>A concept of one of our schemes.</summary>
    public static Iri Concept(string scheme, string slug) => new($"{Concepts}{scheme}/{slug}");
}
