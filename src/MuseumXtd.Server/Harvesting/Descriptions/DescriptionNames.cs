using System.Collections.Frozen;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Descriptions;

/// <summary>The ids, in one store, of the names by which descriptions are gathered; those that the store does not know are unbound.</summary>
internal sealed class DescriptionNames
{
    public const string Mxtd = "https://w3id.org/museumxtd/ns#";
    public const string Skos = "http://www.w3.org/2004/02/skos/core#";
    public const string Geo = "http://www.w3.org/2003/01/geo/wgs84_pos#";

    /// <summary>The classes whose instances have records, by local name.</summary>
    public static readonly string[] Classes = ["FundingScheme", "Initiative", "Note", "Organisation", "Output", "Person"];

    /// <summary>What is told of a resource that is only mentioned.</summary>
    private static readonly string[] Context =
    [
        RdfNames.Type.Value, Mxtd + "name", Mxtd + "altName", Mxtd + "isoCode", Mxtd + "partOfPlace", Mxtd + "identifiedBy", Mxtd + "homepage",
        Skos + "prefLabel", Skos + "broader", Skos + "exactMatch", Skos + "definition", Geo + "lat", Geo + "long",
        "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title",
    ];

    /// <summary>What is told beside that of what an output or a note is told of together with.</summary>
    private static readonly string[] Related =
    [
        "kind", "status", "description", "place", "coversArea", "basedIn", "theme", "audience", "expertise", "ledBy", "participant", "fundedBy", "memberOf", "describes", "period",
    ];

    private DescriptionNames(Snapshot snapshot)
    {
        Type = Find(RdfNames.Type.Value);
        HasOutput = Find(Mxtd + "hasOutput");
        OutputOf = Find(Mxtd + "outputOf");
        Describes = Find(Mxtd + "describes");
        Period = Find(Mxtd + "period");
        PartOfPlace = Find(Mxtd + "partOfPlace");
        ClassIds = Array.ConvertAll(Classes, c => Find(Mxtd + c));
        ContextIds = Context.Select(Find).Where(id => id.IsBound).Select(id => id.Value).ToFrozenSet();

        RelatedIds = ContextIds.Concat(Related.Select(r => Find(Mxtd + r)).Where(id => id.IsBound).Select(id => id.Value)).ToFrozenSet();

        TermId Find(string iri) => snapshot.Dictionary.TryGetId(new Iri(iri).Encode(), out var id) ? id : TermId.Unbound;
    }

    public TermId Type { get; }

    public TermId HasOutput { get; }

    public TermId OutputOf { get; }

    public TermId Describes { get; }

    public TermId Period { get; }

    public TermId PartOfPlace { get; }

    /// <summary>In the order of <see cref="Classes"/>.</summary>
    public TermId[] ClassIds { get; }

    /// <summary>The properties that are read of what is only mentioned.</summary>
    public FrozenSet<uint> ContextIds { get; }

    /// <summary>The properties that are read of what a record is told of together with.</summary>
    public FrozenSet<uint> RelatedIds { get; }

    public static DescriptionNames In(Snapshot snapshot) => new(snapshot);
}
