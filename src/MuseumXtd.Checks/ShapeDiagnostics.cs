using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Shacl;
using MuseumXtd.Shacl.Reports;

namespace MuseumXtd.Checks;

/// <summary>Results of validation as diagnostics. The codes are stable: one for each kind of constraint.</summary>
internal static class ShapeDiagnostics
{
    private const string Shacl = "http://www.w3.org/ns/shacl#";
    private static readonly TermNames Names = new(GardenPrefixes.ByPrefix);

    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["MinCount"] = "MXS0101",
        ["MaxCount"] = "MXS0102",
        ["Class"] = "MXS0201",
        ["Datatype"] = "MXS0202",
        ["NodeKind"] = "MXS0203",
        ["MinExclusive"] = "MXS0301",
        ["MinInclusive"] = "MXS0302",
        ["MaxExclusive"] = "MXS0303",
        ["MaxInclusive"] = "MXS0304",
        ["MinLength"] = "MXS0401",
        ["MaxLength"] = "MXS0402",
        ["Pattern"] = "MXS0403",
        ["LanguageIn"] = "MXS0404",
        ["UniqueLang"] = "MXS0405",
        ["Equals"] = "MXS0501",
        ["Disjoint"] = "MXS0502",
        ["LessThan"] = "MXS0503",
        ["LessThanOrEquals"] = "MXS0504",
        ["Not"] = "MXS0601",
        ["And"] = "MXS0602",
        ["Or"] = "MXS0603",
        ["Xone"] = "MXS0604",
        ["Node"] = "MXS0701",
        ["QualifiedMinCount"] = "MXS0702",
        ["QualifiedMaxCount"] = "MXS0703",
        ["Closed"] = "MXS0801",
        ["HasValue"] = "MXS0802",
        ["In"] = "MXS0803",
        ["SPARQL"] = "MXS0901",
    };

    /// <summary>The code of constraints of the shapes' own components.</summary>
    private const string OtherCode = "MXS0902";

    /// <summary>A diagnostic for a result, at the words that say what is wrong.</summary>
    public static Diagnostic Of(ValidationResult result, StatementPlaces places)
    {
        var place = places.Of(result);
        return new Diagnostic(
            place?.File ?? "ontology/" + GardenShapes.FileName,
            place?.Line ?? 0,
            place?.Column ?? 0,
            SeverityOf(result.Severity),
            CodeOf(result.Component),
            Sentence(result, places, "fr", " : "),
            Sentence(result, places, "en", ": "),
            null,
            null);
    }

    /// <summary>The shapes cannot be used.</summary>
    public static Diagnostic Unusable(string reason) => new(
        "ontology/" + GardenShapes.FileName, 0, 0, Severity.Error, "MXS0001",
        $"Les formes ne peuvent pas être évaluées : {reason}", $"The shapes cannot be evaluated: {reason}", null, null);

    private static string CodeOf(Iri component)
    {
        const string Suffix = "ConstraintComponent";
        var name = component.Value;
        return name.StartsWith(Shacl, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
            ? Codes.GetValueOrDefault(name[Shacl.Length..^Suffix.Length], OtherCode)
            : OtherCode;
    }

    private static Severity SeverityOf(Iri severity) => severity.Value switch
    {
        Shacl + "Violation" => Severity.Error,
        Shacl + "Info" => Severity.Information,
        _ => Severity.Warning,
    };

    private static string Sentence(ValidationResult result, StatementPlaces places, string language, string colon)
    {
        var node = places.NameOf(result.FocusNode, language) ?? Names.Of(result.FocusNode);
        var property = result.Path is null ? "" : $", {Names.Of(result.Path)}";
        var value = result.Value is null || result.Value == result.FocusNode ? "" : $" = {places.NameOf(result.Value, language) ?? Names.Of(result.Value)}";
        return node + property + value + colon + result.Message(language);
    }
}
