using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Shacl.Execution;
using MuseumXtd.Shacl.Reports;
using MuseumXtd.Shacl.Shapes;
using MuseumXtd.Shacl.Vocabulary;
using MuseumXtd.Sparql;

namespace MuseumXtd.Shacl.Constraints;

/// <summary>A constraint on the text of a value: STR() of an IRI or a literal. Blank nodes have none and are not allowed.</summary>
internal abstract class TextConstraint(Shape shape, Iri component) : ValueConstraint(shape, component)
{
    /// <inheritdoc/>
    protected sealed override bool Allows(Validation validation, uint value)
    {
        var term = new EncodedTerm(validation.Encoded(value));
        return term.Kind switch
        {
            TermKind.Iri => AllowsText(term.Iri),
            TermKind.Literal => AllowsText(term.LexicalForm),
            _ => false,
        };
    }

    protected abstract bool AllowsText(ReadOnlySpan<byte> text);

    /// <summary>How many characters (Unicode code points) a text has.</summary>
    protected static int Length(ReadOnlySpan<byte> text)
    {
        var length = 0;
        foreach (var unit in text)
        {
            // All bytes of a character but the first begin with the bits 10.
            length += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return length;
    }
}

/// <summary><c>sh:minLength</c> (SHACL, section 4.4.1)</summary>
internal sealed class MinLengthConstraint(Shape shape, long length) : TextConstraint(shape, Sh.Name("MinLengthConstraintComponent"))
{
    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"Le texte doit avoir au moins {length} caractères.", $"The text must have at least {length} characters.");

    /// <inheritdoc/>
    protected override bool AllowsText(ReadOnlySpan<byte> text) => Length(text) >= length;
}

/// <summary><c>sh:maxLength</c> (SHACL, section 4.4.2)</summary>
internal sealed class MaxLengthConstraint(Shape shape, long length) : TextConstraint(shape, Sh.Name("MaxLengthConstraintComponent"))
{
    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"Le texte doit avoir au plus {length} caractères.", $"The text must have at most {length} characters.");

    /// <inheritdoc/>
    protected override bool AllowsText(ReadOnlySpan<byte> text) => Length(text) <= length;
}

/// <summary><c>sh:pattern</c> with <c>sh:flags</c> (SHACL, section 4.4.3)</summary>
internal sealed class PatternConstraint(Shape shape, string pattern, TextPattern compiled) : TextConstraint(shape, Sh.Name("PatternConstraintComponent"))
{
    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"Le texte doit suivre le motif « {pattern} ».", $"The text must match the pattern '{pattern}'.");

    /// <inheritdoc/>
    protected override bool AllowsText(ReadOnlySpan<byte> text) => compiled.IsMatch(text);
}

/// <summary><c>sh:languageIn</c> (SHACL, section 4.4.4): basic language ranges, as LANGMATCHES has them.</summary>
internal sealed class LanguageInConstraint(Shape shape, IReadOnlyList<string> ranges) : ValueConstraint(shape, Sh.Name("LanguageInConstraintComponent"))
{
    private readonly byte[][] _ranges = [.. ranges.Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ($"Le texte doit avoir une langue parmi : {string.Join(", ", ranges)}.", $"The text must have one of the languages {string.Join(", ", ranges)}.");

    /// <inheritdoc/>
    protected override bool Allows(Validation validation, uint value)
    {
        var term = new EncodedTerm(validation.Encoded(value));
        var language = term.Kind == TermKind.Literal ? term.Language : default;
        if (language.IsEmpty)
        {
            return false;
        }

        foreach (var range in _ranges)
        {
            if (range.AsSpan().SequenceEqual("*"u8)
                || (language.Length >= range.Length && Ascii.EqualsIgnoreCase(language[..range.Length], range)
                    && (language.Length == range.Length || language[range.Length] == (byte)'-')))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary><c>sh:uniqueLang</c> (SHACL, section 4.4.5)</summary>
internal sealed class UniqueLangConstraint(Shape shape) : Constraint(shape, Sh.Name("UniqueLangConstraintComponent"))
{
    /// <inheritdoc/>
    public override void Check(Validation validation, uint focus, ReadOnlySpan<uint> values)
    {
        if (values.Length < 2)
        {
            return;
        }

        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values)
        {
            var term = new EncodedTerm(validation.Encoded(value));
            var language = term.Kind == TermKind.Literal ? term.Language : default;
            if (!language.IsEmpty)
            {
                var tag = Encoding.ASCII.GetString(language);
                var count = counts.GetValueOrDefault(tag) + 1;
                counts[tag] = count;
                if (count == 2)
                {
                    Report(validation, focus);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override (string French, string English) Explain(TermNames names) =>
        ("Une langue ne peut avoir qu’une valeur.", "A language may have one value only.");
}
