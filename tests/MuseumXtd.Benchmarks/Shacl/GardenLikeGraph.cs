using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Benchmarks.Shacl;

/// <summary>Initiatives with participations, periods, places and notes, as gardens have them, as many as are asked for. One in a hundred initiatives lacks its name.</summary>
internal static class GardenLikeGraph
{
    private const string Base = "https://w3id.org/museumxtd/";
    private const string Mxtd = Base + "ns#";

    /// <summary>Writes the graph; about 32 statements an initiative.</summary>
    public static void Write(int initiatives, IQuadSink sink)
    {
        for (var i = 0; i < initiatives; i++)
        {
            var name = i.ToString(CultureInfo.InvariantCulture);
            var initiative = Base + "initiative/" + name;
            var place = $"{Base}place/{i % 200}";
            Type(initiative, "Initiative");
            if (i % 100 != 99)
            {
                Add(initiative, "name", new Literal("Initiative " + name, "fr"));
            }

            Add(initiative, "startYear", Integer(2000 + (i % 25)));
            Add(initiative, "endYear", Integer(2001 + (i % 25)));
            Link(initiative, "place", place);
            Link(initiative, "period", initiative + "/period");
            Type(initiative + "/period", "Period");
            Add(initiative + "/period", "edtf", new Literal("2020/2024", new Iri("http://id.loc.gov/datatypes/edtf/EDTF")));
            Add(initiative + "/period", "startYear", Integer(2000 + (i % 25)));
            Type(place, "Place");
            Add(place, "name", new Literal($"Place {i % 200}", "fr"));
            for (var p = 0; p < 2; p++)
            {
                var organisation = $"{Base}organisation/{((i * 7) + p) % Math.Max(1, initiatives / 2)}";
                var participation = $"{initiative}/p/{p}";
                Type(organisation, "Organisation");
                Add(organisation, "name", new Literal($"Organisation {organisation.Length}", "fr"));
                Link(initiative, "participant", organisation);
                Link(initiative, "hasParticipation", participation);
                Type(participation, "Participation");
                Link(participation, "agent", organisation);
                Link(participation, "role", Base + "roles/lead");
                Add(participation, "sourceText", new Literal("porté par une organisation " + name));
                Add(participation, "sourceLine", Integer(1 + (i % 300)));
                Add(participation, "confidence", new Literal("0.9", Xsd.Decimal));
            }
        }

        Type(Base + "roles/lead", "Role");

        void Type(string subject, string type) => Send(subject, RdfNames.Type, new Iri(Mxtd + type));

        void Link(string subject, string predicate, string target) => Add(subject, predicate, new Iri(target));

        void Add(string subject, string predicate, Term value) => Send(subject, new Iri(Mxtd + predicate), value);

        void Send(string subject, Iri predicate, Term value) => sink.Quad(new Iri(subject).Encode(), predicate.Encode(), value.Encode(), default);
    }

    private static Literal Integer(int value) => new(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);
}
