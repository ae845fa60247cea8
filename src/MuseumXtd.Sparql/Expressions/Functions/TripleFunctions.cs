using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>Functions on triple terms (SPARQL 1.2, section 17.4.7).</summary>
internal static class TripleFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.Triple, FunctionEntry.Ternary(Triple)),
        new(Function.Subject, FunctionEntry.Unary(Subject)),
        new(Function.Predicate, FunctionEntry.Unary(Predicate)),
        new(Function.Object, FunctionEntry.Unary(Object)),
        new(Function.IsTriple, FunctionEntry.Form(1, 1, (a, c) => new KindExpression(a[0], TermKind.TripleTerm, c.Terms))),
    ];

    private static Value Triple(scoped in Value subject, scoped in Value predicate, scoped in Value @object, FunctionScope scope)
    {
        if (subject.Kind is not (ValueKind.Iri or ValueKind.BlankNode) || predicate.Kind != ValueKind.Iri)
        {
            return Value.Error;
        }

        // The parts follow one another in one buffer; only then are they known to stay where they are.
        var parts = scope.Scratch;
        parts.Clear();
        subject.WriteEncoded(parts);
        var subjectEnd = parts.Length;
        predicate.WriteEncoded(parts);
        var predicateEnd = parts.Length;
        @object.WriteEncoded(parts);
        var written = parts.Written;
        EncodedTerm.WriteTriple(written[..subjectEnd], written[subjectEnd..predicateEnd], written[predicateEnd..], scope.Result);
        return Value.Read(scope.Result.Written, default);
    }

    private static Value Subject(scoped in Value triple, FunctionScope scope) =>
        triple.Kind == ValueKind.TripleTerm ? Value.Read(new EncodedTerm(triple.Text).Subject, default) : Value.Error;

    private static Value Predicate(scoped in Value triple, FunctionScope scope) =>
        triple.Kind == ValueKind.TripleTerm ? Value.Read(new EncodedTerm(triple.Text).Predicate, default) : Value.Error;

    private static Value Object(scoped in Value triple, FunctionScope scope) =>
        triple.Kind == ValueKind.TripleTerm ? Value.Read(new EncodedTerm(triple.Text).Object, default) : Value.Error;
}
