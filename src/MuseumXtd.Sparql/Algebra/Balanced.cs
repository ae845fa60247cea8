namespace MuseumXtd.Sparql.Algebra;

/// <summary>What is associative, made so that it has few levels however many parts it has.</summary>
internal static class Balanced
{
    /// <summary>The parts, of which there is one at least, in their order under a tree of operations.</summary>
    public static T Of<T>(List<T> parts, Func<T, T, T> operation)
    {
        return Of(0, parts.Count);

        T Of(int start, int count) => count == 1 ? parts[start] : operation(Of(start, count / 2), Of(start + (count / 2), count - (count / 2)));
    }
}
