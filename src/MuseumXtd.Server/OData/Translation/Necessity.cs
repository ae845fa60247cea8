using Microsoft.OData.UriParser;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>Finds the paths without whose value a condition is never true.</summary>
internal static class Necessity
{
    private static readonly HashSet<string> Tests = new(StringComparer.OrdinalIgnoreCase) { "contains", "startswith", "endswith", "matchesPattern" };

    /// <summary>Adds to a scope the paths of its own that a condition needs.</summary>
    public static void Collect(QueryNode condition, Scope scope, IReadOnlyDictionary<string, ResourceReference> resources)
    {
        foreach (var (path, resource) in Needed(condition, resources))
        {
            if (resource.Scope != scope || resource.Trail is not null)
            {
                continue;
            }

            // A path is needed with all its steps.
            for (var end = path.IndexOf('/', resource.Path.Length + 1); end > 0; end = path.IndexOf('/', end + 1))
            {
                scope.Required.Add(path[..end]);
            }

            scope.Required.Add(path);
        }
    }

    /// <summary>Whether all that a condition speaks of is needed anyway.</summary>
    public static bool IsMet(QueryNode condition, Scope scope, IReadOnlyDictionary<string, ResourceReference> resources) =>
        Needed(condition, resources) is var needed && needed.Count > 0 && needed.All(n => scope.Required.Contains(n.Path));

    /// <summary>The path of a resource, where it has one.</summary>
    public static (string Path, ResourceReference Resource)? PathOf(QueryNode node, IReadOnlyDictionary<string, ResourceReference> resources) => node switch
    {
        ConvertNode convert => PathOf(convert.Source, resources),
        ResourceRangeVariableReferenceNode range when resources.TryGetValue(range.Name, out var resource) => (resource.Path, resource),
        SingleNavigationNode navigation when PathOf(navigation.Source, resources) is { } from => (from.Path + "/" + navigation.NavigationProperty.Name, from.Resource),
        SingleValuePropertyAccessNode access when PathOf(access.Source, resources) is { } from => (from.Path + "/" + access.Property.Name, from.Resource),
        _ => null,
    };

    private static HashSet<(string Path, ResourceReference Resource)> Needed(QueryNode node, IReadOnlyDictionary<string, ResourceReference> resources)
    {
        switch (node)
        {
            case ConvertNode convert:
                return Needed(convert.Source, resources);
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and:
                return [.. Needed(and.Left, resources), .. Needed(and.Right, resources)];
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or:
                return [.. Needed(or.Left, resources).Intersect(Needed(or.Right, resources))];
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Equal or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } comparison
                when Constants.Find(comparison.Left) is { Value: not null } || Constants.Find(comparison.Right) is { Value: not null }:
                return [.. Single(comparison.Left), .. Single(comparison.Right)];
            case SingleValueFunctionCallNode call when Tests.Contains(call.Name):
                return [.. call.Parameters.SelectMany(Single)];
            default:
                return [];
        }

        IEnumerable<(string, ResourceReference)> Single(QueryNode operand) => operand switch
        {
            ConvertNode convert => Single(convert.Source),
            SingleValuePropertyAccessNode when PathOf(operand, resources) is { } path => [path],
            SingleValueFunctionCallNode { Name: "tolower" or "toupper" or "trim" or "length" or "year" or "month" or "day" } call => call.Parameters.SelectMany(Single),
            _ => [],
        };
    }
}
