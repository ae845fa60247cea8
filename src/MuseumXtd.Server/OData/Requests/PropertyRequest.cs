using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Execution;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>A request for a property of one entity.</summary>
internal sealed record PropertyRequest(PropertyTarget Target, IReadOnlyDictionary<string, SingleValueNode> Aliases)
{
    public static PropertyRequest Of(PropertyTarget target, RequestParser parser, SystemOptions options, ODataLimits limits)
    {
        if (target.Value.IsSingle)
        {
            options.Allow("on a property of one value");
            return new PropertyRequest(target, parser.Aliases);
        }

        if (target.IsCount)
        {
            options.Allow("on $count", "filter");
        }
        else
        {
            options.Allow("on a property", "filter", "orderby", "top", "skip", "count");
        }

        var complexity = new Complexity(limits);
        var filter = parser.Filter();
        complexity.Count(filter?.Expression, "$filter");
        var order = parser.OrderBy();
        complexity.Count(order);
        var selection = new CollectionSelection(target.Class, target.Value, filter, order, parser.Skip() ?? 0, parser.Top(), parser.Count() == true);
        var isAll = selection is { Filter: null, OrderBy: null, Skip: 0, Top: null, Counts: false };
        return new PropertyRequest(isAll ? target : target with { Selection = selection }, parser.Aliases);
    }
}
