using System.Security.Cryptography;
using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Expressions.Functions;

/// <summary>Hashes of the UTF-8 of a string (section 17.4.6), in lower case hexadecimal.</summary>
internal static class HashFunctions
{
    /// <summary>The entries.</summary>
    public static IEnumerable<KeyValuePair<Function, FunctionEntry>> Entries =>
    [
        new(Function.Md5, Entry(HashAlgorithmName.MD5)),
        new(Function.Sha1, Entry(HashAlgorithmName.SHA1)),
        new(Function.Sha256, Entry(HashAlgorithmName.SHA256)),
        new(Function.Sha384, Entry(HashAlgorithmName.SHA384)),
        new(Function.Sha512, Entry(HashAlgorithmName.SHA512)),
    ];

    private static FunctionEntry Entry(HashAlgorithmName algorithm) =>
        FunctionEntry.Unary((scoped in Value text, FunctionScope scope) =>
        {
            if (text.Kind != ValueKind.String)
            {
                return Value.Error;
            }

            Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
            var length = CryptographicOperations.HashData(algorithm, text.Text, digest);
            Convert.TryToHexStringLower(digest[..length], scope.Result.GetSpan(2 * length), out var written);
            scope.Result.Advance(written);
            return Value.String(scope.Result.Written);
        });
}
