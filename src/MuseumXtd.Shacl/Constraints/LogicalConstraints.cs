using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;

namespace MuseumXtd.Shacl.Constraints;

/// <summary><c>sh:not</c> (SHACL, section 4.6.1)</summary>
internal sealed class NotConstraint(Shape shape, Shape excluded) : ValueConstraint(shape, Sh.Name("NotConstraintComponent"))
{
    /// <inheritdoc/>
    public override IEnumerable<Shape> Shapes => [excluded];

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"La valeur ne doit pas être conforme à la forme {names.Of(excluded.Node)}.", $"The value must not conform to the shape {names.Of(excluded.Node)}.");

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value) => !validation.Conforms(excluded, value);
}

/// <summary><c>sh:and</c>, <c>sh:or</c> and <c>sh:xone</c> (SHACL, sections 4.6.2 to 4.6.4): how many shapes of a list a value conforms to.</summary>
internal sealed class ShapeListConstraint(Shape shape, ShapeList kind, IReadOnlyList<Shape> members)
    : ValueConstraint(shape, Sh.Name($"{kind}ConstraintComponent"))
{
    /// <inheritdoc/>
    public override IEnumerable<Shape> Shapes => members;

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names)
    {
        var list = members.All(m => m.Node is Iri) ? $" ({names.Of([.. members.Select(m => m.Node)])})" : "";
        return kind switch
        {
            ShapeList.And => ($"La valeur doit être conforme à toutes les formes de la liste{list}.", $"The value must conform to all shapes of the list{list}."),
            ShapeList.Or => ($"La valeur doit être conforme à une forme au moins de la liste{list}.", $"The value must conform to at least one shape of the list{list}."),
            _ => ($"La valeur doit être conforme à une seule forme de la liste{list}.", $"The value must conform to exactly one shape of the list{list}."),
        };
    }

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value)
    {
        var conforming = 0;
        foreach (var member in members)
        {
            if (validation.Conforms(member, value))
            {
                conforming++;
                if (kind == ShapeList.Or || conforming == 2 && kind == ShapeList.Xone)
                {
                    break;
                }
            }
            else if (kind == ShapeList.And)
            {
                return false;
            }
        }

        return kind == ShapeList.And || conforming == 1;
    }
}

/// <summary>How the shapes of a list are joined.</summary>
internal enum ShapeList : byte
{
    /// <summary>All of them.</summary>
    And,

    /// <summary>At least one.</summary>
    Or,

    /// <summary>Exactly one.</summary>
    Xone,
}
