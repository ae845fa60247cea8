using MuseumXtd.Garden.Lexicon;
using MuseumXtd.Rdf;

namespace MuseumXtd.Garden.Projection;

/// <summary>The gazetteer as a graph.</summary>
internal static class PlaceStatements
{
    public static IEnumerable<(Term Subject, Iri Predicate, Term Object)> Of(Gazetteer gazetteer, string baseIri)
    {
        foreach (var place in gazetteer.Places)
        {
            var iri = new Iri($"{baseIri}place/{place.Slug}");
            yield return (iri, Mxtd.Type, Mxtd.PlaceClass);
            yield return (iri, Mxtd.PreferredName, new Literal(place.En, "en"));
            yield return (iri, Mxtd.PreferredName, new Literal(place.Fr, "fr"));
            foreach (var name in place.AltEn)
            {
                yield return (iri, Mxtd.AltName, new Literal(name, "en"));
            }

            foreach (var name in place.AltFr)
            {
                yield return (iri, Mxtd.AltName, new Literal(name, "fr"));
            }

            if (place.Iso.Length > 0)
            {
                yield return (iri, Mxtd.IsoCode, new Literal(place.Iso));
            }

            if (place.Nuts.Length > 0)
            {
                yield return (iri, Mxtd.NutsCode, new Literal(place.Nuts));
            }

            if (place.Parent.Length > 0)
            {
                yield return (iri, Mxtd.PartOfPlace, new Iri($"{baseIri}place/{place.Parent}"));
            }

            if (place.Coordinates is var (latitude, longitude))
            {
                yield return (iri, Mxtd.Latitude, new Literal(latitude, Rdf.Vocabulary.Xsd.Decimal));
                yield return (iri, Mxtd.Longitude, new Literal(longitude, Rdf.Vocabulary.Xsd.Decimal));
            }

            if (place.Wikidata.Length > 0)
            {
                yield return (iri, Mxtd.IdentifiedBy, new Iri("http://www.wikidata.org/entity/" + place.Wikidata));
            }

            if (place.GeoNames.Length > 0)
            {
                yield return (iri, Mxtd.IdentifiedBy, new Iri($"https://sws.geonames.org/{place.GeoNames}/"));
            }

            if (place.EuCountry.Length > 0)
            {
                yield return (iri, Mxtd.IdentifiedBy, new Iri(place.EuCountry));
            }
        }
    }
}
