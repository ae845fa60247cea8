using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden.Projection;

/// <summary>
/// Joins what was read from all files into the named graphs of the garden. From the second time on it follows the garden, and makes only what
/// depends on a change anew; where identifiers are remembered, from the first time on.
/// </summary>
internal sealed class GardenProjection(GardenOptions options, NamedGraph vocabulary, NamedGraph places)
{
    private ProjectedGarden? _garden;
    private bool _isAgain;

    // What was made for a garden that is not followed any more.
    private Dictionary<string, NoteProjection> _notes = new(StringComparer.Ordinal);
    private Dictionary<string, ResourceProjection> _resources = new(StringComparer.Ordinal);

    /// <summary>The graph of a garden.</summary>
    /// <param name="files">All files, in the order of their paths.</param>
    /// <param name="memory">What identifiers were given to, or null.</param>
    /// <param name="registry">What the authors' table of identifiers is now: another table, another text.</param>
    /// <param name="found">What was found wrong with the files.</param>
    /// <param name="cancellation">Ends the work.</param>
    public GardenGraph Project(
        List<ReadFile> files, IdentityMemory? memory, string registry, IEnumerable<Diagnostic> found, CancellationToken cancellation)
    {
        // One that did not come to the end of a change does not know any more what it follows.
        var garden = _garden;
        _garden = null;
        if (garden is null || garden.RegistryStamp != registry)
        {
            Keep(garden);
            garden = new ProjectedGarden(options, registry, memory, memory is not null || _isAgain)
            {
                Vocabulary = vocabulary,
                Places = places,
                KnownNotes = _notes,
                KnownResources = _resources,
            };
        }

        try
        {
            var graph = garden.Update(files, found, cancellation);
            _garden = garden.Follows ? garden : null;
            return graph;
        }
        finally
        {
            _isAgain = true;
            if (_garden is null)
            {
                Keep(garden);
            }
            else
            {
                (_notes, _resources) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
                (garden.KnownNotes, garden.KnownResources) = (_notes, _resources);
            }
        }
    }

    /// <summary>Follows what it has followed no longer.</summary>
    public void Forget() => _garden = null;

    private void Keep(ProjectedGarden? garden)
    {
        if (garden is not null)
        {
            (_notes, _resources) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            foreach (var file in garden.Files)
            {
                if (file.Projection is { } note)
                {
                    _notes[file.File.Path] = note;
                }

                foreach (var thing in file.Begun)
                {
                    if (thing.Projection is { } resource)
                    {
                        _resources[thing.Resource.Iri.Value] = resource;
                    }
                }
            }
        }
    }
}
