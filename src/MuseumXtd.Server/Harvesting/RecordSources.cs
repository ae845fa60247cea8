using MuseumXtd.Server.Harvesting.Changes;
using MuseumXtd.Server.Harvesting.Descriptions;
using MuseumXtd.Server.Harvesting.Oai;

namespace MuseumXtd.Server.Harvesting;

/// <summary>What is prepared for the newest view of the change log, for all requests that answer from it.</summary>
internal sealed class RecordSources(string baseIri)
{
    private Prepared? _latest;

    /// <summary>What is prepared for a view; that of the newest one is kept.</summary>
    public Prepared Of(ChangeLogView view)
    {
        var latest = Volatile.Read(ref _latest);
        if (latest?.View == view)
        {
            return latest;
        }

        var made = new Prepared(view, baseIri);
        if (latest is null || latest.View.Snapshot.Generation < view.Snapshot.Generation)
        {
            Volatile.Write(ref _latest, made);
        }

        return made;
    }

    /// <summary>The readers and sets of a view.</summary>
    public sealed class Prepared(ChangeLogView view, string baseIri)
    {
        private OaiSets? _sets;

        public ChangeLogView View => view;

        public RecordSource Source { get; } = new(view, baseIri);

        public OaiSets Sets => _sets ??= new OaiSets(view, Source.Properties, baseIri);
    }
}
