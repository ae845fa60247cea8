using System.Collections.Immutable;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>Translates <c>$search</c> (Part 2, section 5.1.7): an entity matches a term when one of its texts, in any language, has it.</summary>
internal sealed class SearchTranslation(EntityClass @class, Variable subject, VariableNames names)
{
    private readonly ImmutableArray<Iri> _predicates =
        [.. @class.WithDerived.SelectMany(c => c.Values).Where(v => v.Form is ValueForm.Texts or ValueForm.Localised).Select(v => v.Predicate!).Distinct().OrderBy(p => p.Value, StringComparer.Ordinal)];

    public Expression Translate(QueryNode node) => node switch
    {
        SearchTermNode term => Term(term.Text),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Patterns.Call(Function.And, Translate(and.Left), Translate(and.Right)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Patterns.Call(Function.Or, Translate(or.Left), Translate(or.Right)),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Patterns.Not(Translate(not.Operand)),
        ConvertNode convert => Translate(convert.Source),
        _ => throw ODataRequestException.NotImplemented($"{node.Kind} in $search"),
    };

    private Exists Term(string text)
    {
        var (predicate, value) = (names.Next("p"), names.Next("t"));
        var triples = new BasicGraphPattern([new TriplePattern(subject, predicate, value)]);
        var values = new Values([predicate], [.. _predicates.Select(p => ImmutableArray.Create<Term?>(p))]);
        var contains = Patterns.Call(Function.Contains, Patterns.Call(Function.LCase, Patterns.Call(Function.Str, new VariableExpression(value))), Patterns.Text(text.ToLowerInvariant()));
        return new Exists(new Filter(contains, new Join(values, triples)), Negated: false);
    }
}
