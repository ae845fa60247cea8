namespace MuseumXtd.Sparql.Algebra;

/// <summary>The operators and built-in functions of SPARQL 1.1 (section 17.3 and 17.4) and 1.2, by the names of their keywords.</summary>
public enum Function : byte
{
    /// <summary><c>||</c></summary>
    Or,

    /// <summary><c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>!</c></summary>
    Not,

    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>+x</c></summary>
    UnaryPlus,

    /// <summary><c>-x</c></summary>
    UnaryMinus,

    /// <summary><c>IN: the value, then the list</c></summary>
    In,

    /// <summary><c>NOT IN: the value, then the list</c></summary>
    NotIn,

    /// <summary><c>BOUND</c></summary>
    Bound,

    /// <summary><c>IF</c></summary>
    If,

    /// <summary><c>COALESCE</c></summary>
    Coalesce,

    /// <summary><c>SAMETERM</c></summary>
    SameTerm,

    /// <summary><c>ISIRI</c></summary>
    IsIri,

    /// <summary><c>ISBLANK</c></summary>
    IsBlank,

    /// <summary><c>ISLITERAL</c></summary>
    IsLiteral,

    /// <summary><c>ISNUMERIC</c></summary>
    IsNumeric,

    /// <summary><c>STR</c></summary>
    Str,

    /// <summary><c>LANG</c></summary>
    Lang,

    /// <summary><c>DATATYPE</c></summary>
    Datatype,

    /// <summary><c>IRI</c></summary>
    Iri,

    /// <summary><c>BNODE</c></summary>
    BNode,

    /// <summary><c>STRDT</c></summary>
    StrDt,

    /// <summary><c>STRLANG</c></summary>
    StrLang,

    /// <summary><c>UUID</c></summary>
    Uuid,

    /// <summary><c>STRUUID</c></summary>
    StrUuid,

    /// <summary><c>STRLEN</c></summary>
    StrLen,

    /// <summary><c>SUBSTR</c></summary>
    SubStr,

    /// <summary><c>UCASE</c></summary>
    UCase,

    /// <summary><c>LCASE</c></summary>
    LCase,

    /// <summary><c>STRSTARTS</c></summary>
    StrStarts,

    /// <summary><c>STRENDS</c></summary>
    StrEnds,

    /// <summary><c>CONTAINS</c></summary>
    Contains,

    /// <summary><c>STRBEFORE</c></summary>
    StrBefore,

    /// <summary><c>STRAFTER</c></summary>
    StrAfter,

    /// <summary><c>ENCODEFORURI</c></summary>
    EncodeForUri,

    /// <summary><c>CONCAT</c></summary>
    Concat,

    /// <summary><c>LANGMATCHES</c></summary>
    LangMatches,

    /// <summary><c>REGEX</c></summary>
    Regex,

    /// <summary><c>REPLACE</c></summary>
    Replace,

    /// <summary><c>ABS</c></summary>
    Abs,

    /// <summary><c>ROUND</c></summary>
    Round,

    /// <summary><c>CEIL</c></summary>
    Ceil,

    /// <summary><c>FLOOR</c></summary>
    Floor,

    /// <summary><c>RAND</c></summary>
    Rand,

    /// <summary><c>NOW</c></summary>
    Now,

    /// <summary><c>YEAR</c></summary>
    Year,

    /// <summary><c>MONTH</c></summary>
    Month,

    /// <summary><c>DAY</c></summary>
    Day,

    /// <summary><c>HOURS</c></summary>
    Hours,

    /// <summary><c>MINUTES</c></summary>
    Minutes,

    /// <summary><c>SECONDS</c></summary>
    Seconds,

    /// <summary><c>TIMEZONE</c></summary>
    Timezone,

    /// <summary><c>TZ</c></summary>
    Tz,

    /// <summary><c>MD5</c></summary>
    Md5,

    /// <summary><c>SHA1</c></summary>
    Sha1,

    /// <summary><c>SHA256</c></summary>
    Sha256,

    /// <summary><c>SHA384</c></summary>
    Sha384,

    /// <summary><c>SHA512</c></summary>
    Sha512,

    /// <summary><c>LANGDIR</c></summary>
    LangDir,

    /// <summary><c>HASLANG</c></summary>
    HasLang,

    /// <summary><c>HASLANGDIR</c></summary>
    HasLangDir,

    /// <summary><c>STRLANGDIR</c></summary>
    StrLangDir,

    /// <summary><c>TRIPLE</c></summary>
    Triple,

    /// <summary><c>SUBJECT</c></summary>
    Subject,

    /// <summary><c>PREDICATE</c></summary>
    Predicate,

    /// <summary><c>OBJECT</c></summary>
    Object,

    /// <summary><c>ISTRIPLE</c></summary>
    IsTriple,
}
