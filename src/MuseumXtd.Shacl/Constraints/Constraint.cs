using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;

namespace MuseumXtd.Shacl.Constraints;

/// <summary>One constraint of a shape (SHACL, section 2.1.1). It holds no state of a validation.</summary>
internal abstract class Constraint(Shape shape, Iri component)
{
    /// <summary>The shape that has it.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The component that it is of.</summary>
    public Iri Component { get; } = component;

    /// <summary>The node that is reported as <c>sh:sourceConstraint</c>.</summary>
    public virtual Term? Source => null;

    /// <summary>The messages of the constraint itself, which come before those of the shape.</summary>
    public virtual ImmutableArray<Literal> Messages => [];

    /// <summary>The shapes that it asks.</summary>
    public virtual IEnumerable<Shape> Shapes => [];

    /// <summary>Checks the value nodes of a focus node, and reports what is wrong.</summary>
    public abstract void Check(Validation validation, uint focus, ReadOnlySpan<uint> values);

    /// <summary>What is wanted, in French and in English, for shapes without a message.</summary>
    public abstract (string French, string English) Explain(TermNames names);

    protected void Report(Validation validation, uint focus, uint value = 0) => validation.Report(new Finding(this, focus, value));
}

/// <summary>A constraint that checks many focus nodes in one go.</summary>
internal interface IBatchedConstraint
{
    /// <summary>Checks focus nodes of a target.</summary>
    void CheckAll(Validation validation, ReadOnlySpan<uint> nodes);
}

/// <summary>A constraint that looks at each value node alone.</summary>
internal abstract class ValueConstraint(Shape shape, Iri component) : Constraint(shape, component)
{
    /// <inheritdoc/>
    public sealed override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        foreach (var value in values)
        {
            if (!Allows(validation, value))
            {
                Report(validation, focus, value);
                if (validation.IsDecided)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Whether the value is as it should be.</summary>
    protected abstract bool Allows(Validation validation, uint value);
}
