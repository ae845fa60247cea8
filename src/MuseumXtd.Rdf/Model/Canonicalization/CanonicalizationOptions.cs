using System.Security.Cryptography;

namespace MuseumXtd.Rdf.Model;

/// <summary>How a dataset is made canonical, and how much may be done for it.</summary>
public sealed record CanonicalizationOptions
{
    /// <summary>The defaults: SHA-256.</summary>
    public static CanonicalizationOptions Default { get; } = new();

    /// <summary>The hash algorithm: SHA-256, or another that both sides agree on, such as SHA-384.</summary>
    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>
    /// How many paths between blank nodes may be tried. Few real datasets need any; a small one made for the purpose can need more than
    /// there is time (RDFC-1.0, section 7.1).
    /// </summary>
    public int MaxPaths { get; init; } = 100_000;
}

/// <summary>A dataset cannot be made canonical: it would take too long, or holds what the algorithm does not know.</summary>
public sealed class CanonicalizationException : Exception
{
    /// <summary>An error.</summary>
    public CanonicalizationException(string message)
        : base(message)
    {
    }
}
