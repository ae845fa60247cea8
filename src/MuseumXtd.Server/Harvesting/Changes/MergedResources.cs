namespace MuseumXtd.Server.Harvesting.Changes;

/// <summary>Tells which of the resources that are gone were merged into one that is there.</summary>
/// <param name="redirects">What replaces what, as the garden knows it; null for none.</param>
/// <param name="before">The log before the change.</param>
/// <param name="differences">The change.</param>
internal sealed class MergedResources(IReadOnlyDictionary<string, string>? redirects, ChangeLogView before, List<Difference> differences)
{
    private readonly Dictionary<string, ChangeKind> _changed = differences.ToDictionary(d => d.Resource, d => d.Kind, StringComparer.Ordinal);

    /// <summary>The resource at the end of the redirects from another, or null when there is none or it is gone as well.</summary>
    public string? TargetOf(string resource)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { resource };
        string? target = null;
        for (var at = resource; redirects?.TryGetValue(at, out var next) == true && seen.Add(next); at = next)
        {
            target = next;
        }

        return target is not null && IsThere(target) ? target : null;
    }

    private bool IsThere(string resource) =>
        _changed.TryGetValue(resource, out var kind) ? kind != ChangeKind.Deleted : before.Find(resource) is { IsDeletion: false };
}
