using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;

namespace MuseumXtd.Shacl.Constraints;

/// <summary><c>sh:minCount</c> (SHACL, section 4.2.1)</summary>
internal sealed class MinCountConstraint(Shape shape, long count) : Constraint(shape, Sh.Name("MinCountConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        if (values.Length < count)
        {
            Report(validation, focus);
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) => count == 1
        ? ("Il manque une valeur.", "A value is missing.")
        : ($"Il faut au moins {count} valeurs.", $"At least {count} values are wanted.");
}

/// <summary><c>sh:maxCount</c> (SHACL, section 4.2.2)</summary>
internal sealed class MaxCountConstraint(Shape shape, long count) : Constraint(shape, Sh.Name("MaxCountConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        if (values.Length > count)
        {
            Report(validation, focus);
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) => count switch
    {
        0 => ("Il ne doit y avoir aucune valeur.", "There must be no value."),
        1 => ("Il y a plus d’une valeur.", "There is more than one value."),
        _ => ($"Il faut au plus {count} valeurs.", $"At most {count} values are allowed."),
    };
}
