using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace MuseumXtd.Server.OData.Requests;

/// <summary>Counts what a request asks for and refuses what is too much, in every option alike.</summary>
internal sealed class Complexity(ODataLimits limits)
{
    private int _nodes;
    private int _expansions;

    public void Count(ApplyClause? apply)
    {
        foreach (var transformation in apply?.Transformations ?? [])
        {
            switch (transformation)
            {
                case FilterTransformationNode filter:
                    Count(filter.FilterClause.Expression, "$apply");
                    break;
                case ComputeTransformationNode compute:
                    foreach (var item in compute.Expressions)
                    {
                        Count(item.Expression, "$apply");
                    }

                    break;
                case AggregateTransformationNode aggregate:
                    Count(aggregate);
                    break;
                case GroupByTransformationNode groupBy:
                    Add(groupBy.GroupingProperties.Count(), "$apply");
                    if (groupBy.ChildTransformations is AggregateTransformationNode child)
                    {
                        Count(child);
                    }

                    break;
            }
        }
    }

    public void Count(ComputeClause? compute)
    {
        foreach (var item in compute?.ComputedItems ?? [])
        {
            Count(item.Expression, "$compute");
        }
    }

    public void Count(OrderByClause? order)
    {
        var keys = 0;
        for (; order is not null; order = order.ThenBy)
        {
            if (++keys > limits.MaxOrderBy)
            {
                throw ODataRequestException.TooMuch($"More than {limits.MaxOrderBy} expressions to order by.", "$orderby");
            }

            Count(order.Expression, "$orderby");
        }
    }

    public void Count(SelectExpandClause? clause)
    {
        foreach (var item in clause?.SelectedItems.OfType<PathSelectItem>() ?? [])
        {
            Count(item.FilterOption?.Expression, "$select");
            Count(item.OrderByOption);
        }

        foreach (var item in clause?.SelectedItems.OfType<ExpandedReferenceSelectItem>() ?? [])
        {
            if (++_expansions > limits.MaxExpansions)
            {
                throw ODataRequestException.TooMuch($"More than {limits.MaxExpansions} expansions.", "$expand");
            }

            Count(item.FilterOption?.Expression, "$expand");
            Count(item.OrderByOption);
            Count(item.ComputeOption);
            Count(item.SearchOption?.Expression, "$expand");
            Count((item as ExpandedNavigationSelectItem)?.SelectAndExpand);
        }
    }

    public void Count(QueryNode? node, string option) => Visit(node, option, 0);

    private void Count(AggregateTransformationNode aggregate)
    {
        foreach (var item in aggregate.AggregateExpressions)
        {
            Count((item as AggregateExpression)?.Expression, "$apply");
        }
    }

    private void Add(int nodes, string option)
    {
        _nodes += nodes;
        if (_nodes > limits.MaxNodes)
        {
            throw ODataRequestException.TooMuch($"The expressions of the request have more than {limits.MaxNodes} parts.", option);
        }
    }

    private void Visit(QueryNode? node, string option, int lambdas)
    {
        if (node is null)
        {
            return;
        }

        Add(1, option);
        switch (node)
        {
            case ConvertNode convert:
                _nodes--;
                Visit(convert.Source, option, lambdas);
                break;
            case BinaryOperatorNode binary:
                Visit(binary.Left, option, lambdas);
                Visit(binary.Right, option, lambdas);
                break;
            case UnaryOperatorNode unary:
                Visit(unary.Operand, option, lambdas);
                break;
            case SingleValueFunctionCallNode call:
                foreach (var parameter in call.Parameters)
                {
                    Visit(parameter, option, lambdas);
                }

                break;
            case LambdaNode lambda:
                if (lambdas >= limits.MaxLambdaDepth)
                {
                    throw ODataRequestException.TooMuch($"any and all may be nested {limits.MaxLambdaDepth} deep.", option);
                }

                Visit(lambda.Source, option, lambdas);
                Visit(lambda.Body, option, lambdas + 1);
                break;
            case InNode test:
                Visit(test.Left, option, lambdas);
                if (test.Right is CollectionConstantNode list)
                {
                    if (list.Collection.Count > limits.MaxListItems)
                    {
                        throw ODataRequestException.TooMuch($"A list may have {limits.MaxListItems} values.", option);
                    }
                }
                else
                {
                    Visit(test.Right, option, lambdas);
                }

                break;
            case CountNode count:
                Visit(count.Source, option, lambdas);
                Visit(count.FilterClause?.Expression, option, lambdas + 1);
                break;
            case SingleValuePropertyAccessNode access:
                Visit(access.Source, option, lambdas);
                break;
            case SingleNavigationNode navigation:
                Visit(navigation.Source, option, lambdas);
                break;
            case CollectionNavigationNode navigation:
                Visit(navigation.Source, option, lambdas);
                break;
            case SingleResourceCastNode cast:
                Visit(cast.Source, option, lambdas);
                break;
            case CollectionResourceCastNode cast:
                Visit(cast.Source, option, lambdas);
                break;
        }
    }
}
