using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Constraints;

/// <summary><c>sh:equals</c> (SHACL, section 4.5.1)</summary>
internal sealed class EqualsConstraint(Shape shape, Iri predicate, int constant) : Constraint(shape, Sh.Name("EqualsConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        var others = validation.Data.Range(TripleOrder.Spo, new TermId(focus), validation.Id(constant)).Third;
        foreach (var value in values)
        {
            if (others.BinarySearch<uint, uint>(value) < 0)
            {
                Report(validation, focus, value);
            }
        }

        const int Few = 32;
        var known = values.Length > Few ? new HashSet<uint>(values.ToArray()) : null;
        foreach (var other in others)
        {
            if (!(known?.Contains(other) ?? values.Contains(other)))
            {
                Report(validation, focus, other);
            }
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"Les valeurs doivent être celles de {names.Of(predicate)}.", $"The values must be those of {names.Of(predicate)}.");
}

/// <summary><c>sh:disjoint</c> (SHACL, section 4.5.2)</summary>
internal sealed class DisjointConstraint(Shape shape, Iri predicate, int constant) : Constraint(shape, Sh.Name("DisjointConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        var others = validation.Data.Range(TripleOrder.Spo, new TermId(focus), validation.Id(constant)).Third;
        foreach (var value in values)
        {
            if (others.BinarySearch<uint, uint>(value) >= 0)
            {
                Report(validation, focus, value);
            }
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"La valeur ne peut être aussi une valeur de {names.Of(predicate)}.", $"The value may not be a value of {names.Of(predicate)} as well.");
}

/// <summary><c>sh:lessThan</c> and <c>sh:lessThanOrEquals</c> (SHACL, sections 4.5.3 and 4.5.4): a result for each pair that is not in order.</summary>
internal sealed class LessThanConstraint(Shape shape, Iri predicate, int constant, bool orEquals)
    : Constraint(shape, Sh.Name(orEquals ? "LessThanOrEqualsConstraintComponent" : "LessThanConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        foreach (var other in validation.Data.Range(TripleOrder.Spo, new TermId(focus), validation.Id(constant)).Third)
        {
            foreach (var value in values)
            {
                var isInOrder = orEquals
                    ? validation.Operators.IsLessOrEqual(new TermId(value), new TermId(other))
                    : validation.Operators.IsLess(new TermId(value), new TermId(other));
                if (!isInOrder)
                {
                    Report(validation, focus, value);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) => orEquals
        ? ($"La valeur ne peut dépasser celle de {names.Of(predicate)}.", $"The value may not be beyond that of {names.Of(predicate)}.")
        : ($"La valeur doit être avant celle de {names.Of(predicate)}.", $"The value must be before that of {names.Of(predicate)}.");
}
