using System.Runtime.CompilerServices;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// <c>=</c> or <c>!=</c> of a column and a constant. The tag of an id tells whether its term can only be equal by being the same term, which
/// the ids decide; other rows are compared by value.
/// </summary>
internal sealed class EqualFilter : CompiledExpression
{
    private readonly int _slot;
    private readonly uint _constant;
    private readonly bool _negated;
    private readonly CompiledExpression _general;
    private readonly Way[] _ways = new Way[16];

    /// <summary>A filter in place of a general expression.</summary>
    public EqualFilter(int slot, ConstantExpression constant, bool negated, CompiledExpression general, QueryTerms terms)
        : base(terms)
    {
        _slot = slot;
        _constant = constant.Id.Value;
        _negated = negated;
        _general = general;
        var value = constant.Value;
        var kind = Comparison.ClassOf(value.Kind);
        for (var tag = TermTag.BlankNode; tag <= TermTag.TripleTerm; tag++)
        {
            _ways[(int)tag] = WayOf(tag, kind, constant.Id.Tag);
        }

        _ways[(int)TermTag.Local] = Way.General;
        _ways[(int)TermTag.Unbound] = Way.Never;
    }

    private enum Way : byte
    {
        /// <summary>Compared by value.</summary>
        General,

        /// <summary>Equal only when it is the same term.</summary>
        ById,

        /// <summary>An error.</summary>
        Never,
    }

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => _general.Evaluate(batch, row);

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var id = batch.Columns[_slot][row];
        return _ways[id >> TermId.PayloadBits] == Way.ById ? Truths.Of((id == _constant) != _negated) : _general.Test(batch, row);
    }

    /// <inheritdoc/>
    public override int Narrow(Batch batch, Span<int> selected, int count)
    {
        var ids = batch.Columns[_slot];
        var (ways, constant, negated) = (_ways, _constant, _negated);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var row = selected[i];
            var id = ids[row];
            selected[kept] = row;
            var way = ways[id >> TermId.PayloadBits];
            if (way == Way.ById)
            {
                kept += Unsafe.BitCast<bool, byte>((id == constant) != negated);
            }
            else if (way == Way.General)
            {
                kept += _general.Test(batch, row) == Truth.True ? 1 : 0;
            }
        }

        return kept;
    }

    private static Way WayOf(TermTag tag, ValueKind constant, TermTag constantTag)
    {
        switch (tag)
        {
            case TermTag.BlankNode or TermTag.Iri:
                return Way.ById;
            case TermTag.TripleTerm:
                return constant == ValueKind.TripleTerm ? Way.General : Way.ById;
        }

        // From here on the rows are literals; an unknown value may be equal to any of them, and those may be ill-typed.
        if (constant is ValueKind.Iri or ValueKind.BlankNode or ValueKind.TripleTerm)
        {
            return Way.ById;
        }

        if (constant == ValueKind.Other || tag is TermTag.OtherLiteral or TermTag.Numeric or TermTag.Temporal)
        {
            return Way.General;
        }

        return tag switch
        {
            TermTag.LangString => constant == ValueKind.LangString ? Way.General : Way.ById,
            TermTag.InlineInteger => constant == ValueKind.Integer && constantTag != TermTag.InlineInteger ? Way.General : Way.ById,
            TermTag.InlineBoolean => constant == ValueKind.Boolean && constantTag != TermTag.InlineBoolean ? Way.General : Way.ById,
            TermTag.InlineDate => constant == ValueKind.DateTime && constantTag != TermTag.InlineDate ? Way.General : Way.ById,
            _ => Way.ById,
        };
    }
}
