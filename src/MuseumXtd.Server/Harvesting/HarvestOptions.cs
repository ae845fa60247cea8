using MuseumXtd.Server.Harvesting.Edm;

namespace MuseumXtd.Server.Harvesting;

/// <summary>How the provider of records presents itself to those who harvest it.</summary>
public sealed record HarvestOptions
{
    /// <summary>The licence of facts, and of whatever metadata has none of the notes' own text in it.</summary>
    public const string MetadataLicence = "http://creativecommons.org/publicdomain/zero/1.0/";

    /// <summary>
    /// The address at which the server is reached from outside, without a slash at the end; null: the one that each request names. It is part of
    /// what harvesters compare, so it is to be set where the server stands behind another one.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>The name of the repository; it is the data provider of EDM records as well.</summary>
    public string RepositoryName { get; init; } = "MuseumXtd";

    /// <summary>The domain name in identifiers (<c>oai:{domain}:{type}/{id}</c>); it never changes.</summary>
    public string Domain { get; init; } = "museumxtd.org";

    /// <summary>Where harvesters write to; null: <c>oai</c> at the domain.</summary>
    public string? AdminEmail { get; init; }

    /// <summary>The aggregator through which EDM records travel; null: the repository itself.</summary>
    public string? Provider { get; init; }

    /// <summary>The aggregator between the repository and <see cref="Provider"/>, if there is one.</summary>
    public string? IntermediateProvider { get; init; }

    /// <summary>The licence of the notes' own text.</summary>
    public string NoteLicence { get; init; } = "http://creativecommons.org/licenses/by/4.0/";

    /// <summary>How many records or headers one answer holds.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>How long a resumption token is good for.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// What records hold beside what the graph says. Where it changes, all records do, and harvesters of what changed have to be told; the number is to be
    /// raised when a crosswalk is changed.
    /// </summary>
    internal string Fingerprint => string.Join('\n', "2", RepositoryName, Provider, IntermediateProvider, NoteLicence, PublicUrl);

    /// <summary>Whether the notes' own text may stand in metadata that has to be CC0.</summary>
    internal bool IsNoteTextFree => EdmRights.Of(NoteLicence) == MetadataLicence;

    /// <summary>The licence of a record, in the form that aggregators know where it is one of theirs.</summary>
    /// <param name="hasNoteText">Whether the notes' own text stands in it.</param>
    internal string RecordLicence(bool hasNoteText) => hasNoteText ? EdmRights.Of(NoteLicence) ?? NoteLicence : MetadataLicence;
}
