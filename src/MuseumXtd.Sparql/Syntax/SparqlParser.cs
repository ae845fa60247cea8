using MuseumXtd.Sparql.Algebra;

namespace MuseumXtd.Sparql.Syntax;

/// <summary>Reads SPARQL text into algebra.</summary>
public static class SparqlParser
{
    /// <summary>Reads a query.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseIri">What relative IRIs are resolved against before the query sets its own base; null: they are errors.</param>
    /// <exception cref="SparqlSyntaxException">The text is not a query.</exception>
    public static Query ParseQuery(string text, string? baseIri = null) => new QueryParser(text, baseIri).ReadQuery();

    /// <summary>Reads an update request.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseIri">What relative IRIs are resolved against before the request sets its own base; null: they are errors.</param>
    /// <exception cref="SparqlSyntaxException">The text is not an update request.</exception>
    public static UpdateRequest ParseUpdate(string text, string? baseIri = null) => new UpdateParser(text, baseIri).ReadRequest();
}
