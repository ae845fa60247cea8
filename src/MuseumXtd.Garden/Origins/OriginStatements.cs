using System.Globalization;
using System.Security.Cryptography;
using MuseumXtd.Garden.Projection;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Garden;

/// <summary>Writes the origins of all statements as RDF, into the graph <c>graph/origin</c>; no node of it is blank.</summary>
internal sealed class OriginStatements(IQuadSink sink, string baseIri, IReadOnlyDictionary<string, string> notes)
{
    private const string Oa = "http://www.w3.org/ns/oa#";

    private static readonly Iri Reifies = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");
    private static readonly Iri Annotation = new(Oa + "Annotation");
    private static readonly Iri Target = new(Oa + "hasTarget");
    private static readonly Iri Source = new(Oa + "hasSource");
    private static readonly Iri Selector = new(Oa + "hasSelector");
    private static readonly Iri Quote = new(Oa + "TextQuoteSelector");
    private static readonly Iri Exact = new(Oa + "exact");
    private static readonly Iri MotivatedBy = new(Oa + "motivatedBy");
    private static readonly Iri Identifying = new(Oa + "identifying");

    private readonly byte[] _graph = new Iri(baseIri + "graph/origin").Encode();

    public void Write(OriginTable origins, OriginForm form, CancellationToken cancellation)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (statements, row, origin) in origins.All)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!notes.TryGetValue(origin.File, out var note))
            {
                continue;
            }

            var subject = statements.Subject(row);
            var predicate = statements.Predicate(row);
            var value = statements.Object(row);
            if (form == OriginForm.Reifiers)
            {
                var statement = new TripleTerm(Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(value));
                WriteReifier(new Iri($"{note}/statement/{Name(origin, subject, predicate, value)}"), statement, new Iri(note), origin);
            }
            else if ($"{note}/annotation/{Name(origin, subject, [], [])}" is var annotation && written.Add(annotation))
            {
                WriteAnnotation(annotation, Term.Decode(subject), new Iri(note), origin);
            }
        }
    }

    /// <summary>A name that depends on what is said where, and on nothing else.</summary>
    private static string Name(Origin origin, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> value)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(subject);
        hash.AppendData([0]);
        hash.AppendData(predicate);
        hash.AppendData([0]);
        hash.AppendData(value);
        hash.AppendData([0]);
        return string.Create(CultureInfo.InvariantCulture, $"{origin.Line}-{origin.Column}-{origin.Length}-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8))}");
    }

    private static Literal Integer(int value) => new(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);

    private void WriteReifier(Iri reifier, TripleTerm statement, Iri note, Origin origin)
    {
        Say(reifier, Reifies, statement);
        Say(reifier, Mxtd.Note, note);
        Say(reifier, Mxtd.Path, new Literal(origin.File));
        Say(reifier, Mxtd.Line, Integer(origin.Line));
        Say(reifier, Mxtd.Column, Integer(origin.Column));
        Say(reifier, Mxtd.Words, new Literal(origin.Words));
    }

    private void WriteAnnotation(string iri, Term subject, Iri note, Origin origin)
    {
        var (annotation, target, selector) = (new Iri(iri), new Iri(iri + "/target"), new Iri(iri + "/selector"));
        Say(annotation, Mxtd.Type, Annotation);
        Say(annotation, MotivatedBy, Identifying);
        Say(annotation, Mxtd.HasBody, subject);
        Say(annotation, Target, target);
        Say(target, Source, note);
        Say(target, Selector, selector);
        Say(selector, Mxtd.Type, Quote);
        Say(selector, Exact, new Literal(origin.Words));
        Say(selector, Mxtd.Line, Integer(origin.Line));
        Say(selector, Mxtd.Column, Integer(origin.Column));
    }

    private void Say(Iri subject, Iri predicate, Term value) => sink.Quad(subject.Encode(), predicate.Encode(), value.Encode(), _graph);
}
