using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Vocabulary;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Queries;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Shacl.Constraints;

/// <summary>A constraint that a query checks: <c>sh:sparql</c> (SHACL, section 5) or a component of the shapes' own (section 6).</summary>
internal abstract partial class QueryConstraint(
    Shape shape, Iri component, PreparedQuery query, IReadOnlyList<(string Variable, Term Value)> parameters, ImmutableArray<Literal> messages, Term? source)
    : Constraint(shape, component), IBatchedConstraint
{
    /// <inheritdoc/>
    public override Term? Source => source;

    /// <inheritdoc/>
    public override ImmutableArray<Literal> Messages => messages;

    /// <summary>Whether the query asks for <c>$shapesGraph</c>.</summary>
    public bool UsesShapesGraph => query.UsesShapesGraph;

    protected PreparedQuery Query => query;

    protected IReadOnlyList<(string Variable, Term Value)> Parameters => parameters;

    /// <inheritdoc/>
    public abstract void CheckAll(Validation validation, ReadOnlySpan<uint> nodes);

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) => source is null
        ? ($"La valeur ne satisfait pas à {names.Of(Component)}.", $"The value does not satisfy {names.Of(Component)}.")
        : ("Une requête de la forme trouve un défaut.", "A query of the shape finds a fault.");

    /// <summary>The messages with the values of variables put in for <c>{?name}</c> and <c>{$name}</c> (SHACL, section 5.2.3).</summary>
    protected ImmutableArray<Literal>? MessagesFor(Func<string, Term?> valueOf)
    {
        var templates = messages.IsEmpty ? Shape.Messages : messages;
        if (!templates.Any(m => m.LexicalForm.Contains('{', StringComparison.Ordinal)))
        {
            return null;
        }

        return [.. templates.Select(m => WithText(m, Placeholder().Replace(m.LexicalForm, match => TextOf(valueOf(match.Groups[1].Value)) ?? match.Value)))];

        static Literal WithText(Literal like, string text) => like.Language is null ? new Literal(text, like.Datatype) : new Literal(text, like.Language, like.Direction);

        static string? TextOf(Term? term) => term switch
        {
            null => null,
            Literal literal => literal.LexicalForm,
            Iri iri => iri.Value,
            _ => term.ToString(),
        };
    }

    protected Term? Parameter(string name) => parameters.FirstOrDefault(p => p.Variable == name).Value;

    [GeneratedRegex(@"\{[?$]([^{}\s]+)\}")]
    private static partial Regex Placeholder();
}

/// <summary>A SELECT query: each solution is a result (SHACL, section 5.3.2).</summary>
internal sealed class SelectConstraint(
    Shape shape, Iri component, PreparedQuery query, IReadOnlyList<(string Variable, Term Value)> parameters, ImmutableArray<Literal> messages, Term? source)
    : QueryConstraint(shape, component, query, parameters, messages, source)
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values) => CheckAll(validation, [focus]);

    /// <inheritdoc/>
    public override void CheckAll(Validation validation, ReadOnlySpan<uint> nodes) =>
        Query.Run(validation, Shape, Parameters, nodes, (focus, _, solution) => Report(validation, focus, solution));

    private void Report(Validation validation, uint focus, Solution solution)
    {
        if (solution.Term("failure") is Literal { LexicalForm: "true" or "1", Datatype: var type } && type == Xsd.Boolean)
        {
            throw new ShapesException(Source ?? Shape.Node, "the query says by ?failure that it cannot tell.");
        }

        var value = solution["value"].Value;
        ImmutableArray<Literal>? own = solution.Term("message") is Literal message ? [message] : null;
        validation.Report(new Finding(this, focus, value == 0 && Shape.Path is null ? focus : value)
        {
            Path = solution.Term("path") is Iri path ? new LinkPath(path) : null,
            Messages = own ?? MessagesFor(name => solution.Term(name) ?? Parameter(name)),
        });
    }
}

/// <summary>An ASK query, which is true for values that are as they should be (SHACL, section 6.2.3.1).</summary>
internal sealed class AskConstraint(
    Shape shape, Iri component, PreparedQuery query, IReadOnlyList<(string Variable, Term Value)> parameters, ImmutableArray<Literal> messages)
    : QueryConstraint(shape, component, query, parameters, messages, null)
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        var pairs = new uint[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            (pairs[2 * i], pairs[(2 * i) + 1]) = (focus, values[i]);
        }

        CheckPairs(validation, pairs);
    }

    /// <inheritdoc/>
    public override void CheckAll(Validation validation, ReadOnlySpan<uint> nodes)
    {
        const int Many = 1 << 16;
        var pairs = new List<uint>();
        var values = validation.Rent();
        foreach (var node in nodes)
        {
            values.Clear();
            if (Shape.Steps is null)
            {
                values.Add(node);
            }
            else
            {
                Shape.Steps.FollowOnce(validation, node, values);
            }

            foreach (var value in values)
            {
                pairs.Add(node);
                pairs.Add(value);
            }

            if (pairs.Count > Many)
            {
                CheckPairs(validation, CollectionsMarshal.AsSpan(pairs));
                pairs.Clear();
            }
        }

        validation.Return(values);
        CheckPairs(validation, CollectionsMarshal.AsSpan(pairs));
    }

    private void CheckPairs(Validation validation, ReadOnlySpan<uint> pairs)
    {
        var right = new HashSet<(uint, uint)>();
        Query.Run(validation, Shape, Parameters, pairs, (focus, value, _) => right.Add((focus, value)));
        for (var i = 0; i < pairs.Length; i += 2)
        {
            if (!right.Contains((pairs[i], pairs[i + 1])))
            {
                var (focus, value) = (pairs[i], pairs[i + 1]);
                validation.Report(new Finding(this, focus, value)
                {
                    Messages = MessagesFor(name => name switch
                    {
                        "this" => validation.Terms.Decode(new Store.TermId(focus)),
                        "value" => validation.Terms.Decode(new Store.TermId(value)),
                        _ => Parameter(name),
                    }),
                });
            }
        }
    }
}
