using System.Text;
using MuseumXtd.Sparql.Results;
using MuseumXtd.Sparql.Syntax;
using MuseumXtd.Store;

namespace MuseumXtd.Sparql.Tests.Execution;

/// <summary>The union of all graphs, or a merge of some, is made for those who ask it something.</summary>
public sealed class DefaultGraphTests
{
    [Theory]
    [InlineData("SELECT * { GRAPH <http://g/1> { ?s ?p ?o } }", false)]
    [InlineData("SELECT * { GRAPH <http://g/1> { ?s ?p ?o OPTIONAL { ?o ?q ?r } FILTER EXISTS { ?s ?p 1 } } }", false)]
    [InlineData("ASK { }", false)]
    [InlineData("SELECT * { GRAPH <http://g/1> { ?s ?p ?o } ?s ?q ?r }", true)]
    [InlineData("ASK { FILTER EXISTS { ?s ?p ?o } }", true)]
    public void Graphs_are_joined_for_those_who_ask_the_default_graph(string query, bool isJoined)
    {
        using var store = new QuadStore();
        using (var transaction = store.Begin())
        {
            for (var i = 0; i < 4; i++)
            {
                transaction.Quad("<http://x/s>"u8, "<http://x/p>"u8, Encoding.UTF8.GetBytes($"\"{i}\""), Encoding.UTF8.GetBytes($"<http://g/{i}>"));
            }

            transaction.Commit();
        }

        var joined = false;
        store.Room = _ => joined = true;
        using var results = new QueryEngine().Execute(SparqlParser.ParseQuery(query), store.Current, new QueryOptions());
        using var writer = ResultFormats.Json.CreateWriter();
        writer.Write(results, Stream.Null);
        Assert.Equal(isJoined, joined);
    }
}
