using MuseumXtd.Garden.Notes;
using MuseumXtd.Garden.Projection;

namespace MuseumXtd.Garden.Resolution;

/// <summary>By what a resource has its identifier, in the order in which identifiers are given.</summary>
internal enum IdentityReason
{
    /// <summary>Its author, or the authors' table, gives it.</summary>
    Given,
    Path,
    Name,
    Homepage,
    Alias,
    OldName,
    OldHomepage,

    /// <summary>It is made of its name.</summary>
    New,

    /// <summary>It is made of its name and of what it belongs to.</summary>
    NewInScope,
}

/// <summary>A resource that wants an identifier, and by what it may be known. All but what it was given stays as it is.</summary>
internal sealed class NamedResource(Resource resource, DraftNode[] nodes, string? given)
{
    private string[]? _paths;
    private string[]? _keys;
    private string[]? _homepages;
    private string[]? _aliases;

    public Resource Resource { get; } = resource;

    /// <summary>Its drafts, the first one in the garden first.</summary>
    public DraftNode[] Nodes { get; } = nodes;

    /// <summary>The identifier that its author gives it, or null.</summary>
    public string? Given { get; } = given;

    public string Segment => Resource.Segment;

    /// <summary>The notes that are about it.</summary>
    public string[] Paths => _paths ??= Nodes.Length == 1 ? (Nodes[0].Draft.IsMain ? [Nodes[0].File.File.Path] : []) : [.. Nodes.Where(n => n.Draft.IsMain).Select(n => n.File.File.Path)];

    /// <summary>The keys of all that it is called, the preferred name first.</summary>
    public string[] Keys => _keys ??= Nodes.Length == 1
        ? [Nodes[0].Names.Key]
        : [.. Nodes.Select(n => n.Names.Key).Prepend(TextFolding.NameKey(Resource.Name)).Distinct(StringComparer.Ordinal)];

    public string[] Homepages => _homepages ??= Nodes.Length == 1 ? Nodes[0].Names.Homepages : [.. Nodes.SelectMany(n => n.Names.Homepages)];

    public string[] Aliases => _aliases ??= Nodes.Length == 1 ? Nodes[0].Names.Aliases : [.. Nodes.SelectMany(n => n.Names.Aliases)];

    /// <summary>Whether it has a common name and is known by what it belongs to: "the charter" is many things.</summary>
    public bool IsScoped { get; } = Array.TrueForAll(nodes, n => n.Draft.Scope is not null);

    /// <summary><see cref="Keys"/>, where they tell it from others.</summary>
    public string[] OwnKeys => IsScoped ? [] : Keys;

    /// <summary><see cref="Aliases"/>, where they tell it from others.</summary>
    public string[] OwnAliases => IsScoped ? [] : Aliases;

    /// <summary>By what it got its identifier.</summary>
    public IdentityReason Reason { get; set; }

    /// <summary>The identifier of what it belongs to, where its own was made of that.</summary>
    public string? ScopeId { get; set; }

    /// <summary>Whether it gets its identifier anew.</summary>
    public bool IsTouched { get; set; }

    /// <summary>How it was called before it got its identifier anew; null for one that had none.</summary>
    public ResourceName? Before { get; set; }

    /// <summary>The identifiers that it would have got if others had not, or null.</summary>
    public List<string>? Refused { get; set; }

    /// <summary>What follows for it, once it was made.</summary>
    public ResourceProjection? Projection { get; set; }
}
