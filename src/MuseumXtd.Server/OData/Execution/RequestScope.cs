using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.OData.UriParser;
using MuseumXtd.Rdf;
using MuseumXtd.Server.OData.Model;
using MuseumXtd.Server.OData.Translation;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Server.OData.Execution;

/// <summary>Runs the queries of one request on one snapshot within one budget.</summary>
internal sealed class RequestScope(QueryEngine engine, GraphView view, LanguageChain languages, QueryOptions options, CancellationToken cancellation)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public GraphView View { get; } = view;

    public LanguageChain Languages { get; } = languages;

    public CancellationToken Cancellation { get; } = cancellation;

    public PropertyTranslation Properties { get; } = new(view, languages);

    /// <summary>Starts a query with what is left of the time.</summary>
    public SolutionResults Select(GraphPattern pattern, ImmutableArray<Variable> variables) =>
        engine.Select(new SelectQuery(pattern, variables), View.Snapshot, options with { Timeout = Check() }, Cancellation);

    /// <summary>Ends the request when it was cancelled or its time is up; what is left of the time.</summary>
    public TimeSpan Check()
    {
        Cancellation.ThrowIfCancellationRequested();
        var left = options.Timeout - Stopwatch.GetElapsedTime(_started);
        return left > TimeSpan.Zero
            ? left
            : throw new QueryBudgetException("time", string.Create(CultureInfo.InvariantCulture, $"The request took longer than {options.Timeout.TotalSeconds:0.###} s. Ask for less."));
    }

    /// <summary>How many solutions a pattern has.</summary>
    public long Count(GraphPattern pattern)
    {
        var count = new Variable("count");
        var group = new Group(pattern, [], [new GroupAggregate(count, new Aggregate(AggregateFunction.Count, null, Distinct: false))]);
        using var results = Select(new Project(group, [count]), [count]);
        return results.NextBatch() && results.Terms.Decode(new TermId(results.Column(0)[0])) is Literal number
            ? long.Parse(number.LexicalForm, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>All ids that a pattern binds to a variable.</summary>
    public uint[] Ids(GraphPattern pattern, Variable variable)
    {
        var ids = new List<uint>();
        using var results = Select(new Project(pattern, [variable]), [variable]);
        while (results.NextBatch())
        {
            ids.AddRange(results.Column(0)[..results.RowCount]);
        }

        return [.. ids];
    }

    /// <summary>Some resources as inline data.</summary>
    public static GivenIds Given(Variable variable, IEnumerable<uint> ids) => new(variable, ids.ToArray());

    /// <summary>The values that <c>$compute</c> gives for some entities.</summary>
    public Term?[][] Compute(IReadOnlyList<uint> ids, EntityClass @class, ImmutableArray<ComputeExpression> computed, ImmutableArray<ComputeExpression> wanted, IReadOnlyDictionary<string, SingleValueNode> aliases)
    {
        var names = new VariableNames();
        var subject = new Variable("s");
        var scope = new Scope(Given(subject, ids.Distinct()), names);
        var expressions = new ExpressionTranslation(Properties, new ResourceReference(subject, @class, scope, "$it", null), aliases);
        foreach (var expression in computed)
        {
            expressions.Computed[expression.Alias] = expressions.Translate(expression.Expression);
        }

        var variables = ImmutableArray.CreateBuilder<Variable>();
        variables.Add(subject);
        foreach (var expression in wanted)
        {
            var variable = names.Next("c");
            scope.Pattern = new Extend(scope.Pattern, variable, expressions.Computed[expression.Alias]);
            variables.Add(variable);
        }

        var rows = new Dictionary<uint, Term?[]>();
        using var results = Select(new Project(scope.Pattern, variables.ToImmutable()), variables.ToImmutable());
        while (results.NextBatch())
        {
            for (var row = 0; row < results.RowCount; row++)
            {
                var values = new Term?[wanted.Length];
                for (var i = 0; i < values.Length; i++)
                {
                    var id = new TermId(results.Column(i + 1)[row]);
                    values[i] = id.IsBound ? results.Terms.Decode(id) : null;
                }

                rows[results.Column(0)[row]] = values;
            }
        }

        return [.. ids.Select(i => rows.GetValueOrDefault(i) ?? new Term?[wanted.Length])];
    }
}
