using MuseumXtd.Server.OData.Model;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Server.OData.Translation;

/// <summary>A group graph pattern that grows by the parts that expressions ask for.</summary>
internal sealed class Scope(GraphPattern pattern, VariableNames names)
{
    /// <summary>The pattern with all parts so far.</summary>
    public GraphPattern Pattern { get; set; } = pattern;

    public VariableNames Names { get; } = names;

    /// <summary>What paths are bound to.</summary>
    public Dictionary<string, Expression> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The resources at the ends of paths.</summary>
    public Dictionary<string, ResourceReference> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths without whose value no solution is wanted: they are joined, others are optional.</summary>
    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    public void Join(GraphPattern part) => Pattern = Pattern == GraphPattern.Unit ? part : new Join(Pattern, part);

    public void LeftJoin(GraphPattern part) => Pattern = new LeftJoin(Pattern, part, null);

    public void Filter(Expression condition) => Pattern = new Filter(condition, Pattern);
}

/// <summary>Names of variables, each new.</summary>
internal sealed class VariableNames
{
    private int _count;

    public Variable Next(string hint) => new(FormattableString.Invariant($"{hint}{++_count}"));
}

/// <summary>A resource that an expression speaks of.</summary>
/// <param name="Variable">Bound to the resource.</param>
/// <param name="Class">What is known of its type.</param>
/// <param name="Scope">Where the variable is bound.</param>
/// <param name="Path">How an expression calls it.</param>
/// <param name="Trail">
/// How it is reached from a variable that is certainly bound, where this one may be unbound: to be matched again in each part that starts
/// from it, because an unbound variable would match everything.
/// </param>
internal sealed record ResourceReference(Variable Variable, EntityClass Class, Scope Scope, string Path, GraphPattern? Trail)
{
    /// <summary>Whether it is certainly bound, to an instance of the class.</summary>
    public bool IsInstance { get; init; }

    public GraphPattern With(GraphPattern part) => Trail is null ? part : new Join(Trail, part);
}
