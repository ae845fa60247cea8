using System.Collections.Concurrent;
using MuseumXtd.Rdf;
using MuseumXtd.Store;

namespace MuseumXtd.Server.Harvesting.Descriptions;

/// <summary>The ids of names in a snapshot, looked up once each. Local names are those of the project's own vocabulary.</summary>
internal sealed class PropertyIds(Snapshot snapshot)
{
    private readonly ConcurrentDictionary<string, TermId> _ids = new(StringComparer.Ordinal);

    /// <summary>The id of a name; unbound, so that nothing matches it, when the snapshot does not know it.</summary>
    public TermId this[string name] => _ids.TryGetValue(name, out var id) ? id : _ids.GetOrAdd(name, Find(name));

    private TermId Find(string name) =>
        snapshot.Dictionary.TryGetId(new Iri(name.Contains(':', StringComparison.Ordinal) ? name : DescriptionNames.Mxtd + name).Encode(), out var id) ? id : TermId.Unbound;
}
