using MuseumXtd.Rdf;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.Protocol;

/// <summary>Makes an update one of a single named graph.</summary>
internal static class GraphPatch
{
    /// <summary>The same operations with a graph in the place of the default graph.</summary>
    public static UpdateRequest Scope(UpdateRequest request, Iri graph)
    {
        var name = new ConstantTerm(graph);
        return request with { Operations = [.. request.Operations.Select(Scoped)] };

        UpdateOperation Scoped(UpdateOperation operation) => operation switch
        {
            InsertData insert => new InsertData([.. insert.Quads.Select(In)]),
            DeleteData delete => new DeleteData([.. delete.Quads.Select(In)]),
            Modify modify => modify with { With = modify.With ?? graph },
            Clear { Target.Kind: GraphTargetKind.Default } clear => clear with { Target = new GraphTarget(GraphTargetKind.Graph, graph) },
            _ => throw new UpdateException("A patch of a graph is made of INSERT, DELETE and CLEAR DEFAULT."),
        };

        QuadPattern In(QuadPattern quad) => quad with { Graph = quad.Graph ?? name };
    }
}
