using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;

namespace MuseumXtd.Garden.Projection;

/// <summary>What follows for one resource: it stays while the drafts, and the names of what they tell of, stay.</summary>
internal sealed class ResourceProjection
{
    private readonly IReadOnlyList<Draft> _drafts;
    private readonly ResourceName _name;
    private readonly ResourceName[] _others;

    private ResourceProjection(Resource resource, ResourceName[] others, GraphPart derived, IReadOnlyList<Diagnostic> diagnostics)
    {
        _drafts = resource.Drafts;
        _name = ResourceName.Of(resource);
        _others = others;
        Derived = derived;
        Diagnostics = diagnostics;
    }

    public GraphPart Derived { get; }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    public static ResourceProjection Of(Resource resource, IReadOnlyDictionary<Draft, Resource> resources, string baseIri)
    {
        var diagnostics = new List<Diagnostic>();
        var statements = DerivedStatements.Of(resource, resources, baseIri, diagnostics);
        var others = Others(resource).Select(d => ResourceName.Of(resources[d])).ToArray();
        return new ResourceProjection(resource, others, statements.Count == 0 ? GraphPart.Empty : GraphPart.Create(statements), diagnostics);
    }

    public bool Fits(Resource resource, IReadOnlyDictionary<Draft, Resource> resources)
    {
        if (_name != ResourceName.Of(resource) || _drafts.Count != resource.Drafts.Count)
        {
            return false;
        }

        for (var i = 0; i < _drafts.Count; i++)
        {
            if (!ReferenceEquals(_drafts[i], resource.Drafts[i]))
            {
                return false;
            }
        }

        var at = 0;
        foreach (var other in Others(resource))
        {
            if (_others[at++] != ResourceName.Of(resources[other]))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<Draft> Others(Resource resource)
    {
        foreach (var draft in resource.Drafts)
        {
            foreach (var fact in draft.Facts)
            {
                if (fact.Other is { } other)
                {
                    yield return other;
                }
            }
        }
    }
}
