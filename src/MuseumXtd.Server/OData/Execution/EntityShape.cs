using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Model;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>Which members of an entity an answer has: what <c>$select</c>, <c>$expand</c> and <c>$compute</c> say.</summary>
internal sealed class EntityShape
{
    /// <summary>What is known of the type.</summary>
    public required EntityClass Class { get; init; }

    /// <summary>The names selected; null for all.</summary>
    public required IReadOnlySet<string>? Selected { get; init; }

    /// <summary>The parts of texts that are selected, by property; others have all.</summary>
    public required IReadOnlyDictionary<string, HashSet<string>> Parts { get; init; }

    /// <summary>The computed members that are told.</summary>
    public required ImmutableArray<ComputeExpression> Computed { get; init; }

    public required ImmutableArray<Expansion> Expansions { get; init; }

    /// <summary>The collections that are selected with options.</summary>
    public ImmutableArray<CollectionSelection> Selections { get; init; } = [];

    /// <summary>The selected part of the context URL (OData 4.01 Protocol, section 10.7 and 10.8); empty where all is told.</summary>
    public string Context { get; init; } = "";

    /// <summary>What to write of an entity of a class, made when the first one comes.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<EntityClass, object> Plans { get; } = new();

    /// <summary>Whether collections are selected with options, here or in what is expanded.</summary>
    public bool HasSelections => !Selections.IsEmpty || Expansions.Any(e => e.Shape?.HasSelections == true);

    public bool Tells(string name) => Selected is null || Selected.Contains(name);
}

/// <summary>A navigation property that is expanded.</summary>
internal sealed class Expansion
{
    public required LinkBinding Link { get; init; }

    /// <summary>The type that an entity must have for the expansion to apply.</summary>
    public required EntityClass Source { get; init; }

    /// <summary>The type of the targets that are wanted.</summary>
    public required EntityClass Target { get; init; }

    /// <summary>The members of the targets; null where only their number is asked for.</summary>
    public required EntityShape? Shape { get; init; }

    /// <summary>Whether only references are told.</summary>
    public required bool IsReference { get; init; }

    public required FilterClause? Filter { get; init; }

    public required SearchClause? Search { get; init; }

    public required OrderByClause? OrderBy { get; init; }

    public required ComputeClause? Compute { get; init; }

    public required long Skip { get; init; }

    public required long? Top { get; init; }

    public required bool Counts { get; init; }

    /// <summary>The options as text, for links to the rest.</summary>
    public string Options { get; init; } = "";

    public string Name => Link.Name;

    /// <summary>The name as it is written.</summary>
    public byte[] Named => _named ??= Writing.JsonOutput.Named(Name);

    private byte[]? _named;

    /// <summary>Whether the index alone cannot answer it.</summary>
    public bool NeedsQuery => Filter is not null || Search is not null || OrderBy is not null;
}
