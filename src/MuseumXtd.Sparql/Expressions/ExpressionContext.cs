using System.Collections.Immutable;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>What expressions need of the query they run in.</summary>
/// <param name="Terms">The query's terms.</param>
/// <param name="Now">The one time that NOW() gives throughout the query.</param>
/// <param name="BaseIri">What IRI() resolves against, or null.</param>
/// <param name="Existence">Makes the probes of EXISTS.</param>
/// <param name="Cancellation">Ends long work.</param>
internal sealed record ExpressionContext(
    QueryTerms Terms, DateTimeOffset Now, string? BaseIri, IExistenceFactory Existence, CancellationToken Cancellation)
{
    private ImmutableArray<Variable> _solutionVariables;
    private Dictionary<string, TextPrefilter>? _prefilters;

    /// <summary>The same for another thread that helps with the query. Expressions are compiled for it by the thread that calls it.</summary>
    public ExpressionContext ForWorker(QueryTerms terms, IExistenceFactory existence)
    {
        _prefilters ??= [];
        return this with { Terms = terms, Existence = existence };
    }

    /// <summary>The filter of the query for a part of texts.</summary>
    public TextPrefilter Prefilter(string part)
    {
        if (!(_prefilters ??= []).TryGetValue(part, out var filter))
        {
            filter = new TextPrefilter(part);
            _prefilters.Add(part, filter);
        }

        return filter;
    }

    /// <summary>
    /// The columns of a schema that tell one solution from another for BNODE(): those of the first schema that asked, so that the
    /// expressions of one SELECT, each of which sees the columns of those before it, agree on what a solution is.
    /// </summary>
    public int[] SolutionSlots(Schema schema)
    {
        if (_solutionVariables.IsDefault || _solutionVariables.Any(variable => schema.SlotOf(variable) < 0))
        {
            _solutionVariables = schema.Variables;
        }

        return [.. _solutionVariables.Select(schema.SlotOf)];
    }
}

/// <summary>Makes probes for EXISTS; the executor implements it.</summary>
internal interface IExistenceFactory
{
    /// <summary>A probe that tells whether the pattern has a solution compatible with a row of the schema.</summary>
    IExistenceProbe Create(GraphPattern pattern, Schema outer);
}

/// <summary>Answers one EXISTS, row by row.</summary>
internal interface IExistenceProbe
{
    /// <summary>Whether the pattern has a solution with the bindings of the row substituted (section 18.6).</summary>
    bool Any(Batch batch, int row);
}
