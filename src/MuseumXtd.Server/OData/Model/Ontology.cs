using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Server.OData.Model;

/// <summary>A class of the ontology.</summary>
/// <param name="Iri">Its name.</param>
/// <param name="Parents">The classes of the ontology that it is a subclass of.</param>
/// <param name="Folder">What the IRIs of its instances begin with where the ontology names some, or null.</param>
internal sealed record OntologyClass(Iri Iri, ImmutableArray<Iri> Parents, string? Folder);

/// <summary>A property of the ontology.</summary>
/// <param name="Iri">Its name.</param>
/// <param name="IsLink">Whether its values are resources.</param>
/// <param name="Domain">The classes that have it; none for all.</param>
/// <param name="Range">The classes of a link's targets, or the datatype.</param>
/// <param name="Inverse">The property that states the same from the other end.</param>
/// <param name="IsStated">Whether the graph states this one; else only the inverse.</param>
internal sealed record OntologyProperty(Iri Iri, bool IsLink, ImmutableArray<Iri> Domain, ImmutableArray<Iri> Range, Iri? Inverse, bool IsStated);

/// <summary>Classes, properties and cardinalities, as the ontology and its shapes have them; the data is not asked.</summary>
internal sealed class Ontology
{
    private readonly OntologyFiles _files;
    private readonly HashSet<(string Class, string Property)> _single = [];
    private readonly HashSet<string> _functional;
    private readonly HashSet<string> _onePerLanguage;

    public Ontology(OntologyFiles files)
    {
        _files = files;
        var ontology = files.Instances(OntologyFiles.Owl + "Ontology").FirstOrDefault();
        Prefix = (ontology is null ? null : files.Text(ontology, OntologyFiles.Vann + "preferredNamespacePrefix", "")) ?? "data";
        var names = files.Instances(OntologyFiles.Owl + "Class").Where(c => LocalName(c).Length > 0).ToList();
        var known = names.ToHashSet();
        Classes = [.. names.Select(c => new OntologyClass(
            c,
            [.. files.Links(c, OntologyFiles.Rdfs + "subClassOf").Where(p => known.Contains(p) && p != c).OrderBy(p => p.Value, StringComparer.Ordinal)],
            FolderOf(c)))];
        _functional = [.. files.Instances(OntologyFiles.Owl + "FunctionalProperty").Select(p => p.Value)];
        _onePerLanguage = [.. files.With(OntologyFiles.Shacl + "uniqueLang").SelectMany(q => files.Links(q.Subject, OntologyFiles.Shacl + "path")).Select(p => p.Value)];
        ReadCardinalities();
        Properties = [.. files.Instances(OntologyFiles.Owl + "DatatypeProperty").Select(p => PropertyOf(p, isLink: false, known))
            .Concat(files.Instances(OntologyFiles.Owl + "ObjectProperty").Select(p => PropertyOf(p, isLink: true, known)))];
    }

    /// <summary>The namespace of the entity model.</summary>
    public string Prefix { get; }

    public ImmutableArray<OntologyClass> Classes { get; }

    public ImmutableArray<OntologyProperty> Properties { get; }

    /// <summary>What comes after the last <c>#</c> or <c>/</c>.</summary>
    public static string LocalName(Iri iri) => iri.Value[(iri.Value.LastIndexOfAny(['#', '/']) + 1)..];

    /// <summary>Whether an instance of a class has one value at most.</summary>
    public bool IsSingle(Iri? type, Iri property) => _functional.Contains(property.Value) || (type is not null && _single.Contains((type.Value, property.Value)));

    /// <summary>Whether there is one text a language.</summary>
    public bool IsOnePerLanguage(Iri property) => _onePerLanguage.Contains(property.Value) || _functional.Contains(property.Value);

    public string? Definition(Term of, string language) =>
        _files.Text(of, OntologyFiles.Skos + "definition", language) ?? _files.Text(of, OntologyFiles.Rdfs + "comment", language);

    public string? Label(Term of, string language) => _files.Text(of, OntologyFiles.Rdfs + "label", language);

    /// <summary>
    /// The predicate that instances of a class use for a property: its own or, where the instances that the ontology itself has use only a
    /// close match of it, as concepts do with <c>skos:prefLabel</c>, that one.
    /// </summary>
    public Iri PredicateFor(Iri type, Iri property)
    {
        var instances = _files.Subjects(RdfNames.Type.Value, type).ToList();
        return instances.Count == 0 || instances.Any(i => _files.Objects(i, property.Value).Any())
            ? property
            : _files.Links(property, OntologyFiles.Skos + "closeMatch").Concat(_files.Links(property, OntologyFiles.Rdfs + "subPropertyOf"))
                .OrderBy(p => p.Value, StringComparer.Ordinal)
                .FirstOrDefault(p => instances.Exists(i => _files.Objects(i, p.Value).Any())) ?? property;
    }

    private void ReadCardinalities()
    {
        foreach (var quad in _files.With(OntologyFiles.Shacl + "maxCount").Where(q => q.Object is Literal { LexicalForm: "1" }))
        {
            foreach (var path in _files.Links(quad.Subject, OntologyFiles.Shacl + "path"))
            {
                foreach (var type in _files.Subjects(OntologyFiles.Shacl + "property", quad.Subject).SelectMany(s => _files.Links(s, OntologyFiles.Shacl + "targetClass")))
                {
                    _single.Add((type.Value, path.Value));
                }
            }
        }

        foreach (var quad in _files.With(OntologyFiles.Owl + "maxCardinality").Concat(_files.With(OntologyFiles.Owl + "cardinality")).Where(q => q.Object is Literal { LexicalForm: "1" }))
        {
            foreach (var path in _files.Links(quad.Subject, OntologyFiles.Owl + "onProperty"))
            {
                foreach (var type in _files.Subjects(OntologyFiles.Rdfs + "subClassOf", quad.Subject).OfType<Iri>())
                {
                    _single.Add((type.Value, path.Value));
                }
            }
        }
    }

    private OntologyProperty PropertyOf(Iri property, bool isLink, HashSet<Iri> classes)
    {
        var inverse = _files.Links(property, OntologyFiles.Owl + "inverseOf").FirstOrDefault();
        var stated = inverse is null;
        inverse ??= _files.Subjects(OntologyFiles.Owl + "inverseOf", property).OfType<Iri>().OrderBy(p => p.Value, StringComparer.Ordinal).FirstOrDefault();
        if (_files.IsA(property, OntologyFiles.Owl + "SymmetricProperty"))
        {
            inverse = property;
        }

        var range = Named(property, "range", "rangeIncludes");
        return new OntologyProperty(
            property,
            isLink,
            [.. Named(property, "domain", "domainIncludes").Where(classes.Contains)],
            [.. isLink ? range.Where(classes.Contains) : range],
            isLink ? inverse : null,
            stated);
    }

    private IEnumerable<Iri> Named(Iri property, string one, string several) =>
        _files.Links(property, OntologyFiles.Rdfs + one).Concat(_files.Links(property, OntologyFiles.Schema + several)).Distinct().OrderBy(i => i.Value, StringComparer.Ordinal);

    private string? FolderOf(Iri type)
    {
        var folders = _files.Subjects(RdfNames.Type.Value, type).OfType<Iri>().Select(i => i.Value[..(i.Value.LastIndexOf('/') + 1)]).Distinct().ToList();
        return folders.Count == 1 ? folders[0] : null;
    }
}
