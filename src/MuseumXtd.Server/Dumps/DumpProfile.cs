using MuseumXtd.Rdf;
using MuseumXtd.Store.Documents;

namespace MuseumXtd.Server.Dumps;

/// <summary>How much of the dataset a file holds, because that decides under which licence it can be given away.</summary>
/// <param name="Name">The name in paths.</param>
/// <param name="Omissions">What is left out.</param>
internal sealed record DumpProfile(string Name, Omissions Omissions)
{
    private const string Vocabulary = "https://w3id.org/museumxtd/ns#";

    /// <summary>Everything, with the words of the notes: under the licence of the notes.</summary>
    public static DumpProfile Full { get; } = new("full", Omissions.None);

    /// <summary>The facts alone, without prose or quotations and without the graph that quotes the notes: under CC0.</summary>
    public static DumpProfile Core { get; } = new(
        "core", new Omissions([new Iri(Vocabulary + "description"), new Iri(Vocabulary + "sourceText"), new Iri(Vocabulary + "words")], IsUnionOnly: true));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DumpProfile> All { get; } = [Full, Core];
}
