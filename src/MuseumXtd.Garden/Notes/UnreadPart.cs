namespace MuseumXtd.Garden.Notes;

/// <summary>Parts of front matter that are good YAML and say nothing here.</summary>
internal enum UnreadPart
{
    /// <summary>Front matter that is no list of keys.</summary>
    NoKeys,

    /// <summary>What follows the end of the first document.</summary>
    SecondDocument,

    /// <summary>A key that is no word.</summary>
    Key,

    /// <summary>Keys below a dash.</summary>
    KeysInList,

    /// <summary>Keys below a key that is known here and has none.</summary>
    KeysInValue,

    /// <summary>Keys below keys, many levels deep.</summary>
    Deep,
}
