namespace MuseumXtd.Garden;

/// <summary>What a part of a graph says of one subject.</summary>
/// <param name="Part">The part.</param>
/// <param name="First">The first row.</param>
/// <param name="End">The row behind the last.</param>
internal readonly record struct SubjectRows(GraphPart Part, int First, int End)
{
    public ReadOnlySpan<byte> Subject => Part.Subject(First);

    public int Count => End - First;
}
