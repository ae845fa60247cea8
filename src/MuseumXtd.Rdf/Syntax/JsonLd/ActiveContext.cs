using System.Text;
using MuseumXtd.Rdf.Buffers;

namespace MuseumXtd.Rdf.Syntax.JsonLd;

/// <summary>The context in force at a place of a document (JSON-LD 1.1 API, section 4.1). Immutable once it is made.</summary>
internal sealed class ActiveContext
{
    public ActiveContext(string? baseIri)
    {
        OriginalBase = baseIri;
        Base = baseIri;
        Terms = new Dictionary<string, TermDefinition>(StringComparer.Ordinal);
    }

    private ActiveContext(ActiveContext other)
    {
        OriginalBase = other.OriginalBase;
        Base = other.Base;
        Vocab = other.Vocab;
        Language = other.Language;
        Direction = other.Direction;
        Previous = other.Previous;
        Terms = new Dictionary<string, TermDefinition>(other.Terms, StringComparer.Ordinal);
    }

    public string? OriginalBase { get; }

    public string? Base { get; set; }

    public string? Vocab { get; set; }

    public string? Language { get; set; }

    public string? Direction { get; set; }

    /// <summary>The context to return to, where this one does not reach into nested nodes.</summary>
    public ActiveContext? Previous { get; set; }

    public Dictionary<string, TermDefinition> Terms { get; }

    /// <summary>The terms by what they mean; made when something is compacted.</summary>
    public InverseContext Inverse => _inverse ??= new InverseContext(this);

    private InverseContext? _inverse;

    public ActiveContext Clone() => new(this);

    public TermDefinition? Term(string? name) => name is null ? null : Terms.GetValueOrDefault(name);

    /// <summary>Resolves a reference against the base; as it is, where there is no base.</summary>
    public string Resolve(string reference) => Resolve(Base, reference);

    public static string Resolve(string? baseIri, string reference)
    {
        var bytes = Encoding.UTF8.GetBytes(reference);
        if (baseIri is null || IriResolver.IsAbsolute(bytes))
        {
            return reference;
        }

        using var output = new ByteBuffer();
        new IriResolver(Encoding.UTF8.GetBytes(baseIri)).Resolve(bytes, output);
        return Encoding.UTF8.GetString(output.Written);
    }

    /// <summary>Whether a text has a scheme.</summary>
    public static bool IsIri(string text) => Characters.HasScheme(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether a text is an absolute IRI with nothing that no IRI may hold.</summary>
    public static bool IsWellFormed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!Characters.HasScheme(bytes) || bytes.AsSpan().Count((byte)'#') > 1)
        {
            return false;
        }

        foreach (var c in bytes)
        {
            if (Characters.IsForbiddenInIri(c))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsBlankNode(string text) => text.StartsWith("_:", StringComparison.Ordinal);
}
