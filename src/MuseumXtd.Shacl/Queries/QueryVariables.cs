using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Queries;

/// <summary>Collects what a query says that pre-binding must know: its variables, and what SHACL does not allow (SHACL, appendix A).</summary>
internal sealed class QueryVariables
{
    private readonly IReadOnlyCollection<string> _preBound;
    private readonly IReadOnlyCollection<string> _returned;

    private QueryVariables(IReadOnlyCollection<string> preBound)
    {
        _preBound = preBound;
        _returned = [.. preBound.Where(v => v is not ("currentShape" or "shapesGraph"))];
    }

    /// <summary>All variables.</summary>
    public HashSet<string> Names { get; } = [];

    /// <summary>Whether the answer for several nodes at once would not be that for each of them: there is a LIMIT, OFFSET or group.</summary>
    public bool IsForOneNode { get; private set; }

    /// <summary>What is not allowed, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Looks through a query.</summary>
    public static QueryVariables Of(Query query, IReadOnlyCollection<string> preBound)
    {
        var variables = new QueryVariables(preBound);
        variables.Visit(query.Pattern, isTop: query is SelectQuery);
        return variables;
    }

    /// <summary>Whether an expression mentions one of some variables.</summary>
    public static bool Mentions(Expression expression, IReadOnlyCollection<string> names)
    {
        var variables = new QueryVariables([]);
        variables.Visit(expression);
        return names.Any(variables.Names.Contains);
    }

    private void Visit(GraphPattern pattern, bool isTop = false)
    {
        switch (pattern)
        {
            case BasicGraphPattern bgp:
                foreach (var triple in bgp.Triples)
                {
                    Visit(triple.Subject);
                    Visit(triple.Predicate);
                    Visit(triple.Object);
                }

                break;
            case PathPattern path:
                Visit(path.Subject);
                Visit(path.Object);
                break;
            case TextSearch search:
                foreach (var term in search.Terms)
                {
                    Visit(term);
                }

                break;
            case Join join:
                Visit(join.Left);
                Visit(join.Right);
                break;
            case LeftJoin join:
                Visit(join.Left);
                Visit(join.Right);
                if (join.Condition is not null)
                {
                    Visit(join.Condition);
                }

                break;
            case Filter filter:
                Visit(filter.Pattern, isTop);
                Visit(filter.Condition);
                break;
            case Union union:
                Visit(union.Left);
                Visit(union.Right);
                break;
            case Minus:
                Problem ??= "MINUS is not allowed here";
                break;
            case Service:
                Problem ??= "SERVICE is not allowed here";
                break;
            case Values:
                Problem ??= "VALUES is not allowed here";
                break;
            case Graph graph:
                Visit(graph.Name);
                Visit(graph.Pattern);
                break;
            case Extend extend:
                Visit(extend.Pattern, isTop);
                Visit(extend.Expression);
                Bind(extend.Variable);
                break;
            case Group group:
                VisitGroup(group);
                break;
            case Project project:
                if (!isTop && _returned.FirstOrDefault(v => !project.Variables.Contains(new Variable(v))) is { } missing)
                {
                    Problem ??= $"a subquery must return ${missing}";
                }

                Names.UnionWith(project.Variables.Select(v => v.Name));
                Visit(project.Pattern);
                break;
            case Distinct distinct:
                Visit(distinct.Pattern, isTop);
                break;
            case Reduced reduced:
                Visit(reduced.Pattern, isTop);
                break;
            case OrderBy order:
                Visit(order.Pattern, isTop);
                foreach (var condition in order.Conditions)
                {
                    Visit(condition.Expression);
                }

                break;
            case Slice slice:
                IsForOneNode = true;
                Visit(slice.Pattern, isTop);
                break;
            default:
                throw new ArgumentException($"Unknown pattern {pattern.GetType().Name}.", nameof(pattern));
        }
    }

    private void VisitGroup(Group group)
    {
        IsForOneNode = true;
        Visit(group.Pattern);
        foreach (var key in group.Keys)
        {
            Visit(key.Expression);
            if (key.Expression is not VariableExpression same || same.Variable != key.Variable)
            {
                Bind(key.Variable);
            }
        }

        foreach (var aggregate in group.Aggregates)
        {
            if (aggregate.Aggregate.Argument is { } argument)
            {
                Visit(argument);
            }

            Bind(aggregate.Variable);
        }
    }

    private void Bind(Variable variable)
    {
        Names.Add(variable.Name);
        if (_preBound.Contains(variable.Name))
        {
            Problem ??= $"${variable.Name} is bound before the query begins and may not be bound again";
        }
    }

    private void Visit(PatternTerm term)
    {
        switch (term)
        {
            case Variable variable:
                Names.Add(variable.Name);
                break;
            case TripleTermPattern triple:
                Visit(triple.Subject);
                Visit(triple.Predicate);
                Visit(triple.Object);
                break;
        }
    }

    private void Visit(Expression expression)
    {
        switch (expression)
        {
            case VariableExpression variable:
                Names.Add(variable.Variable.Name);
                break;
            case FunctionCall call:
                VisitAll(call.Arguments);
                break;
            case IriFunctionCall call:
                VisitAll(call.Arguments);
                break;
            case Exists exists:
                Visit(exists.Pattern);
                break;
        }
    }

    private void VisitAll(ImmutableArray<Expression> expressions)
    {
        foreach (var expression in expressions)
        {
            Visit(expression);
        }
    }
}
