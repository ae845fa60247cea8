using System.Net;
using MuseumXtd.Garden;
using MuseumXtd.Server.Harvesting;
using MuseumXtd.Sparql;
using MuseumXtd.Store.Durability;
using MuseumXtd.Store.Loading;

namespace MuseumXtd.Server;

/// <summary>What a server serves and how.</summary>
public sealed record ServerOptions
{
    internal const string Cc0 = "http://creativecommons.org/publicdomain/zero/1.0/";

    /// <summary>Folders with notes.</summary>
    public IReadOnlyList<string> Gardens { get; init; } = [];

    /// <summary>RDF files that are loaded beside the gardens. One of them may be a snapshot file, which is mapped into memory.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The address to listen on. Whoever lets others than this machine in gives a <see cref="WriteToken"/> to a writable server.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The base of all IRIs of data; it need not be the server's own address.</summary>
    public string BaseIri { get; init; } = GardenOptions.DefaultBaseIri;

    /// <summary>Where vocabulary, shapes and concepts are.</summary>
    public string OntologyDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "ontology");

    /// <summary>The default graph of queries that name none.</summary>
    public DefaultGraphMode DefaultGraph { get; init; } = DefaultGraphMode.Union;

    /// <summary>How long a query may run; clients may ask for less.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes a query may hold.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>How many solutions or triples a query may answer; clients may ask for less.</summary>
    public long MaxRows { get; init; } = 10_000_000;

    /// <summary>The beginnings of the IRIs of endpoints that SERVICE may ask; none: federation is switched off.</summary>
    public IReadOnlyList<string> ServiceAllow { get; init; } = [];

    /// <summary>How long one request of SERVICE may take.</summary>
    public TimeSpan ServiceTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many bytes one answer to SERVICE may have, unpacked.</summary>
    public long MaxServiceBytes { get; init; } = 1L << 26;

    /// <summary>Whether saved notes are read again.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Whether the dataset can be changed over HTTP.</summary>
    public bool IsWritable { get; init; }

    /// <summary>The bearer token that writing needs; null: writing is for this machine only.</summary>
    public string? WriteToken { get; init; }

    /// <summary>How many bytes a document or an update may have.</summary>
    public long MaxRequestBytes { get; init; } = 1L << 30;

    /// <summary>The beginnings of the IRIs that LOAD may read; none: LOAD is switched off.</summary>
    public IReadOnlyList<string> LoadAllow { get; init; } = [];

    /// <summary>An HTTP proxy that LOAD goes through, or null.</summary>
    public Uri? LoadProxy { get; init; }

    /// <summary>How long the documents of one update may take to arrive.</summary>
    public TimeSpan LoadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes a document that LOAD reads may have.</summary>
    public int MaxLoadBytes { get; init; } = 128 << 20;

    /// <summary>The folder of the journal that keeps changes; null: they end with the process.</summary>
    public string? JournalDirectory { get; init; }

    /// <summary>How the files of a journal are reached, given their folder; tests put files here that fail.</summary>
    internal Func<JournalFolder, IJournalFiles> JournalFiles { get; init; } = folder => folder;

    /// <summary>The folder of what is kept from one start to the next beside the notes; null: it is kept in memory and ends with the process.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>How records are offered to harvesters.</summary>
    public HarvestOptions Harvest { get; init; } = new();

    /// <summary>The IRI of who publishes the dataset, or null for one of the dataset's own.</summary>
    public string? PublisherIri { get; init; }

    /// <summary>
    /// The licence of what the notes say in words, while facts are CC0; null: what a file LICENSE in the garden names, else that of <see cref="Harvest"/>.
    /// </summary>
    public string? NotesLicense { get; init; }

    /// <summary>The folder of the files that dumps are made in; null: the system's folder for temporary files.</summary>
    public string? DumpDirectory { get; init; }

    /// <summary>How many bytes the dumps that are kept may take together on disk.</summary>
    public long MaxDumpBytes { get; init; } = 8L << 30;

    /// <summary>Told what whoever runs the server should know, one line at a time.</summary>
    public Action<string>? Message { get; init; }

    /// <summary>Told how far the loading of files is, from any thread.</summary>
    public Action<LoadProgress>? Progress { get; init; }

    /// <summary>How many requests that ask for work run at the same time.</summary>
    public int MaxRunningRequests { get; init; } = Math.Max(8, 4 * Environment.ProcessorCount);

    /// <summary>How many more may wait for their turn; others are refused.</summary>
    public int MaxWaitingRequests { get; init; } = 256;

    /// <summary>How long a client may take to receive an answer, beside the time of the query; then its place and its snapshot are for others.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes managed memory may take, which is where data and queries are, before new work is refused; by default nine tenths of the machine's. A mapped
    /// snapshot file does not count: the system drops its pages when it needs them.</summary>
    public long MaxProcessBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 * 9;

    /// <summary>What tells the time.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The paths of the services that are described beside the files.</summary>
    internal IReadOnlyList<string> Services { get; init; } = ["/sparql", "/odata", "/oai"];

    internal string LicenseOf(Dumps.DumpProfile profile) =>
        profile == Dumps.DumpProfile.Core ? Cc0 : NotesLicense ?? throw new InvalidOperationException("The licence of the notes is not settled yet.");
}
