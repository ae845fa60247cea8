using MuseumXtd.Server.Harvesting.Changes;

namespace MuseumXtd.Server.Harvesting.Oai;

/// <summary>
/// The resources of a list, in the order of the log. The list is made up of the changes up to a bound, also where a resource changed since, so that it
/// stays the same list while it is read; what it gives of a resource is what it is now.
/// </summary>
internal static class RecordList
{
    /// <summary>The places in the list behind a sequence; each is the change that put a resource into the list.</summary>
    public static IEnumerable<ResourceChange> After(ChangeLogView view, long after, long bound)
    {
        var moved = new List<ResourceChange>();
        for (var i = (int)bound; i < view.History.Count; i++)
        {
            var before = view.History[i].Previous;
            if (before > after && before <= bound)
            {
                moved.Add(view.History[(int)before - 1]);
            }
        }

        moved.Sort((x, y) => x.Sequence.CompareTo(y.Sequence));
        var next = 0;
        for (var i = view.FirstAfter(after); i < view.Latest.Length && view.Latest[i].Sequence <= bound; i++)
        {
            for (; next < moved.Count && moved[next].Sequence < view.Latest[i].Sequence; next++)
            {
                yield return moved[next];
            }

            yield return view.Latest[i];
        }

        for (; next < moved.Count; next++)
        {
            yield return moved[next];
        }
    }

    /// <summary>The time of a change as the protocol tells it, in whole seconds.</summary>
    public static DateTime Datestamp(ResourceChange change) => new(change.Time.Ticks - (change.Time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}
