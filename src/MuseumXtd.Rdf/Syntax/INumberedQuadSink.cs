namespace MuseumXtd.Rdf.Syntax;

/// <summary>
/// A sink that knows terms by numbers: who has terms with many statements each asks for the number of a term once, and not in every
/// statement.
/// </summary>
public interface INumberedQuadSink : IQuadSink
{
    /// <summary>The number of an encoded term; it stays the same as long as the sink takes statements.</summary>
    uint NumberOf(ReadOnlySpan<byte> term);

    /// <summary>The numbers of some encoded terms; a sink may find them sooner together than one by one.</summary>
    /// <param name="terms">The terms, one behind the other.</param>
    /// <param name="ends">Where each of them ends.</param>
    /// <param name="numbers">Takes the number of each.</param>
    void NumbersOf(ReadOnlySpan<byte> terms, ReadOnlySpan<int> ends, Span<uint> numbers)
    {
        for (var (i, start) = (0, 0); i < ends.Length; start = ends[i++])
        {
            numbers[i] = NumberOf(terms[start..ends[i]]);
        }
    }

    /// <summary>Names the graph of the statements of numbers that follow: an encoded IRI or blank node, or empty for the default graph.</summary>
    void BeginGraph(ReadOnlySpan<byte> graph);

    /// <summary>One statement of numbers that this sink gave.</summary>
    /// <param name="subject">An IRI or blank node.</param>
    /// <param name="predicate">An IRI.</param>
    /// <param name="object">Any term.</param>
    void Quad(uint subject, uint predicate, uint @object);
}
