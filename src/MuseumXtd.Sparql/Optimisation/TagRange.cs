using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Optimisation;

/// <summary>
/// Which kinds of terms a variable can be bound to, as the data has them: it tells where <c>=</c> can only be true of the same term, so that a join
/// on ids answers it.
/// </summary>
internal readonly record struct TagRange(TermTag First, TermTag Last)
{
    /// <summary>Any term.</summary>
    public static TagRange Any => new(TermTag.Unbound, TermTag.Local);

    /// <summary>The kinds that a triple pattern leaves a variable.</summary>
    public static TagRange Of(Variable variable, TriplePattern pattern, TripleIndex index, QueryTerms terms)
    {
        if (variable.Equals(pattern.Predicate))
        {
            return new TagRange(TermTag.Iri, TermTag.Iri);
        }

        if (variable.Equals(pattern.Subject))
        {
            return new TagRange(TermTag.BlankNode, TermTag.Iri);
        }

        if (!variable.Equals(pattern.Object) || pattern.Predicate is not ConstantTerm predicate)
        {
            return Any;
        }

        return index.TryGetBounds(TripleOrder.Pos, terms.Intern(predicate.Term), out var least, out var greatest)
            ? new TagRange(least.Tag, greatest.Tag)
            : new TagRange(TermTag.Iri, TermTag.Iri);
    }

    /// <summary>What is in both.</summary>
    public TagRange And(TagRange other) =>
        new((TermTag)Math.Max((byte)First, (byte)other.First), (TermTag)Math.Min((byte)Last, (byte)other.Last));

    /// <summary>Whether <c>=</c> between terms of these kinds and of those is true of the same term only, and of it always.</summary>
    public bool EqualsOnlyItself(TagRange other) =>
        Last <= TermTag.LangString || other.Last <= TermTag.LangString || (IsInline && other == this);

    private bool IsInline => First == Last && First is TermTag.InlineInteger or TermTag.InlineBoolean or TermTag.InlineDate;
}
