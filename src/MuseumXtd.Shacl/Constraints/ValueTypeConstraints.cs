using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Store;

namespace MuseumXtd.Shacl.Constraints;

/// <summary><c>sh:class</c> (SHACL, section 4.1.1)</summary>
internal sealed class ClassConstraint(Shape shape, Iri type, int constant) : ValueConstraint(shape, Sh.Name("ClassConstraintComponent"))
{
    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"La valeur doit être de la classe {names.Of(type)}.", $"The value must be of class {names.Of(type)}.");

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value)
    {
        var classes = validation.SubclassesOf(constant);
        foreach (var type in validation.Data.Range(TripleOrder.Spo, new TermId(value), validation.RdfType).Third)
        {
            if (classes.Contains(type))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary><c>sh:datatype</c> (SHACL, section 4.1.2): the literal has the datatype and, where we know its lexical forms, one of them.</summary>
internal sealed class DatatypeConstraint(Shape shape, Iri datatype) : ValueConstraint(shape, Sh.Name("DatatypeConstraintComponent"))
{
    private readonly byte[] _iri = Encoding.UTF8.GetBytes(datatype.Value);
    private readonly XsdDatatype _known = XsdDatatypes.Of(Encoding.UTF8.GetBytes(datatype.Value));

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"La valeur doit être un littéral bien formé de type {names.Of(datatype)}.", $"The value must be a well-formed literal of type {names.Of(datatype)}.");

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value)
    {
        var id = new TermId(value);
        switch (validation.Terms.TagOf(id))
        {
            case TermTag.InlineInteger:
                return _known == XsdDatatype.Integer;
            case TermTag.InlineBoolean:
                return _known == XsdDatatype.Boolean;
            case TermTag.InlineDate:
                return _known == XsdDatatype.Date;
            case TermTag.String:
                return _known == XsdDatatype.String;
            case TermTag.BlankNode or TermTag.Iri or TermTag.TripleTerm:
                return false;
            default:
                return new EncodedTerm(validation.Encoded(value)).Datatype.SequenceEqual(_iri) && !validation.Operators.IsIllTyped(id);
        }
    }
}

/// <summary><c>sh:nodeKind</c> (SHACL, section 4.1.3)</summary>
internal sealed class NodeKindConstraint(Shape shape, bool blankNodes, bool iris, bool literals)
    : ValueConstraint(shape, Sh.Name("NodeKindConstraintComponent"))
{
    /// <summary>The constraint for a value of <c>sh:nodeKind</c>, or null when it is none of the six.</summary>
    public static NodeKindConstraint? Of(Shape shape, Term kind) => ShapesGraph.Short(kind as Iri ?? Sh.NodeKind) switch
    {
        "sh:BlankNode" => new(shape, true, false, false),
        "sh:IRI" => new(shape, false, true, false),
        "sh:Literal" => new(shape, false, false, true),
        "sh:BlankNodeOrIRI" => new(shape, true, true, false),
        "sh:BlankNodeOrLiteral" => new(shape, true, false, true),
        "sh:IRIOrLiteral" => new(shape, false, true, true),
        _ => null,
    };

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names)
    {
        var french = string.Join(" ou ", Kinds("un nœud anonyme", "un IRI", "un littéral"));
        var english = string.Join(" or ", Kinds("a blank node", "an IRI", "a literal"));
        return ($"La valeur doit être {french}.", $"The value must be {english}.");
    }

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value) => validation.Terms.KindOf(new TermId(value)) switch
    {
        TermKind.BlankNode => blankNodes,
        TermKind.Iri => iris,
        TermKind.Literal => literals,
        _ => false,
    };

    private IEnumerable<string> Kinds(string blankNode, string iri, string literal)
    {
        if (blankNodes)
        {
            yield return blankNode;
        }

        if (iris)
        {
            yield return iri;
        }

        if (literals)
        {
            yield return literal;
        }
    }
}
