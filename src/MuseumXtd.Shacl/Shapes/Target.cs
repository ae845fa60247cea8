using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Queries;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Shapes;

/// <summary>Which nodes a shape is for (SHACL, section 2.1.3).</summary>
internal abstract class Target
{
    /// <summary>Adds the focus nodes.</summary>
    public abstract void Collect(Validation validation, HashSet<uint> nodes);
}

/// <summary><c>sh:targetNode</c>: a node, in the data or not.</summary>
internal sealed class NodeTarget(int node) : Target
{
    /// <inheritdoc/>
    public override void Collect(Validation validation, HashSet<uint> nodes) => nodes.Add(validation.Id(node).Value);
}

/// <summary><c>sh:targetClass</c> and implicit class targets: the instances of a class.</summary>
internal sealed class ClassTarget(int type) : Target
{
    /// <inheritdoc/>
    public override void Collect(Validation validation, HashSet<uint> nodes)
    {
        foreach (var subclass in validation.SubclassesOf(type))
        {
            foreach (var instance in validation.Data.Range(TripleOrder.Pos, validation.RdfType, new TermId(subclass)).Third)
            {
                nodes.Add(instance);
            }
        }
    }
}

/// <summary><c>sh:targetSubjectsOf</c></summary>
internal sealed class SubjectsTarget(int predicate) : Target
{
    /// <inheritdoc/>
    public override void Collect(Validation validation, HashSet<uint> nodes)
    {
        foreach (var subject in validation.Data.Range(TripleOrder.Pso, validation.Id(predicate)).Second)
        {
            nodes.Add(subject);
        }
    }
}

/// <summary><c>sh:targetObjectsOf</c></summary>
internal sealed class ObjectsTarget(int predicate) : Target
{
    /// <inheritdoc/>
    public override void Collect(Validation validation, HashSet<uint> nodes)
    {
        foreach (var node in validation.Data.Range(TripleOrder.Pos, validation.Id(predicate)).Second)
        {
            nodes.Add(node);
        }
    }
}

/// <summary><c>sh:SPARQLTarget</c> and targets of a <c>sh:SPARQLTargetType</c> (SHACL Advanced Features, section 3): what a query binds to <c>?this</c>.</summary>
internal sealed class QueryTarget(PreparedQuery query, IReadOnlyList<(string Variable, Term Value)> parameters) : Target
{
    /// <inheritdoc/>
    public override void Collect(Validation validation, HashSet<uint> nodes) =>
        query.Run(validation, null, parameters, [], (_, _, solution) =>
        {
            if (solution["this"] is { IsBound: true } node)
            {
                nodes.Add(node.Value);
            }
        });
}
