namespace MuseumXtd.Garden.Lexicon;

/// <summary>Where a phrase stands in a text; the default value is none.</summary>
internal readonly record struct PhraseMatch(int Index, int Length)
{
    public bool Success => Length > 0;

    public int End => Index + Length;
}
