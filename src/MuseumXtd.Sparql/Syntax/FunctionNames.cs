using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>The keywords of built-in calls, with how many arguments they take (SPARQL 1.2 Query, section 19.8, BuiltInCall).</summary>
internal static class FunctionNames
{
    private const int Any = int.MaxValue;

    private static readonly Dictionary<string, (Function Function, int Least, int Most)> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STR"] = (Function.Str, 1, 1),
        ["LANG"] = (Function.Lang, 1, 1),
        ["LANGMATCHES"] = (Function.LangMatches, 2, 2),
        ["DATATYPE"] = (Function.Datatype, 1, 1),
        ["BOUND"] = (Function.Bound, 1, 1),
        ["IRI"] = (Function.Iri, 1, 1),
        ["URI"] = (Function.Iri, 1, 1),
        ["BNODE"] = (Function.BNode, 0, 1),
        ["RAND"] = (Function.Rand, 0, 0),
        ["ABS"] = (Function.Abs, 1, 1),
        ["CEIL"] = (Function.Ceil, 1, 1),
        ["FLOOR"] = (Function.Floor, 1, 1),
        ["ROUND"] = (Function.Round, 1, 1),
        ["CONCAT"] = (Function.Concat, 0, Any),
        ["STRLEN"] = (Function.StrLen, 1, 1),
        ["UCASE"] = (Function.UCase, 1, 1),
        ["LCASE"] = (Function.LCase, 1, 1),
        ["ENCODE_FOR_URI"] = (Function.EncodeForUri, 1, 1),
        ["CONTAINS"] = (Function.Contains, 2, 2),
        ["STRSTARTS"] = (Function.StrStarts, 2, 2),
        ["STRENDS"] = (Function.StrEnds, 2, 2),
        ["STRBEFORE"] = (Function.StrBefore, 2, 2),
        ["STRAFTER"] = (Function.StrAfter, 2, 2),
        ["YEAR"] = (Function.Year, 1, 1),
        ["MONTH"] = (Function.Month, 1, 1),
        ["DAY"] = (Function.Day, 1, 1),
        ["HOURS"] = (Function.Hours, 1, 1),
        ["MINUTES"] = (Function.Minutes, 1, 1),
        ["SECONDS"] = (Function.Seconds, 1, 1),
        ["TIMEZONE"] = (Function.Timezone, 1, 1),
        ["TZ"] = (Function.Tz, 1, 1),
        ["NOW"] = (Function.Now, 0, 0),
        ["UUID"] = (Function.Uuid, 0, 0),
        ["STRUUID"] = (Function.StrUuid, 0, 0),
        ["MD5"] = (Function.Md5, 1, 1),
        ["SHA1"] = (Function.Sha1, 1, 1),
        ["SHA256"] = (Function.Sha256, 1, 1),
        ["SHA384"] = (Function.Sha384, 1, 1),
        ["SHA512"] = (Function.Sha512, 1, 1),
        ["COALESCE"] = (Function.Coalesce, 0, Any),
        ["IF"] = (Function.If, 3, 3),
        ["STRLANG"] = (Function.StrLang, 2, 2),
        ["STRDT"] = (Function.StrDt, 2, 2),
        ["SAMETERM"] = (Function.SameTerm, 2, 2),
        ["ISIRI"] = (Function.IsIri, 1, 1),
        ["ISURI"] = (Function.IsIri, 1, 1),
        ["ISBLANK"] = (Function.IsBlank, 1, 1),
        ["ISLITERAL"] = (Function.IsLiteral, 1, 1),
        ["ISNUMERIC"] = (Function.IsNumeric, 1, 1),
        ["REGEX"] = (Function.Regex, 2, 3),
        ["SUBSTR"] = (Function.SubStr, 2, 3),
        ["REPLACE"] = (Function.Replace, 3, 4),
        ["LANGDIR"] = (Function.LangDir, 1, 1),
        ["HASLANG"] = (Function.HasLang, 1, 1),
        ["HASLANGDIR"] = (Function.HasLangDir, 1, 1),
        ["STRLANGDIR"] = (Function.StrLangDir, 3, 3),
        ["TRIPLE"] = (Function.Triple, 3, 3),
        ["SUBJECT"] = (Function.Subject, 1, 1),
        ["PREDICATE"] = (Function.Predicate, 1, 1),
        ["OBJECT"] = (Function.Object, 1, 1),
        ["ISTRIPLE"] = (Function.IsTriple, 1, 1),
    };

    /// <summary>The names of all functions and aggregates.</summary>
    public static IEnumerable<string> All => Table.Keys.Concat(["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"]);

    public static bool TryGet(string keyword, out Function function, out int least, out int most)
    {
        var found = Table.TryGetValue(keyword, out var entry);
        (function, least, most) = entry;
        return found;
    }
}
