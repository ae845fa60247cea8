namespace MuseumXtd.Sparql.Execution;

/// <summary>What sorted runs of different ids have in common.</summary>
internal static class SortedIds
{
    /// <summary>How much longer one run must be for leaps through it to pay.</summary>
    private const int FarLonger = 16;

    /// <summary>Writes the common ids in order; the output may not be longer than the shorter run.</summary>
    public static int Common(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, Span<uint> output)
    {
        if (a.Length > b.Length)
        {
            return Common(b, a, output);
        }

        var count = 0;
        if (b.Length / FarLonger > a.Length)
        {
            var from = 0;
            foreach (var id in a)
            {
                from = Leap(b, from, id);
                if (from == b.Length)
                {
                    break;
                }

                if (b[from] == id)
                {
                    output[count++] = id;
                }
            }

            return count;
        }

        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i], b[j]);
            if (x == y)
            {
                output[count++] = x;
            }

            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return count;
    }

    /// <summary>How many ids are common.</summary>
    public static int CountCommon(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        if (a.Length > b.Length)
        {
            return CountCommon(b, a);
        }

        var count = 0;
        if (b.Length / FarLonger > a.Length)
        {
            var from = 0;
            foreach (var id in a)
            {
                from = Leap(b, from, id);
                if (from == b.Length)
                {
                    break;
                }

                count += b[from] == id ? 1 : 0;
            }

            return count;
        }

        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i], b[j]);
            count += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return count;
    }

    /// <summary>The first place from a start on whose id is not below the given one: in steps that double, then halving.</summary>
    public static int Leap(ReadOnlySpan<uint> ids, int from, uint id)
    {
        if (from >= ids.Length || ids[from] >= id)
        {
            return from;
        }

        var step = 1;
        while (from + step < ids.Length && ids[from + step] < id)
        {
            from += step;
            step *= 2;
        }

        var end = Math.Min(from + step, ids.Length);
        while (end - from > 1)
        {
            var middle = (from + end) >>> 1;
            if (ids[middle] < id)
            {
                from = middle;
            }
            else
            {
                end = middle;
            }
        }

        return end;
    }
}
