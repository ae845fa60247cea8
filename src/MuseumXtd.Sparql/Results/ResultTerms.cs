using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Sparql.Results;

/// <summary>Terms from the parts that the syntaxes of results have in common.</summary>
internal static class ResultTerms
{
    public static Literal Literal(string text, string? datatype, string? language, string? direction) =>
        language is { Length: > 0 }
            ? new Literal(text, language, direction switch
            {
                "ltr" => BaseDirection.LeftToRight,
                "rtl" => BaseDirection.RightToLeft,
                _ => BaseDirection.None,
            })
            : datatype is null || datatype == Xsd.String.Value ? new Literal(text) : new Literal(text, new Iri(datatype));

    public static TripleTerm Triple(Term? subject, Term? predicate, Term? @object) =>
        subject is Iri or BlankNode && predicate is Iri verb && @object is not null
            ? new TripleTerm(subject, verb, @object)
            : throw new InvalidDataException("a triple term without a subject, predicate or object that may be one");
}
