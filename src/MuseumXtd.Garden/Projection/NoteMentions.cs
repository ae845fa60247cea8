using System.Globalization;
using MuseumXtd.Rdf;
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
internal sealed class NoteMentions(Iri note, Mention[] mentions) : IStatementSet
{
    private const int StatementsOfEach = 6;

    public int Count => StatementsOfEach * mentions.Length;

    public GraphPart Part()
    {
        var statements = new List<(Term Subject, Iri Predicate, Term Object)>(Count);
        foreach (var (body, id, line, column, words) in mentions)
        {
            var mention = new Iri($"{note.Value}/mention/{id}");
            statements.Add((mention, Mxtd.Type, Mxtd.Mention));
            statements.Add((mention, Mxtd.HasBody, body));
            statements.Add((mention, Mxtd.Note, note));
            statements.Add((mention, Mxtd.Line, Integer(line)));
            statements.Add((mention, Mxtd.Column, Integer(column)));
            statements.Add((mention, Mxtd.Words, new Literal(words)));
        }

        return GraphPart.Create(statements);
    }

    private static Literal Integer(int value) => new(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);
}
