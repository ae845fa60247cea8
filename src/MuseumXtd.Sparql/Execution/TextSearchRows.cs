using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Execution;

/// <summary>The rows of a search.</summary>
internal sealed class TextSearchRows : Operator
{
    private readonly TextSearch _search;
    private readonly TextFinds _finds;
    private readonly (int Slot, uint Constant, Part Part)[] _parts;
    private readonly Batch _output;
    private int _next;
    private readonly Dictionary<int, uint> _scores = [];

    /// <summary>The rows of what was found.</summary>
    public TextSearchRows(QueryContext context, TextSearch search, TextFinds finds)
        : base(context, new Schema([.. search.Variables]), new VariableSet(search.Variables))
    {
        _search = search;
        _finds = finds;
        _parts = [.. Parts()];
        _output = context.NewBatch(Schema.Width);
        Estimate = finds.Count;
    }

    private enum Part : byte
    {
        Resource,
        Text,
        Property,
        Score,
    }

    /// <inheritdoc/>
    public override string Details => string.Join(' ', _search.Variables) + (_search.Limit is { } limit ? $" limit {limit}" : "");

    /// <summary>Makes the scores into terms: later this may be read by a thread that can make none here.</summary>
    public override void Prepare()
    {
        for (var find = _next; find < _finds.Count && Array.Exists(_parts, p => p.Part == Part.Score); find++)
        {
            ScoreOf(_finds[find].Score);
        }
    }

    /// <inheritdoc/>
    protected override Batch? Pull()
    {
        for (_output.Count = 0; _next < _finds.Count && _output.Count < Context.BatchRows; _next++)
        {
            Add(in _finds[_next]);
        }

        return _output.Count == 0 ? null : _output;
    }

    private IEnumerable<(int, uint, Part)> Parts()
    {
        foreach (var (term, part) in new[] { (_search.Resource, Part.Resource), (_search.Text, Part.Text), (_search.Property, Part.Property), (_search.Score, Part.Score) })
        {
            if (term is not null)
            {
                yield return term is Variable variable ? (Schema.SlotOf(variable), 0, part)
                    : (-1, term is ConstantTerm constant ? Context.Terms.Intern(constant.Term).Value : 0, part);
            }
        }
    }

    /// <summary>Adds a row, unless it differs from a constant or would give a variable two values.</summary>
    private void Add(in TextFinds.Find find)
    {
        var row = _output.Count;
        for (var i = 0; i < _parts.Length; i++)
        {
            var (slot, constant, part) = _parts[i];
            var value = part switch
            {
                Part.Resource => find.Resource,
                Part.Text => find.Text,
                Part.Property => find.Property,
                _ => ScoreOf(find.Score),
            };
            var isAgain = slot >= 0 && Array.FindIndex(_parts, p => p.Slot == slot) < i;
            if (slot < 0 ? value != constant : isAgain && _output.Columns[slot][row] != value)
            {
                return;
            }

            if (slot >= 0)
            {
                _output.Columns[slot][row] = value;
            }
        }

        _output.Count++;
    }

    /// <summary>Three decimals are enough to compare, and equal scores are equal terms.</summary>
    private uint ScoreOf(float score)
    {
        var thousandths = Math.Max(1, (int)MathF.Round(score * 1000));
        ref var term = ref CollectionsMarshal.GetValueRefOrAddDefault(_scores, thousandths, out var isKnown);
        if (isKnown)
        {
            return term;
        }

        Span<byte> encoded = stackalloc byte[96];
        encoded[0] = (byte)'"';
        (thousandths / 1000m).TryFormat(encoded[1..], out var length, "0.0##", CultureInfo.InvariantCulture);
        var suffix = "\"^^<http://www.w3.org/2001/XMLSchema#decimal"u8;
        suffix.CopyTo(encoded[(1 + length)..]);
        return term = Context.Terms.Intern(encoded[..(1 + length + suffix.Length)]).Value;
    }
}
