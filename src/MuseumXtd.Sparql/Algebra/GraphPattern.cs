using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Sparql.Algebra;

/// <summary>
/// An expression of the SPARQL algebra that evaluates to a multiset or sequence of solutions (SPARQL 1.1 Query, sections 18.2
/// and 18.3). The names are the specification's. Trees are immutable and may share parts.
/// </summary>
public abstract record GraphPattern
{
    private protected GraphPattern(int height = 1) => Height = height;

    /// <summary>How many levels it had when it was made: whoever goes through a pattern calls itself as often. What is rewritten has hardly more.</summary>
    internal int Height { get; }

    /// <summary>The pattern with one empty solution: the identity of join.</summary>
    public static GraphPattern Unit { get; } = new BasicGraphPattern([]);

    /// <inheritdoc/>
    public virtual bool Equals(GraphPattern? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    private protected static int Above(GraphPattern left, GraphPattern right) => 1 + Math.Max(left.Height, right.Height);

    private protected static int Above(GraphPattern pattern, ImmutableArray<GroupKey> keys, ImmutableArray<GroupAggregate> aggregates)
    {
        var height = pattern.Height;
        foreach (var key in keys)
        {
            height = Math.Max(height, key.Expression.Height);
        }

        foreach (var aggregate in aggregates)
        {
            height = Math.Max(height, aggregate.Aggregate.Argument?.Height ?? 0);
        }

        return 1 + height;
    }

    private protected static int Above(GraphPattern pattern, ImmutableArray<OrderCondition> conditions)
    {
        var height = pattern.Height;
        foreach (var condition in conditions)
        {
            height = Math.Max(height, condition.Expression.Height);
        }

        return 1 + height;
    }
}

/// <summary>A set of triple patterns that are matched together.</summary>
public sealed record BasicGraphPattern(ImmutableArray<TriplePattern> Triples) : GraphPattern;

/// <summary>A property path between two ends that is no plain triple pattern (section 9).</summary>
public sealed record PathPattern(PatternTerm Subject, PropertyPath Path, PatternTerm Object) : GraphPattern(1 + Path.Height);

/// <summary>Join of compatible solutions.</summary>
public sealed record Join(GraphPattern Left, GraphPattern Right) : GraphPattern(Above(Left, Right));

/// <summary>OPTIONAL: solutions of the left, extended by those of the right that are compatible and satisfy the condition.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Right">The optional side.</param>
/// <param name="Condition">The filter of the optional group, which sees both sides; null for true.</param>
public sealed record LeftJoin(GraphPattern Left, GraphPattern Right, Expression? Condition) : GraphPattern(Math.Max(Above(Left, Right), 1 + (Condition?.Height ?? 0)));

/// <summary>Solutions for which the condition's effective boolean value is true.</summary>
public sealed record Filter(Expression Condition, GraphPattern Pattern) : GraphPattern(1 + Math.Max(Pattern.Height, Condition.Height));

/// <summary>All solutions of both sides.</summary>
public sealed record Union(GraphPattern Left, GraphPattern Right) : GraphPattern(Above(Left, Right));

/// <summary>Solutions of the left without a compatible solution on the right that shares a variable.</summary>
public sealed record Minus(GraphPattern Left, GraphPattern Right) : GraphPattern(Above(Left, Right));

/// <summary>The pattern matched in a named graph, or in each of them in turn for a variable.</summary>
public sealed record Graph(PatternTerm Name, GraphPattern Pattern) : GraphPattern(1 + Pattern.Height);

/// <summary>BIND and SELECT expressions: adds a binding where the expression has a value.</summary>
public sealed record Extend(GraphPattern Pattern, Variable Variable, Expression Expression) : GraphPattern(1 + Math.Max(Pattern.Height, Expression.Height));

/// <summary>Inline data (section 10); null is UNDEF.</summary>
public sealed record Values(ImmutableArray<Variable> Variables, ImmutableArray<ImmutableArray<Term?>> Rows) : GraphPattern;

/// <summary>
/// Inline data of one variable, as ids of the dictionary of the snapshot that is asked: what an earlier query or the index gave goes on without a
/// way through its text.
/// </summary>
/// <param name="Variable">What is bound to each in turn.</param>
/// <param name="Ids">Values of <see cref="Store.TermId"/>, none of them unbound.</param>
public sealed record GivenIds(Variable Variable, ReadOnlyMemory<uint> Ids) : GraphPattern;

/// <summary>
/// Groups solutions and computes aggregates: Group and AggregateJoin of section 18.5.1 in one. Without keys there is one group,
/// also of no solutions.
/// </summary>
/// <param name="Pattern">What is grouped.</param>
/// <param name="Keys">The keys; an expression that is a variable binds that variable.</param>
/// <param name="Aggregates">The aggregates, each bound to its variable.</param>
public sealed record Group(
    GraphPattern Pattern, ImmutableArray<GroupKey> Keys, ImmutableArray<GroupAggregate> Aggregates) : GraphPattern(Above(Pattern, Keys, Aggregates));

/// <summary>Keeps some variables. It ends the scope of all others.</summary>
public sealed record Project(GraphPattern Pattern, ImmutableArray<Variable> Variables) : GraphPattern(1 + Pattern.Height);

/// <summary>Each solution once.</summary>
public sealed record Distinct(GraphPattern Pattern) : GraphPattern(1 + Pattern.Height);

/// <summary>Duplicates may be dropped.</summary>
public sealed record Reduced(GraphPattern Pattern) : GraphPattern(1 + Pattern.Height);

/// <summary>Sorted solutions (section 15.1); the sort is stable.</summary>
public sealed record OrderBy(GraphPattern Pattern, ImmutableArray<OrderCondition> Conditions) : GraphPattern(Above(Pattern, Conditions));

/// <summary>A part of the sequence.</summary>
/// <param name="Pattern">The sequence.</param>
/// <param name="Offset">How many solutions are skipped.</param>
/// <param name="Limit">How many are kept at most; null for all.</param>
public sealed record Slice(GraphPattern Pattern, long Offset, long? Limit) : GraphPattern(1 + Pattern.Height);

/// <summary>
/// Resources, or texts, found by the words of strings in the graph that is matched: what <c>mxtd:search</c> and <c>mxtd:searchText</c> stand for
/// in queries. Evaluated alone, joined like a table whose size is known. With a limit or a score it gives the best first.
/// </summary>
/// <param name="Query">What is looked for; null finds nothing. <see cref="TextQuery.Parse"/> reads what a person typed.</param>
/// <param name="Resource">
/// The subject of a triple whose object is a text that was found; each resource is one solution, with its best text. Null: each text is one solution.
/// </param>
/// <param name="Text">The text, or null when it is not asked for.</param>
/// <param name="Score">How well it answers, a positive <c>xsd:decimal</c>, names weighing more than prose; null when it is not asked for.</param>
/// <param name="Property">The property that has the text, or null when it is not asked for. Only with <paramref name="Resource"/>.</param>
/// <param name="Limit">How many solutions at most, the best ones; null for all.</param>
public sealed record TextSearch(
    TextQuery? Query, PatternTerm? Resource, PatternTerm? Text = null, Variable? Score = null, PatternTerm? Property = null, long? Limit = null) : GraphPattern
{
    /// <summary>The name that stands in queries for a search of resources: <c>(?resource ?score ?text ?property) mxtd:search ("words" 20)</c>.</summary>
    public const string ResourceFunction = "https://w3id.org/museumxtd/ns#search";

    /// <summary>The name that stands in queries for a search of texts: <c>(?text ?score) mxtd:searchText ("words" 20)</c>.</summary>
    public const string TextFunction = "https://w3id.org/museumxtd/ns#searchText";

    /// <summary>The terms that its solutions bind or agree with.</summary>
    public IEnumerable<PatternTerm> Terms => new[] { Resource, Score, Text, Property }.OfType<PatternTerm>();

    /// <summary>The variables of its solutions.</summary>
    public IEnumerable<Variable> Variables => Terms.OfType<Variable>().Distinct();
}

/// <summary>A pattern evaluated by another endpoint (SPARQL 1.1 Federated Query).</summary>
/// <param name="Endpoint">The endpoint: an IRI, or a variable that the patterns before bind to one.</param>
/// <param name="Pattern">The pattern, for its variables.</param>
/// <param name="Silent">Whether a failure counts as one empty solution.</param>
/// <param name="Text">The pattern as it was written, in braces: what the endpoint is sent.</param>
/// <param name="Prologue">The declarations in force for the text.</param>
public sealed record Service(PatternTerm Endpoint, GraphPattern Pattern, bool Silent, string Text, string Prologue) : GraphPattern(1 + Pattern.Height);

/// <summary>A key of a group: the variable it binds and how it is computed.</summary>
public readonly record struct GroupKey(Variable Variable, Expression Expression);

/// <summary>An aggregate of a group and the variable it binds.</summary>
public readonly record struct GroupAggregate(Variable Variable, Aggregate Aggregate);

/// <summary>One condition of ORDER BY.</summary>
public readonly record struct OrderCondition(Expression Expression, bool Descending);
