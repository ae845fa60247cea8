using System.Globalization;
using System.Text;
using CsCheck;

namespace MuseumXtd.Shacl.Tests;

/// <summary>On generated data and shapes the validator finds what the definitions say, no more and no less.</summary>
public sealed class EquivalenceTests
{
    private static readonly string[] Predicates = ["ex:p", "ex:q", "ex:r"];
    private static readonly string[] Classes = ["ex:C", "ex:D", "ex:E"];
    private static readonly string[] Objects =
        ["ex:a", "ex:b", "ex:c", "ex:d", "_:x", "_:y", "1", "2", "7", "\"t\"", "\"long text\"", "\"t\"@en", "\"u\"@EN", "\"t\"@fr", "\"z\"^^xsd:integer"];

    [Fact]
    public void The_validator_agrees_with_the_definitions() => Gen.Int.Sample(Check, iter: 400);

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var (dataText, shapesText) = (Data(random), Shapes(random));
        var data = Validating.Read(dataText, "d.");
        var shapes = Validating.Read(shapesText, "s.");
        using var store = Validating.Store(data);
        var report = Validator.Validate(ShapeSet.Compile(shapes), store.Current, new ValidationOptions());
        const int Namespace = 27;
        var found = report.Results
            .Select(r => $"{r.FocusNode} {r.Component.Value[Namespace..].Replace("ConstraintComponent", "", StringComparison.Ordinal)} {r.Value?.ToString() ?? "-"}")
            .Order(StringComparer.Ordinal);
        var expected = new NaiveValidation(data, shapes).Results();
        Assert.True(found.SequenceEqual(expected), $"{dataText}\n{shapesText}\nexpected\n{string.Join('\n', expected)}\nfound\n{string.Join('\n', found)}");
    }

    private static string Data(Random random)
    {
        var text = new StringBuilder("ex:D rdfs:subClassOf ex:C .\n");
        for (var i = random.Next(4, 25); i > 0; i--)
        {
            var subject = Objects[random.Next(6)];
            text.AppendLine(random.Next(4) == 0
                ? $"{subject} a {Pick(random, Classes)} ."
                : $"{subject} {Pick(random, Predicates)} {Pick(random, Objects)} .");
        }

        return text.ToString();
    }

    private static string Shapes(Random random)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 3; i++)
        {
            var target = random.Next(4) switch
            {
                0 => "sh:targetClass " + Pick(random, Classes),
                1 => "sh:targetSubjectsOf " + Pick(random, Predicates),
                2 => "sh:targetObjectsOf " + Pick(random, Predicates),
                _ => "sh:targetNode ex:a , \"t\"",
            };
            text.Append(CultureInfo.InvariantCulture, $"ex:S{i} {target} ; {Shape(random, 2, random.Next(2) == 0)} .\n");
        }

        return text.ToString();
    }

    /// <summary>The constraints of a shape, each kind at most once.</summary>
    private static string Shape(Random random, int depth, bool isProperty)
    {
        var parts = new HashSet<string>();
        var text = new List<string>();
        if (isProperty)
        {
            text.Add("sh:path " + Path(random, 2));
        }

        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var part = Constraint(random, depth, isProperty);
            if (parts.Add(part[..part.IndexOf(' ', StringComparison.Ordinal)]))
            {
                text.Add(part);
            }
        }

        return string.Join(" ; ", text);
    }

    private static string Constraint(Random random, int depth, bool isProperty)
    {
        switch (random.Next(depth > 0 ? 22 : 14))
        {
            case 0:
                return "sh:class " + Pick(random, Classes);
            case 1:
                return "sh:datatype " + Pick(random, ["xsd:integer", "xsd:string", "rdf:langString"]);
            case 2:
                return "sh:nodeKind " + Pick(random, ["sh:IRI", "sh:Literal", "sh:BlankNode", "sh:BlankNodeOrIRI", "sh:BlankNodeOrLiteral", "sh:IRIOrLiteral"]);
            case 3:
                return "sh:in ( " + string.Join(' ', Objects.Where(o => o[0] != '_' && random.Next(2) == 0)) + " )";
            case 4:
                return "sh:maxLength " + random.Next(1, 24);
            case 5:
                return "sh:hasValue " + Objects[6 + random.Next(Objects.Length - 6)];
            case 6:
                return "sh:equals " + Pick(random, Predicates);
            case 7:
                return "sh:disjoint " + Pick(random, Predicates);
            case 8:
                return "sh:minInclusive " + random.Next(1, 8);
            case 9:
                return "sh:closed true";
            case 10 when isProperty:
                return "sh:minCount " + random.Next(3);
            case 11 when isProperty:
                return "sh:maxCount " + random.Next(3);
            case 12 when isProperty:
                return "sh:uniqueLang true";
            case 14:
                return $"sh:not [ {Inner()} ]";
            case 15:
                return $"sh:and ( [ {Inner()} ] [ {Inner()} ] )";
            case 16:
                return $"sh:or ( [ {Inner()} ] [ {Inner()} ] )";
            case 17:
                return $"sh:xone ( [ {Inner()} ] [ {Inner()} ] )";
            case 18:
                return $"sh:node [ {Inner()} ]";
            case 19:
                return $"sh:property [ {Shape(random, depth - 1, true)} ]";
            case 20 when isProperty:
                return $"sh:qualifiedValueShape [ {Inner()} ] ; sh:qualifiedMinCount {random.Next(3)} ; sh:qualifiedMaxCount {random.Next(3)}";
            default:
                return $"sh:property [ sh:path {Path(random, 1)} ; sh:minCount 1 ]";
        }

        string Inner() => Shape(random, depth - 1, random.Next(2) == 0);
    }

    private static string Path(Random random, int depth) => random.Next(depth > 0 ? 7 : 3) switch
    {
        3 => $"[ sh:inversePath {Path(random, depth - 1)} ]",
        4 => $"( {Path(random, depth - 1)} {Path(random, depth - 1)} )",
        5 => $"[ sh:alternativePath ( {Path(random, depth - 1)} {Path(random, depth - 1)} ) ]",
        6 => $"[ sh:zeroOrMorePath {Path(random, depth - 1)} ]",
        _ => Pick(random, Predicates),
    };

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
