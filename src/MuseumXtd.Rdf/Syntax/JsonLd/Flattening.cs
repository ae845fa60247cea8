using System.Globalization;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>Flattening: all nodes of a document side by side (JSON-LD 1.1 API, section 7.1).</summary>
internal static class Flattening
{
    public static List<object?> Flatten(object? expanded)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = 0;
        string Issue(string? label)
        {
            if (label is not null && labels.TryGetValue(label, out var known))
            {
                return known;
            }

            var issued = "_:b" + (count++).ToString(CultureInfo.InvariantCulture);
            if (label is not null)
            {
                labels.Add(label, issued);
            }

            return issued;
        }

        var map = new NodeMap(Issue);
        map.Add(expanded);
        var nodes = map.Graphs[NodeMap.DefaultGraph];
        foreach (var (name, graph) in map.Graphs)
        {
            if (name == NodeMap.DefaultGraph)
            {
                continue;
            }

            if (!nodes.TryGetValue(name, out var node))
            {
                nodes[name] = node = new JsonMap { ["@id"] = name };
            }

            ((JsonMap)node!)["@graph"] = Nodes(graph);
        }

        return Nodes(nodes);
    }

    private static List<object?> Nodes(JsonMap graph) =>
        [.. graph.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => n.Value).Where(n => ((JsonMap)n!).Count > 1)];
}
