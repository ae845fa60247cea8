using MuseumXtd.Rdf;

namespace MuseumXtd.Shacl.Vocabulary;

/// <summary>Names of the SHACL vocabulary, and of the few others that SHACL relies on.</summary>
internal static class Sh
{
    public const string Namespace = "http://www.w3.org/ns/shacl#";

    public static readonly Iri NodeShape = Name("NodeShape");
    public static readonly Iri PropertyShape = Name("PropertyShape");
    public static readonly Iri TargetNode = Name("targetNode");
    public static readonly Iri TargetClass = Name("targetClass");
    public static readonly Iri TargetSubjectsOf = Name("targetSubjectsOf");
    public static readonly Iri TargetObjectsOf = Name("targetObjectsOf");
    public static readonly Iri Target = Name("target");
    public static readonly Iri SparqlTarget = Name("SPARQLTarget");
    public static readonly Iri SparqlTargetType = Name("SPARQLTargetType");
    public static readonly Iri Path = Name("path");
    public static readonly Iri InversePath = Name("inversePath");
    public static readonly Iri AlternativePath = Name("alternativePath");
    public static readonly Iri ZeroOrMorePath = Name("zeroOrMorePath");
    public static readonly Iri OneOrMorePath = Name("oneOrMorePath");
    public static readonly Iri ZeroOrOnePath = Name("zeroOrOnePath");
    public static readonly Iri Deactivated = Name("deactivated");
    public static readonly Iri Severity = Name("severity");
    public static readonly Iri Message = Name("message");
    public static readonly Iri Entailment = Name("entailment");

    public static readonly Iri Class = Name("class");
    public static readonly Iri Datatype = Name("datatype");
    public static readonly Iri NodeKind = Name("nodeKind");
    public static readonly Iri MinCount = Name("minCount");
    public static readonly Iri MaxCount = Name("maxCount");
    public static readonly Iri MinExclusive = Name("minExclusive");
    public static readonly Iri MinInclusive = Name("minInclusive");
    public static readonly Iri MaxExclusive = Name("maxExclusive");
    public static readonly Iri MaxInclusive = Name("maxInclusive");
    public static readonly Iri MinLength = Name("minLength");
    public static readonly Iri MaxLength = Name("maxLength");
    public static readonly Iri Pattern = Name("pattern");
    public static readonly Iri Flags = Name("flags");
    public static readonly Iri LanguageIn = Name("languageIn");
    public static readonly Iri UniqueLang = Name("uniqueLang");
    public static readonly Iri EqualTo = Name("equals");
    public static readonly Iri Disjoint = Name("disjoint");
    public static readonly Iri LessThan = Name("lessThan");
    public static readonly Iri LessThanOrEquals = Name("lessThanOrEquals");
    public static readonly Iri Not = Name("not");
    public static readonly Iri And = Name("and");
    public static readonly Iri Or = Name("or");
    public static readonly Iri Xone = Name("xone");
    public static readonly Iri Node = Name("node");
    public static readonly Iri Property = Name("property");
    public static readonly Iri QualifiedValueShape = Name("qualifiedValueShape");
    public static readonly Iri QualifiedValueShapesDisjoint = Name("qualifiedValueShapesDisjoint");
    public static readonly Iri QualifiedMinCount = Name("qualifiedMinCount");
    public static readonly Iri QualifiedMaxCount = Name("qualifiedMaxCount");
    public static readonly Iri Closed = Name("closed");
    public static readonly Iri IgnoredProperties = Name("ignoredProperties");
    public static readonly Iri HasValue = Name("hasValue");
    public static readonly Iri In = Name("in");

    public static readonly Iri Sparql = Name("sparql");
    public static readonly Iri Select = Name("select");
    public static readonly Iri Ask = Name("ask");
    public static readonly Iri Prefixes = Name("prefixes");
    public static readonly Iri Declare = Name("declare");
    public static readonly Iri Prefix = Name("prefix");
    public static readonly Iri PrefixNamespace = Name("namespace");
    public static readonly Iri ConstraintComponent = Name("ConstraintComponent");
    public static readonly Iri Parameter = Name("parameter");
    public static readonly Iri Optional = Name("optional");
    public static readonly Iri Validator = Name("validator");
    public static readonly Iri NodeValidator = Name("nodeValidator");
    public static readonly Iri PropertyValidator = Name("propertyValidator");

    public static readonly Iri ValidationReport = Name("ValidationReport");
    public static readonly Iri ValidationResult = Name("ValidationResult");
    public static readonly Iri Conforms = Name("conforms");
    public static readonly Iri Result = Name("result");
    public static readonly Iri FocusNode = Name("focusNode");
    public static readonly Iri ResultPath = Name("resultPath");
    public static readonly Iri Value = Name("value");
    public static readonly Iri SourceShape = Name("sourceShape");
    public static readonly Iri SourceConstraint = Name("sourceConstraint");
    public static readonly Iri SourceConstraintComponent = Name("sourceConstraintComponent");
    public static readonly Iri ResultSeverity = Name("resultSeverity");
    public static readonly Iri ResultMessage = Name("resultMessage");
    public static readonly Iri Violation = Name("Violation");
    public static readonly Iri Warning = Name("Warning");
    public static readonly Iri Info = Name("Info");

    public static readonly Iri RdfsClass = new("http://www.w3.org/2000/01/rdf-schema#Class");
    public static readonly Iri SubClassOf = new("http://www.w3.org/2000/01/rdf-schema#subClassOf");
    public static readonly Iri Imports = new("http://www.w3.org/2002/07/owl#imports");

    public static Iri Name(string local) => new(Namespace + local);
}
