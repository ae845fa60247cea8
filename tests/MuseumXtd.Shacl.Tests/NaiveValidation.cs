using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Model;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Shacl.Tests;

/// <summary>SHACL's definitions read off word by word on sets of triples: slow, and with no more in common with the validator than the specification.</summary>
internal sealed class NaiveValidation(Dataset data, Dataset shapes)
{
    private const string Sh = "http://www.w3.org/ns/shacl#";

    /// <summary>All results of all shapes with targets, as text.</summary>
    public List<string> Results() =>
        [.. shapes.Select(q => q.Subject).Distinct().SelectMany(s => Targets(s).Distinct().SelectMany(f => Validate(s, f))).Order(StringComparer.Ordinal)];

    private static string Result(Term focus, string component, Term? value) => $"{focus} {component} {value?.ToString() ?? "-"}";

    private IEnumerable<Term> Targets(Term shape) =>
    [
        .. Of(shape, "targetNode"),
        .. Of(shape, "targetSubjectsOf").SelectMany(p => data.Where(q => q.Predicate == p).Select(q => q.Subject)),
        .. Of(shape, "targetObjectsOf").SelectMany(p => data.Where(q => q.Predicate == p).Select(q => q.Object)),
        .. Of(shape, "targetClass").SelectMany(c => data.Select(q => q.Subject).Where(s => IsA(s, c))),
    ];

    private IEnumerable<Term> Of(Term node, string name) => shapes.Objects(node, new Iri(Sh + name));

    private List<Term> List(Term list) =>
        list == RdfNames.Nil ? [] : [shapes.Objects(list, RdfNames.First).Single(), .. List(shapes.Objects(list, RdfNames.Rest).Single())];

    private bool IsA(Term node, Term type) => data.Objects(node, RdfNames.Type).Any(t => IsBelow(t, type, []));

    private bool IsBelow(Term type, Term above, HashSet<Term> seen) =>
        type == above || (seen.Add(type) && data.Objects(type, new Iri("http://www.w3.org/2000/01/rdf-schema#subClassOf")).Any(t => IsBelow(t, above, seen)));

    private HashSet<Term> Follow(Term path, Term from)
    {
        if (path is Iri iri)
        {
            return [.. data.Objects(from, iri)];
        }

        if (Of(path, "inversePath").FirstOrDefault() is { } inverse)
        {
            return [.. data.Select(q => q.Subject).Concat(data.Select(q => q.Object)).Append(from).Distinct().Where(n => Follow(inverse, n).Contains(from))];
        }

        if (Of(path, "alternativePath").FirstOrDefault() is { } list)
        {
            return [.. List(list).SelectMany(p => Follow(p, from))];
        }

        if (Of(path, "zeroOrMorePath").FirstOrDefault() is { } star)
        {
            HashSet<Term> reached = [from];
            while (reached.SelectMany(n => Follow(star, n)).ToList() is var next && next.Any(n => !reached.Contains(n)))
            {
                reached.UnionWith(next);
            }

            return reached;
        }

        return List(path).Aggregate(new HashSet<Term> { from }, (nodes, step) => [.. nodes.SelectMany(n => Follow(step, n))]);
    }

    private bool Conforms(Term shape, Term node) => Validate(shape, node).Count == 0;

    private List<string> Validate(Term shape, Term focus)
    {
        var results = new List<string>();
        var values = Of(shape, "path").FirstOrDefault() is { } path ? Follow(path, focus) : [focus];
        ForEach("class", (v, c) => IsA(v, c), "Class");
        ForEach("datatype", (v, d) => v is Literal l && l.Datatype == d && !(d == Xsd.Integer && !l.LexicalForm.All(char.IsAsciiDigit)), "Datatype");
        ForEach("nodeKind", (v, k) => ((Iri)k).Value[Sh.Length..].Contains(v switch { Iri => "IRI", BlankNode => "BlankNode", _ => "Literal" }, StringComparison.Ordinal), "NodeKind");
        ForEach("in", (v, l) => List(l).Contains(v), "In");
        ForEach("maxLength", (v, n) => v switch { Iri i => i.Value.Length, Literal l => l.LexicalForm.Length, _ => int.MaxValue } <= Number(n), "MaxLength");
        ForEach("not", (v, s) => !Conforms(s, v), "Not");
        ForEach("and", (v, l) => List(l).TrueForAll(s => Conforms(s, v)), "And");
        ForEach("or", (v, l) => List(l).Exists(s => Conforms(s, v)), "Or");
        ForEach("xone", (v, l) => List(l).Count(s => Conforms(s, v)) == 1, "Xone");
        ForEach("node", (v, s) => Conforms(s, v), "Node");
        ForEach("disjoint", (v, p) => !data.Objects(focus, (Iri)p).Contains(v), "Disjoint");
        ForEach("minInclusive", (v, n) => v is Literal l && l.Datatype == Xsd.Integer && l.LexicalForm.All(char.IsAsciiDigit) && Number(l) >= Number(n), "MinInclusive");
        Once("minCount", n => values.Count >= Number(n), "MinCount");
        Once("maxCount", n => values.Count <= Number(n), "MaxCount");
        Once("hasValue", values.Contains, "HasValue");
        foreach (var p in Of(shape, "equals"))
        {
            var others = data.Objects(focus, (Iri)p).ToHashSet();
            results.AddRange(values.Except(others).Concat(others.Except(values)).Select(v => Result(focus, "Equals", v)));
        }

        foreach (var q in Of(shape, "qualifiedValueShape"))
        {
            Once("qualifiedMinCount", n => values.Count(v => Conforms(q, v)) >= Number(n), "QualifiedMinCount");
            Once("qualifiedMaxCount", n => values.Count(v => Conforms(q, v)) <= Number(n), "QualifiedMaxCount");
        }

        if (Of(shape, "uniqueLang").Any())
        {
            var tags = values.OfType<Literal>().Where(l => l.Language is not null).GroupBy(l => l.Language!, StringComparer.OrdinalIgnoreCase);
            results.AddRange(tags.Where(g => g.Count() > 1).Select(_ => Result(focus, "UniqueLang", null)));
        }

        if (Of(shape, "closed").Any())
        {
            var allowed = Of(shape, "property").SelectMany(p => Of(p, "path")).ToHashSet();
            results.AddRange(values.SelectMany(v => data.Where(q => q.Subject == v && !allowed.Contains(q.Predicate))).Select(q => Result(focus, "Closed", q.Object)));
        }

        foreach (var property in Of(shape, "property"))
        {
            results.AddRange(values.SelectMany(v => Validate(property, v)));
        }

        return results;

        void ForEach(string parameter, Func<Term, Term, bool> allows, string component)
        {
            foreach (var argument in Of(shape, parameter))
            {
                results.AddRange(values.Where(v => !allows(v, argument)).Select(v => Result(focus, component, v)));
            }
        }

        void Once(string parameter, Func<Term, bool> allows, string component)
        {
            results.AddRange(Of(shape, parameter).Where(a => !allows(a)).Select(_ => Result(focus, component, null)));
        }
    }

    private static int Number(Term number) => int.Parse(((Literal)number).LexicalForm, System.Globalization.CultureInfo.InvariantCulture);
}
