using System.CommandLine;
using MuseumXtd.Checks;
using MuseumXtd.Garden;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store.Documents;
using MuseumXtd.Store.Files;

namespace MuseumXtd.Commands;

/// <summary><c>museumxtd build GARDEN -o FILE</c>: a garden to RDF.</summary>
internal static class BuildCommand
{
    public static Command Create()
    {
        var gardens = new Argument<string[]>("garden") { Description = "Folders with notes.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "The file to write; - is standard output. A name that ends in .mxs is written as a snapshot file, which serve --load maps into memory.", Required = true };
        var format = new Option<string?>("--format") { Description = "turtle, trig, nquads, ntriples, rdfxml or jsonld; by default what the file's name says." };
        var baseIri = new Option<string?>("--base") { Description = "The base of all IRIs of data." };
        var origin = OriginOption();
        var command = new Command("build", "Turns a garden into RDF: the same notes give the same bytes.") { gardens, output, format, baseIri, origin };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Run(parsed.GetValue(gardens)!, parsed.GetValue(output)!, parsed.GetValue(format), parsed.GetValue(baseIri), OriginOf(parsed.GetValue(origin)), cancellation)));
        return command;
    }

    /// <summary>The option that adds where statements come from.</summary>
    public static Option<string?> OriginOption()
    {
        var origin = new Option<string?>("--origin") { Description = "Add the graph graph/origin, which tells where each statement comes from: reifiers (RDF 1.2) or annotations (Web Annotation)." };
        origin.AcceptOnlyFromAmong("reifiers", "annotations");
        return origin;
    }

    /// <summary>What the option asks for.</summary>
    public static OriginForm? OriginOf(string? value) => value is null ? null : value == "reifiers" ? OriginForm.Reifiers : OriginForm.Annotations;

    private static int Run(string[] gardens, string output, string? formatName, string? baseIri, OriginForm? origin, CancellationToken cancellation)
    {
        if (formatName is null && SnapshotFile.IsNameOf(output))
        {
            return RunToSnapshot(gardens, output, baseIri, cancellation);
        }

        var format = Outputs.Format(output, formatName, "turtle");
        if (origin is not null && !format.SupportsDatasets)
        {
            throw new UsageException($"--origin adds a graph of its own, which {format.Name} cannot say; use trig or nquads.");
        }

        // The notes are read while the shapes are, and the graph is checked while it is written.
        var shapes = Task.Run(() => Inputs.ReadShapes(cancellation), cancellation);
        var graph = Inputs.ReadGardens(gardens, baseIri, cancellation);
        if (!format.SupportsDatasets && !format.IsLineBased)
        {
            // What the shapes are asked of is what is written.
            using var store = GardenShapes.LoadUnion(graph, cancellation);
            var union = store.Current;
            var found = Task.Run(async () => (await shapes.ConfigureAwait(false)).Check(graph, union, cancellation), cancellation);
            Outputs.Write(output, stream => SnapshotDocument.Write(union, stream, format, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix }, cancellation));
            return Summarize(graph, found.GetAwaiter().GetResult());
        }

        var check = Task.Run(async () => (await shapes.ConfigureAwait(false)).Check(graph, cancellation), cancellation);
        Outputs.Write(output, stream => WriteGraphs(graph, stream, format, origin, cancellation));
        return Summarize(graph, check.GetAwaiter().GetResult());
    }

    private static void WriteGraphs(GardenGraph graph, Stream stream, RdfFormat format, OriginForm? origin, CancellationToken cancellation)
    {
        if (format.IsLineBased && origin is null)
        {
            graph.WriteLinesTo(stream, format, cancellation);
            return;
        }

        using var writer = new SortedWriter(stream, format, new WriterOptions { Prefixes = GardenPrefixes.ByPrefix });
        foreach (var named in graph.Graphs)
        {
            cancellation.ThrowIfCancellationRequested();
            named.WriteTo(writer);
        }

        if (origin is { } form)
        {
            graph.WriteOriginsTo(writer, form, cancellation);
        }

        writer.Complete();
    }

    private static int RunToSnapshot(string[] gardens, string output, string? baseIri, CancellationToken cancellation)
    {
        var graph = Inputs.ReadGardens(gardens, baseIri, cancellation);
        using var store = Inputs.Load(graph, cancellation);
        Outputs.Write(output, stream => SnapshotFile.Write(store.Current, stream, cancellation));
        return Summarize(graph, Inputs.Check(graph, cancellation));
    }

    private static int Summarize(GardenGraph graph, IReadOnlyList<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Count(d => d.Severity == Severity.Error);
        var warnings = diagnostics.Count(d => d.Severity == Severity.Warning);
        Console.Error.WriteLine($"{graph.NoteCount} notes ({graph.DraftCount} drafts not published), {graph.Count} statements, {errors} errors, {warnings} warnings (museumxtd check shows them)");
        return ExitCode.Fine;
    }
}
