using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Sparql.Expressions.Functions;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>lang(?x) = "en"</c>, <c>!=</c> and <c>langMatches(lang(?x), "en")</c>: reads the end of the encoded literal and nothing else.</summary>
internal sealed class LanguageFilter : CompiledExpression
{
    private readonly int _slot;
    private readonly byte[] _language;
    private readonly byte[] _ending;
    private readonly CompiledExpression _general;
    private readonly bool _isRange;
    private readonly bool _negated;
    private readonly bool _keepsOthers;

    private LanguageFilter(
        int slot, ReadOnlySpan<byte> language, bool isRange, bool negated, CompiledExpression general, QueryTerms terms)
        : base(terms)
    {
        _slot = slot;
        _language = language.ToArray();
        _ending = [.. "\"@"u8, .. language];
        _isRange = isRange;
        _negated = negated;
        _general = general;

        // The language of all other literals is the empty string.
        _keepsOthers = isRange ? TermFunctions.Matches(default, language) : language.IsEmpty != negated;
    }

    /// <summary><c>lang(?x) = "en"</c>, or <c>!=</c>.</summary>
    public static LanguageFilter Equal(int slot, ReadOnlySpan<byte> language, bool negated, CompiledExpression general, QueryTerms terms) =>
        new(slot, language, false, negated, general, terms);

    /// <summary><c>langMatches(lang(?x), "en")</c></summary>
    public static LanguageFilter Matches(int slot, ReadOnlySpan<byte> range, CompiledExpression general, QueryTerms terms) =>
        new(slot, range, true, false, general, terms);

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => _general.Evaluate(batch, row);

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row) => _general.Test(batch, row);

    /// <inheritdoc/>
    public override int Narrow(Batch batch, Span<int> selected, int count)
    {
        var ids = batch.Columns[_slot];
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var row = selected[i];
            var id = new TermId(ids[row]);
            selected[kept] = row;
            switch (id.Tag)
            {
                case TermTag.LangString:
                    kept += IsAccepted(Terms.Dictionary.Encoded(id, Terms.Scratch)) ? 1 : 0;
                    break;
                case TermTag.Local:
                    kept += _general.Test(batch, row) == Truth.True ? 1 : 0;
                    break;
                case >= TermTag.String and <= TermTag.OtherLiteral:
                    kept += _keepsOthers ? 1 : 0;
                    break;
            }
        }

        return kept;
    }

    private bool IsAccepted(ReadOnlySpan<byte> encoded)
    {
        if (_isRange)
        {
            return TermFunctions.Matches(new EncodedTerm(encoded).Language, _language);
        }

        // A direction, --ltr or --rtl, may follow; no language tag has two hyphens in a row.
        var tagged = encoded.Length > 8 && encoded[^4] == (byte)'-' && encoded[^5] == (byte)'-' ? encoded[..^5] : encoded;
        var isEqual = tagged.EndsWith(_ending);
        return isEqual != _negated;
    }
}
