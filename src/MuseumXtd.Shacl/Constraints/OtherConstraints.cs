using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Constraints;

/// <summary><c>sh:closed</c> with <c>sh:ignoredProperties</c> (SHACL, section 4.8.1): the property is reported as path.</summary>
internal sealed class ClosedConstraint(Shape shape, IReadOnlyList<int> allowed) : Constraint(shape, Sh.Name("ClosedConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        var known = validation.SetOf(this, allowed);
        foreach (var value in values)
        {
            var range = validation.Data.Range(TripleOrder.Spo, new TermId(value));
            validation.Work(range.Count);
            for (var i = 0; i < range.Count; i++)
            {
                if (!known.Contains(range.Second[i]))
                {
                    var path = new LinkPath((Iri)validation.Terms.Decode(new TermId(range.Second[i])));
                    validation.Report(new Finding(this, focus, range.Third[i]) { Path = path });
                }
            }
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ("Cette propriété n’est pas prévue ici.", "This property is not foreseen here.");
}

/// <summary><c>sh:hasValue</c> (SHACL, section 4.8.2)</summary>
internal sealed class HasValueConstraint(Shape shape, Term wanted, int constant) : Constraint(shape, Sh.Name("HasValueConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        if (!values.Contains(validation.Id(constant).Value))
        {
            Report(validation, focus);
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"La valeur {names.Of(wanted)} manque.", $"The value {names.Of(wanted)} is missing.");
}

/// <summary><c>sh:in</c> (SHACL, section 4.8.3)</summary>
internal sealed class InConstraint(Shape shape, IReadOnlyList<Term> members, IReadOnlyList<int> constants) : ValueConstraint(shape, Sh.Name("InConstraintComponent"))
{
    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"La valeur doit être parmi : {names.Of(members)}.", $"The value must be one of {names.Of(members)}.");

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value) => validation.SetOf(this, constants).Contains(value);
}
