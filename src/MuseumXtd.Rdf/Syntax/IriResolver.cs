using System.Buffers;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax;

/// <summary>Resolves IRI references against a base IRI (RFC 3986, section 5.2), on UTF-8 bytes, strictly and without normalising more than that.</summary>
public sealed class IriResolver
{
    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private readonly byte[] _base;
    private readonly int _schemeEnd;
    private readonly int _authorityEnd;
    private readonly int _pathEnd;
    private readonly int _queryEnd;
    private readonly bool _hasAuthority;

    /// <summary>A resolver for a base, which must be an absolute IRI.</summary>
    /// <exception cref="ArgumentException">The base has no scheme.</exception>
    public IriResolver(ReadOnlySpan<byte> baseIri)
    {
        if (!Characters.HasScheme(baseIri))
        {
            throw new ArgumentException("A base IRI has a scheme.", nameof(baseIri));
        }

        _base = baseIri.ToArray();
        var parts = Split(_base);
        _schemeEnd = parts.SchemeEnd;
        _authorityEnd = parts.AuthorityEnd;
        _pathEnd = parts.PathEnd;
        _queryEnd = parts.QueryEnd;
        _hasAuthority = parts.HasAuthority;
    }

    /// <summary>The base IRI.</summary>
    public ReadOnlySpan<byte> Base => _base;

    /// <summary>Whether a text begins with a scheme, and so is an absolute IRI.</summary>
    public static bool IsAbsolute(ReadOnlySpan<byte> iri) => Characters.HasScheme(iri);

    /// <summary>Whether a text begins with a scheme, and so is an absolute IRI.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> iri)
    {
        var colon = iri.IndexOf(':');
        return colon > 0 && char.IsAsciiLetter(iri[0]) && !iri[..colon].ContainsAnyExcept(SchemeCharacters);
    }

    /// <summary>Adds the resolved IRI at the end of the output.</summary>
    public void Resolve(ReadOnlySpan<byte> reference, ByteBuffer output)
    {
        var parts = Split(reference);
        if (parts.SchemeEnd > 0)
        {
            output.Append(reference[..parts.AuthorityEnd]);
            AppendWithoutDots(reference[parts.AuthorityEnd..parts.PathEnd], output);
            output.Append(reference[parts.PathEnd..]);
            return;
        }

        output.Append(_base.AsSpan(0, _schemeEnd));
        if (parts.HasAuthority)
        {
            output.Append(reference[..parts.AuthorityEnd]);
            AppendWithoutDots(reference[parts.AuthorityEnd..parts.PathEnd], output);
            output.Append(reference[parts.PathEnd..]);
            return;
        }

        output.Append(_base.AsSpan(_schemeEnd, _authorityEnd - _schemeEnd));
        var path = reference[..parts.PathEnd];
        if (path.IsEmpty)
        {
            output.Append(_base.AsSpan(_authorityEnd, _pathEnd - _authorityEnd));
            if (parts.QueryEnd == parts.PathEnd)
            {
                output.Append(_base.AsSpan(_pathEnd, _queryEnd - _pathEnd));
            }
        }
        else if (path[0] == (byte)'/')
        {
            AppendWithoutDots(path, output);
        }
        else
        {
            AppendMerged(path, output);
        }

        output.Append(reference[parts.PathEnd..]);
    }

    /// <summary>RFC 3986, section 5.2.3.</summary>
    private void AppendMerged(ReadOnlySpan<byte> path, ByteBuffer output)
    {
        var basePath = _base.AsSpan(_authorityEnd, _pathEnd - _authorityEnd);
        using var merged = new ByteBuffer(basePath.Length + path.Length + 1);
        if (basePath.IsEmpty && _hasAuthority)
        {
            merged.Append((byte)'/');
        }
        else
        {
            merged.Append(basePath[..(basePath.LastIndexOf((byte)'/') + 1)]);
        }

        merged.Append(path);
        AppendWithoutDots(merged.Written, output);
    }

    /// <summary>RFC 3986, section 5.2.4: remove_dot_segments.</summary>
    private static void AppendWithoutDots(ReadOnlySpan<byte> input, ByteBuffer output)
    {
        if (input.IndexOf("."u8) < 0)
        {
            output.Append(input);
            return;
        }

        var start = output.Length;
        while (!input.IsEmpty)
        {
            if (input.StartsWith("../"u8))
            {
                input = input[3..];
            }
            else if (input.StartsWith("./"u8))
            {
                input = input[2..];
            }
            else if (input.StartsWith("/./"u8))
            {
                input = input[2..];
            }
            else if (input.SequenceEqual("/."u8))
            {
                input = "/"u8;
            }
            else if (input.StartsWith("/../"u8))
            {
                input = input[3..];
                RemoveLastSegment(output, start);
            }
            else if (input.SequenceEqual("/.."u8))
            {
                input = "/"u8;
                RemoveLastSegment(output, start);
            }
            else if (input.SequenceEqual("."u8) || input.SequenceEqual(".."u8))
            {
                input = default;
            }
            else
            {
                var next = input[1..].IndexOf((byte)'/');
                var segment = next < 0 ? input : input[..(next + 1)];
                output.Append(segment);
                input = input[segment.Length..];
            }
        }
    }

    private static void RemoveLastSegment(ByteBuffer output, int start)
    {
        var slash = output.Written[start..].LastIndexOf((byte)'/');
        output.Truncate(slash < 0 ? start : start + slash);
    }

    private static (int SchemeEnd, int AuthorityEnd, int PathEnd, int QueryEnd, bool HasAuthority) Split(ReadOnlySpan<byte> iri)
    {
        var schemeEnd = Characters.HasScheme(iri) ? iri.IndexOf((byte)':') + 1 : 0;
        var hasAuthority = iri[schemeEnd..].StartsWith("//"u8);
        var authorityEnd = schemeEnd;
        if (hasAuthority)
        {
            var length = iri[(schemeEnd + 2)..].IndexOfAny((byte)'/', (byte)'?', (byte)'#');
            authorityEnd = length < 0 ? iri.Length : schemeEnd + 2 + length;
        }

        var pathLength = iri[authorityEnd..].IndexOfAny((byte)'?', (byte)'#');
        var pathEnd = pathLength < 0 ? iri.Length : authorityEnd + pathLength;
        var queryLength = iri[pathEnd..].IndexOf((byte)'#');
        var queryEnd = queryLength < 0 ? iri.Length : pathEnd + queryLength;
        return (schemeEnd, authorityEnd, pathEnd, queryEnd, hasAuthority);
    }
}
