using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Execution;
using MuseumXtd.Server.OData.Model;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>A request for one entity.</summary>
internal sealed record EntityRequest(EntityTarget Target, EntityShape Shape, ImmutableArray<ComputeExpression> Computed, IReadOnlyDictionary<string, SingleValueNode> Aliases)
{
    public static EntityRequest Of(EntityTarget target, RequestParser parser, SystemOptions options, EntityModel model, ODataLimits limits)
    {
        var complexity = new Complexity(limits);
        var compute = parser.Compute();
        complexity.Count(compute);
        var clause = parser.SelectAndExpand();
        complexity.Count(clause);
        return new EntityRequest(target, new ShapeReader(model, limits).Read(clause, target.Class, compute, options["expand"]), [.. compute?.ComputedItems ?? []], parser.Aliases);
    }
}
