using System.Text;
using MuseumXtd.Rdf;

namespace MuseumXtd.Server.OData.Model;

/// <summary>
/// The keys of entities. A key is the last part of an IRI below the folder of its class; below the base elsewhere, the path with <c>~</c> for
/// each slash, which no id contains; else the IRI itself. Each key means one resource.
/// </summary>
internal sealed class EntityKeys(string baseIri)
{
    public string BaseIri { get; } = baseIri;

    /// <summary>The key of a resource, given as an IRI or <c>_:label</c>.</summary>
    public string KeyOf(string iri, EntityClass type)
    {
        if (type.Folder.Length > 0 && iri.StartsWith(type.Folder, StringComparison.Ordinal) && IsId(iri.AsSpan(type.Folder.Length)))
        {
            return iri[type.Folder.Length..];
        }

        if (iri.StartsWith(BaseIri, StringComparison.Ordinal) && iri.AsSpan(BaseIri.Length) is var rest && rest.Contains('/') && !rest.ContainsAny('~', ':'))
        {
            return iri[BaseIri.Length..].Replace('/', '~');
        }

        return iri;
    }

    /// <summary>The key of an encoded resource where it is the last part of the IRI; false where <see cref="KeyOf"/> is needed.</summary>
    public static bool TryKeyOf(ReadOnlySpan<byte> encoded, EntityClass type, out ReadOnlySpan<byte> key)
    {
        key = type.Folder.Length > 0 && encoded.StartsWith(type.EncodedFolder) ? encoded[type.EncodedFolder.Length..] : default;
        return key.Length > 0 && !key.ContainsAny("/~:"u8);
    }

    /// <summary>The resource of a key.</summary>
    public string IriOf(string key, EntityClass type) =>
        key.Contains(':', StringComparison.Ordinal) ? key
        : key.Contains('~', StringComparison.Ordinal) ? BaseIri + key.Replace('~', '/')
        : type.Folder + key;

    /// <summary>The term of what <see cref="IriOf"/> gives.</summary>
    public static Term TermOf(string iri) => iri.StartsWith("_:", StringComparison.Ordinal) ? new BlankNode(iri[2..]) : new Iri(iri);

    /// <summary>The text of a term that is an IRI or a blank node.</summary>
    public static string TextOf(ReadOnlySpan<byte> encoded) => EncodedTerm.KindOf(encoded) == TermKind.BlankNode
        ? "_:" + Encoding.UTF8.GetString(new EncodedTerm(encoded).Label)
        : Encoding.UTF8.GetString(new EncodedTerm(encoded).Iri);

    private static bool IsId(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAny("/~:");
}
