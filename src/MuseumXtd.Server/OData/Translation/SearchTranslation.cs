using Microsoft.OData.UriParser;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>
/// Translates <c>$search</c> (Part 2, section 5.1.7) to searches in the index of words: an entity matches a word or a phrase when one of its
/// texts has it, in any language, whatever its case and accents.
/// </summary>
internal sealed class SearchTranslation(EntityClass @class, Variable subject)
{
    /// <summary>Keeps of a scope what matches.</summary>
    public void Apply(Scope scope, QueryNode node)
    {
        switch (node)
        {
            case ConvertNode convert:
                Apply(scope, convert.Source);
                break;
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and:
                Apply(scope, and.Left);
                Apply(scope, and.Right);
                break;
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not:
                scope.Pattern = new Minus(scope.Pattern, Matching(not.Operand));
                break;
            default:
                scope.Join(Matching(node));
                break;
        }
    }

    private GraphPattern Matching(QueryNode node) => node switch
    {
        SearchTermNode term => new TextSearch(TextQuery.Phrase(term.Text), subject),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Both(and),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => new Distinct(new Project(new Union(Matching(or.Left), Matching(or.Right)), [subject])),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => new Minus(Patterns.Instances(@class, subject), Matching(not.Operand)),
        ConvertNode convert => Matching(convert.Source),
        _ => throw ODataRequestException.NotImplemented($"{node.Kind} in $search"),
    };

    private GraphPattern Both(BinaryOperatorNode and) => and.Right is UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not
        ? new Minus(Matching(and.Left), Matching(not.Operand))
        : new Join(Matching(and.Left), Matching(and.Right));
}
