using System.Globalization;
using System.Text;

namespace MuseumXtd.Store.Text;

/// <summary>
/// What each character means to the text index: part of a word in a folded form without case, accents and ligatures, nothing at all (marks), or
/// a gap between words. It works from a table of its own, because the runtime does not normalise in its culture-invariant mode, and finds must not
/// depend on a machine's settings.
/// </summary>
/// <remarks>
/// Folding looks at one character at a time, never at its neighbours, and characters that differ in case only are folded to the same: so whatever
/// a text contains, its folded form contains folded.
/// </remarks>
internal static class LetterFolding
{
    /// <summary>Bits below the folded bytes: how many they are, and what the character does.</summary>
    private const ulong LengthMask = 7;
    private const ulong Known = 8;
    private const ulong Gap = 16;
    private const ulong Alone = 32;

    private static readonly Dictionary<int, string> Table = ReadTable();
    private static readonly ulong[]?[] Pages = new ulong[0x1100][];
    private static readonly byte[] AsciiTable = MakeAscii();

    /// <summary>For each ASCII character its folded form, or 0 for a gap.</summary>
    public static ReadOnlySpan<byte> Ascii => AsciiTable;

    /// <summary>Writes the folded form of a character, of at most seven bytes; how many these are.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="output">Room for seven bytes.</param>
    /// <param name="isGap">Whether it stands between words.</param>
    /// <param name="isAlone">Whether it is a word of its own, as an ideograph is.</param>
    public static int Fold(Rune rune, Span<byte> output, out bool isGap, out bool isAlone)
    {
        ref var page = ref Pages[rune.Value >> 8];
        page ??= new ulong[256];
        var entry = page[rune.Value & 0xFF];
        if (entry == 0)
        {
            entry = Work(rune);
            page[rune.Value & 0xFF] = entry;
        }

        isGap = (entry & Gap) != 0;
        isAlone = (entry & Alone) != 0;
        var length = (int)(entry & LengthMask);
        for (var i = 0; i < length; i++)
        {
            output[i] = (byte)(entry >> (8 * (i + 1)));
        }

        return length;
    }

    private static ulong Work(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return Known;
        }

        var isListed = Table.TryGetValue(rune.Value, out var listed);
        if (!isListed && !Rune.IsLetterOrDigit(rune) && category is not (UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.SpacingCombiningMark))
        {
            return Known | Gap;
        }

        Span<byte> bytes = stackalloc byte[8];
        var length = isListed ? Encoding.UTF8.GetBytes(listed, bytes) : Rune.ToLowerInvariant(rune).EncodeToUtf8(bytes);
        var entry = Known | (uint)length | (IsIdeograph(rune.Value) ? Alone : 0);
        for (var i = 0; i < length; i++)
        {
            entry |= (ulong)bytes[i] << (8 * (i + 1));
        }

        return entry;
    }

    /// <summary>Scripts that are written without spaces, a character being about a word: Han, Hiragana, Katakana.</summary>
    private static bool IsIdeograph(int c) => c is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static byte[] MakeAscii()
    {
        var ascii = new byte[128];
        for (var c = 0; c < ascii.Length; c++)
        {
            ascii[c] = char.IsAsciiLetterOrDigit((char)c) ? (byte)char.ToLowerInvariant((char)c) : (byte)0;
        }

        return ascii;
    }

    private static Dictionary<int, string> ReadTable()
    {
        var table = new Dictionary<int, string>();
        using var stream = typeof(LetterFolding).Assembly.GetManifestResourceStream("MuseumXtd.Store.Text.folding.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (!line.StartsWith('#') && space > 0)
            {
                foreach (var letter in line.AsSpan(space + 1).EnumerateRunes())
                {
                    table[letter.Value] = line[..space];
                }
            }
        }

        return table;
    }
}
