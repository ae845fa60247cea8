using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;

namespace MuseumXtd.Shacl.Constraints;

/// <summary><c>sh:node</c> (SHACL, section 4.7.1)</summary>
internal sealed class NodeConstraint(Shape shape, Shape wanted) : ValueConstraint(shape, Sh.Name("NodeConstraintComponent"))
{
    /// <inheritdoc/>
    public override IEnumerable<Shape> Shapes => [wanted];

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"La valeur n’est pas conforme à la forme {names.Of(wanted.Node)}.", $"The value does not conform to the shape {names.Of(wanted.Node)}.");

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value) => validation.Conforms(wanted, value);
}

/// <summary><c>sh:property</c> (SHACL, section 4.7.2): the results are those of the property shape itself.</summary>
internal sealed class PropertyConstraint(Shape shape, Shape property) : Constraint(shape, Sh.Name("PropertyShapeComponent"))
{
    /// <inheritdoc/>
    public override IEnumerable<Shape> Shapes => [property];

    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        foreach (var value in values)
        {
            validation.Check(property, value);
            if (validation.IsDecided)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) => ("", "");
}

/// <summary><c>sh:qualifiedValueShape</c> with one of its counts (SHACL, section 4.7.3)</summary>
internal sealed class QualifiedConstraint(Shape shape, Shape wanted, Func<IReadOnlyList<Shape>> siblings, long count, bool isMinimum)
    : Constraint(shape, Sh.Name(isMinimum ? "QualifiedMinCountConstraintComponent" : "QualifiedMaxCountConstraintComponent"))
{
    private readonly Lazy<IReadOnlyList<Shape>> _siblings = new(siblings);

    /// <inheritdoc/>
    public override IEnumerable<Shape> Shapes => [wanted, .. _siblings.Value];

    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        var found = 0;
        foreach (var value in values)
        {
            if (validation.Conforms(wanted, value) && !ConformsToSibling(validation, value))
            {
                found++;
            }
        }

        if (isMinimum ? found < count : found > count)
        {
            Report(validation, focus);
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) => isMinimum
        ? ($"Il faut au moins {count} valeur(s) conforme(s) à la forme {names.Of(wanted.Node)}.", $"At least {count} value(s) must conform to the shape {names.Of(wanted.Node)}.")
        : ($"Il faut au plus {count} valeur(s) conforme(s) à la forme {names.Of(wanted.Node)}.", $"At most {count} value(s) may conform to the shape {names.Of(wanted.Node)}.");

    private bool ConformsToSibling(Validation validation, uint value)
    {
        foreach (var sibling in _siblings.Value)
        {
            if (validation.Conforms(sibling, value))
            {
                return true;
            }
        }

        return false;
    }
}
