using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;

namespace MuseumXtd.Garden.Tests;

/// <summary>A garden's graphs as terms, with short names for what tests ask.</summary>
internal sealed class GraphView
{
    public const string Base = "https://w3id.org/museumxtd/";
    public const string Ns = Base + "ns#";

    private readonly Dictionary<string, List<(Term S, Iri P, Term O)>> _graphs = new(StringComparer.Ordinal);

    public GraphView(GardenGraph garden)
    {
        Garden = garden;
        foreach (var graph in garden.Graphs)
        {
            var sink = new Sink();
            graph.WriteTo(sink);
            _graphs.Add(graph.Iri, sink.Statements);
        }
    }

    public GardenGraph Garden { get; }

    public static GraphView Of(params string[] roots) => new(new GardenReader(new GardenOptions { Roots = roots }).Build());

    public List<(Term S, Iri P, Term O)> Graph(string name) => _graphs[Base + "graph/" + name];

    public IEnumerable<(string Graph, Term S, Iri P, Term O)> NoteStatements =>
        _graphs.Where(g => g.Key.StartsWith(Base + "graph/note/", StringComparison.Ordinal))
            .SelectMany(g => g.Value.Select(s => (g.Key, s.S, s.P, s.O)));

    /// <summary>The values of a property in a graph, in short form, sorted.</summary>
    public string[] Values(string graph, string subject, string property) =>
        [.. Graph(graph).Where(s => s.S == new Iri(Base + subject) && s.P.Value == Ns + property).Select(s => Short(s.O)).Order(StringComparer.Ordinal)];

    /// <summary>"role agent" for each participation.</summary>
    public string[] Agents(string graph, string subject) =>
        [.. Values(graph, subject, "hasParticipation")
            .Select(p => $"{Last(Values(graph, p, "role").Single())} {Last(Values(graph, p, "agent").Single())}").Order(StringComparer.Ordinal)];

    /// <summary>The last parts of the values of a property.</summary>
    public string[] Slugs(string graph, string subject, string property) =>
        [.. Values(graph, subject, property).Select(Last).Order(StringComparer.Ordinal)];

    /// <summary>The EDTF expressions of the periods.</summary>
    public string[] Periods(string graph, string subject) =>
        [.. Values(graph, subject, "period").SelectMany(p => Values(graph, p, "edtf"))];

    public static string Last(string iri) => iri[(iri.LastIndexOf('/') + 1)..];

    private static string Short(Term term) => term switch
    {
        Iri iri => iri.Value.StartsWith(Base, StringComparison.Ordinal) ? iri.Value[Base.Length..] : iri.Value,
        Literal literal => literal.LexicalForm,
        _ => term.ToString()!,
    };

    private sealed class Sink : IQuadSink
    {
        public List<(Term S, Iri P, Term O)> Statements { get; } = [];

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            Statements.Add((Term.Decode(subject), (Iri)Term.Decode(predicate), Term.Decode(@object)));
    }
}
