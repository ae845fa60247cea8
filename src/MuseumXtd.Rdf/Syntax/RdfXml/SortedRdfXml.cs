using System.Globalization;
using System.Text;

namespace MuseumXtd.Rdf.Syntax.RdfXml;

/// <summary>Writes a whole dataset as RDF/XML: all namespaces are declared at the top, and none that is not used.</summary>
internal static class SortedRdfXml
{
    public static void Write(QuadTable table, Stream output, WriterOptions options)
    {
        using var writer = new RdfXmlWriter(output, options with { Prefixes = Prefixes(table, options.Prefixes) });
        table.WriteTo(writer);
        writer.Complete();
    }

    /// <summary>The namespaces of all predicates and classes, by the prefixes given for them, or ns1, ns2, ...</summary>
    private static Dictionary<string, string> Prefixes(QuadTable table, IReadOnlyDictionary<string, string> known)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, iri) in known.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            given.TryAdd(iri, prefix);
        }

        var spaces = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<int>();
        foreach (var row in table.Rows)
        {
            if (seen.Add(-1 - row.Predicate))
            {
                AddSpace(table.Predicate(row.Predicate));
            }

            if (row.Predicate == 0 && seen.Add(row.Object))
            {
                AddSpace(table.Term(row.Object));
            }
        }

        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var space in spaces)
        {
            var prefix = given.GetValueOrDefault(space);
            while (prefix is null || (prefixes.ContainsKey(prefix) && prefixes[prefix] != space))
            {
                prefix = "ns" + (++number).ToString(CultureInfo.InvariantCulture);
            }

            prefixes[prefix] = space;
        }

        return prefixes;

        void AddSpace(ReadOnlySpan<byte> term)
        {
            if (EncodedTerm.KindOf(term) == TermKind.Iri)
            {
                var iri = Encoding.UTF8.GetString(term[1..]);
                spaces.Add(iri[..XmlNames.LocalStart(iri)]);
            }
        }
    }
}
