using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MuseumXtd.Garden.Notes;

/// <summary>
/// Notes name the same places, people and kinds again and again, and what is kept of a garden is mostly such words: those that a thread has
/// met lately are kept once. Long texts, which are seldom the same, are left alone.
/// </summary>
internal static class RepeatedWords
{
    private const int Longest = 64;

    // A power of two. What was met lately gives way to what comes to its place.
    private const int Places = 4096;

    [ThreadStatic]
    private static string?[]? _met;

    /// <summary>A string of these characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string Of(ReadOnlySpan<char> words)
    {
        if (words.Length is 0 or > Longest)
        {
            return words.ToString();
        }

        ref var met = ref PlaceOf(words);
        return met is not null && words.SequenceEqual(met) ? met : met = words.ToString();
    }

    /// <summary>An equal string, the one that was met before where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string Of(string words)
    {
        if (words.Length is 0 or > Longest)
        {
            return words;
        }

        ref var met = ref PlaceOf(words);
        return words == met ? met : met = words;
    }

    private static ref string? PlaceOf(ReadOnlySpan<char> words) => ref (_met ??= new string?[Places])[PlaceNumber(words)];

    /// <summary>
    /// By the length, the first and the last eight characters: names that differ in none of these are few, they only take each other's place, and to read all characters
    /// costs more than what is kept once saves.
    /// </summary>
    private static int PlaceNumber(ReadOnlySpan<char> words)
    {
        const ulong Mix = 0x9E3779B97F4A7C15;
        var hash = (ulong)words.Length;
        if (words.Length < 8)
        {
            foreach (var c in words)
            {
                hash = (hash ^ c) * Mix;
            }
        }
        else
        {
            var first = MemoryMarshal.Cast<char, ulong>(words[..8]);
            var last = MemoryMarshal.Cast<char, ulong>(words[^8..]);
            hash = (hash ^ first[0]) * Mix;
            hash = (hash ^ first[1]) * Mix;
            hash = (hash ^ last[0]) * Mix;
            hash = (hash ^ last[1]) * Mix;
        }

        return (int)(hash >> 40) & (Places - 1);
    }
}
