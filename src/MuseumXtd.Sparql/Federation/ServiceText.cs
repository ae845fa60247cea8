using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Federation;

/// <summary>The query that an endpoint is sent: the group of SERVICE in the words in which it was written, below rows of VALUES that restrict it.</summary>
internal sealed class ServiceText
{
    private readonly Service _service;
    private readonly StringBuilder _text = new();
    private readonly int _rows;

    /// <summary>A query for the solutions that agree with rows of some variables; without variables, for all solutions.</summary>
    public ServiceText(Service service, IReadOnlyList<Variable> fields, IReadOnlyList<Variable> keys)
    {
        _service = service;
        _text.Append(service.Prologue).Append("SELECT ").AppendJoin(' ', fields.Count == 0 ? ["*"] : fields.Select(f => f.ToString())).Append(" WHERE {");
        if (keys.Count > 0)
        {
            _text.Append("\nVALUES (").AppendJoin(' ', keys).Append(") {");
        }

        _rows = keys.Count > 0 ? _text.Length : -1;
    }

    /// <summary>How long the query is so far.</summary>
    public int Length => _text.Length;

    /// <summary>Adds a row of values.</summary>
    public void Add(IEnumerable<Term> row)
    {
        _text.Append("\n(");
        foreach (var term in row)
        {
            Write(term);
            _text.Append(' ');
        }

        _text.Append(')');
    }

    /// <summary>Whether a term can be written as a value: a blank node here is none there.</summary>
    public static bool CanBeSent(Term term) =>
        term is Iri or Literal || (term is TripleTerm triple && CanBeSent(triple.Subject) && CanBeSent(triple.Object));

    /// <inheritdoc/>
    public override string ToString() => $"{_text}{(_rows >= 0 ? "\n}" : "")}\n{_service.Text}\n}}";

    private void Write(Term term)
    {
        switch (term)
        {
            case Iri iri:
                WriteIri(iri);
                break;
            case Literal literal:
                WriteLiteral(literal);
                break;
            case TripleTerm triple:
                _text.Append("<<( ");
                Write(triple.Subject);
                _text.Append(' ');
                Write(triple.Predicate);
                _text.Append(' ');
                Write(triple.Object);
                _text.Append(" )>>");
                break;
            default:
                throw new ArgumentException($"{term} cannot be sent to another endpoint.", nameof(term));
        }
    }

    private void WriteIri(Iri iri)
    {
        _text.Append('<');
        foreach (var c in iri.Value)
        {
            if (c <= ' ' || "<>\"{}|^`\\".Contains(c, StringComparison.Ordinal))
            {
                _text.Append($"%{(int)c:X2}");
            }
            else
            {
                _text.Append(c);
            }
        }

        _text.Append('>');
    }

    private void WriteLiteral(Literal literal)
    {
        _text.Append('"');
        foreach (var c in literal.LexicalForm)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
        if (literal.Language is not null)
        {
            _text.Append('@').Append(literal.Language).Append(literal.Direction switch
            {
                BaseDirection.LeftToRight => "--ltr",
                BaseDirection.RightToLeft => "--rtl",
                _ => "",
            });
        }
        else if (literal.Datatype != Rdf.Vocabulary.Xsd.String)
        {
            _text.Append("^^");
            WriteIri(literal.Datatype);
        }
    }
}
