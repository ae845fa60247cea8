namespace MuseumXtd.Garden;

/// <summary>Statements without duplicates that never change: a part of a graph, or what one is made of when it is asked for.</summary>
internal interface IStatementSet
{
    /// <summary>The number of statements.</summary>
    int Count { get; }

    /// <summary>The statements, the same each time.</summary>
    GraphPart Part();
}
