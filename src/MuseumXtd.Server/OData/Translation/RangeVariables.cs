using Microsoft.OData.UriParser;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>Which range variables an expression uses that it does not bind itself.</summary>
internal static class RangeVariables
{
    public static HashSet<string> FreeIn(QueryNode? node)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Visit(node, [], found);
        return found;
    }

    private static void Visit(QueryNode? node, HashSet<string> bound, HashSet<string> found)
    {
        switch (node)
        {
            case ResourceRangeVariableReferenceNode range when !bound.Contains(range.Name):
                found.Add(range.Name);
                break;
            case NonResourceRangeVariableReferenceNode range when !bound.Contains(range.Name):
                found.Add(range.Name);
                break;
            case ConvertNode convert:
                Visit(convert.Source, bound, found);
                break;
            case BinaryOperatorNode binary:
                Visit(binary.Left, bound, found);
                Visit(binary.Right, bound, found);
                break;
            case UnaryOperatorNode unary:
                Visit(unary.Operand, bound, found);
                break;
            case SingleValueFunctionCallNode call:
                foreach (var parameter in call.Parameters)
                {
                    Visit(parameter, bound, found);
                }

                break;
            case LambdaNode lambda:
                Visit(lambda.Source, bound, found);
                Visit(lambda.Body, lambda.CurrentRangeVariable is { } own ? [.. bound, own.Name] : bound, found);
                break;
            case InNode test:
                Visit(test.Left, bound, found);
                Visit(test.Right, bound, found);
                break;
            case CountNode count:
                Visit(count.Source, bound, found);
                Visit(count.FilterClause?.Expression, count.FilterClause is { } filter ? [.. bound, filter.RangeVariable.Name] : bound, found);
                break;
            case SingleValuePropertyAccessNode access:
                Visit(access.Source, bound, found);
                break;
            case CollectionPropertyAccessNode access:
                Visit(access.Source, bound, found);
                break;
            case CollectionComplexNode texts:
                Visit(texts.Source, bound, found);
                break;
            case SingleNavigationNode navigation:
                Visit(navigation.Source, bound, found);
                break;
            case CollectionNavigationNode navigation:
                Visit(navigation.Source, bound, found);
                break;
            case SingleResourceCastNode cast:
                Visit(cast.Source, bound, found);
                break;
            case CollectionResourceCastNode cast:
                Visit(cast.Source, bound, found);
                break;
            case SingleValueOpenPropertyAccessNode open:
                Visit(open.Source, bound, found);
                break;
            case ParameterAliasNode alias:
                // What is behind it may speak of anything.
                found.Add(alias.Alias);
                break;
        }
    }
}
