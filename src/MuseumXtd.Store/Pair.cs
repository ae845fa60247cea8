namespace MuseumXtd.Store;

/// <summary>Two ids in one word that sorts as they do.</summary>
internal static class Pair
{
    private const int InsertionLimit = 24;

    public static ulong Of(uint first, uint second) => ((ulong)first << 32) | second;

    public static uint First(ulong pair) => (uint)(pair >> 32);

    public static uint Second(ulong pair) => (uint)pair;

    /// <summary>Most rows with one subject are few: those are put in order in place, without a call.</summary>
    public static void Sort(Span<ulong> pairs)
    {
        if (pairs.Length > InsertionLimit)
        {
            pairs.Sort();
            return;
        }

        for (var i = 1; i < pairs.Length; i++)
        {
            var pair = pairs[i];
            var at = i;
            for (; at > 0 && pairs[at - 1] > pair; at--)
            {
                pairs[at] = pairs[at - 1];
            }

            pairs[at] = pair;
        }
    }
}
