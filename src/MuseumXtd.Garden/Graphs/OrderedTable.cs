namespace MuseumXtd.Garden;

/// <summary>Values in the order of their names. What was given out stays as it is when others take its place.</summary>
internal sealed class OrderedTable<T>
    where T : class
{
    private string[] _names = [];

    /// <summary>The values. The array is never changed.</summary>
    public T[] Values { get; private set; } = [];

    /// <summary>Takes the values of some names, null for those that have none any more.</summary>
    public void Update(Dictionary<string, T?> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var changed = changes.Keys.ToArray();
        Array.Sort(changed, StringComparer.Ordinal);
        var names = new List<string>(_names.Length + changed.Length);
        var values = new List<T>(_names.Length + changed.Length);
        var at = 0;
        foreach (var name in changed)
        {
            var found = Array.BinarySearch(_names, at, _names.Length - at, name, StringComparer.Ordinal);
            var place = found < 0 ? ~found : found;
            names.AddRange(_names.AsSpan(at, place - at));
            values.AddRange(Values.AsSpan(at, place - at));
            at = found < 0 ? place : place + 1;
            if (changes[name] is { } value)
            {
                names.Add(name);
                values.Add(value);
            }
        }

        names.AddRange(_names.AsSpan(at));
        values.AddRange(Values.AsSpan(at));
        (_names, Values) = ([.. names], [.. values]);
    }
}
