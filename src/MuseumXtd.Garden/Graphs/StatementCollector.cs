using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden;

/// <summary>
/// Takes what a reader of RDF finds as statements. Blank nodes become IRIs under a given base (RDF 1.1 Concepts, section 3.5), so that no
/// graph of a garden holds a blank node.
/// </summary>
internal sealed class StatementCollector(string skolemBase) : IQuadSink
{
    private readonly Dictionary<string, Term> _known = new(StringComparer.Ordinal);

    public List<(Term Subject, Iri Predicate, Term Object)> Statements { get; } = [];

    public void Quad(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        Statements.Add((TermOf(subject), (Iri)TermOf(predicate), TermOf(@object)));

    private Term TermOf(ReadOnlySpan<byte> encoded)
    {
        if (encoded[0] == (byte)'"')
        {
            return Term.Decode(encoded);
        }

        var key = Encoding.UTF8.GetString(encoded);
        if (!_known.TryGetValue(key, out var term))
        {
            term = Term.Decode(encoded) is BlankNode node ? new Iri(skolemBase + node.Label) : Term.Decode(encoded);
            _known.Add(key, term);
        }

        return term;
    }
}
