namespace MuseumXtd.Sparql.Syntax;

/// <summary>Prefixes that people use without declaring them, to tell them how they are declared. A query is never read as if they were.</summary>
internal static class KnownPrefixes
{
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["mxtd"] = "https://w3id.org/museumxtd/ns#",
        ["role"] = "https://w3id.org/museumxtd/roles/",
        ["kind"] = "https://w3id.org/museumxtd/kinds/",
        ["theme"] = "https://w3id.org/museumxtd/themes/",
        ["audience"] = "https://w3id.org/museumxtd/audiences/",
        ["status"] = "https://w3id.org/museumxtd/statuses/",
        ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ["rdfs"] = "http://www.w3.org/2000/01/rdf-schema#",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
        ["owl"] = "http://www.w3.org/2002/07/owl#",
        ["skos"] = "http://www.w3.org/2004/02/skos/core#",
        ["dcterms"] = "http://purl.org/dc/terms/",
        ["dct"] = "http://purl.org/dc/terms/",
        ["dc"] = "http://purl.org/dc/elements/1.1/",
        ["dcat"] = "http://www.w3.org/ns/dcat#",
        ["void"] = "http://rdfs.org/ns/void#",
        ["foaf"] = "http://xmlns.com/foaf/0.1/",
        ["schema"] = "https://schema.org/",
        ["prov"] = "http://www.w3.org/ns/prov#",
        ["org"] = "http://www.w3.org/ns/org#",
        ["sh"] = "http://www.w3.org/ns/shacl#",
        ["oa"] = "http://www.w3.org/ns/oa#",
        ["sd"] = "http://www.w3.org/ns/sparql-service-description#",
        ["geo"] = "http://www.w3.org/2003/01/geo/wgs84_pos#",
        ["gn"] = "http://www.geonames.org/ontology#",
        ["edm"] = "http://www.europeana.eu/schemas/edm/",
        ["crm"] = "http://www.cidoc-crm.org/cidoc-crm/",
        ["wd"] = "http://www.wikidata.org/entity/",
        ["wdt"] = "http://www.wikidata.org/prop/direct/",
        ["fn"] = "http://www.w3.org/2005/xpath-functions#",
    };

    /// <summary>What to do about a prefix that is not declared: declare it, if it is known, or write one that is meant by it.</summary>
    public static string Hint(string prefix, IReadOnlyCollection<string> declared)
    {
        if (Table.TryGetValue(prefix, out var iri))
        {
            return $"Add: PREFIX {prefix}: <{iri}>";
        }

        if (Spelling.Nearest(prefix, declared) is { } near)
        {
            return $"Did you mean {near}:?";
        }

        return Spelling.Nearest(prefix, Table.Keys) is { } known
            ? $"Did you mean {known}:? Then add: PREFIX {known}: <{Table[known]}>"
            : $"Declare it before the query: PREFIX {prefix}: <...>";
    }
}
