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
        var edges = new List<(Resource From, Resource To, Origin Origin)>();
        foreach (var file in files)
        {
            foreach (var (draft, fact) in file.Orders)
            {
                if (fact.Kind == kind)
                {
                    edges.Add((resources[draft], resources[fact.Other!], fact.Origin));
                }
            }
        }

        // What nothing leads to, or what leads nowhere, is in no circle; without it more is so.
        for (var before = -1; before != edges.Count;)
        {
            before = edges.Count;
            var left = edges.Select(e => e.From).ToHashSet();
            var reached = edges.Select(e => e.To).ToHashSet();
            edges.RemoveAll(e => !reached.Contains(e.From) || !left.Contains(e.To));
        }

        return edges.Select(e => kind == FactKind.PartOf
            ? Problems.CircularParts(e.Origin.File, e.Origin.Line, e.Origin.Column, e.From.Name, e.To.Name)
            : Problems.CircularSuccession(e.Origin.File, e.Origin.Line, e.Origin.Column, e.From.Name, e.To.Name));
    }
}
