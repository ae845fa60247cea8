using System.Collections.Immutable;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Queries;

/// <summary>A query of a shapes graph, parsed and checked once, then run for many nodes.</summary>
internal sealed class PreparedQuery
{
    private const int RowsAtOnce = 1024;

    private readonly GraphPattern _pattern;
    private readonly ImmutableArray<Variable> _projected;
    private readonly string[] _inputs;
    private readonly HashSet<string> _names;
    private readonly bool _isForOneNode;
    private readonly PropertyPath? _path;

    private PreparedQuery(GraphPattern pattern, ImmutableArray<Variable> projected, string[] inputs, QueryVariables variables, PropertyPath? path)
    {
        _pattern = pattern;
        _projected = projected;
        _inputs = inputs;
        _names = variables.Names;
        _path = path;
        _isForOneNode = variables.IsForOneNode || inputs.Any(i => !projected.Contains(new Variable(i)));
    }

    /// <summary>Takes one solution.</summary>
    /// <param name="focus">The focus node, an id of the validation; 0 for targets.</param>
    /// <param name="value">The value node that was put in, or 0.</param>
    /// <param name="solution">The solution.</param>
    public delegate void Taker(uint focus, uint value, Solution solution);

    /// <summary>Whether the query asks for the shapes graph.</summary>
    public bool UsesShapesGraph => _names.Contains("shapesGraph");

    /// <summary>Reads the query of a node: the value of <c>sh:select</c> or <c>sh:ask</c>, with the prefixes of <c>sh:prefixes</c>.</summary>
    /// <param name="graph">The shapes graph.</param>
    /// <param name="node">The constraint, validator or target.</param>
    /// <param name="property">Which.</param>
    /// <param name="path">What <c>$PATH</c> stands for, or null.</param>
    /// <param name="inputs">The variables that each row binds: none, the focus node, or the focus node and a value node.</param>
    /// <param name="parameters">The names of the parameters.</param>
    /// <exception cref="ShapesException">It is no such query, or one that SHACL does not allow.</exception>
    public static PreparedQuery Read(
        ShapesGraph graph, Term node, Iri property, PropertyPath? path, string[] inputs, IEnumerable<string> parameters)
    {
        if (graph.Single(node, property) is not Literal text)
        {
            throw new ShapesException(node, $"{ShapesGraph.Short(property)} wants one string, a query.");
        }

        Query query;
        try
        {
            query = SparqlParser.ParseQuery(PrefixesOf(graph, node) + text.LexicalForm);
        }
        catch (SparqlSyntaxException e)
        {
            throw new ShapesException(node, $"the query of {ShapesGraph.Short(property)} is not well formed at its line {e.Line}: {e.Detail}");
        }

        string[] preBound = [.. inputs, .. parameters, "currentShape", "shapesGraph"];
        var isAsk = property == Sh.Ask;
        if (isAsk ? query is not AskQuery : query is not SelectQuery)
        {
            throw new ShapesException(node, $"the query of {ShapesGraph.Short(property)} is of another form.");
        }

        var variables = QueryVariables.Of(query, preBound);
        if (variables.Problem is { } problem)
        {
            throw new ShapesException(node, $"the query of {ShapesGraph.Short(property)} cannot be evaluated: {problem} (SHACL, appendix A).");
        }

        var projected = query is SelectQuery select ? select.Variables : [.. inputs.Select(i => new Variable(i))];
        var pattern = isAsk ? new Distinct(new Project(query.Pattern, projected)) : query.Pattern;
        return new PreparedQuery(pattern, projected, inputs, variables, path);
    }

    /// <summary>Runs the query for nodes.</summary>
    /// <param name="validation">The validation.</param>
    /// <param name="shape">The shape that asks, or null.</param>
    /// <param name="parameters">The parameters and their values.</param>
    /// <param name="rows">As many ids for each row as the query has inputs; empty where it has none.</param>
    /// <param name="take">Takes each solution.</param>
    public void Run(
        Validation validation, Shape? shape, IReadOnlyList<(string Variable, Term Value)> parameters, ReadOnlySpan<uint> rows, Taker take)
    {
        if (_inputs.Length == 0)
        {
            RunAtOnce(validation, shape, parameters, [], take);
            return;
        }

        var step = _inputs.Length * (_isForOneNode ? 1 : RowsAtOnce);
        for (var at = 0; at < rows.Length; at += step)
        {
            RunAtOnce(validation, shape, parameters, rows[at..Math.Min(at + step, rows.Length)], take);
        }
    }

