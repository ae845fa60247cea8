using System.Buffers;
using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>Functions on RDF terms (section 17.4.2) and on languages.</summary>
internal static class TermFunctions
{
    private static readonly SearchValues<byte> ForbiddenInIri = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Select(c => (byte)c), .. "<>\"{}|^`\\"u8]);

    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.IsIri, KindTest(Rdf.TermKind.Iri)),
        new(Function.IsBlank, KindTest(Rdf.TermKind.BlankNode)),
        new(Function.IsLiteral, KindTest(Rdf.TermKind.Literal)),
        new(Function.IsNumeric, FunctionEntry.Unary((scoped in Value a, FunctionScope _) => Value.Of(a.IsNumeric))),
        new(Function.Str, FunctionEntry.Form(1, 1, (a, c) => new StrExpression(a[0], c))),
        new(Function.Lang, FunctionEntry.Form(1, 1, (a, c) => new LangExpression(a[0], c.Terms))),
        new(Function.Datatype, FunctionEntry.Unary(Datatype)),
        new(Function.Iri, new FunctionEntry(1, 1, true, (a, s, c) => FunctionEntry.Unary(IriFunction(c)).Create(a, s, c))),
        new(Function.BNode, new FunctionEntry(0, 1, false, BlankNodeExpression.Create)),
        new(Function.StrDt, FunctionEntry.Binary(StrDt)),
        new(Function.StrLang, FunctionEntry.Binary(StrLang)),
        new(Function.StrLangDir, FunctionEntry.Ternary(StrLangDir)),
        new(Function.LangDir, FunctionEntry.Unary(LangDir)),
        new(Function.HasLang, FunctionEntry.Unary((scoped in Value a, FunctionScope _) => Value.Of(a.Kind == ValueKind.LangString))),
        new(Function.HasLangDir, FunctionEntry.Unary((scoped in Value a, FunctionScope _) => Value.Of(!a.Direction.IsEmpty))),
        new(Function.LangMatches, FunctionEntry.Form(2, 2, (a, c) => ColumnFilters.LangMatches(a[0], a[1], FunctionEntry.Binary(LangMatches), c))),
        new(Function.Uuid, FunctionEntry.Nullary(Uuid)),
        new(Function.StrUuid, FunctionEntry.Nullary(StrUuid)),
    ];

    /// <summary>Whether a language tag matches a basic language range (RFC 4647, section 3.3.1).</summary>
    public static bool Matches(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> range)
    {
        if (range.SequenceEqual("*"u8))
        {
            return !tag.IsEmpty;
        }

        return tag.Length >= range.Length
            && !range.IsEmpty
            && Ascii.EqualsIgnoreCase(tag[..range.Length], range)
            && (tag.Length == range.Length || tag[range.Length] == (byte)'-');
    }

    private static FunctionEntry KindTest(Rdf.TermKind kind) =>
        FunctionEntry.Form(1, 1, (a, c) => new KindExpression(a[0], kind, c.Terms));

    private static Value LangDir(scoped in Value literal, FunctionScope scope) =>
        literal.IsLiteral ? Value.String(literal.Direction) : Value.Error;

    private static Value Datatype(scoped in Value literal, FunctionScope scope) =>
        literal.IsLiteral ? Value.Iri(literal.DatatypeIri) : Value.Error;

    private static UnaryFunction IriFunction(ExpressionContext context)
    {
        var resolver = context.BaseIri is null ? null : new IriResolver(Encoding.UTF8.GetBytes(context.BaseIri));
        return Iri;

        Value Iri(scoped in Value term, FunctionScope scope)
        {
            if (term.Kind == ValueKind.Iri)
            {
                return term;
            }

            if (term.Kind != ValueKind.String || term.Text.IndexOfAny(ForbiddenInIri) >= 0)
            {
                return Value.Error;
            }

            if (resolver is null)
            {
                return IriResolver.IsAbsolute(term.Text) ? Value.Iri(term.Text) : Value.Error;
            }

            resolver.Resolve(term.Text, scope.Result);
            return Value.Iri(scope.Result.Written);
        }
    }

    private static Value StrDt(scoped in Value text, scoped in Value datatype, FunctionScope scope)
    {
        if (text.Kind != ValueKind.String || datatype.Kind != ValueKind.Iri
            || datatype.Text.SequenceEqual("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"u8)
            || datatype.Text.SequenceEqual("http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"u8))
        {
            return Value.Error;
        }

        return Value.Literal(text.Text, datatype.Text);
    }

    private static Value StrLang(scoped in Value text, scoped in Value language, FunctionScope scope) =>
        text.Kind == ValueKind.String && language.Kind == ValueKind.String && IsLanguageTag(language.Text)
            ? Value.LangString(text.Text, language.Text)
            : Value.Error;

    private static Value StrLangDir(scoped in Value text, scoped in Value language, scoped in Value direction, FunctionScope scope)
    {
        if (text.Kind != ValueKind.String || language.Kind != ValueKind.String || direction.Kind != ValueKind.String
            || !IsLanguageTag(language.Text) || !(direction.Text.SequenceEqual("ltr"u8) || direction.Text.SequenceEqual("rtl"u8)))
        {
            return Value.Error;
        }

        scope.Result.Append(language.Text);
        scope.Result.Append("--"u8);
        scope.Result.Append(direction.Text);
        return Value.LangString(text.Text, scope.Result.Written);
    }

    private static Value LangMatches(scoped in Value tag, scoped in Value range, FunctionScope scope) =>
        tag.Kind == ValueKind.String && range.Kind == ValueKind.String ? Value.Of(Matches(tag.Text, range.Text)) : Value.Error;

    private static Value Uuid(FunctionScope scope)
    {
        scope.Result.Append("urn:uuid:"u8);
        AppendUuid(scope);
        return Value.Iri(scope.Result.Written);
    }

    private static Value StrUuid(FunctionScope scope)
    {
        AppendUuid(scope);
        return Value.String(scope.Result.Written);
    }

    private static void AppendUuid(FunctionScope scope)
    {
        Guid.NewGuid().TryFormat(scope.Result.GetSpan(36), out var written);
        scope.Result.Advance(written);
    }

    /// <summary><c>[a-zA-Z]+(-[a-zA-Z0-9]+)*</c></summary>
    private static bool IsLanguageTag(ReadOnlySpan<byte> tag)
    {
        var isFirst = true;
        foreach (var part in tag.Split((byte)'-'))
        {
            var subtag = tag[part];
            foreach (var b in subtag)
            {
                if (!char.IsAsciiLetter((char)b) && (isFirst || !char.IsAsciiDigit((char)b)))
                {
                    return false;
                }
            }

            if (subtag.IsEmpty)
            {
                return false;
            }

            isFirst = false;
        }

        return true;
    }
}
