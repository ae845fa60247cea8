namespace MuseumXtd.Rdf.Syntax.Turtle;

/// <summary>The prefixes of a document, looked up by UTF-8 spans without making strings.</summary>
internal sealed class Namespaces
{
    private readonly Dictionary<byte[], byte[]> _iris = new(new Utf8Comparer());

    public void Set(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) => _iris[prefix.ToArray()] = iri.ToArray();

    public bool TryGet(ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> iri)
    {
        var found = _iris.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(prefix, out var bytes);
        iri = bytes;
        return found;
    }
}