    private void RunAtOnce(
        Validation validation, Shape? shape, IReadOnlyList<(string Variable, Term Value)> parameters, ReadOnlySpan<uint> rows, Taker take)
    {
        var pattern = new PreBinding(Table(validation, shape, parameters, rows), _path, validation.ShapesGraph).Bind(_pattern);
        using var results = new QueryEngine().Select(
            new SelectQuery(pattern, _projected), validation.Snapshot, validation.QueryOptions, validation.Cancellation);
        var focus = _projected.IndexOf(new Variable("this"));
        var value = _projected.IndexOf(new Variable("value"));
        while (results.NextBatch())
        {
            validation.Work(results.RowCount);
            for (var row = 0; row < results.RowCount; row++)
            {
                var solution = new Solution(results, row, validation);
                if (_isForOneNode || _inputs.Length == 0)
                {
                    take(rows.Length > 0 ? rows[0] : 0, rows.Length > 1 ? rows[1] : 0, solution);
                }
                else
                {
                    take(solution.At(focus).Value, _inputs.Length > 1 ? solution.At(value).Value : 0, solution);
                }
            }
        }
    }

    private Values Table(Validation validation, Shape? shape, IReadOnlyList<(string Variable, Term Value)> parameters, ReadOnlySpan<uint> rows)
    {
        var names = new List<Variable>(_inputs.Select(i => new Variable(i)));
        var constants = new List<Term?>();
        Add(parameters.Where(p => _names.Contains(p.Variable)));
        if (shape is not null && _names.Contains("currentShape"))
        {
            Add([("currentShape", shape.Node)]);
        }

        if (validation.ShapesGraph is not null && UsesShapesGraph)
        {
            Add([("shapesGraph", validation.ShapesGraph)]);
        }

        var table = ImmutableArray.CreateBuilder<ImmutableArray<Term?>>();
        if (_inputs.Length == 0)
        {
            return names.Count == 0 ? new Values([], []) : new Values([.. names], [[.. constants]]);
        }

        for (var at = 0; at < rows.Length; at += _inputs.Length)
        {
            var row = new List<Term?>(names.Count);
            for (var i = 0; i < _inputs.Length; i++)
            {
                row.Add(validation.Terms.Decode(new TermId(rows[at + i])));
            }

            table.Add([.. row, .. constants]);
        }

        return new Values([.. names], table.ToImmutable());

        void Add(IEnumerable<(string Variable, Term Value)> bindings)
        {
            foreach (var (variable, term) in bindings)
            {
                names.Add(new Variable(variable));
                constants.Add(term);
            }
        }
    }

    /// <summary>The prefixes that a node names by <c>sh:prefixes</c> (SHACL, section 5.2.1), with those of what they import; in one line, so that lines of the query keep their numbers.</summary>
    private static string PrefixesOf(ShapesGraph graph, Term node)
    {
        var declared = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var waiting = new Queue<Term>(graph.Objects(node, Sh.Prefixes));
        var seen = new HashSet<Term>();
        while (waiting.TryDequeue(out var holder))
        {
            if (!seen.Add(holder))
            {
                continue;
            }

            foreach (var declaration in graph.Objects(holder, Sh.Declare))
            {
                if (graph.Single(declaration, Sh.Prefix) is not Literal prefix || graph.Single(declaration, Sh.PrefixNamespace) is not Literal space)
                {
                    throw new ShapesException(holder, "a value of sh:declare wants sh:prefix and sh:namespace.");
                }

                if (!declared.TryAdd(prefix.LexicalForm, space.LexicalForm) && declared[prefix.LexicalForm] != space.LexicalForm)
                {
                    throw new ShapesException(holder, $"the prefix '{prefix.LexicalForm}' is declared for two namespaces.");
                }
            }

            foreach (var import in graph.Objects(holder, Sh.Imports))
            {
                waiting.Enqueue(import);
            }
        }

        var text = new StringBuilder();
        foreach (var (prefix, space) in declared)
        {
            text.Append("PREFIX ").Append(prefix).Append(": <").Append(space).Append("> ");
        }

        return text.ToString();
    }
}
