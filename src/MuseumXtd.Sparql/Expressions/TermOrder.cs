using System.Buffers.Binary;
using MuseumXtd.Rdf.Values;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Expressions;

/// <summary>
/// The order of ORDER BY, MIN and MAX (SPARQL 1.1 Query, section 15.1), made total: unbound, blank nodes, IRIs, literals, triple terms;
/// literals by kind (strings, strings with language, numbers, booleans, times, durations, all others), then by value, and at last by their
/// text, so that only equal terms compare as equal. Where <c>&lt;</c> holds, this order agrees. Not for several threads at once.
/// </summary>
internal sealed class TermOrder(QueryTerms terms) : IComparer<TermId>
{
    private const int RankBits = 4;

    // Integers and decimals up to this size are always read as numbers; larger ones may have too many digits.
    private const double LargestRead = 1e28;

    /// <summary>The terms compared.</summary>
    public QueryTerms Terms { get; } = terms;

    /// <inheritdoc/>
    public int Compare(TermId x, TermId y)
    {
        if (x == y)
        {
            return 0;
        }

        // Ids of one inline tag sort as their values.
        if (x.Tag == y.Tag && x.Tag is TermTag.InlineInteger or TermTag.InlineDate or TermTag.InlineBoolean)
        {
            return x.CompareTo(y);
        }

        // Numbers of the dictionary that differ as doubles need not be read; the double is that of ToDouble.
        if (Terms.Dictionary.TryGetDouble(x, out var first) && Terms.Dictionary.TryGetDouble(y, out var second) && first != second
            && Math.Abs(first) < LargestRead && Math.Abs(second) < LargestRead)
        {
            return first < second ? -1 : 1;
        }

        if (Terms.Dictionary.TryGetDateTime(x, out var earlier) && Terms.Dictionary.TryGetDateTime(y, out var later)
            && XsdDateTime.CompareTotally(earlier, later) is var ordered and not 0)
        {
            return ordered;
        }

        var left = Value.Read(x, Terms);
        var right = Value.Read(y, Terms);
        var order = RankOf(left.Kind).CompareTo(RankOf(right.Kind));
        order = order != 0 ? order : CompareValues(left, right);
        if (order != 0)
        {
            return order;
        }

        // Of two terms with one value at most one is inline: one buffer is enough.
        return Terms.Encoded(x, Terms.Scratch).SequenceCompareTo(Terms.Encoded(y, Terms.Scratch));
    }

    /// <summary>
    /// A number that sorts as the term does: of two terms whose keys differ, that with the smaller key comes first; where they are the same,
    /// <see cref="Compare"/> decides. A large sort compares keys and reads few terms.
    /// </summary>
    public ulong Key(TermId id)
    {
        if (Terms.Dictionary.TryGetDouble(id, out var number) && Math.Abs(number) < LargestRead)
        {
            return ((ulong)RankOf(ValueKind.Integer) << (64 - RankBits)) | (NumberKey(number) >> RankBits);
        }

        return Terms.Dictionary.TryGetDateTime(id, out var time)
            ? ((ulong)RankOf(ValueKind.DateTime) << (64 - RankBits)) | (TimeKey(XsdDatatype.DateTime, time.UniversalSeconds) >> RankBits)
            : Key(Value.Read(id, Terms));
    }

    /// <summary>The same of a value that is no term yet.</summary>
    public static ulong Key(scoped in Value value)
    {
        var bits = value.Kind switch
        {
            ValueKind.Error => 0UL,
            ValueKind.Integer or ValueKind.Decimal or ValueKind.Float or ValueKind.Double => NumberKey(Comparison.ToDouble(value)),
            ValueKind.Boolean => value.AsBoolean ? ulong.MaxValue : 0UL,
            ValueKind.DateTime => TimeKey(value.Datatype, value.AsDateTime.UniversalSeconds),
            ValueKind.Duration => 0UL,
            ValueKind.Other => TextKey(value.Suffix),
            _ => TextKey(value.Text),
        };
        return ((ulong)RankOf(value.Kind) << (64 - RankBits)) | (bits >> RankBits);
    }

    private static int RankOf(ValueKind kind) => (int)Comparison.ClassOf(kind);

    private static int CompareValues(scoped in Value left, scoped in Value right)
    {
        switch (Comparison.ClassOf(left.Kind))
        {
            case ValueKind.LangString:
                var order = left.Text.SequenceCompareTo(right.Text);
                return order != 0 ? order : left.Suffix.SequenceCompareTo(right.Suffix);
            case ValueKind.Integer:
                return CompareNumbers(left, right);
            case ValueKind.Boolean:
                return left.AsBoolean.CompareTo(right.AsBoolean);
            case ValueKind.DateTime:
                var type = Comparison.PrimitiveOf(left.Datatype).CompareTo(Comparison.PrimitiveOf(right.Datatype));
                return type != 0 ? type : XsdDateTime.CompareTotally(left.AsDateTime, right.AsDateTime);
            case ValueKind.Duration:
                return XsdDuration.CompareTotally(left.AsDuration, right.AsDuration);
            case ValueKind.Other:
                var datatype = left.Suffix.SequenceCompareTo(right.Suffix);
                return datatype != 0 ? datatype : left.Text.SequenceCompareTo(right.Text);
            default:
                return left.Text.SequenceCompareTo(right.Text);
        }
    }

    /// <summary>
    /// By their values as doubles, NaN first. Those that one double stands for come in the order exact, float, double, and exact ones by value:
    /// promotion to double alone would not be transitive.
    /// </summary>
    private static int CompareNumbers(scoped in Value left, scoped in Value right)
    {
        var order = Comparison.ToDouble(left).CompareTo(Comparison.ToDouble(right));
        if (order != 0)
        {
            return order;
        }

        var leftIsExact = left.Kind is ValueKind.Integer or ValueKind.Decimal;
        var rightIsExact = right.Kind is ValueKind.Integer or ValueKind.Decimal;
        if (!leftIsExact || !rightIsExact)
        {
            return (leftIsExact ? ValueKind.Integer : left.Kind).CompareTo(rightIsExact ? ValueKind.Integer : right.Kind);
        }

        return Comparison.Compare(left, right) switch
        {
            Ordering.Less => -1,
            Ordering.Greater => 1,
            _ => 0,
        };
    }

    private static ulong NumberKey(double value)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        // Adding zero makes a negative zero positive: both compare as equal.
        var bits = (ulong)BitConverter.DoubleToInt64Bits(value + 0.0);
        return (bits >> 63) != 0 ? ~bits : bits | (1UL << 63);
    }

    private static ulong TimeKey(XsdDatatype datatype, long seconds)
    {
        const int SecondBits = 55;
        const long Middle = 1L << (SecondBits - 1);
        var clamped = Math.Clamp(seconds, -Middle, Middle - 1) + Middle;
        return ((ulong)Comparison.PrimitiveOf(datatype) << (64 - 5)) | ((ulong)clamped << (64 - 5 - SecondBits));
    }

    private static ulong TextKey(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(text);
        }

        ulong key = 0;
        for (var i = 0; i < sizeof(ulong); i++)
        {
            key = (key << 8) | (i < text.Length ? text[i] : (byte)0);
        }

        return key;
    }
}
