using MuseumXtd.Garden.Notes;

namespace MuseumXtd.Garden.Tests;

/// <summary>
/// Small notes with what a careful person reads in them (<c>Sentences/*.txt</c>): under <c>==</c> the note, behind <c>-></c> a line for each initiative and
/// output with its facts; a note without such a line names none. Where the name of the file matters, the first line gives it: <c>in Name.md</c>.
/// </summary>
internal static class ToldNotes
{
    private static readonly string[] Types = ["Initiative", "Output"];

    public static IEnumerable<(string Note, string[] Told)> Read(string file)
    {
        foreach (var part in File.ReadAllText(file).Split("\n== ").Skip(1))
        {
            var lines = part.TrimEnd().Split('\n').Skip(1).ToList();
            yield return (string.Join('\n', lines.Where(l => !l.StartsWith("-> ", StringComparison.Ordinal))).Trim(),
                [.. lines.Where(l => l.StartsWith("-> ", StringComparison.Ordinal)).Select(l => l[3..].Trim())]);
        }
    }

    /// <summary>What the reader tells of a note, in the form of the files.</summary>
    public static string[] Tell(string note)
    {
        if (note.StartsWith("in ", StringComparison.Ordinal))
        {
            var (end, named) = (note.IndexOf('\n', StringComparison.Ordinal), new TemporaryGarden());
            using (named)
            {
                named.Write(note[3..end], note[(end + 1)..] + "\n");
                return Tell(new GraphView(named.Build()), Slug(note[3..(end - 3)]));
            }
        }

        using var garden = new TemporaryGarden().Write("a.md", note.StartsWith('#') || note.StartsWith("---", StringComparison.Ordinal) ? note + "\n" : "# Au fil de l'eau\nQuelques mots.\n\n" + note + "\n");
        return Tell(new GraphView(garden.Build()), "a");
    }

    private static string Slug(string name) => string.Join('-', TextFolding.Words(name).Split(' '));

    private static string[] Tell(GraphView view, string slug)
    {
        var note = "note/" + slug;
        var told = new List<string>();
        foreach (var iri in view.Graph(note).Select(s => s.S).OfType<Rdf.Iri>().Select(i => i.Value).Distinct().Where(i => i.StartsWith(GraphView.Base, StringComparison.Ordinal))
            .Select(i => i[GraphView.Base.Length..]))
        {
            if (!view.Graph(note).Exists(s => s.S == new Rdf.Iri(GraphView.Base + iri) && s.P.Value.EndsWith("#type", StringComparison.Ordinal) && Types.Contains(GraphView.Last(s.O.ToString()!.TrimEnd('>')).Split('#')[^1])))
            {
                continue;
            }

            List<string> facts =
            [
                .. view.Slugs(note, iri, "kind"),
                .. view.Agents(note, iri),
                .. view.Values(note, iri, "hasFunding").SelectMany(f => view.Slugs(note, f, "funder")).Order(StringComparer.Ordinal).Select(f => "funder " + f),
                .. view.Values(note, iri, "hasFunding").SelectMany(f => view.Slugs(note, f, "scheme")).Select(f => "scheme " + f),
                .. view.Periods(note, iri),
                .. view.Slugs(note, iri, "status").Where(s => s != "unknown"),
                .. view.Slugs(note, iri, "partOf").Select(o => "part-of " + o),
                .. view.Slugs(note, iri, "succeeds").Select(o => "succeeds " + o),
                .. view.Slugs(note, iri, "hasOutput").Select(o => "output " + o),
            ];
            told.Add((string.Join("", view.Values(note, iri, "name")) + ": " + string.Join(", ", facts)).TrimEnd(':', ' '));
        }

        return [.. told.Order(StringComparer.Ordinal)];
    }
}
