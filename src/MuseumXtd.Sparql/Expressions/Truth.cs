namespace MuseumXtd.Sparql.Expressions;

/// <summary>The three truth values of SPARQL (section 17.2).</summary>
internal enum Truth : byte
{
    /// <summary>Neither: the expression has an error.</summary>
    Error,

    /// <summary>False.</summary>
    False,

    /// <summary>True.</summary>
    True,
}

/// <summary>Three-valued logic.</summary>
internal static class Truths
{
    /// <summary>A boolean as a truth value.</summary>
    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    /// <summary>The negation; of an error, an error.</summary>
    public static Truth Negated(this Truth truth) => truth switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Error,
    };
}
