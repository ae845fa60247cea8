using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Constraints;

/// <summary><c>sh:minExclusive</c> and its three kin (SHACL, section 4.3): SPARQL's comparison says true.</summary>
internal sealed class RangeConstraint(Shape shape, Literal limit, int constant, bool isMinimum, bool isInclusive)
    : ValueConstraint(shape, Sh.Name($"{(isMinimum ? "Min" : "Max")}{(isInclusive ? "Inclusive" : "Exclusive")}ConstraintComponent"))
{
    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names)
    {
        var sign = (isMinimum, isInclusive) switch { (true, true) => "≥", (true, false) => ">", (false, true) => "≤", _ => "<" };
        return ($"La valeur doit être {sign} {names.Of(limit)}.", $"The value must be {sign} {names.Of(limit)}.");
    }

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value)
    {
        var bound = validation.Id(constant);
        var (low, high) = isMinimum ? (bound, new TermId(value)) : (new TermId(value), bound);
        return isInclusive ? validation.Operators.IsLessOrEqual(low, high) : validation.Operators.IsLess(low, high);
    }
}
