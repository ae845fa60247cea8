using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Results;

/// <summary>SPARQL Query Results XML Format, with the triple terms and directions of 1.2.</summary>
internal sealed class XmlWriter : ResultWriter
{
    private byte[][] _bindings = [];

    /// <inheritdoc/>
    protected override void WriteStart(ImmutableArray<Variable> variables)
    {
        WriteHead();
        _bindings = new byte[variables.Length][];
        for (var i = 0; i < variables.Length; i++)
        {
            using var name = new ByteBuffer();
            Escapes.Xml(System.Text.Encoding.UTF8.GetBytes(variables[i].Name), name);
            Output.Append("<variable name=\""u8);
            Output.Append(name.Written);
            Output.Append("\"/>"u8);
            _bindings[i] = [.. "<binding name=\""u8, .. name.Written, .. "\">"u8];
        }

        Output.Append("</head>\n<results>\n"u8);
    }

    /// <inheritdoc/>
    protected override void WriteRow(SolutionResults solutions, int row)
    {
        Output.Append("<result>"u8);
        for (var i = 0; i < _bindings.Length; i++)
        {
            var id = solutions.Column(i)[row];
            if (id != 0)
            {
                Output.Append(_bindings[i]);
                WriteTerm(Encoded(solutions, id), Output);
                Output.Append("</binding>"u8);
            }
        }

        Output.Append("</result>\n"u8);
    }

    /// <inheritdoc/>
    protected override ResultWriter ForLaterRows() => new XmlWriter { _bindings = _bindings };

    /// <inheritdoc/>
    protected override void WriteEnd() => Output.Append("</results>\n</sparql>\n"u8);

    /// <inheritdoc/>
    protected override void WriteBoolean(bool value)
    {
        WriteHead();
        Output.Append("</head>\n<boolean>"u8);
        Output.Append(value ? "true"u8 : "false"u8);
        Output.Append("</boolean>\n</sparql>\n"u8);
    }

    private static void WriteTerm(ReadOnlySpan<byte> encoded, ByteBuffer output)
    {
        var term = new EncodedTerm(encoded);
        switch (term.Kind)
        {
            case TermKind.Iri:
                output.Append("<uri>"u8);
                Escapes.Xml(term.Iri, output);
                output.Append("</uri>"u8);
                break;
            case TermKind.BlankNode:
                output.Append("<bnode>"u8);
                Escapes.Label(term.Label, output);
                output.Append("</bnode>"u8);
                break;
            case TermKind.Literal:
                WriteLiteral(term, output);
                break;
            default:
                output.Append("<triple><subject>"u8);
                WriteTerm(term.Subject, output);
                output.Append("</subject><predicate>"u8);
                WriteTerm(term.Predicate, output);
                output.Append("</predicate><object>"u8);
                WriteTerm(term.Object, output);
                output.Append("</object></triple>"u8);
                break;
        }
    }

    private static void WriteLiteral(EncodedTerm term, ByteBuffer output)
    {
        var suffix = term.Suffix;
        if (suffix.IsEmpty)
        {
            output.Append("<literal>"u8);
        }
        else if (suffix[0] == (byte)'@')
        {
            output.Append("<literal xml:lang=\""u8);
            Escapes.Xml(term.Language, output);
            output.Append(term.Direction switch
            {
                BaseDirection.LeftToRight => "\" its:dir=\"ltr\" its:version=\"2.0\">"u8,
                BaseDirection.RightToLeft => "\" its:dir=\"rtl\" its:version=\"2.0\">"u8,
                _ => "\">"u8,
            });
        }
        else
        {
            output.Append("<literal datatype=\""u8);
            Escapes.Xml(suffix[3..], output);
            output.Append("\">"u8);
        }

        Escapes.Xml(term.LexicalForm, output);
        output.Append("</literal>"u8);
    }

    private void WriteHead() => Output.Append(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\" xmlns:its=\"http://www.w3.org/2005/11/its\">\n<head>"u8);
}
