using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Triples and paths read so far that belong to one basic graph pattern or stand between two.</summary>
internal sealed class TriplesBlock(bool allowPaths)
{
    // None of them is empty.
    private readonly List<GraphPattern> _others = [];

    public bool AllowPaths { get; } = allowPaths;

    public List<TriplePattern> Triples { get; } = [];

    public void Add(TriplePattern triple) => Triples.Add(triple);

    public void Add(GraphPattern pattern) => _others.Add(pattern);

    public GraphPattern ToPattern() =>
        PatternParser.Joined(Triples.Count == 0 ? _others : [new BasicGraphPattern([.. Triples]), .. _others]);
}
