using System.Collections.Concurrent;
using MuseumXtd.Rdf;
using MuseumXtd.Server.Harvesting.Changes;

namespace MuseumXtd.Server.Harvesting.Descriptions;

/// <summary>Reads descriptions for the records of one view of the change log; for several threads.</summary>
internal sealed class RecordSource
{
    // Each remembers terms; more than can work at the same time are of no use.
    private static readonly int MostIdle = Environment.ProcessorCount;

    private readonly string _baseIri;
    private readonly DescriptionNames _names;
    private readonly ConcurrentBag<DescriptionReader> _idle = [];

    public RecordSource(ChangeLogView view, string baseIri)
    {
        View = view;
        _baseIri = baseIri;
        _names = DescriptionNames.In(view.Snapshot);
        Properties = new PropertyIds(view.Snapshot);
    }

    public ChangeLogView View { get; }

    public PropertyIds Properties { get; }

    /// <summary>Runs something over a description that is read for it.</summary>
    public void Read(string resource, Action<RecordFacts> use)
    {
        if (!View.Snapshot.Dictionary.TryGetId(new Iri(resource).Encode(), out var id))
        {
            throw new InvalidOperationException($"The log tells of {resource}, its snapshot does not.");
        }

        if (!_idle.TryTake(out var reader))
        {
            reader = new DescriptionReader(View.Snapshot, _names, _baseIri);
        }

        use(new RecordFacts(reader.Read(id), Properties));
        if (_idle.Count < MostIdle)
        {
            _idle.Add(reader);
        }
        else
        {
            reader.Dispose();
        }
    }
}
