using System.Buffers;
using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Results;

/// <summary>
/// SPARQL 1.1 Query Results CSV (section 3): the text of terms for spreadsheets; kinds and datatypes are lost. A boolean, for which the
/// standard has no form, is one word.
/// </summary>
internal sealed class CsvWriter : ResultWriter
{
    private static readonly SearchValues<byte> Quoted = SearchValues.Create("\",\r\n"u8);

    /// <inheritdoc/>
    protected override void WriteStart(ImmutableArray<Variable> variables)
    {
        for (var i = 0; i < variables.Length; i++)
        {
            Output.Append(i == 0 ? default : ","u8);
            Append(variables[i].Name);
        }

        Output.Append("\r\n"u8);
    }

    /// <inheritdoc/>
    protected override void WriteRow(SolutionResults solutions, int row)
    {
        for (var i = 0; i < solutions.Variables.Length; i++)
        {
            Output.Append(i == 0 ? default : ","u8);
            var id = solutions.Column(i)[row];
            if (id == 0)
            {
                continue;
            }

            var encoded = Encoded(solutions, id);
            var term = new EncodedTerm(encoded);
            switch (term.Kind)
            {
                case TermKind.Iri:
                    WriteField(term.Iri);
                    break;
                case TermKind.Literal:
                    WriteField(term.LexicalForm);
                    break;
                case TermKind.BlankNode:
                    TermWriter.WriteBlankNode(term.Label, Output);
                    break;
                default:
                    using (var text = new Rdf.Buffers.ByteBuffer())
                    {
                        TermWriter.Write(encoded, text);
                        WriteField(text.Written);
                    }

                    break;
            }
        }

        Output.Append("\r\n"u8);
    }

    /// <inheritdoc/>
    protected override ResultWriter ForLaterRows() => new CsvWriter();

    /// <inheritdoc/>
    protected override void WriteEnd()
    {
    }

    /// <inheritdoc/>
    protected override void WriteBoolean(bool value) => Output.Append(value ? "true\r\n"u8 : "false\r\n"u8);

    private void WriteField(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(Quoted) < 0)
        {
            Output.Append(text);
            return;
        }

        Output.Append((byte)'"');
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            Output.Append(text[..(quote + 1)]);
            Output.Append((byte)'"');
            text = text[(quote + 1)..];
        }

        Output.Append(text);
        Output.Append((byte)'"');
    }
}

/// <summary>SPARQL 1.1 Query Results TSV (section 4): terms in the syntax of Turtle, nothing is lost.</summary>
internal sealed class TsvWriter : ResultWriter
{
    /// <inheritdoc/>
    protected override void WriteStart(ImmutableArray<Variable> variables)
    {
        for (var i = 0; i < variables.Length; i++)
        {
            Output.Append(i == 0 ? "?"u8 : "\t?"u8);
            Append(variables[i].Name);
        }

        Output.Append((byte)'\n');
    }

    /// <inheritdoc/>
    protected override void WriteRow(SolutionResults solutions, int row)
    {
        for (var i = 0; i < solutions.Variables.Length; i++)
        {
            Output.Append(i == 0 ? default : "\t"u8);
            var id = new TermId(solutions.Column(i)[row]);
            if (id.Tag == TermTag.InlineInteger)
            {
                Output.Advance(InlineValue.WriteLexicalForm(id, Output.GetSpan(16)));
            }
            else if (id.IsBound)
            {
                TermWriter.Write(Encoded(solutions, id.Value), Output);
            }
        }

        Output.Append((byte)'\n');
    }

    /// <inheritdoc/>
    protected override ResultWriter ForLaterRows() => new TsvWriter();

    /// <inheritdoc/>
    protected override void WriteEnd()
    {
    }

    /// <inheritdoc/>
    protected override void WriteBoolean(bool value) => Output.Append(value ? "true\n"u8 : "false\n"u8);
}
