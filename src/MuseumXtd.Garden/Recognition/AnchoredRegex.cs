using System.Text.RegularExpressions;

namespace MuseumXtd.Garden.Recognition;

/// <summary>Asks patterns that begin with <c>\G</c> at a place of a text, without making an object of what they match.</summary>
internal static class AnchoredRegex
{
    /// <summary>
    /// The length of what matches at a place, or -1. As for <see cref="Regex.Match(string, int, int)"/>, what stands before the place or at
    /// the end and behind it does not matter.
    /// </summary>
    public static int LengthAt(this Regex pattern, string text, int at, int end)
    {
        foreach (var match in pattern.EnumerateMatches(text.AsSpan(at, Math.Max(0, end - at))))
        {
            return match.Index == 0 ? match.Length : -1;
        }

        return -1;
    }
}
