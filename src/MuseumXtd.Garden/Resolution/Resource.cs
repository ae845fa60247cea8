using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Projection;
using MuseumXtd.Garden.Recognition;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Resolution;

/// <summary>One real thing: all that the notes tell of it, under one identifier.</summary>
internal sealed class Resource(EntityType type, string name, IReadOnlyList<Draft> drafts)
{
    public EntityType Type { get; } = type;

    /// <summary>The preferred name, as some note writes it.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<Draft> Drafts { get; } = drafts;

    public string Id { get; set; } = "";

    public Iri Iri { get; set; } = new("");

    /// <summary>The segment of the IRI that names the type.</summary>
    public string Segment => SegmentOf(Type);

    public static string SegmentOf(EntityType type) => type switch
    {
        EntityType.Initiative => "initiative",
        EntityType.Output => "output",
        EntityType.Organisation => "organisation",
        EntityType.Person => "person",
        _ => "scheme",
    };

    public static Iri ClassOf(EntityType type) => type switch
    {
        EntityType.Initiative => Mxtd.Initiative,
        EntityType.Output => Mxtd.Output,
        EntityType.Organisation => Mxtd.Organisation,
        EntityType.Person => Mxtd.Person,
        _ => Mxtd.FundingScheme,
    };

    /// <summary>A slug for a name that may have no Latin letter at all.</summary>
    public static string SlugOf(string name)
    {
        var slug = TextFolding.Slug(name);
        return slug.Length > 0 ? slug : "x" + NoteReader.HashOf(System.Text.Encoding.UTF8.GetBytes(name))[..8];
    }
}
