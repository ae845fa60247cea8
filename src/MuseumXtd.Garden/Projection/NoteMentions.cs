using System.Globalization;
using System.Text;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Buffers;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Garden.Projection;

/// <summary>A place where a note first names a thing.</summary>
/// <param name="Body">The thing.</param>
/// <param name="Id">What tells the mention from others of the note.</param>
/// <param name="Line">The line of the words.</param>
/// <param name="Column">The column of the words.</param>
/// <param name="Words">The words.</param>
internal readonly record struct Mention(Iri Body, string Id, int Line, int Column, string Words);

/// <summary>
/// Where a note names what. Each mention is six statements; they are nearly half of all statements of a garden and outside the union, so they are made
/// when they are written or loaded, and not kept.
/// </summary>
internal sealed class NoteMentions(Iri note, Mention[] mentions) : IOrderedStatements
{
    private const int MostDigits = 11;

    private static readonly byte[] Type = Mxtd.Type.Encode();
    private static readonly byte[] MentionClass = Mxtd.Mention.Encode();

    // What stands behind the digits of an encoded integer.
    private static readonly byte[] IntegerSuffix = new Literal("", Xsd.Integer).Encode()[1..];

    // What is said of each, in the order of the predicates' bytes.
    private static readonly (byte[] Predicate, Part Part)[] Parts =
    [
        .. new (Iri Predicate, Part Part)[]
        {
            (Mxtd.HasBody, Part.Body), (Mxtd.Note, Part.Note), (Mxtd.Line, Part.Line), (Mxtd.Column, Part.Column), (Mxtd.Words, Part.Words),
        }
        .OrderBy(p => p.Predicate.Value, StringComparer.Ordinal).Select(p => (p.Predicate.Encode(), p.Part)),
    ];

    private enum Part
    {
        Body,
        Note,
        Line,
        Column,
        Words,
    }

    public int Count => (1 + Parts.Length) * mentions.Length;

    GraphPart IStatementSet.Part()
    {
        var statements = new List<(Term Subject, Iri Predicate, Term Object)>(Count);
        foreach (var (body, id, line, column, words) in mentions)
        {
            var mention = new Iri($"{Folder}{id}");
            statements.Add((mention, Mxtd.Type, Mxtd.Mention));
            statements.Add((mention, Mxtd.HasBody, body));
            statements.Add((mention, Mxtd.Note, note));
            statements.Add((mention, Mxtd.Line, Integer(line)));
            statements.Add((mention, Mxtd.Column, Integer(column)));
            statements.Add((mention, Mxtd.Words, new Literal(words)));
        }

        return GraphPart.Create(statements);
    }

    public byte[] SubjectPrefix() => new Iri(Folder).Encode();

    public void WriteOrderedTo(IQuadSink sink, ReadOnlySpan<byte> graph)
    {
        // Identifiers are made of slugs, which hold no surrogates: the order of their characters is that of their bytes.
        var ordered = mentions.AsSpan().ToArray();
        Array.Sort(ordered, static (a, b) => string.CompareOrdinal(a.Id, b.Id));
        var folder = SubjectPrefix();
        using var terms = new ByteBuffer();
        Span<int> ends = stackalloc int[Parts.Length];
        foreach (var mention in ordered)
        {
            terms.Clear();
            terms.Append(folder);
            Append(mention.Id, terms);
            var end = terms.Length;
            for (var i = 0; i < ends.Length; i++)
            {
                Append(Parts[i].Part, mention, terms);
                ends[i] = terms.Length;
            }

            var written = terms.Written;
            var subject = written[..end];
            sink.Quad(subject, Type, MentionClass, graph);
            for (var i = 0; i < ends.Length; i++)
            {
                sink.Quad(subject, Parts[i].Predicate, written[end..ends[i]], graph);
                end = ends[i];
            }
        }
    }

    private string Folder => $"{note.Value}/mention/";

    private void Append(Part part, in Mention mention, ByteBuffer terms)
    {
        switch (part)
        {
            case Part.Body:
                mention.Body.Encode(terms);
                break;
            case Part.Note:
                note.Encode(terms);
                break;
            case Part.Words:
                terms.Append((byte)'"');
                Append(mention.Words, terms);
                terms.Append((byte)'"');
                break;
            default:
                terms.Append((byte)'"');
                var number = part == Part.Line ? mention.Line : mention.Column;
                number.TryFormat(terms.GetSpan(MostDigits), out var length, default, CultureInfo.InvariantCulture);
                terms.Advance(length);
                terms.Append(IntegerSuffix);
                break;
        }
    }

    private static void Append(string text, ByteBuffer terms) => terms.Advance(Encoding.UTF8.GetBytes(text, terms.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));

    private static Literal Integer(int value) => new(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);
}
