namespace MuseumXtd.Garden.Tests;

/// <summary>
/// Small notes with what a careful person reads in them (<c>Sentences/*.txt</c>): under <c>==</c> the note, behind <c>-></c> a line for each initiative and
/// output with its facts; a note without such a line names none.
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
        using var garden = new TemporaryGarden().Write("a.md", note.StartsWith('#') || note.StartsWith("---", StringComparison.Ordinal) ? note + "\n" : "# Au fil de l'eau\nQuelques mots.\n\n" + note + "\n");
        var view = new GraphView(garden.Build());
        var told = new List<string>();
        foreach (var iri in view.Graph("note/a").Select(s => s.S).OfType<Rdf.Iri>().Select(i => i.Value).Distinct().Where(i => i.StartsWith(GraphView.Base, StringComparison.Ordinal))
            .Select(i => i[GraphView.Base.Length..]))
        {
            if (!view.Graph("note/a").Exists(s => s.S == new Rdf.Iri(GraphView.Base + iri) && s.P.Value.EndsWith("#type", StringComparison.Ordinal) && Types.Contains(GraphView.Last(s.O.ToString()!.TrimEnd('>')).Split('#')[^1])))
            {
                continue;
            }

            List<string> facts =
            [
                .. view.Slugs("note/a", iri, "kind"),
                .. view.Agents("note/a", iri),
                .. view.Values("note/a", iri, "hasFunding").SelectMany(f => view.Slugs("note/a", f, "funder")).Order(StringComparer.Ordinal).Select(f => "funder " + f),
                .. view.Values("note/a", iri, "hasFunding").SelectMany(f => view.Slugs("note/a", f, "scheme")).Select(f => "scheme " + f),
                .. view.Periods("note/a", iri),
                .. view.Slugs("note/a", iri, "status").Where(s => s != "unknown"),
                .. view.Slugs("note/a", iri, "partOf").Select(o => "part-of " + o),
                .. view.Slugs("note/a", iri, "succeeds").Select(o => "succeeds " + o),
                .. view.Slugs("note/a", iri, "hasOutput").Select(o => "output " + o),
            ];
            told.Add((string.Join("", view.Values("note/a", iri, "name")) + ": " + string.Join(", ", facts)).TrimEnd(':', ' '));
        }

        return [.. told.Order(StringComparer.Ordinal)];
    }
}
