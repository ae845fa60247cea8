using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>Conditions that are patterns themselves: a key or a value that equals a constant is looked up, not compared.</summary>
internal sealed class ConstraintTranslation(ExpressionTranslation expressions, PropertyTranslation properties, Scope scope)
{
    private static readonly System.Buffers.SearchValues<char> NotInIris = System.Buffers.SearchValues.Create(" <>\"{}|^`\\\n\r\t");

    /// <summary>Adds a condition to the pattern where it can be; else it is for the filter.</summary>
    public bool TryTranslate(QueryNode node)
    {
        switch (node)
        {
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Equal } equal when Constants.Find(equal.Right) is { Value: { } value }:
                return TryEqual(equal.Left, [value]);
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Equal } equal when Constants.Find(equal.Left) is { Value: { } value }:
                return TryEqual(equal.Right, [value]);
            case InNode { Right: CollectionConstantNode list } test when list.Collection.Count > 0 && list.Collection.All(c => c.Value is not null):
                return TryEqual(test.Left, [.. list.Collection.Select(c => c.Value)]);
            default:
                return false;
        }
    }

    private bool TryEqual(QueryNode node, IReadOnlyList<object> values)
    {
        if (node is ConvertNode convert)
        {
            return TryEqual(convert.Source, values);
        }

        if (node is not SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode source } access || source.TypeReference is not Microsoft.OData.Edm.IEdmEntityTypeReference)
        {
            return false;
        }

        var of = expressions.Resource(source);
        if (of.Scope != scope || of.Trail is not null)
        {
            return false;
        }

        var value = of.Class.Value(access.Property.Name);
        if (value.Form is ValueForm.Id or ValueForm.Iri)
        {
            return values.All(v => v is string) && Restrict(of.Variable, values.Cast<string>().SelectMany(v => Resources(v, value.Form, of.Class)));
        }

        if (value.Form != ValueForm.Plain || !value.IsSingle || value.Predicate is null || !properties.View.Facts(value.Predicate).IsOnePerSubject)
        {
            return false;
        }

        // Equal terms are equal values, and the reverse where all values are of the one kind whose form is canonical.
        var facts = properties.View.Facts(value.Predicate);
        var isExact = facts.Subjects == 0
            || (facts.AreAll(TermTag.String) && values.All(v => v is string))
            || (facts.AreAll(TermTag.InlineInteger) && values.All(v => v is sbyte or byte or short or int or long));
        if (!isExact)
        {
            return false;
        }

        if (values.Count == 1)
        {
            scope.Join(Patterns.Triple(of.Variable, value.Predicate, new ConstantTerm(Constants.LiteralOf(values[0]))));
            return true;
        }

        var bound = scope.Names.Next("v");
        scope.Join(new Join(
            new Values([bound], [.. values.Select(v => (Term)Constants.LiteralOf(v)).Distinct().Select(v => ImmutableArray.Create<Term?>(v))]),
            Patterns.Triple(of.Variable, value.Predicate, bound)));
        return true;
    }

    /// <summary>The resources whose key, in whichever class below this one, or whose IRI a text is.</summary>
    private IEnumerable<string> Resources(string text, ValueForm form, EntityClass of)
    {
        if (form == ValueForm.Iri)
        {
            return [text];
        }

        var keys = properties.View.Model.Keys;
        return of.WithDerived.Select(c => keys.IriOf(text, c)).Distinct().Where(iri => of.WithDerived.Any(c => keys.KeyOf(iri, c) == text));
    }

    private bool Restrict(Variable variable, IEnumerable<string> iris)
    {
        scope.Join(new Values([variable], [.. iris.Distinct().Where(IsIri).Select(i => ImmutableArray.Create<Term?>(EntityKeys.TermOf(i)))]));
        return true;
    }

    /// <summary>Whether a text can be an IRI at all: others are no resource's.</summary>
    private static bool IsIri(string text) => text.Length > 0 && !text.AsSpan().ContainsAny(NotInIris);
}
