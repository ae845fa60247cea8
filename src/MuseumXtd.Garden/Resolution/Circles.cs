using MuseumXtd.Garden.Recognition;

namespace MuseumXtd.Garden.Resolution;

/// <summary>What is part of itself, or succeeds itself, in the end: "A is part of B" in one note, "B is part of A" in another.</summary>
internal static class Circles
{
    /// <summary>A diagnostic for each statement that is part of a circle.</summary>
    public static IEnumerable<Diagnostic> Of(PublishedFile[] files, IReadOnlyDictionary<Draft, Resource> resources) =>
        Of(FactKind.PartOf, files, resources).Concat(Of(FactKind.Succeeds, files, resources));

    private static IEnumerable<Diagnostic> Of(FactKind kind, PublishedFile[] files, IReadOnlyDictionary<Draft, Resource> resources)
    {
        var edges = new List<Edge>();
        foreach (var file in files)
        {
            foreach (var (draft, fact) in file.Orders)
            {
                if (fact.Kind == kind)
                {
                    edges.Add(new Edge(resources[draft], resources[fact.Other!], fact.Origin));
                }
            }
        }

        // What nothing leads to, or what leads nowhere, is in no circle; without it more is so.
        var alive = Enumerable.Repeat(true, edges.Count).ToArray();
        Peel(edges, alive, e => e.From, e => e.To);
        Peel(edges, alive, e => e.To, e => e.From);
        return edges.Where((_, i) => alive[i]).Select(e => kind == FactKind.PartOf
            ? Problems.CircularParts(e.Origin.File, e.Origin.Line, e.Origin.Column, e.From.Name, e.To.Name)
            : Problems.CircularSuccession(e.Origin.File, e.Origin.Line, e.Origin.Column, e.From.Name, e.To.Name));
    }

    /// <summary>Takes away, one after the other, the edges that begin where no edge ends: each once, however long a chain they make.</summary>
    private static void Peel(List<Edge> edges, bool[] alive, Func<Edge, Resource> from, Func<Edge, Resource> to)
    {
        var ending = new Dictionary<Resource, int>();
        var beginning = new Dictionary<Resource, List<int>>();
        for (var i = 0; i < edges.Count; i++)
        {
            if (alive[i])
            {
                ending[to(edges[i])] = ending.GetValueOrDefault(to(edges[i])) + 1;
                if (!beginning.TryGetValue(from(edges[i]), out var its))
                {
                    beginning.Add(from(edges[i]), its = []);
                }

                its.Add(i);
            }
        }

        var free = new Stack<Resource>(beginning.Keys.Where(r => !ending.ContainsKey(r)));
        while (free.TryPop(out var resource))
        {
            foreach (var i in beginning.GetValueOrDefault(resource) ?? [])
            {
                alive[i] = false;
                if (--ending[to(edges[i])] == 0)
                {
                    free.Push(to(edges[i]));
                }
            }
        }
    }

    /// <summary>That one is part of, or succeeds, the other.</summary>
    private readonly record struct Edge(Resource From, Resource To, Origin Origin);
}
