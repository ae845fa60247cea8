using System.Collections.Immutable;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>Which variables are in scope of a pattern (SPARQL 1.1 Query, section 18.2.1).</summary>
public static class InScope
{
    /// <summary>The variables in scope, hidden ones too, each once in the order in which they appear.</summary>
    public static ImmutableArray<Variable> Of(GraphPattern pattern)
    {
        var variables = new VariableSet();
        Collect(pattern, variables);
        return variables.ToImmutable();
    }

    private static void Collect(GraphPattern pattern, VariableSet into)
    {
        switch (pattern)
        {
            case BasicGraphPattern bgp:
                foreach (var triple in bgp.Triples)
                {
                    Collect(triple.Subject, into);
                    Collect(triple.Predicate, into);
                    Collect(triple.Object, into);
                }

                break;
            case PathPattern path:
                Collect(path.Subject, into);
                Collect(path.Object, into);
                break;
            case Join join:
                Collect(join.Left, into);
                Collect(join.Right, into);
                break;
            case LeftJoin join:
                Collect(join.Left, into);
                Collect(join.Right, into);
                break;
            case Union union:
                Collect(union.Left, into);
                Collect(union.Right, into);
                break;
            case Filter filter:
                Collect(filter.Pattern, into);
                break;
            case Minus minus:
                Collect(minus.Left, into);
                break;
            case Graph graph:
                Collect(graph.Name, into);
                Collect(graph.Pattern, into);
                break;
            case Extend extend:
                Collect(extend.Pattern, into);
                into.Add(extend.Variable);
                break;
            case Values values:
                foreach (var variable in values.Variables)
                {
                    into.Add(variable);
                }

                break;
            case GivenIds given:
                into.Add(given.Variable);
                break;
            case Group group:
                foreach (var key in group.Keys)
                {
                    into.Add(key.Variable);
                }

                foreach (var aggregate in group.Aggregates)
                {
                    into.Add(aggregate.Variable);
                }

                break;
            case Project project:
                foreach (var variable in project.Variables)
                {
                    into.Add(variable);
                }

                break;
            case Distinct distinct:
                Collect(distinct.Pattern, into);
                break;
            case Reduced reduced:
                Collect(reduced.Pattern, into);
                break;
            case OrderBy order:
                Collect(order.Pattern, into);
                break;
            case Slice slice:
                Collect(slice.Pattern, into);
                break;
            case TextSearch search:
                foreach (var variable in search.Variables)
                {
                    into.Add(variable);
                }

                break;
            case Service service:
                Collect(service.Endpoint, into);
                Collect(service.Pattern, into);
                break;
            default:
                throw new ArgumentException($"Unknown pattern {pattern.GetType().Name}.", nameof(pattern));
        }
    }

    private static void Collect(PatternTerm term, VariableSet into)
    {
        switch (term)
        {
            case Variable variable:
                into.Add(variable);
                break;
            case TripleTermPattern triple:
                Collect(triple.Subject, into);
                Collect(triple.Predicate, into);
                Collect(triple.Object, into);
                break;
            default:
                break;
        }
    }
}
