using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden.Lexicon;

/// <summary>The Turtle files of the ontology folder.</summary>
internal static class OntologyFiles
{
    /// <summary>All statements of all Turtle files, in the order of file names.</summary>
    public static List<(Term Subject, Iri Predicate, Term Object)> ReadVocabulary(
        string directory, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var statements = new List<(Term, Iri, Term)>();
        if (!Directory.Exists(directory))
        {
            diagnostics.Add(Problems.OntologyMissing(directory));
            return statements;
        }

        foreach (var file in Directory.EnumerateFiles(directory, "*.ttl").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var collector = new StatementCollector($"https://w3id.org/museumxtd/ns/genid/{name}-");
            using var input = File.OpenRead(file);
            try
            {
                RdfFormats.Turtle.CreateReader().Read(input, collector, ReaderOptions.Default, cancellation);
            }
            catch (RdfSyntaxException e)
            {
                diagnostics.Add(Problems.OntologyUnreadable(Path.GetFileName(file), (int)e.Line, (int)e.Column, e.Message));
            }

            statements.AddRange(collector.Statements);
        }

        return statements;
    }
}
