using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Resolution;

/// <summary>An identifier that was given once, and what is known of the thing that has or had it.</summary>
internal sealed class Identity
{
    private readonly List<string> _names = [];
    private readonly List<string> _keys = [];

    /// <summary>The segment of the IRI: <c>initiative</c>, <c>note</c>, ...</summary>
    public required string Type { get; init; }

    public required string Id { get; init; }

    /// <summary>When it was given, as xsd:dateTime.</summary>
    public string Since { get; init; } = "";

    /// <summary>The names that the thing had, the first one first.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The keys of <see cref="Names"/>, one for one.</summary>
    public IReadOnlyList<string> NameKeys => _keys;

    /// <summary>The path of the note; for other things, of the note about it, or empty.</summary>
    public string Path { get; set; } = "";

    /// <summary>The key of the home page, or empty.</summary>
    public string Homepage { get; set; } = "";

    /// <summary>The hash of a note's content, by which it is known again when it was moved.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Since when nothing has it, as xsd:dateTime, or empty.</summary>
    public string Gone { get; set; } = "";

    /// <summary>Type and identifier of what the thing turned out to be, as in <c>initiative/doors</c>, or empty.</summary>
    public string ReplacedBy { get; set; } = "";

    /// <summary>Whether something has the identifier now.</summary>
    public bool IsLive => Gone.Length == 0 && ReplacedBy.Length == 0;

    /// <summary>How many were given before.</summary>
    public int Number { get; set; }

    /// <summary>The build that last gave it to something.</summary>
    public int Claimed { get; set; }

    /// <summary>Adds a name, unless it is known; tells whether it was not.</summary>
    public bool AddName(string name)
    {
        if (_names.Contains(name, StringComparer.Ordinal))
        {
            return false;
        }

        _names.Add(name);
        _keys.Add(TextFolding.NameKey(name));
        return true;
    }
}
