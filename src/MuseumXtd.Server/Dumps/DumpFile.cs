using System.Collections.Frozen;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Server.Dataset;
using MuseumXtd.Store.Documents;

namespace MuseumXtd.Server.Dumps;

/// <summary>One of the files that hold the whole dataset.</summary>
/// <param name="Name">The name in paths, such as <c>dump.core.ttl.gz</c>.</param>
/// <param name="MediaType">What it is sent as.</param>
/// <param name="Profile">How much it holds.</param>
internal sealed record DumpFile(string Name, string MediaType, DumpProfile Profile)
{
    /// <summary>Writes it, from one state: the same data gives the same bytes. Null where it is another file, compressed.</summary>
    public Action<DatasetState, Stream, CancellationToken>? Write { get; init; }

    /// <summary>The file that this one is when it is unpacked.</summary>
    public DumpFile? Unpacked { get; init; }

    /// <summary>How it is packed.</summary>
    public Compression? Compression { get; init; }

    /// <summary>The syntax, where it is one of ours.</summary>
    public RdfFormat? Format { get; init; }

    /// <summary>The IRI of the standard that it conforms to where that is not our own vocabulary.</summary>
    public string? ConformsTo { get; init; }

    /// <summary>Whether the writer may refuse what it finds, so that nothing is sent before all is written.</summary>
    public bool MayBeRefused { get; init; }

    /// <summary>The files in all syntaxes, profiles and compressions, by name.</summary>
    public static FrozenDictionary<string, DumpFile> All { get; } = Make().ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>The same file, packed.</summary>
    public DumpFile Packed(Compression compression) => this with
    {
        Name = $"{Name}.{compression.Suffix}",
        MediaType = "application/" + compression.Name,
        Write = null,
        Unpacked = this,
        Compression = compression,
    };

    private static IEnumerable<DumpFile> Make()
    {
        foreach (var profile in DumpProfile.All)
        {
            foreach (var format in RdfFormats.Writable)
            {
                var name = profile == DumpProfile.Full ? "dump." : $"dump.{profile.Name}.";
                var file = new DumpFile(name + format.Suffixes[0], format.MediaTypes[0] + (format.MediaTypes[0].StartsWith("text/", StringComparison.Ordinal) ? "; charset=utf-8" : ""), profile)
                {
                    Format = format,
                    MayBeRefused = format == RdfFormats.RdfXml || format == RdfFormats.JsonLd,
                    Write = (state, output, cancellation) =>
                    {
                        using var rows = SnapshotRows.Of(state.Snapshot, format.SupportsDatasets, profile.Omissions, cancellation);
                        rows.WriteTo(output, format, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix });
                    },
                };
                yield return file;
                foreach (var compression in Compression.All)
                {
                    yield return file.Packed(compression);
                }
            }
        }
    }
}
