using System.Buffers;
using System.Text;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>Functions on strings (section 17.4.3), on UTF-8 but for the mapping of case.</summary>
internal static class StringFunctions
{
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);

    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.StrLen, FunctionEntry.Unary(StrLen)),
        new(Function.SubStr, FunctionEntry.Optional(FunctionEntry.Binary(SubStr), FunctionEntry.Ternary(SubStr))),
        new(Function.UCase, Case(FunctionEntry.Unary((scoped in Value a, FunctionScope s) => MapCase(a, true, s)))),
        new(Function.LCase, Case(FunctionEntry.Unary((scoped in Value a, FunctionScope s) => MapCase(a, false, s)))),
        new(Function.StrStarts, Prefiltered(FunctionEntry.Binary(StrStarts))),
        new(Function.StrEnds, Prefiltered(FunctionEntry.Binary(StrEnds))),
        new(Function.Contains, Prefiltered(FunctionEntry.Binary(Contains))),
        new(Function.StrBefore, FunctionEntry.Binary(StrBefore)),
        new(Function.StrAfter, FunctionEntry.Binary(StrAfter)),
        new(Function.EncodeForUri, FunctionEntry.Unary(EncodeForUri)),
        new(Function.Concat, FunctionEntry.Form(0, int.MaxValue, (a, c) => new ConcatExpression(a, c))),
    ];

    private static FunctionEntry Case(FunctionEntry entry) =>
        FunctionEntry.Form(1, 1, (a, c) => new CaseExpression(a[0], entry.Call(c, a), c.Terms));

    /// <summary>A test for a part: which texts may contain it, the index of words knows.</summary>
    private static FunctionEntry Prefiltered(FunctionEntry entry) =>
        FunctionEntry.Form(2, 2, (a, c) => PrefilteredTest.Of(a[0], PrefilteredTest.PlainText(a[1]), entry.Call(c, a), c));

    /// <summary>Whether two arguments are compatible (section 17.4.3.1.2): the second has the language of the first, or none.</summary>
    public static bool AreCompatible(scoped in Value first, scoped in Value second) =>
        first.IsString && second.IsString
        && (second.Kind == ValueKind.String
            || (first.Kind == ValueKind.LangString && Ascii.EqualsIgnoreCase(first.Suffix, second.Suffix)));

    private static Value StrLen(scoped in Value text, FunctionScope scope) =>
        text.IsString ? Value.Of((Int128)CountCodePoints(text.Text)) : Value.Error;

    private static Value SubStr(scoped in Value text, scoped in Value start, FunctionScope scope) =>
        SubStr(text, start, double.PositiveInfinity);

    private static Value SubStr(scoped in Value text, scoped in Value start, scoped in Value length, FunctionScope scope) =>
        length.IsNumeric ? SubStr(text, start, Round(Comparison.ToDouble(length))) : Value.Error;

    /// <summary>The characters at positions p with round(start) &lt;= p &lt; round(start) + round(length), from 1 (XPath F&amp;O 5.4.3).</summary>
    private static Value SubStr(scoped in Value text, scoped in Value start, double length)
    {
        if (!text.IsString || !start.IsNumeric)
        {
            return Value.Error;
        }

        var first = Round(Comparison.ToDouble(start));
        var end = first + length;
        if (double.IsNaN(end) || end <= 1 || end <= first)
        {
            return Value.StringLike(text, default);
        }

        var from = ByteOffset(text.Text, first - 1);
        var rest = text.Text[from..];
        return Value.StringLike(text, rest[..ByteOffset(rest, end - Math.Max(first, 1))]);
    }

    private static double Round(double value) => Math.Floor(value + 0.5);

    /// <summary>Where the code point with a number, from 0, begins.</summary>
    private static int ByteOffset(ReadOnlySpan<byte> text, double codePoints)
    {
        if (codePoints >= text.Length)
        {
            return codePoints > text.Length || Ascii.IsValid(text) ? text.Length : Offset(text, codePoints);
        }

        return codePoints <= 0 ? 0 : Offset(text, codePoints);

        static int Offset(ReadOnlySpan<byte> text, double codePoints)
        {
            var left = (long)codePoints;
            for (var i = 0; i < text.Length; i++)
            {
                if ((text[i] & 0xC0) != 0x80 && left-- == 0)
                {
                    return i;
                }
            }

            return text.Length;
        }
    }

    private static int CountCodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }

    private static Value MapCase(scoped in Value text, bool toUpper, FunctionScope scope)
    {
        if (!text.IsString)
        {
            return Value.Error;
        }

        var room = scope.Result.GetSpan(text.Text.Length);
        if (Ascii.IsValid(text.Text))
        {
            var status = toUpper
                ? Ascii.ToUpper(text.Text, room, out var written)
                : Ascii.ToLower(text.Text, room, out written);
            scope.Result.Advance(status == OperationStatus.Done ? written : 0);
            return Value.StringLike(text, scope.Result.Written);
        }

        var rest = scope.ToUtf16(text.Text);
        if (toUpper)
        {
            // Full mapping (XPath F&O 5.4.7) where one letter becomes two; the rest is one to one.
            for (var at = rest.IndexOf('ß'); at >= 0; at = rest.IndexOf('ß'))
            {
                AppendMapped(rest[..at], true, scope);
                scope.Result.Append("SS"u8);
                rest = rest[(at + 1)..];
            }
        }

        AppendMapped(rest, toUpper, scope);
        return Value.StringLike(text, scope.Result.Written);
    }

    private static void AppendMapped(ReadOnlySpan<char> text, bool toUpper, FunctionScope scope)
    {
        var mapped = ArrayPool<char>.Shared.Rent(text.Length);
        var length = toUpper ? text.ToUpperInvariant(mapped) : text.ToLowerInvariant(mapped);
        scope.Append(mapped.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(mapped);
    }

    private static Value StrStarts(scoped in Value text, scoped in Value part, FunctionScope scope) =>
        AreCompatible(text, part) ? Value.Of(text.Text.StartsWith(part.Text)) : Value.Error;

    private static Value StrEnds(scoped in Value text, scoped in Value part, FunctionScope scope) =>
        AreCompatible(text, part) ? Value.Of(text.Text.EndsWith(part.Text)) : Value.Error;

    private static Value Contains(scoped in Value text, scoped in Value part, FunctionScope scope) =>
        AreCompatible(text, part) ? Value.Of(text.Text.IndexOf(part.Text) >= 0) : Value.Error;

    private static Value StrBefore(scoped in Value text, scoped in Value part, FunctionScope scope)
    {
        if (!AreCompatible(text, part))
        {
            return Value.Error;
        }

        var at = text.Text.IndexOf(part.Text);
        return at < 0 ? Value.String(default) : Value.StringLike(text, text.Text[..at]);
    }

    private static Value StrAfter(scoped in Value text, scoped in Value part, FunctionScope scope)
    {
        if (!AreCompatible(text, part))
        {
            return Value.Error;
        }

        var at = text.Text.IndexOf(part.Text);
        return at < 0 ? Value.String(default) : Value.StringLike(text, text.Text[(at + part.Text.Length)..]);
    }

    private static Value EncodeForUri(scoped in Value text, FunctionScope scope)
    {
        if (!text.IsString)
        {
            return Value.Error;
        }

        var rest = text.Text;
        while (true)
        {
            var at = rest.IndexOfAnyExcept(Unreserved);
            if (at < 0)
            {
                scope.Result.Append(rest);
                return Value.String(scope.Result.Written);
            }

            scope.Result.Append(rest[..at]);
            scope.Result.Append((byte)'%');
            scope.Result.Append("0123456789ABCDEF"u8[rest[at] >> 4]);
            scope.Result.Append("0123456789ABCDEF"u8[rest[at] & 15]);
            rest = rest[(at + 1)..];
        }
    }
}
