using System.Collections.Immutable;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Results;

/// <summary>SPARQL 1.1 Query Results JSON Format, with the triple terms and directions of 1.2.</summary>
internal sealed class JsonWriter : ResultWriter
{
    private byte[][] _keys = [];
    private bool _isFirst = true;

    /// <inheritdoc/>
    protected override void WriteStart(ImmutableArray<Variable> variables)
    {
        Output.Append("{\"head\":{\"vars\":["u8);
        _keys = new byte[variables.Length][];
        for (var i = 0; i < variables.Length; i++)
        {
            using var key = new ByteBuffer();
            key.Append((byte)'"');
            Escapes.Json(System.Text.Encoding.UTF8.GetBytes(variables[i].Name), key);
            key.Append((byte)'"');
            Output.Append(i == 0 ? default : ","u8);
            Output.Append(key.Written);
            key.Append((byte)':');
            _keys[i] = key.Written.ToArray();
        }

        Output.Append("]},\"results\":{\"bindings\":[\n"u8);
    }

    /// <inheritdoc/>
    protected override void WriteRow(SolutionResults solutions, int row)
    {
        Output.Append(_isFirst ? "{"u8 : ",\n{"u8);
        _isFirst = false;
        var isFirstBinding = true;
        for (var i = 0; i < _keys.Length; i++)
        {
            var id = solutions.Column(i)[row];
            if (id == 0)
            {
                continue;
            }

            Output.Append(isFirstBinding ? default : ","u8);
            isFirstBinding = false;
            Output.Append(_keys[i]);
            WriteTerm(Encoded(solutions, id), Output);
        }

        Output.Append((byte)'}');
    }

    /// <inheritdoc/>
    protected override ResultWriter ForLaterRows() => new JsonWriter { _keys = _keys, _isFirst = false };

    /// <inheritdoc/>
    protected override void WriteEnd() => Output.Append("\n]}}\n"u8);

    /// <inheritdoc/>
    protected override void WriteBoolean(bool value) =>
        Output.Append(value ? "{\"head\":{},\"boolean\":true}\n"u8 : "{\"head\":{},\"boolean\":false}\n"u8);

    private static void WriteTerm(ReadOnlySpan<byte> encoded, ByteBuffer output)
    {
        var term = new EncodedTerm(encoded);
        switch (term.Kind)
        {
            case TermKind.Iri:
                output.Append("{\"type\":\"uri\",\"value\":\""u8);
                Escapes.Json(term.Iri, output);
                output.Append("\"}"u8);
                break;
            case TermKind.BlankNode:
                output.Append("{\"type\":\"bnode\",\"value\":\""u8);
                Escapes.Label(term.Label, output);
                output.Append("\"}"u8);
                break;
            case TermKind.Literal:
                output.Append("{\"type\":\"literal\",\"value\":\""u8);
                Escapes.Json(term.LexicalForm, output);
                var suffix = term.Suffix;
                if (!suffix.IsEmpty && suffix[0] == (byte)'@')
                {
                    output.Append("\",\"xml:lang\":\""u8);
                    Escapes.Json(term.Language, output);
                    output.Append(term.Direction switch
                    {
                        BaseDirection.LeftToRight => "\",\"its:dir\":\"ltr"u8,
                        BaseDirection.RightToLeft => "\",\"its:dir\":\"rtl"u8,
                        _ => default,
                    });
                }
                else if (!suffix.IsEmpty)
                {
                    output.Append("\",\"datatype\":\""u8);
                    Escapes.Json(suffix[3..], output);
                }

                output.Append("\"}"u8);
                break;
            default:
                output.Append("{\"type\":\"triple\",\"value\":{\"subject\":"u8);
                WriteTerm(term.Subject, output);
                output.Append(",\"predicate\":"u8);
                WriteTerm(term.Predicate, output);
                output.Append(",\"object\":"u8);
                WriteTerm(term.Object, output);
                output.Append("}}"u8);
                break;
        }
    }
}
