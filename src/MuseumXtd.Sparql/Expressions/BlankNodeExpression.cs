using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using MuseumXtd.Sparql.Algebra;
using MuseumXtd.Sparql.Execution;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// <c>BNODE()</c> and <c>BNODE(string)</c> (section 17.4.2.9). Equal strings give one node in one solution, and different nodes in different
/// solutions, also across the expressions of a query: the label is a hash of the string and of the solution, which is known by its number
/// and by its bindings to the variables that the first such expression of the query saw.
/// </summary>
internal sealed class BlankNodeExpression : CompiledExpression
{
    private readonly CompiledExpression? _argument;
    private readonly int[] _slots;
    private readonly FunctionScope _scope;
    private readonly XxHash128 _hash = new();
    private Batch? _batch;
    private int _lastRow = -1;
    private long _rowsBefore;

    private BlankNodeExpression(CompiledExpression? argument, int[] slots, ExpressionContext context)
        : base(context.Terms)
    {
        _argument = argument;
        _slots = slots;
        _scope = new FunctionScope(context);
    }

    /// <summary>Makes the expression of a call.</summary>
    public static CompiledExpression Create(CompiledExpression[] arguments, Schema schema, ExpressionContext context) =>
        new BlankNodeExpression(arguments.Length == 0 ? null : arguments[0], context.SolutionSlots(schema), context);

    /// <inheritdoc/>
    public override Value Evaluate(Batch batch, int row)
    {
        if (_argument is null)
        {
            return Value.Read(Terms.FreshBlankNode(), Terms);
        }

        var text = _argument.Evaluate(batch, row);
        if (text.Kind != ValueKind.String)
        {
            return Value.Error;
        }

        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, NumberOf(batch, row));
        _hash.Append(number);
        foreach (var slot in _slots)
        {
            _hash.Append(MemoryMarshal.AsBytes(batch.Columns[slot].AsSpan(row, 1)));
        }

        _hash.Append(text.Text);
        Span<byte> digest = stackalloc byte[16];
        _hash.GetHashAndReset(digest);
        _scope.Result.Clear();
        _scope.Result.Append("_:q"u8);
        Convert.TryToHexStringLower(digest, _scope.Result.GetSpan(32), out var written);
        _scope.Result.Advance(written);
        return Value.Read(_scope.Result.Written, default);
    }

    /// <summary>The number of the solution, counted over batches: rows come in order, and a row that is not later begins another batch.</summary>
    private long NumberOf(Batch batch, int row)
    {
        if (batch != _batch || row < _lastRow)
        {
            _rowsBefore += _lastRow + 1;
            _batch = batch;
        }

        _lastRow = row;
        return _rowsBefore + row;
    }
}
