namespace MuseumXtd.Server.Operations;

/// <summary>How often something took how long, by upper bounds in seconds.</summary>
internal sealed class Durations
{
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private readonly Lock _adding = new();
    private double _sum;

    /// <summary>The bounds, in seconds.</summary>
    public static ReadOnlySpan<double> Bounds => [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>Counts one.</summary>
    public void Add(double seconds)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket])
        {
            bucket++;
        }

        lock (_adding)
        {
            _counts[bucket]++;
            _sum += seconds;
        }
    }

    /// <summary>How many took at most as long as each bound, then all; and their sum.</summary>
    public (long[] Cumulative, double Sum) Read()
    {
        lock (_adding)
        {
            var cumulative = new long[_counts.Length];
            long total = 0;
            for (var i = 0; i < _counts.Length; i++)
            {
                cumulative[i] = total += _counts[i];
            }

            return (cumulative, _sum);
        }
    }
}
