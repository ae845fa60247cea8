namespace MuseumXtd.Garden.Notes;

/// <summary>A value of front matter and where it stands in the file.</summary>
internal readonly record struct FrontMatterValue(string Text, int Start, int Length);

/// <summary>A key of front matter with its values; keys of nested maps are joined by a dot.</summary>
internal sealed record FrontMatterField(string Key, int Start, IReadOnlyList<FrontMatterValue> Values)
{
    /// <summary>Whether a placeholder of a template was among the values; it is none of them.</summary>
    public bool IsUnfilled { get; init; }
}

/// <summary>The block between <c>---</c> lines at the top of a note.</summary>
internal sealed record FrontMatter(List<FrontMatterField> Fields, int End)
{
    public static readonly FrontMatter None = new([], 0);

    /// <summary>The first value of a key as written, without regard to case.</summary>
    public string? First(string key)
    {
        foreach (var field in Fields)
        {
            if (field.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && field.Values.Count > 0)
            {
                return field.Values[0].Text;
            }
        }

        return null;
    }
}
