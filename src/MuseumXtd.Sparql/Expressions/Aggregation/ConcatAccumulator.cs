using System.Text;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// <c>GROUP_CONCAT</c>: the strings of the values in the order met. Values are kept as ids, in one chain a group, and joined when the result
/// is asked for. A value without a string makes the group an error.
/// </summary>
internal sealed class ConcatAccumulator(CompiledExpression argument, bool distinct, string separator, QueryTerms terms)
    : ValueAccumulator(argument, distinct)
{
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(separator);
    private int[] _heads = [];
    private int[] _tails = [];
    private uint[] _ids = new uint[64];
    private int[] _next = new int[64];
    private int _count;

    /// <inheritdoc/>
    public override long Bytes => base.Bytes + (2L * sizeof(int) * _heads.Length) + (2L * sizeof(int) * _ids.Length);

    /// <inheritdoc/>
    public override TermId Result(int group)
    {
        using var text = new ByteBuffer();
        using var scratch = new ByteBuffer();
        for (var link = group < _heads.Length ? _heads[group] : 0; link != 0; link = _next[link - 1])
        {
            var value = Value.Read(new TermId(_ids[link - 1]), terms);
            if (value.Kind != ValueKind.Iri && !value.IsLiteral)
            {
                return TermId.Unbound;
            }

            if (link != _heads[group])
            {
                text.Append(_separator);
            }

            var added = value.LexicalFormOrIri(scratch);
            FunctionScope.CheckLength(text.Length + (long)added.Length);
            text.Append(added);
        }

        return Value.String(text.Written).ToId(terms);
    }

    /// <inheritdoc/>
    protected override void Reserve(int groupCount)
    {
        Reserve(ref _heads, groupCount);
        Reserve(ref _tails, groupCount);
    }

    /// <inheritdoc/>
    protected override void Add(ReadOnlySpan<uint> ids, ReadOnlySpan<int> groups, long[]? weights)
    {
        Reserve(ref _ids, _count + ids.Length);
        Reserve(ref _next, _count + ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            var group = groups[i];
            _ids[_count++] = ids[i];
            if (_tails[group] == 0)
            {
                _heads[group] = _count;
            }
            else
            {
                _next[_tails[group] - 1] = _count;
            }

            _tails[group] = _count;
        }
    }
}
