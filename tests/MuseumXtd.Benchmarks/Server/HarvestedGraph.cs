using System.Globalization;
using MuseumXtd.Rdf;
using MuseumXtd.Rdf.Syntax;
using MuseumXtd.Rdf.Vocabulary;

namespace MuseumXtd.Benchmarks.Server;

/// <summary>
/// Initiatives with participations, periods, outputs, organisations and places, each said in the graph of a note: in ten records two are of initiatives, three of outputs,
/// one of an organisation, four of notes. The same number gives the same graph.
/// </summary>
internal static class HarvestedGraph
{
    private const string Base = "https://w3id.org/museumxtd/";
    private const string Mxtd = Base + "ns#";
    private const int Places = 200;

    private static readonly string[] Kinds = ["programme", "project", "fund", "network", "service", "training", "toolkit", "report"];

    private static readonly string[] Sentences =
    [
        "Un programme pour les musées de petite taille, autour des compétences numériques.", "Une méthode en plusieurs étapes, de la préparation à l'évaluation.",
        "Des fiches, des exemples et des gabarits à télécharger & à partager.", "Une enquête menée auprès de professionnels de dix pays.",
    ];

    /// <summary>Writes the graph; about 17 statements a record.</summary>
    public static void Write(int records, IQuadSink sink)
    {
        var initiatives = records / 5;
        var organisations = records / 10;
        var graph = Array.Empty<byte>();
        for (var i = 0; i < Places; i++)
        {
            var place = $"{Base}place/p{i}";
            Type(place, "Place");
            Add(place, "name", new Literal($"Lieu {i}", "fr"));
            Add(place, "name", new Literal($"Place {i}", "en"));
            Send(place, new Iri("http://www.w3.org/2003/01/geo/wgs84_pos#lat"), new Literal(Text(40 + (i * 0.05)), Xsd.Decimal));
            Send(place, new Iri("http://www.w3.org/2003/01/geo/wgs84_pos#long"), new Literal(Text(i * 0.05), Xsd.Decimal));
        }

        for (var i = 0; i < records / 10 * 4; i++)
        {
            var note = $"{Base}note/n{i}";
            graph = new Iri($"{Base}graph/note/n{i}").Encode();
            Type(note, "Note");
            Add(note, "name", new Literal($"Note {i}", "fr"));
            Add(note, "language", new Literal("fr"));
            Add(note, "path", new Literal($"Notes/Note {i}.md"));
            if (i < initiatives)
            {
                Link(note, "describes", $"{Base}initiative/i{i}");
                Initiative(i);
            }
            else if (i - initiatives < organisations)
            {
                Link(note, "describes", $"{Base}organisation/o{i - initiatives}");
                Organisation(i - initiatives);
            }

            Link(note, "mentions", $"{Base}organisation/o{i * 13 % organisations}");
            Link(note, "mentions", $"{Base}initiative/i{i * 7 % initiatives}");
        }

        void Initiative(int i)
        {
            var initiative = $"{Base}initiative/i{i}";
            Type(initiative, "Initiative");
            Add(initiative, "name", new Literal($"Initiative {i}", "fr"));
            Add(initiative, "description", new Literal($"{Sentences[i % 4]} {Sentences[(i / 4) % 4]} {i}", "fr"));
            Link(initiative, "kind", $"{Base}kinds/{Kinds[i % 8]}");
            Link(initiative, "place", $"{Base}place/p{i % Places}");
            Link(initiative, "homepage", $"https://i{i}.example.org/");
            Add(initiative, "startYear", Integer(2000 + (i % 25)));
            Link(initiative, "period", initiative + "/period/1");
            Type(initiative + "/period/1", "Period");
            Add(initiative + "/period/1", "edtf", new Literal($"{2000 + (i % 25)}/{2002 + (i % 25)}"));
            Add(initiative + "/period/1", "sourceText", new Literal($"de {2000 + (i % 25)} à {2002 + (i % 25)}"));
            for (var p = 0; p < 3; p++)
            {
                var organisation = $"{Base}organisation/o{((i * 7) + p) % organisations}";
                var participation = $"{initiative}/p/{p}";
                Link(initiative, "participant", organisation);
                if (p == 0)
                {
                    Link(initiative, "ledBy", organisation);
                }

                Link(initiative, "hasParticipation", participation);
                Type(participation, "Participation");
                Link(participation, "agent", organisation);
                Link(participation, "role", Base + (p == 0 ? "roles/lead" : "roles/partner"));
                Add(participation, "sourceText", new Literal("avec une organisation " + i));
                Add(participation, "sourceLine", Integer(1 + (i % 300)));
            }

            for (var o = 0; o < (i % 2 == 0 ? 1 : 2); o++)
            {
                var output = $"{Base}output/i{i}-{o}";
                Link(initiative, "hasOutput", output);
                Type(output, "Output");
                Link(output, "outputOf", initiative);
                Add(output, "name", new Literal($"Résultat {o} de {i}", "fr"));
                Add(output, "description", new Literal($"{Sentences[(i + o) % 4]} {o}", "fr"));
                Link(output, "kind", $"{Base}kinds/{Kinds[6 + o]}");
                Link(output, "homepage", $"https://i{i}.example.org/{o}");
            }
        }

        void Organisation(int i)
        {
            var organisation = $"{Base}organisation/o{i}";
            Type(organisation, "Organisation");
            Add(organisation, "name", new Literal($"Organisation {i}", "fr"));
            Add(organisation, "description", new Literal($"{Sentences[i % 4]} {i}", "fr"));
            Link(organisation, "basedIn", $"{Base}place/p{i % Places}");
            Link(organisation, "homepage", $"https://o{i}.example.org/");
        }

        void Type(string subject, string type) => Send(subject, RdfNames.Type, new Iri(Mxtd + type));

        void Link(string subject, string predicate, string target) => Add(subject, predicate, new Iri(target));

        void Add(string subject, string predicate, Term value) => Send(subject, new Iri(Mxtd + predicate), value);

        void Send(string subject, Iri predicate, Term value) => sink.Quad(new Iri(subject).Encode(), predicate.Encode(), value.Encode(), graph);
    }

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static Literal Integer(int value) => new(value.ToString(CultureInfo.InvariantCulture), Xsd.Integer);
}
