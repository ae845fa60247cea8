using MuseumXtd.Rdf;
using MuseumXtd.Sparql.Execution;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>STR</c> (section 17.4.2.5). Of a column it is a slice of the dictionary: the value of a literal is not worked out.</summary>
internal sealed class StrExpression(CompiledExpression argument, ExpressionContext context) : CompiledExpression(context.Terms)
{
    private readonly FunctionScope _scope = new(context);

    /// <summary>The argument.</summary>
    public CompiledExpression Argument { get; } = argument;

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row)
    {
        if (Argument is not ColumnExpression column)
        {
            var value = Argument.Evaluate(batch, row);
            return value.Kind == ValueKind.Iri || value.IsLiteral ? Value.String(value.LexicalFormOrIri(Clean())) : Value.Error;
        }

        var id = new TermId(batch.Columns[column.Slot][row]);
        if (!id.IsBound)
        {
            return Value.Error;
        }

        var term = new EncodedTerm(Terms.Encoded(id, _scope.Result));
        return term.Kind switch
        {
            TermKind.Iri => Value.String(term.Iri),
            TermKind.Literal => Value.String(term.LexicalForm),
            _ => Value.Error,
        };
    }

    private Rdf.Buffers.ByteBuffer Clean()
    {
        _scope.Result.Clear();
        return _scope.Result;
    }
}

/// <summary><c>LANG</c> (section 17.4.2.6).</summary>
internal sealed class LangExpression(CompiledExpression argument, QueryTerms terms) : CompiledExpression(terms)
{
    /// <summary>The argument.</summary>
    public CompiledExpression Argument { get; } = argument;

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row)
    {
        var value = Argument.Evaluate(batch, row);
        return value.IsLiteral ? Value.String(value.Language) : Value.Error;
    }
}
