using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Turns conditions of equality into joins: where <c>?x = ?y</c> or <c>?x = constant</c> can only be true of the same term, one stands for the
/// other in the triples; where <c>?x</c> is one of some constants, these are rows to be joined.
/// </summary>
/// <param name="steps">What is joined; changed.</param>
/// <param name="conditions">The conditions; those that became joins are taken out.</param>
/// <param name="kept">Variables that must stay as they are, since other parts of the query bind or read them.</param>
/// <param name="certain">Those of them that are always bound before.</param>
/// <param name="terms">The query's terms.</param>
internal sealed class Equalities(
    List<JoinOrder.Step> steps, List<Expression> conditions, IReadOnlySet<Variable> kept, VariableSet certain, QueryTerms terms)
{
    /// <summary>Variables that no step binds any more, and what has their value.</summary>
    public List<(Variable Variable, PatternTerm Source)> Copies { get; } = [];

    /// <summary>The conditions that stand in for steps of constants, by their rows.</summary>
    public Dictionary<Values, Expression> Lists { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a condition is of the kinds that can be turned into joins.</summary>
    public static bool IsCandidate(Expression condition) =>
        condition is FunctionCall { Function: Function.Equal or Function.SameTerm or Function.In or Function.Or };

    /// <summary>Rewrites what can be.</summary>
    public void Apply()
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (IsCandidate(conditions[i]) && (TryReplace(conditions[i]) || TryList(conditions[i])))
            {
                conditions.RemoveAt(i);
                i = -1;
            }
        }
    }

    private bool TryReplace(Expression condition)
    {
        if (condition is not FunctionCall { Function: Function.Equal or Function.SameTerm, Arguments: [var left, var right] } call)
        {
            return false;
        }

        var isSame = call.Function == Function.SameTerm;
        switch (left, right)
        {
            case (VariableExpression { Variable: var x }, VariableExpression { Variable: var y }) when x != y:
                if (!IsFree(y))
                {
                    (x, y) = (y, x);
                }

                if (!IsFree(y) || !(certain.Contains(x) || IsBound(x)) || !(isSame || KindsOf(x).EqualsOnlyItself(KindsOf(y))))
                {
                    return false;
                }

                Replace(y, x);
                return true;
            case (VariableExpression { Variable: var x }, TermExpression { Term: var term }):
                return TryReplace(x, term, isSame);
            case (TermExpression { Term: var term }, VariableExpression { Variable: var x }):
                return TryReplace(x, term, isSame);
            default:
                return false;
        }
    }

    private bool TryReplace(Variable variable, Term term, bool isSame)
    {
        // A path of length zero joins a constant with itself even where the graph does not know it.
        if (!IsFree(variable) || !(isSame || IsOnlyItself(variable, term))
            || steps.Exists(s => s.Other is PathPattern path && s.Variables.Contains(variable) && PathWalker.HasZeroLength(path.Path)))
        {
            return false;
        }

        Replace(variable, new ConstantTerm(term));
        return true;
    }

    private bool TryList(Expression condition)
    {
        if (Alternatives(condition) is not var (variable, list) || !IsBound(variable) || !list.All(t => IsOnlyItself(variable, t)))
        {
            return false;
        }

        var values = new Values([variable], [.. list.DistinctBy(terms.Intern).Select(t => ImmutableArray.Create<Term?>(t))]);
        Lists.Add(values, condition);
        steps.Add(new JoinOrder.Step(null, steps[0].Index, [variable], values));
        return true;
    }

    /// <summary>The constants of an IN or of equalities one of which must be true.</summary>
    private static (Variable Variable, IReadOnlyList<Term> Terms)? Alternatives(Expression condition)
    {
        switch (condition)
        {
            case FunctionCall { Function: Function.In, Arguments: [VariableExpression { Variable: var variable }, ..] arguments }
                when arguments.Length > 1 && arguments.Skip(1).All(a => a is TermExpression):
                return (variable, [.. arguments.Skip(1).Select(a => ((TermExpression)a).Term)]);
            case FunctionCall { Function: Function.Equal, Arguments: [VariableExpression { Variable: var variable }, TermExpression { Term: var term }] }:
                return (variable, [term]);
            case FunctionCall { Function: Function.Equal, Arguments: [TermExpression { Term: var term }, VariableExpression { Variable: var variable }] }:
                return (variable, [term]);
            case FunctionCall { Function: Function.Or } or:
                var parts = or.Arguments.Select(Alternatives).ToList();
                return parts.TrueForAll(p => p is not null) && parts.Select(p => p!.Value.Variable).Distinct().Count() == 1
                    ? (parts[0]!.Value.Variable, [.. parts.SelectMany(p => p!.Value.Terms)])
                    : null;
            default:
                return null;
        }
    }

    private bool IsFree(Variable variable) => !kept.Contains(variable) && IsBound(variable);

    private bool IsBound(Variable variable) => steps.Exists(s => s.Other is null or PathPattern && s.Variables.Contains(variable));

    private TagRange KindsOf(Variable variable)
    {
        var kinds = TagRange.Any;
        foreach (var step in steps)
        {
            if (step.Pattern is { } triple && step.Variables.Contains(variable))
            {
                kinds = kinds.And(TagRange.Of(variable, triple, step.Index, terms));
            }
        }

        return kinds;
    }

    private bool IsOnlyItself(Variable variable, Term term)
    {
        var tag = terms.TagOf(terms.Intern(term));
        return tag is TermTag.Iri or TermTag.String or TermTag.LangString || KindsOf(variable).EqualsOnlyItself(new TagRange(tag, tag));
    }

    private void Replace(Variable variable, PatternTerm by)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (!step.Variables.Contains(variable))
            {
                continue;
            }

            var variables = step.Variables.Where(v => v != variable).ToList();
            if (by is Variable other && !variables.Contains(other))
            {
                variables.Add(other);
            }

            steps[i] = step with
            {
                Pattern = step.Pattern is { } t ? new TriplePattern(Put(t.Subject), Put(t.Predicate), Put(t.Object)) : null,
                Other = step.Other switch
                {
                    PathPattern p => p with { Subject = Put(p.Subject), Object = Put(p.Object) },
                    _ => step.Other,
                },
                Variables = [.. variables],
            };
        }

        for (var i = 0; i < conditions.Count; i++)
        {
            conditions[i] = Rewrite(conditions[i]);
        }

        for (var i = 0; i < Copies.Count; i++)
        {
            Copies[i] = (Copies[i].Variable, Put(Copies[i].Source));
        }

        Copies.Add((variable, by));

        PatternTerm Put(PatternTerm term) => variable.Equals(term) ? by : term;

        Expression Rewrite(Expression expression) => expression switch
        {
            VariableExpression v when v.Variable == variable =>
                by is Variable same ? new VariableExpression(same) : new TermExpression(((ConstantTerm)by).Term),
            FunctionCall { Function: not Function.Bound } call => call with { Arguments = [.. call.Arguments.Select(Rewrite)] },
            IriFunctionCall call => call with { Arguments = [.. call.Arguments.Select(Rewrite)] },
            _ => expression,
        };
    }
}
