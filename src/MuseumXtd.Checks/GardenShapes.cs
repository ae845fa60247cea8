using MuseumXtd.Garden;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Shacl;
using MuseumXtd.Sparql;
using MuseumXtd.Store;

namespace MuseumXtd.Checks;

/// <summary>
/// The shapes of the ontology, against which the graph of a garden is checked: what does not conform becomes a diagnostic at the words
/// that say it.
/// </summary>
public sealed class GardenShapes
{
    /// <summary>The name of the file with shapes in the folder of the ontology.</summary>
    public const string FileName = "mxtd-shapes.ttl";

    private readonly ShapeSet? _shapes;
    private readonly Diagnostic? _problem;

    private GardenShapes(ShapeSet? shapes, Diagnostic? problem)
    {
        _shapes = shapes;
        _problem = problem;
    }

    /// <summary>Reads the shapes of an ontology's folder. A file that is not well formed becomes a diagnostic of every check; without a file nothing is checked.</summary>
    public static GardenShapes Read(string ontologyDirectory, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ontologyDirectory);
        var path = Path.Combine(ontologyDirectory, FileName);
        if (!File.Exists(path))
        {
            return new GardenShapes(null, null);
        }

        try
        {
            using var input = File.OpenRead(path);
            return new GardenShapes(ShapeSet.Read(input, RdfFormats.Turtle, new ReaderOptions { BlankNodeScope = "shape." }, cancellation), null);
        }
        catch (RdfSyntaxException)
        {
            // The reader of the ontology, of which this file is part, says where it is not well formed.
            return new GardenShapes(null, null);
        }
        catch (ShapesException e)
        {
            return new GardenShapes(null, ShapeDiagnostics.Unusable(e.Message));
        }
    }

    /// <summary>All diagnostics of a garden whose graphs are in a snapshot: those of its reader, and those of the shapes.</summary>
    public IReadOnlyList<Diagnostic> Check(GardenGraph garden, Snapshot snapshot, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(garden);
        ArgumentNullException.ThrowIfNull(snapshot);
        if (_shapes is null)
        {
            return _problem is null ? garden.Diagnostics : [.. garden.Diagnostics, _problem];
        }

        IEnumerable<Diagnostic> found;
        try
        {
            var report = Validator.Validate(_shapes, snapshot, new ValidationOptions { DefaultGraph = DefaultGraphMode.Union }, cancellation);
            using var places = new StatementPlaces(garden, snapshot);
            found = report.Results.Select(r => ShapeDiagnostics.Of(r, places)).ToList();
        }
        catch (Exception e) when (e is ShapesException or QueryBudgetException)
        {
            found = [ShapeDiagnostics.Unusable(e.Message)];
        }

        return
        [
            .. garden.Diagnostics.Concat(found).Distinct()
                .OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)
                .ThenBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.MessageEn, StringComparer.Ordinal),
        ];
    }

    /// <summary>The same for a garden that is in no store.</summary>
    public IReadOnlyList<Diagnostic> Check(GardenGraph garden, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(garden);
        using var store = LoadUnion(garden, cancellation);
        return Check(garden, store.Current, cancellation);
    }

    /// <summary>A store with the union of a garden's graphs as its default graph, which is all that the shapes are asked of.</summary>
    public static QuadStore LoadUnion(GardenGraph garden, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(garden);
        var store = new QuadStore();
        using var transaction = store.Begin(cancellation);
        foreach (var graph in garden.Graphs.Where(g => g.InUnion))
        {
            graph.WriteTo(transaction, asDefaultGraph: true);
        }

        transaction.Commit(cancellation);
        return store;
    }
}
