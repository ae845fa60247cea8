using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>Statements that can be written in the order of sorted documents without being collected first.</summary>
internal interface IOrderedStatements : IStatementSet
{
    /// <summary>What all of their subjects begin with, encoded, and no subject of other parts of their graph.</summary>
    byte[] SubjectPrefix();

    /// <summary>Writes them as quads of a graph; several threads may do so at a time.</summary>
    void WriteOrderedTo(IQuadSink sink, ReadOnlySpan<byte> graph);
}
