using System.Text;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Reference;

/// <summary>Small random datasets with few terms, so that patterns meet: IRIs, blank nodes, numbers that are equal and not the same, strings, triple terms.</summary>
internal sealed class DataGenerator(Random random, bool blankNodes = true)
{
    public const int Nodes = 6;
    public const int Predicates = 4;
    public const int Graphs = 3;

    private static readonly string[] Literals =
    [
        "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>", "\"2\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        "\"3\"^^<http://www.w3.org/2001/XMLSchema#integer>", "\"01\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        "\"1.0\"^^<http://www.w3.org/2001/XMLSchema#decimal>", "\"2.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "\"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>", "\"a\"", "\"b\"", "\"ab\"", "\"a\"@en", "\"a\"@fr", "\"\"",
    ];

    /// <summary>A snapshot of random quads.</summary>
    public Snapshot Snapshot()
    {
        var text = new StringBuilder();
        for (var i = random.Next(6, 36); i > 0; i--)
        {
            text.Append(Node()).Append(' ').Append(Predicate()).Append(' ').Append(Object()).Append(' ').Append(Graph()).Append(".\n");
        }

        using var store = new QuadStore();
        using var transaction = store.Begin();
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        RdfFormats.NQuads.CreateReader().Read(input, transaction, new ReaderOptions());
        return transaction.Commit();
    }

    private string Node() => random.Next(8) == 0 && blankNodes ? $"_:b{random.Next(2)}" : $"<http://x/n{random.Next(Nodes)}>";

    private string Predicate() => $"<http://x/p{random.Next(Predicates)}>";

    private string Object() => random.Next(12) switch
    {
        < 7 => Node(),
        < 11 => Literals[random.Next(Literals.Length)],
        _ => $"<<( {Node()} {Predicate()} {(random.Next(2) == 0 ? Node() : Literals[random.Next(Literals.Length)])} )>>",
    };

    private string Graph() => random.Next(3) == 0 ? $"<http://x/g{random.Next(Graphs - 1)}> " : "";
}
