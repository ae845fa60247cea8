using System.Buffers;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Server.Protocol;

/// <summary>What may name a graph in a request: an absolute IRI, with a scheme of one letter or more (RFC 3986, section 3.1).</summary>
internal static class GraphNames
{
    private static readonly SearchValues<char> NotInIris = SearchValues.Create("<>\"{}|^`\\ ");

    /// <summary>Whether a text is one.</summary>
    public static bool IsOne(string text) => IriResolver.IsAbsolute(text) && !text.AsSpan().ContainsAny(NotInIris);
}
