using System.Text;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;
using MuseumXtd.Store.Text;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// A test whether the texts of a column contain a part: once enough of them were read to pay for it, the index of words tells which texts may contain it,
/// and only these are read. The result is the same; where the index lacks something, every text is read.
/// </summary>
internal sealed class PrefilteredTest(int slot, TextPrefilter filter, CompiledExpression test, ExpressionContext context) : CompiledExpression(context.Terms)
{
    private const int Trial = 2 * Batch.Capacity;

    private TextCandidates? _candidates;
    private int _tested;

    /// <summary>
    /// A test of one column's text for a constant part, prefiltered; else the test itself.
    /// </summary>
    /// <param name="text">The text: a variable, also in STR, LCASE or UCASE.</param>
    /// <param name="part">What every text that passes contains, in any case; null when nothing is known of it.</param>
    /// <param name="test">The test, which is false and no error for every string that does not contain the part.</param>
    /// <param name="context">The query.</param>
    public static CompiledExpression Of(CompiledExpression text, string? part, CompiledExpression test, ExpressionContext context)
    {
        // Shorter parts are in too many texts.
        const int Short = 3;
        while (text is StrExpression or CaseExpression)
        {
            text = text is StrExpression str ? str.Argument : ((CaseExpression)text).Argument;
        }

        return text is ColumnExpression column && part?.Length >= Short ? new PrefilteredTest(column.Slot, context.Prefilter(part), test, context) : test;
    }

    /// <summary>The text of a constant plain string; null for anything else.</summary>
    public static string? PlainText(CompiledExpression expression) =>
        expression is ConstantExpression { Value.Kind: ValueKind.String } constant ? Encoding.UTF8.GetString(constant.Value.Text) : null;

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => IsRuledOut(batch, row) ? Value.Of(Truth.False) : test.Evaluate(batch, row);

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row) => IsRuledOut(batch, row) ? Truth.False : test.Test(batch, row);

    private bool IsRuledOut(Batch batch, int row)
    {
        if (_candidates is null)
        {
            _candidates = ++_tested == Trial ? filter.Ask(Terms.Dictionary.Text, context.Cancellation) : filter.Candidates;
            return false;
        }

        var id = new TermId(batch.Columns[slot][row]);
        return id.Tag is TermTag.String or TermTag.LangString && !_candidates.MayContain(id);
    }
}
