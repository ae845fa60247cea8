using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary><c>&amp;&amp;</c>: false wins over an error (section 17.2).</summary>
internal sealed class AndExpression(CompiledExpression left, CompiledExpression right, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var first = left.Test(batch, row);
        if (first == Truth.False)
        {
            return Truth.False;
        }

        var second = right.Test(batch, row);
        return second == Truth.False || first == Truth.True ? second : Truth.Error;
    }

    /// <inheritdoc/>
    public override int Narrow(Batch batch, Span<int> selected, int count)
    {
        count = left.Narrow(batch, selected, count);
        return count == 0 ? 0 : right.Narrow(batch, selected, count);
    }
}

/// <summary><c>||</c>: true wins over an error (section 17.2).</summary>
internal sealed class OrExpression(CompiledExpression left, CompiledExpression right, QueryTerms terms) : CompiledExpression(terms)
{
    private readonly int[] _first = new int[Batch.Capacity];
    private readonly int[] _rest = new int[Batch.Capacity];

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var first = left.Test(batch, row);
        if (first == Truth.True)
        {
            return Truth.True;
        }

        var second = right.Test(batch, row);
        return second == Truth.True || first == Truth.False ? second : Truth.Error;
    }

    /// <inheritdoc/>
    public override int Narrow(Batch batch, Span<int> selected, int count)
    {
        selected[..count].CopyTo(_first);
        var first = left.Narrow(batch, _first, count);
        var rest = 0;
        for (int i = 0, j = 0; i < count; i++)
        {
            if (j < first && _first[j] == selected[i])
            {
                j++;
            }
            else
            {
                _rest[rest++] = selected[i];
            }
        }

        rest = right.Narrow(batch, _rest, rest);
        var kept = 0;
        for (int i = 0, j = 0; i < first || j < rest;)
        {
            selected[kept++] = j == rest || (i < first && _first[i] < _rest[j]) ? _first[i++] : _rest[j++];
        }

        return kept;
    }
}

/// <summary><c>!</c></summary>
internal sealed class NotExpression(CompiledExpression operand, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row) => operand.Test(batch, row).Negated();
}

/// <summary><c>IF</c> (section 17.4.1.2).</summary>
internal sealed class IfExpression(CompiledExpression condition, CompiledExpression then, CompiledExpression otherwise, QueryTerms terms)
    : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => condition.Test(batch, row) switch
    {
        Truth.True => then.Evaluate(batch, row),
        Truth.False => otherwise.Evaluate(batch, row),
        _ => Value.Error,
    };
}

/// <summary><c>COALESCE</c> (section 17.4.1.3): the first argument that is no error.</summary>
internal sealed class CoalesceExpression(CompiledExpression[] arguments, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row)
    {
        foreach (var argument in arguments)
        {
            var value = argument.Evaluate(batch, row);
            if (!value.IsError)
            {
                return value;
            }
        }

        return Value.Error;
    }
}

/// <summary><c>IN</c> and <c>NOT IN</c> (sections 17.4.1.9 and 17.4.1.10): true as soon as one is equal, else an error if one was.</summary>
internal sealed class InExpression(CompiledExpression[] arguments, bool negated, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row)
    {
        var value = arguments[0].Evaluate(batch, row);
        var found = Truth.False;
        for (var i = 1; i < arguments.Length && found != Truth.True; i++)
        {
            var equal = Comparison.Equal(value, arguments[i].Evaluate(batch, row));
            found = equal == Truth.False ? found : equal;
        }

        return negated ? found.Negated() : found;
    }
}

/// <summary><c>EXISTS</c> and <c>NOT EXISTS</c>: the executor answers.</summary>
internal sealed class ExistsExpression(IExistenceProbe probe, bool negated, QueryTerms terms) : CompiledExpression(terms)
{
    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row) => Value.Of(Test(batch, row));

    /// <inheritdoc/>
    public override Truth Test(Batch batch, int row) => Truths.Of(probe.Any(batch, row) != negated);
}
