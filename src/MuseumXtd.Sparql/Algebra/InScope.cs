using System.Collections.Immutable;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>Which variables are in scope of a pattern (SPARQL 1.1 Query, section 18.2.1).</summary>
public static class InScope
{
    /// <summary>The variables in scope, hidden ones too, each once in the order in which they appear.</summary>
    public static ImmutableArray<Variable> Of(GraphPattern pattern)
    {
        var seen = new HashSet<Variable>();
        var ordered = ImmutableArray.CreateBuilder<Variable>();
        Collect(pattern, variable =>
        {
            if (seen.Add(variable))
            {
                ordered.Add(variable);
            }
        });
        return ordered.ToImmutable();
    }

    private static void Collect(GraphPattern pattern, Action<Variable> add)
    {
        switch (pattern)
        {
            case BasicGraphPattern bgp:
                foreach (var triple in bgp.Triples)
                {
                    Collect(triple.Subject, add);
                    Collect(triple.Predicate, add);
                    Collect(triple.Object, add);
                }

                break;
            case PathPattern path:
                Collect(path.Subject, add);
                Collect(path.Object, add);
                break;
            case Join join:
                Collect(join.Left, add);
                Collect(join.Right, add);
                break;
            case LeftJoin join:
                Collect(join.Left, add);
                Collect(join.Right, add);
                break;
            case Union union:
                Collect(union.Left, add);
                Collect(union.Right, add);
                break;
            case Filter filter:
                Collect(filter.Pattern, add);
                break;
            case Minus minus:
                Collect(minus.Left, add);
                break;
            case Graph graph:
                Collect(graph.Name, add);
                Collect(graph.Pattern, add);
                break;
            case Extend extend:
                Collect(extend.Pattern, add);
                add(extend.Variable);
                break;
            case Values values:
                foreach (var variable in values.Variables)
                {
                    add(variable);
                }

                break;
            case GivenIds given:
                add(given.Variable);
                break;
            case Group group:
                foreach (var key in group.Keys)
                {
                    add(key.Variable);
                }

                foreach (var aggregate in group.Aggregates)
                {
                    add(aggregate.Variable);
                }

                break;
            case Project project:
                foreach (var variable in project.Variables)
                {
                    add(variable);
                }

                break;
            case Distinct distinct:
                Collect(distinct.Pattern, add);
                break;
            case Reduced reduced:
                Collect(reduced.Pattern, add);
                break;
            case OrderBy order:
                Collect(order.Pattern, add);
                break;
            case Slice slice:
                Collect(slice.Pattern, add);
                break;
            case TextSearch search:
                foreach (var variable in search.Variables)
                {
                    add(variable);
                }

                break;
            case Service service:
                Collect(service.Endpoint, add);
                Collect(service.Pattern, add);
                break;
            default:
                throw new ArgumentException($"Unknown pattern {pattern.GetType().Name}.", nameof(pattern));
        }
    }

    private static void Collect(PatternTerm term, Action<Variable> add)
    {
        switch (term)
        {
            case Variable variable:
                add(variable);
                break;
            case TripleTermPattern triple:
                Collect(triple.Subject, add);
                Collect(triple.Predicate, add);
                Collect(triple.Object, add);
                break;
            default:
                break;
        }
    }
}
