using MuseumXtd.Garden.Recognition;
using MuseumXtd.Garden.Resolution;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>What one file contributes to the graphs of the garden.</summary>
internal sealed class NoteProjection
{
    public required ReadFile File { get; init; }

    public required NoteContext Context { get; init; }

    public required NamedGraph Graph { get; init; }

    /// <summary>The statements about the note itself.</summary>
    public required GraphPart Meta { get; init; }

    /// <summary>Where the note names what.</summary>
    public required NoteMentions Mentions { get; init; }

    public required NoteOrigins Origins { get; init; }

    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>What a file contributes; <paramref name="statements"/> is used for one file after the other.</summary>
    public static NoteProjection Of(ReadFile file, NoteContext context, NoteStatements statements, string baseIri)
    {
        var note = new Iri($"{baseIri}note/{context.NoteId}");
        statements.Begin(note);
        foreach (var draft in file.Drafts)
        {
            statements.State(draft);
        }

        var meta = new List<(Term Subject, Iri Predicate, Term Object)>(16);
        var diagnostics = new List<Diagnostic>();
        StateNote(file, note, meta);
        for (var i = 0; i < context.Links.Length; i++)
        {
            StateLink(file, note, file.Note!.Links[i], context.Links[i], statements, meta, diagnostics, baseIri);
        }

        var origins = NoteOrigins.Create(statements.Statements, statements.Origins);
        return new NoteProjection
        {
            File = file,
            Context = context,
            Graph = NamedGraph.Of($"{baseIri}graph/note/{context.NoteId}", true, origins.Statements),
            Meta = GraphPart.Create(meta),
            Mentions = new NoteMentions(note, [.. statements.Mentions]),
            Origins = origins,
            Diagnostics = diagnostics,
        };
    }

    private static void StateNote(ReadFile file, Iri note, List<(Term, Iri, Term)> meta)
    {
        var revision = new Iri($"{note.Value}/rev/{file.Hash[..12]}");
        meta.Add((note, Mxtd.Type, Mxtd.NoteClass));
        meta.Add((note, Mxtd.PreferredName, new Literal(file.Title, file.Language)));
        meta.Add((note, Mxtd.Language, new Literal(file.Language)));
        foreach (var subject in (ReadOnlySpan<Iri>)[note, revision])
        {
            meta.Add((subject, Mxtd.Path, new Literal(file.Path)));
            meta.Add((subject, Mxtd.Sha256, new Literal(file.Hash)));
        }

        meta.Add((note, Mxtd.Revision, revision));
        meta.Add((revision, Mxtd.Type, Mxtd.NoteRevision));
    }

    private static void StateLink(
        ReadFile file, Iri note, NoteLink link, LinkedNote linked, NoteStatements statements, List<(Term, Iri, Term)> meta,
        List<Diagnostic> diagnostics, string baseIri)
    {
        var origin = link.Origin;
        var target = link.Target.Text;
        if (linked.Candidates > 1)
        {
            diagnostics.Add(Problems.AmbiguousLink(file.Path, origin.Line, origin.Column, target, linked.Path!));
        }

        if (linked.Note is { } other)
        {
            meta.Add((note, Mxtd.LinksTo, other));
            if (linked.Subject is { } subject && linked.Path != file.Path)
            {
                var segment = Resource.SegmentOf(subject.Type);
                statements.StateLink(new Iri($"{baseIri}{segment}/{subject.Id}"), $"{segment}-{subject.Id}", origin);
            }

            return;
        }

        meta.Add((note, Mxtd.DanglingLink, new Literal(target)));
        diagnostics.Add(linked.IsDraft
            ? Problems.LinkToDraft(file.Path, origin.Line, origin.Column, target)
            : Problems.DanglingLink(file.Path, origin.Line, origin.Column, target, linked.Nearest));
    }
}
